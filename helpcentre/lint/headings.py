"""The title is a page's only main heading: the build adds it."""

import re
from collections.abc import Iterator

from helpcentre.content.page import Page
from helpcentre.content.project import Project
from macros.problem import Problem

_MAIN = re.compile(
    r"^(?:#[ \t][^\n]*|<h1\b[^\n]*|(?P<text>[^\s#>|-][^\n]*)\n=+[ \t]*)$", re.MULTILINE
)


def check(page: Page, project: Project) -> Iterator[Problem]:
    """Yield a problem for each main heading in the body of `page`."""
    for heading in _MAIN.finditer(page.body):
        line = page.body_line + page.body[: heading.start()].count("\n")
        message = "the title is the page's only main heading: begin this one with '## '"
        yield Problem(page.file, line, message)
