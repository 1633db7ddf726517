"""A link of a page names its target."""

import re
from collections.abc import Iterator

from helpcentre.content import links
from helpcentre.content.page import Page
from helpcentre.content.project import Project
from macros.problem import Problem

_EMPTY = re.compile(r"(?:[a-z]+:(?://)?)?", re.IGNORECASE)


def check(page: Page, project: Project) -> Iterator[Problem]:
    """Yield a problem for each link and picture of `page` that has no target."""
    for start, target in links.targets(page.body):
        if _EMPTY.fullmatch(target):
            message = f"expected the target of a link or picture, found '{target}'"
            yield Problem(page.file, page.line_at(start), message)
