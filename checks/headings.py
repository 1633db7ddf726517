"""A page's main heading is its title, which the build adds; its parts begin with two marks."""

import re
from collections.abc import Iterator

from checks.page import Page
from macros.problem import Problem

_MAIN = re.compile(
    r"^(?:#[ \t][^\n]*|<h1\b[^\n]*|(?P<text>[^\s#>|-][^\n]*)\n=+[ \t]*)$", re.MULTILINE
)


def check(page: Page) -> Iterator[Problem]:
    """Yield a problem for each main heading in the body of `page`."""
    for found in _MAIN.finditer(page.body):
        line = page.body_line + page.body[: found.start()].count("\n")
        yield Problem(page.file, line, "the title is the page's only main heading: use '## '")
