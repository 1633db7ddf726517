"""The pages of a built site, as browsers read them: their anchors, addresses, and what is refused.

Pictures and stylesheets are read, too. One traversal of a page's elements serves links and
content_policy.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from selectolax.lexbor import LexborHTMLParser

from helpcentre.site.content_policy import JUDGED, refused_of_stylesheet, why_refused
from helpcentre.site.manifest import file_names
from macros.layout import SITE
from macros.problem import Problem

_ADDRESSES = frozenset(("href", "src", "poster", "action", "formaction", "data"))
_TEMPLATE = re.compile(r"</?template\b[^>]*>", re.IGNORECASE)
"""Scripts put the contents of templates into the page."""


@dataclass(frozen=True)
class BuiltPage:
    """The findings of one page."""

    anchors: frozenset[str]
    """What the part after # of an address may name."""
    urls: tuple[str, ...]
    """The addresses that the page names, each once."""
    refused: tuple[str, ...]
    """Why the content security policy would stop parts of it."""


def read(site: Path) -> Mapping[str, BuiltPage]:
    """Return the pages, pictures and stylesheets of the built folder `site`, by path."""
    pages = {}
    for name in file_names(site):
        if name.endswith((".html", ".svg")):
            pages[name] = read_page((site / name).read_text(encoding="utf-8"))
        elif name.endswith(".css"):
            pages[name] = _read_stylesheet((site / name).read_text(encoding="utf-8"))
    return pages


def refused(pages: Mapping[str, BuiltPage]) -> Iterator[Problem]:
    """Yield a problem for each part of `pages` that the content security policy would stop."""
    for file, page in pages.items():
        for why in page.refused:
            yield Problem(f"{SITE}/{file}", 1, why)


def _read_stylesheet(css: str) -> BuiltPage:
    return BuiltPage(frozenset(), (), tuple(refused_of_stylesheet(css)))


@lru_cache(maxsize=1024)  # `mkdocs serve` reads all pages again, most of them unchanged
def read_page(page: str) -> BuiltPage:
    """Return the findings of a page, a part of one, or a picture."""
    anchors: set[str] = set()
    urls: set[str] = set()
    refused: list[str] = []
    for node in LexborHTMLParser(_TEMPLATE.sub("", page)).css("*"):
        tag, attributes = node.tag or "", node.attributes
        if not attributes and tag not in JUDGED:
            continue
        own = _element(tag, tuple(attributes.items()))
        anchors |= own.anchors
        urls.update(own.urls)
        refused += own.refused
    return BuiltPage(frozenset(anchors), tuple(sorted(urls)), tuple(refused))


@lru_cache(maxsize=1 << 14)  # pages share most of their elements
def _element(tag: str, attributes: tuple[tuple[str, str | None], ...]) -> BuiltPage:
    """Return the findings of one element."""
    anchors, urls = set(), set()
    for name, value in attributes:
        if name == "id" or (name == "name" and tag == "a"):
            anchors.add(value or "")
        elif name in _ADDRESSES:
            urls.add(value or "")
        elif name == "srcset":
            urls.update(part.split()[0] for part in (value or "").split(",") if part.strip())
    why = why_refused(tag, dict(attributes))
    return BuiltPage(frozenset(anchors), tuple(urls), (why,) if why else ())
