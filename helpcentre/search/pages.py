"""What search knows of a page: its title, its answer, its headings and its text."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from selectolax.lexbor import LexborHTMLParser

NOT_SEARCHED = "nav, aside, form, script, style, template, [hidden], [data-search-exclude]"


@dataclass(frozen=True)
class SearchPage:
    """One page, as search sees it."""

    url: str
    """From the site's root: orders/track-parcel/; empty for the home page."""
    title: str
    answer: str
    """The short answer that results show."""
    headings: tuple[tuple[str, str], ...] = ()
    """The anchor and the words of each."""
    text: str = ""
    phrases: tuple[str, ...] = ()
    """How shoppers put the question."""
    is_reference: bool = False
    """Whether answers come before it, as before a glossary."""


def read(
    html: str, url: str, answer: str, phrases: Sequence[str] = (), *, is_reference: bool = False
) -> SearchPage:
    """Return the page with this `html`, the content of its article, its main heading included."""
    body = LexborHTMLParser(html).body
    if body is None:
        return SearchPage(url, url, answer, phrases=tuple(phrases), is_reference=is_reference)
    for excluded in body.css(NOT_SEARCHED):
        excluded.decompose()
    heading = body.css_first("h1")
    title = _words(heading)
    headings = tuple((anchor, _words(node)) for node in body.css("h2, h3") if (anchor := node.id))
    if heading is not None:
        heading.decompose()
    text = _words(body)
    return SearchPage(url, title or url, answer, headings, text, tuple(phrases), is_reference)


def _words(node: Any) -> str:
    return " ".join(node.text(separator=" ").split()) if node is not None else ""
