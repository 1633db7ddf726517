"""A link of a page names its target."""

import re
from collections.abc import Iterator

from helpcentre.content.page import Page
from helpcentre.content.project import Project
from macros.problem import Problem

_CODE = re.compile(
    r"^[ \t]*(```+|~~~+).*?^[ \t]*\1|(?<!`)(`+)(?!`)[^\n]*?(?<!`)\2(?!`)",
    re.MULTILINE | re.DOTALL,
)
_LINK = re.compile(
    r"\]\([ \t]*<?(?P<inline>[^\s)>]*)|^[ ]{0,3}\[[^\]\n]+\]:[ \t]*<?(?P<listed>[^\s>]*)"
    r"|\b(?:href|src)\s*=\s*[\"']?(?P<html>[^\"'\s>]*)|<(?P<auto>https?:[^\s>]*)>",
    re.MULTILINE | re.IGNORECASE,
)
_EMPTY = re.compile(r"(?:[a-z]+:)?/{0,2}", re.IGNORECASE)


def check(page: Page, project: Project) -> Iterator[Problem]:
    """Yield a problem for each link and picture of `page` that has no target."""
    for line, target in targets(page):
        if _EMPTY.fullmatch(target) and target != "/":
            message = f"expected the target of a link or picture, found '{target}'"
            yield Problem(page.file, line, message)


def targets(page: Page) -> Iterator[tuple[int, str]]:
    """Yield the line and the target of each link and picture in the body of `page`."""
    body = _CODE.sub(lambda code: "\n" * code[0].count("\n"), page.body)
    for link in _LINK.finditer(body):
        line = page.body_line + body.count("\n", 0, link.start(link.lastgroup or 0))
        yield line, link[link.lastgroup or 0]
