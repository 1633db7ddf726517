"""The facts that pages may state, in content/facts.yml, and their proofs in a language."""

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from pydantic import Field, RootModel

from macros import strict_yaml
from macros.language import Language
from macros.layout import CONTENT
from macros.policy import FactId
from macros.problem import Problem, ProblemsError
from macros.values import Strict, Text

FILE = f"{CONTENT}/facts.yml"

_List = Annotated[tuple[Text, ...], Field(min_length=1, strict=False)]


class _Fact(Strict):
    """One statement of the source."""

    fact: Text
    pages: _List
    """The pages that must state it, as paths under docs/."""


class _File(Strict):
    facts: dict[FactId, _Fact]


class _Proofs(RootModel[dict[FactId, _List]]):
    pass


@dataclass(frozen=True)
class Fact:
    """One statement of the source, and how a language proves that a page states it."""

    fact: str
    pages: tuple[str, ...]
    proof: tuple[str, ...]
    """Phrases that each of these pages shows, in this order; they may name values."""


def proofs_of(language: Language) -> str:
    """Return the path of the proofs in `language`, from the project's root."""
    return f"{language.folder}/facts.yml"


def read(root: Path, language: Language) -> dict[str, Fact]:
    """Return all facts by id, with their proofs. Raises ProblemsError: file, line and key."""
    facts = strict_yaml.read_file(root, FILE, _File).facts
    file = proofs_of(language)
    proofs = strict_yaml.read_file(root, file, _Proofs).root
    unproven = [
        Problem(file, 1, f"{id_} is missing: add the words that prove it ({fact.fact})")
        for id_, fact in facts.items()
        if id_ not in proofs
    ]
    text = strict_yaml.read_text(root, file)
    unknown = [
        Problem(file, strict_yaml.line_of(text, (id_,)), f"unknown fact '{id_}': see {FILE}")
        for id_ in proofs
        if id_ not in facts
    ]
    if unproven or unknown:
        raise ProblemsError([*unproven, *unknown])
    return {id_: Fact(fact.fact, fact.pages, proofs[id_]) for id_, fact in facts.items()}
