"""A page states each fact that it must, in the words that prove it in its language."""

from collections.abc import Iterator

from helpcentre.content import facts
from helpcentre.content.page import Page
from helpcentre.content.project import Project
from macros.problem import Problem


def check(page: Page, project: Project) -> Iterator[Problem]:
    """Yield a problem for the first words of each fact that `page` must state, and does not."""
    file = facts.proofs_of(project.language)
    for id_, words in facts.missing(page, project):
        fact = project.facts[id_].fact
        message = f"must state the fact {id_} ({fact}) by the words '{words}'"
        yield Problem(page.file, page.body_line, f"{message}: say so, or change {file}")
