"""The title is the only main heading, added by the build; no heading's id depends on a value."""

import re
from collections.abc import Iterator

from helpcentre.content.page import Page
from helpcentre.content.project import Project
from macros.problem import Problem

_MAIN = re.compile(
    r"^(?:#[ \t][^\n]*|<h1\b[^\n]*|(?P<text>[^\s#>|-][^\n]*)\n=+[ \t]*)$", re.MULTILINE
)
_WITH_VALUE = re.compile(r"^#{2,6}[^\n]*\{\{[^\n]*$", re.MULTILINE)
WITH_ID = re.compile(r"\{:[^}\n]*#([\w-]+)[^}\n]*\}\s*$")
"""A heading that ends with an id of its own."""


def check(page: Page, project: Project) -> Iterator[Problem]:
    """Yield a problem for each heading of `page` that is a main one, or needs an id of its own."""
    for heading in _MAIN.finditer(page.body):
        line = page.line_at(heading.start())
        message = "the title is the page's only main heading: begin this one with '## '"
        yield Problem(page.file, line, message)
    for heading in _WITH_VALUE.finditer(page.body):
        if not WITH_ID.search(heading[0]):
            line = page.line_at(heading.start())
            message = (
                "a heading that states a value needs an id that stays when the value changes:"
                " end it with '{: #in-some-words }'"
            )
            yield Problem(page.file, line, message)
