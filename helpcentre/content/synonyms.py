"""What shoppers call the things that pages name: synonyms.yml."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated

from pydantic import Field, RootModel

from macros import strict_yaml
from macros.layout import CONTENT
from macros.strict_yaml import WORDS

FILE = f"{CONTENT}/synonyms.yml"

Words = Annotated[str, Field(pattern=WORDS)]


class _Groups(RootModel[dict[Words, Annotated[list[Words], Field(min_length=1)]]]):
    pass


def read(root: Path) -> Mapping[str, Sequence[str]]:
    """Return the groups of synonyms, by the pages' own word. Raises ProblemsError."""
    return strict_yaml.read_file(root, FILE, _Groups).root


def groups(synonyms: Mapping[str, Sequence[str]]) -> list[tuple[str, ...]]:
    """Return each group with the pages' own word first."""
    return [(word, *others) for word, others in synonyms.items()]
