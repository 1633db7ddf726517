"""Every macro of a page states a value that exists, and does nothing else."""

from collections.abc import Iterator

from helpcentre.content import template
from helpcentre.content.page import Page
from helpcentre.content.project import Project
from macros.problem import Problem


def check(page: Page, project: Project) -> Iterator[Problem]:
    """Yield a problem for each macro in the body or description that cannot be filled in."""
    policy = project.plain_policy_of(page)
    for first_line, text in page.texts():
        for line, message in template.errors(text, policy):
            yield Problem(page.file, first_line + line - 1, message)
