"""A page states each fact that it must, in the words that prove it in its language."""

from collections.abc import Iterator

from helpcentre.content import facts
from helpcentre.content.page import Page
from helpcentre.content.project import Project
from macros.problem import Problem


def check(page: Page, project: Project) -> Iterator[Problem]:
    """Yield a problem for the first words of each fact that `page` must state, and does not."""
    for id_, words in facts.missing(page, project):
        message = f"must state the fact {id_} ({project.facts[id_].fact}) by the words '{words}'"
        where = f"{message}: say so, or change {facts.proofs_of(project.language)}"
        yield Problem(page.file, page.body_line, where)
