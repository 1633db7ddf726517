"""A page states each fact that it must, in the words that prove it in its language."""

from collections.abc import Iterator

from helpcentre.content import plain_text, template
from helpcentre.content.facts import Fact, proofs_of
from helpcentre.content.page import LISTS, Page
from helpcentre.content.project import Project
from macros.policy import Policy
from macros.problem import Problem


def check(page: Page, project: Project) -> Iterator[Problem]:
    """Yield a problem for the first words of each fact that `page` must state, and does not.

    Pages that list others state some in the words of their templates, and are left out.
    """
    if page.front_matter.template in LISTS:
        return
    policy = project.plain_policy_of(page)
    own = {id_: fact for id_, fact in project.facts.items() if page.source in fact.pages}
    if not own or any(template.errors(page.body, policy)):
        return
    words = _plain(plain_text.words(template.render(page.body, policy)).replace(plain_text.GAP, ""))
    for id_, fact in own.items():
        if missing := _missing(words, fact, policy):
            message = f"must state the fact {id_} ({fact.fact}) by the words '{missing}'"
            where = f"{message}: say so, or change {proofs_of(project.language)}"
            yield Problem(page.file, page.body_line, where)


def _missing(words: str, fact: Fact, policy: Policy) -> str:
    """Return the first proof that is not in `words`; empty if all are."""
    for proof in fact.proof:
        if not any(template.errors(proof, policy)):
            phrase = str(template.fill(proof, policy).striptags())
            if _plain(phrase) not in words:
                return phrase
    return ""


def _plain(words: str) -> str:
    return " ".join(words.split()).casefold()
