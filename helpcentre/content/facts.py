"""The facts that pages may state: the project's own list, facts.yml."""

from pathlib import Path
from typing import Annotated

from pydantic import Field

from macros import strict_yaml
from macros.layout import CONTENT
from macros.policy import FactId
from macros.values import Strict, Text

FILE = f"{CONTENT}/facts.yml"


class Fact(Strict):
    """One statement of the source."""

    fact: Text
    proof: Annotated[tuple[Text, ...], Field(min_length=1, strict=False)]
    """Phrases that each page that must state it shows, in this order; they may name values."""
    pages: Annotated[tuple[Text, ...], Field(min_length=1, strict=False)]
    """The pages that must state it, as paths under docs/."""


class _File(Strict):
    facts: dict[FactId, Fact]


def read(root: Path) -> dict[str, Fact]:
    """Return all facts by id. Raises ProblemsError, naming file, line and key."""
    return strict_yaml.read_file(root, FILE, _File).facts
