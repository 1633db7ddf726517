"""A page has no HTML that runs code, loads from elsewhere, or sets its own look."""

import re
from collections.abc import Iterator

from selectolax.lexbor import LexborHTMLParser, LexborNode

from helpcentre.content.page import Page
from helpcentre.content.project import Project
from macros.layout import ASSETS, THEME
from macros.problem import Problem

_ELEMENTS = frozenset(
    [
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
)
_FORBIDDEN = (
    (
        re.compile(rf"<\s*/?\s*({'|'.join(sorted(_ELEMENTS))})\b", re.IGNORECASE),
        "<{}> is not allowed in a page",
    ),
    (
        re.compile(r"<[a-z][^>]{0,1000}?[\s/\"'](on[a-z]+)\s*=", re.IGNORECASE),
        "'{}=' would run code: it is not allowed in a page",
    ),
    (
        re.compile(r"<[a-z][^>]{0,1000}?[\s/\"'](style)\s*=", re.IGNORECASE),
        f"'{{}}=' is not allowed in a page: add a rule to {THEME}/assets/style.css",
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
"""Attributes whose address a browser fetches, or sends something to."""

_LINK_IN_LINK = re.compile(r"<a\b[^>]*>(?:(?!</a>).)*<a\b", re.DOTALL)
"""Browsers end the outer link where the inner one begins."""


MAY_LEAD_ELSEWHERE = re.compile(r":|[/\\][\x00-\x20]*[/\\]")
"""Few attributes have a value that does; the others need no closer look."""


def address(value: str) -> str:
    """Return an attribute's value as browsers compare addresses: in lower case, without spaces."""
    return re.sub(r"[\x00-\x20]", "", value).lower()


def check(page: Page, project: Project) -> Iterator[Problem]:
    """Yield a problem for each element or attribute of `page` that is not allowed."""
    for pattern, message in _FORBIDDEN:
        for match in pattern.finditer(page.body):
            line = page.line_at(match.start(1))
            yield Problem(page.file, line, message.format(match[1].lower()))


def check_rendered(page: Page, markdown: str, html: str) -> Iterator[Problem]:
    """Yield a problem for what is not allowed in a page's finished HTML, as a browser reads it.

    `check` knows the line; this also finds what was written so that `check` misses it.
    """
    file = page.file
    if "<!--" in html:
        line = page.line_at(max(page.body.rfind("<!--"), 0))
        yield Problem(file, line, "this comment hides the rest of the page: end it with -->")
    if _LINK_IN_LINK.search(html):
        yield Problem(file, 1, "a value inside a link: add .plain to its name there")
    for node in LexborHTMLParser(html).css("*"):
        if node.tag in _ELEMENTS and not _is_generated(node):
            yield Problem(file, 1, f"<{node.tag}> is not allowed in a page")
        for name, value in node.attributes.items():
            target = address(value) if value and MAY_LEAD_ELSEWHERE.search(value) else ""
            if name == "style" and node.tag not in ("td", "th"):  # a table's own alignment
                yield Problem(file, 1, "'style=' is not allowed in a page")
            elif name in (*LOADS, "srcset") and re.match(r"[a-z+.-]*:|[/\\]{2}", target):
                yield Problem(file, 1, f"'{name}=' loads from elsewhere: put a copy in {ASSETS}/")
            elif name.startswith("on") or target.startswith(("javascript:", "vbscript:")):
                yield Problem(
                    file, 1, f"'{name}=' on <{node.tag}> would run code: it is not allowed"
                )


def _is_generated(node: LexborNode) -> bool:
    """Return whether an element is a tab's, or an icon."""
    parent = node.parent
    if node.tag == "input":
        return node.attributes.get("type") == "radio"
    return node.tag == "svg" and parent is not None and parent.attributes.get("class") == "twemoji"
