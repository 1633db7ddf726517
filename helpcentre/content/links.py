"""The links and pictures of a page's Markdown, where they stand."""

import re
from collections.abc import Iterator

_CODE = re.compile(
    r"^[ \t]*(```+|~~~+).*?(?:^[ \t]*\1|\Z)|(?<!`)(`+)(?!`)[^\n]*?(?<!`)\2(?!`)",
    re.MULTILINE | re.DOTALL,
)
_MACRO = r"\{\{[^}\n]*\}\}|\{%[^%\n]*%\}"
_LINK = re.compile(
    rf"\]\([ \t]*<?(?P<inline>(?:{_MACRO}|[^\s)>])*)"
    rf"|^[ ]{{0,3}}\[(?!\^)[^\]\n]+\]:[ \t]*<?(?P<listed>(?:{_MACRO}|[^\s>])*)"
    r"|\b(?:href|src)\s*=\s*[\"']?(?P<html>[^\"'\s>]*)|<(?P<auto>https?:[^\s>]*)>",
    re.MULTILINE | re.IGNORECASE,
)


def without_code(markdown: str) -> str:
    """Return `markdown` with spaces for its code, so that all else stays where it is."""
    if "`" not in markdown and "~~~" not in markdown:
        return markdown
    return _CODE.sub(lambda code: re.sub(r"[^\n]", " ", code[0]), markdown)


def targets(markdown: str) -> Iterator[tuple[int, str]]:
    """Yield where in `markdown` the target of each link and picture begins, and the target."""
    for link in _LINK.finditer(without_code(markdown)):
        yield link.start(link.lastgroup or 0), link[link.lastgroup or 0]
