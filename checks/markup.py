"""HTML that a page may not carry: what runs code, loads from elsewhere, or sets its own look."""

import re
from collections.abc import Iterator

from selectolax.lexbor import LexborHTMLParser

from checks.page import Page
from macros.problem import Problem

_ELEMENTS = [
    "script",
    "style",
    "iframe",
    "frame",
    "frameset",
    "object",
    "embed",
    "applet",
    "base",
    "meta",
    "link",
    "form",
    "noscript",
    "template",
    "textarea",
    "title",
    "svg",
    "math",
    "xmp",
    "plaintext",
    "input",
    "button",
]
_FORBIDDEN = (
    (
        re.compile(rf"<\s*/?\s*({'|'.join(_ELEMENTS)})\b", re.IGNORECASE),
        "<{}> is not allowed in a page",
    ),
    (
        re.compile(r"<[a-z][^>]{0,1000}?[\s/\"'](on[a-z]+)\s*=", re.IGNORECASE),
        "'{}=' would run code: it is not allowed in a page",
    ),
    (
        re.compile(r"<[a-z][^>]{0,1000}?[\s/\"'](style)\s*=", re.IGNORECASE),
        "'{}=' is not allowed in a page: add a rule to docs/assets/style.css",
    ),
    (
        re.compile(r"\{:?[^{}\n]*?\b(on[a-z]+|style)\s*=", re.IGNORECASE),
        "'{}=' is not allowed in a page",
    ),
    (
        re.compile(r"((?:java|vb)script|data)\s*:(?=\S)", re.IGNORECASE),
        "'{}:' is not allowed in a page's links",
    ),
)

LOADS = ("background", "data", "manifest", "ping", "poster", "src")
"""Attributes at whose address a browser asks, or to which it tells something."""

_LINK_IN_LINK = re.compile(r"<a\b[^>]*>(?:(?!</a>).)*<a\b", re.DOTALL)
"""A browser would end the first where the second begins."""


def address(value: str | None) -> str:
    """Return an attribute's value as browsers compare addresses: without spaces, in small."""
    return re.sub(r"[\x00-\x20]", "", value or "").lower()


def check(page: Page) -> Iterator[Problem]:
    """Yield a problem for each element or attribute of `page` that is not allowed."""
    for pattern, message in _FORBIDDEN:
        for found in pattern.finditer(page.body):
            line = page.body_line + page.body[: found.start(1)].count("\n")
            yield Problem(page.file, line, message.format(found[1].lower()))


def check_rendered(html: str, file: str) -> Iterator[Problem]:
    """Yield a problem for what is not allowed in a page's finished HTML, as a browser reads it.

    `check` tells writers the line; this lets nothing past that was put so as to be missed.
    """
    if _LINK_IN_LINK.search(html):
        yield Problem(file, 1, "a value inside a link: write .plain behind its name there")
    for node in LexborHTMLParser(html).css("*"):
        if node.tag in _ELEMENTS:
            yield Problem(file, 1, f"<{node.tag}> is not allowed in a page")
        for name, value in node.attributes.items():
            told = address(value)
            if name == "style" and node.tag not in ("td", "th"):  # a table's own alignment
                yield Problem(file, 1, "'style=' is not allowed in a page")
            elif name in (*LOADS, "srcset") and re.match(r"[a-z+.-]*:|[/\\]{2}", told):
                yield Problem(
                    file, 1, f"'{name}=' loads from elsewhere: put a copy in docs/assets/"
                )
            elif name.startswith("on") or told.startswith(("javascript:", "vbscript:")):
                yield Problem(
                    file, 1, f"'{name}=' on <{node.tag}> would run code: it is not allowed"
                )
