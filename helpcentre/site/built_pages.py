"""The pages of a built site, as browsers read them: their anchors, addresses, and what is refused.

One traversal of a page's elements serves links and content_policy.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from selectolax.lexbor import LexborHTMLParser

from helpcentre.site.content_policy import JUDGED, why_refused

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
    """Return the pages of the built folder `site`, by path."""
    paths = sorted(site.rglob("*.html"))
    return {
        path.relative_to(site).as_posix(): _read(path.read_text(encoding="utf-8")) for path in paths
    }


@lru_cache(maxsize=1024)  # `mkdocs serve` reads all pages again, most of them unchanged
def _read(page: str) -> BuiltPage:
    anchors, urls, refused = set(), set(), []
    for node in LexborHTMLParser(_TEMPLATE.sub("", page)).css("*"):
        tag, attributes = node.tag or "", node.attributes
        if not attributes and tag not in JUDGED:
            continue
        if why := why_refused(tag, attributes):
            refused.append(why)
        for name, value in attributes.items():
            if name == "id" or (name == "name" and tag == "a"):
                anchors.add(value or "")
            elif name in _ADDRESSES:
                urls.add(value or "")
            elif name == "srcset":
                urls.update(part.split()[0] for part in (value or "").split(",") if part.strip())
    return BuiltPage(frozenset(anchors), tuple(sorted(urls)), tuple(refused))
