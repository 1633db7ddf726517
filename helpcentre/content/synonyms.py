"""What shoppers call the things that pages name: synonyms.yml."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated

from pydantic import Field, RootModel

from macros import strict_yaml
from macros.language import Language
from macros.values import Text


class _Groups(RootModel[dict[Text, Annotated[list[Text], Field(min_length=1)]]]):
    pass


def file_of(language: Language) -> str:
    """Return the path of the synonyms of `language`, from the project's root."""
    return f"{language.folder}/synonyms.yml"


def read(root: Path, language: Language) -> Mapping[str, Sequence[str]]:
    """Return the groups of synonyms, by the pages' own word. Raises ProblemsError."""
    return strict_yaml.read_file(root, file_of(language), _Groups).root


def groups(synonyms: Mapping[str, Sequence[str]]) -> list[tuple[str, ...]]:
    """Return each group with the pages' own word first."""
    return [(word, *others) for word, others in synonyms.items()]
