"""HTML that a page may not carry: what runs code, loads from elsewhere, or sets its own look."""

import re
from collections.abc import Iterator

from checks.page import Page
from macros.problem import Problem

_FORBIDDEN = (
    (
        re.compile(
            r"<\s*/?\s*(script|style|iframe|frame|frameset|object|embed|applet|base|meta|link|form"
            r"|noscript|template|textarea|title|svg|math|xmp|plaintext|input|button)\b",
            re.IGNORECASE,
        ),
        "<{}> is not allowed in a page",
    ),
    (
        re.compile(r"<[a-z][^>]*?[\s/\"'](on[a-z]+)\s*=", re.IGNORECASE),
        "'{}=' would run code: it is not allowed in a page",
    ),
    (
        re.compile(r"<[a-z][^>]*?[\s/\"'](style)\s*=", re.IGNORECASE),
        "'{}=' is not allowed in a page: add a rule to docs/assets/style.css",
    ),
    (
        re.compile(r"\{:?[^}\n]*?\b(on[a-z]+|style)\s*=", re.IGNORECASE),
        "'{}=' is not allowed in a page",
    ),
    (
        re.compile(r"((?:java|vb)script|data)\s*:(?=\S)", re.IGNORECASE),
        "'{}:' is not allowed in a page's links",
    ),
)


def check(page: Page) -> Iterator[Problem]:
    """Yield a problem for each element or attribute of `page` that is not allowed."""
    for pattern, message in _FORBIDDEN:
        for found in pattern.finditer(page.body):
            line = page.body_line + page.body[: found.start(1)].count("\n")
            yield Problem(page.file, line, message.format(found[1].lower()))
