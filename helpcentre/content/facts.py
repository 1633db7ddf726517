"""The facts that pages may state, in content/facts.yml, and their proofs in a language."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from pydantic import Field, RootModel

from helpcentre.content import plain_text, template
from helpcentre.content.hashed import of_words
from helpcentre.content.page import LISTS, Page
from helpcentre.content.translation import Hash
from macros import strict_yaml
from macros.language import Language
from macros.layout import CONTENT
from macros.policy import FactId
from macros.problem import Problem, ProblemsError
from macros.values import Strict, Text

if TYPE_CHECKING:
    from helpcentre.content.project import Project

FILE = f"{CONTENT}/facts.yml"
_AT_THE_END = ("care_first", "care_hours")
"""The texts about customer care, below the words of every page."""

_List = Annotated[tuple[Text, ...], Field(min_length=1, strict=False)]


class _Statement(Strict):
    fact: Text
    pages: _List
    """The pages that must state it, as paths under docs/."""

    @property
    def hash(self) -> str:
        """The hash of the statement."""
        return of_words(self.fact)


class _File(Strict):
    facts: dict[FactId, _Statement]


class _Proof(Strict):
    of: Hash
    """The hash of the fact that it proves."""
    words: _List


class _Proofs(RootModel[dict[FactId, _Proof]]):
    pass


class Fact(_Statement):
    """One statement of the source, and how a language proves that a page states it."""

    proof: tuple[str, ...]
    """Phrases that each of these pages shows, in this order; they may name values.

    Empty where a translation does not know the fact yet, or knows one that has changed since.
    """

    has_changed: bool = False
    """Whether it has changed since its proof was translated."""


def proofs_of(language: Language) -> str:
    """Return the path of the proofs in `language`, from the project's root."""
    return f"{language.folder}/facts.yml"


def read(root: Path, language: Language) -> dict[str, Fact]:
    """Return all facts by id, with their proofs. Raises ProblemsError: file, line and key."""
    known = strict_yaml.read_file(root, FILE, _File).facts
    file = proofs_of(language)
    proofs = strict_yaml.read_file(root, file, _Proofs).root
    facts, problems = {}, []
    for id_, statement in known.items():
        proof = proofs.get(id_)
        words = proof.words if proof and proof.of == statement.hash else ()
        has_changed = bool(proof) and not words
        facts[id_] = Fact(**dict(statement), proof=words, has_changed=has_changed)
        if language.is_original and not words:
            problems.append(unproven(facts[id_], id_, root, file))
    for id_ in proofs.keys() - known.keys():
        message = f"unknown fact '{id_}': see {FILE}"
        problems.append(strict_yaml.problem_at(root, file, (id_,), message))
    if problems:
        raise ProblemsError(sorted(problems))
    return facts


def unproven(fact: Fact, id_: str, root: Path, file: str) -> Problem:
    """Return the problem of a fact without a proof in `file`, which is named from `root`."""
    if not fact.has_changed:
        how = f"{{of: {fact.hash}, words: [...]}}"
        message = f"{id_} is missing: add the words that prove it ({fact.fact}), as {how}"
    else:
        message = f"the fact {id_} has changed ({fact.fact}): see that these words prove it, then"
        message += f" write of: {fact.hash}"
    return strict_yaml.problem_at(root, file, (id_,), message)


def missing(page: Page, project: "Project") -> Iterator[tuple[str, str]]:
    """Yield each fact that `page` must state, and does not, and its first words that are missing.

    Pages that list others state some in the words of their templates, and are left out.
    """
    own = {id_: fact for id_, fact in project.facts.items() if page.source in fact.pages}
    policy = project.plain_policy_of(page)
    if not own or page.front_matter.template in LISTS or any(template.errors(page.body, policy)):
        return
    body = plain_text.words(template.render(page.body, policy)).replace(plain_text.GAP, "")
    care = (project.texts.fill(name, project.policy, all_questions="") for name in _AT_THE_END)
    words = _plain(" ".join((body, *(text.striptags() for text in care))))
    for id_, fact in own.items():
        if not fact.proof:
            yield id_, ""
        end = 0
        for proof in fact.proof:
            if not any(template.errors(proof, policy)):
                phrase = str(template.fill(proof, policy).striptags())
                start = words.find(_plain(phrase), end)
                if start < 0:
                    yield id_, phrase
                    break
                end = start + len(_plain(phrase))


def _plain(words: str) -> str:
    return " ".join(words.split()).casefold()
