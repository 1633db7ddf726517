"""What a built page says: its title, its answer, its headings and its text."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from selectolax.lexbor import LexborHTMLParser

NOT_SEARCHED = "nav, aside, form, script, style, template, [hidden], [data-search-exclude]"


@dataclass(frozen=True)
class Searched:
    """One page of the built site, as search sees it."""

    url: str
    """From the site's root: orders/track-parcel/; empty for the home page."""
    title: str
    answer: str
    """The short answer that lists show."""
    headings: tuple[tuple[str, str], ...]
    """The anchor and the words of each."""
    text: str
    asks: tuple[str, ...] = ()
    minor: bool = False
    """Whether answers stand before it, such as a glossary's."""


def read(site: Path, front_matter: Mapping[str, Mapping[str, Any]]) -> Iterator[Searched]:
    """Yield the pages of the built `site` that are searched, in order of their addresses.

    `front_matter` is by address; a page that it does not know is searched by its text alone. Left
    out are pages whose front matter says search: {exclude: true}, and 404.html.
    """
    for file in sorted(site.rglob("*.html")):
        path = file.relative_to(site).as_posix()
        url = path.removesuffix("index.html")
        about = front_matter.get(url, {})
        if path == "404.html" or (about.get("search") or {}).get("exclude"):
            continue
        found = _read(file.read_text(encoding="utf-8", errors="replace"), url, about)
        if found:
            yield found


def hand_over(url: str, about: Mapping[str, Any]) -> Searched:
    """Return what stands for customer care where no page answers: it is found by those questions.

    `about` is the front matter of the page about customer care, at `url`.
    """
    unanswered = tuple(about.get("unanswered") or ())
    return Searched(url, "", str(about.get("answer") or ""), (), "", unanswered)


def _read(html: str, url: str, about: Mapping[str, Any]) -> Searched | None:
    tree = LexborHTMLParser(html)
    articles = tree.css("article")
    main = articles[0] if len(articles) == 1 else tree.css_first("main") or tree.body
    if main is None:
        return None
    described = tree.css_first("meta[name=description]")
    for left_out in main.css(NOT_SEARCHED):
        left_out.decompose()
    heading = main.css_first("h1")
    title = _words(heading) or _words(tree.css_first("title"))
    headings = tuple((anchor, _words(each)) for each in main.css("h2, h3") if (anchor := each.id))
    if heading is not None:
        heading.decompose()
    text = _words(main)
    if not title and not text:
        return None
    answer = about.get("answer") or (described.attributes.get("content") if described else "")
    return Searched(
        url,
        title or url,
        str(answer or ""),
        headings,
        text,
        tuple(about.get("asks") or ()),
        bool(about.get("reference")),
    )


def _words(node: Any) -> str:
    return " ".join(node.text(separator=" ").split()) if node is not None else ""
