"""Articles as other systems have them.

They are Markdown with front matter of Jekyll, Hugo or Docusaurus, or exports of Zendesk, JSON.
"""

import json
import posixpath
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote, urlsplit

from markdownify import ATX, MarkdownConverter
from selectolax.lexbor import LexborHTMLParser

from helpcentre.content import hashed
from helpcentre.content.page import slug
from macros import strict_yaml

MAX_ARTICLE = 200_000
"""Bytes of one article."""

_FRONT_MATTER = re.compile(r"(---|\+\+\+)[ \t]*\n(.*?)^\1[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
_DATED = re.compile(r"(\d{4})-(\d\d)-(\d\d)-(.+)")
_NUMBERED = re.compile(r"\d+[-_. ]+(?=\D)")
_TITLE = re.compile(r"\s*#[ \t]+([^\n]*?)[ \t]*#*[ \t]*(?:\{[^}\n]*\})?[ \t]*(?:\n|\Z)")


@dataclass
class Article:
    """One article as it was elsewhere."""

    file: str
    """The path from the folder that is imported."""
    line: int
    """The line of the file on which `body` begins."""
    title: str
    description: str
    body: str
    """Markdown, or the HTML of an export."""
    name: str
    """What its new address is made of."""
    old: tuple[str, ...]
    """The addresses that it had, from its site's root or whole; the first is its own."""
    is_html: bool = False
    source: str = ""
    """The path under docs/ of its page."""


class _Converter(MarkdownConverter):
    """Keeps the anchors of headings, and shows a frame as a link."""

    def convert_hN(self, n: int, el: Any, text: str, parent_tags: Any) -> Any:  # noqa: N802
        anchor = el.get("id") or ""
        if re.fullmatch(r"[\w-]+", anchor) and text.strip() and "_inline" not in parent_tags:
            text = f"{text.strip()} {{: #{anchor} }}"
        return super().convert_hN(n, el, text, parent_tags)  # type: ignore[misc]

    def convert_iframe(self, el: Any, text: str, parent_tags: Any) -> str:
        return f" [{el['src']}]({el['src']}) " if el.get("src") else ""


def of_markdown(file: str, text: str) -> Article:
    """Return the article. Raises ValueError or YAMLError for front matter that cannot be read."""
    keys: Any = {}
    line, body = 1, text
    if match := _FRONT_MATTER.match(text):
        keys = strict_yaml.load(match[2]) if match[1] == "---" else tomllib.loads(match[2])
        line, body = 1 + match[0].count("\n"), text[match.end() :]
    if not isinstance(keys, dict):
        raise ValueError("expected front matter of keys with values")
    title = _words(keys.get("title"))
    heading = _TITLE.match(body)
    if heading and (not title or title.casefold() == _words(heading[1]).casefold()):
        title = title or _words(heading[1])
        line, body = line + heading[0].count("\n"), body[heading.end() :]
    stem, folder = posixpath.splitext(posixpath.basename(file))[0], folder_of(file)
    dated = _DATED.fullmatch(stem)
    name = dated[4] if dated else _NUMBERED.sub("", stem)
    if stem.lower().strip("_") in ("index", "readme"):
        name, stem = ("", "")
        folder, _, name = folder.rpartition("/")
    return Article(
        file,
        line,
        title or name.replace("-", " ").replace("_", " ").strip().capitalize() or "Untitled",
        _words(keys.get("description")),
        body,
        name,
        tuple(_old(keys, folder, name, dated)),
    )


def markdown(article: Article) -> str:
    """Return the article's Markdown. Raises ValueError for an article without text."""
    if not article.is_html:
        return article.body
    if not 0 < len(article.body) <= MAX_ARTICLE:
        raise ValueError(f"expected 1 to {MAX_ARTICLE} characters, found {len(article.body)}")
    # The parser behind markdownify takes minutes for what is not well-formed.
    html = LexborHTMLParser(article.body).html or ""
    try:
        markdown: str = _Converter(heading_style=ATX, bullets="-").convert(html)
    except RecursionError:
        raise ValueError("its HTML is nested too deeply") from None
    if not markdown.strip():
        raise ValueError("its HTML has no text")
    return markdown


def _old(
    keys: Mapping[str, Any], folder: str, name: str, dated: re.Match[str] | None
) -> Iterator[str]:
    """Yield the addresses that an article had: its own, then older ones."""
    slug_key = _words(keys.get("slug"))
    if own := _words(keys.get("permalink")) or _words(keys.get("url")):
        yield own
    elif dated:
        categories = keys.get("categories") or keys.get("category") or []
        folders = categories.split() if isinstance(categories, str) else categories
        yield "/".join(
            [*map(slug, map(_words, folders)), *dated.groups()[:3], f"{slug_key or name}.html"]
        )
    else:
        yield posixpath.join(folder, slug_key or name)
    for key in ("aliases", "redirect_from"):
        older = keys.get(key) or []
        for address in [older] if isinstance(older, str) else older:
            yield posixpath.join(f"/{folder}", _words(address))


def of_zendesk(file: str, text: str) -> Iterator[Article]:
    """Yield the articles of an export; none if the file is something else."""
    data = json.loads(text)
    if isinstance(data, dict):
        data = data.get("articles", [data.get("article")])
    line, at = 1, 0
    for entry in data if isinstance(data, list) else ():
        if not isinstance(entry, dict) or not {"title", "body"} <= entry.keys():
            continue
        place = at >= 0 and re.compile(
            rf'"id"\s*:\s*{re.escape(_words(entry.get("id")))}\b'
        ).search(text, at)
        if place:
            line, at = line + text.count("\n", at, place.start()), place.start()
        title, body = _words(entry["title"]), entry["body"]
        body = body if isinstance(body, str) else ""
        old = _words(entry.get("html_url"))
        yield Article(file, line, title, "", body, title, (old,) if old else (), is_html=True)


def _words(value: object) -> str:
    """Return `value` as words on one line, as titles have them; empty if it is not words."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    words = strict_yaml.DIRECTIONS.sub("", str(value))
    words = re.sub(r"<[^<>]*>|[\x00-\x1f\x7f]", " ", words)
    return " ".join(re.sub(r'"([^"]*)"', r"“\1”", words).split())


def folder_of(file: str) -> str:
    """Return the folder of `file`, without the one that Hugo, Docusaurus or Jekyll begin with."""
    first, _, rest = posixpath.dirname(file).partition("/")
    return rest if re.fullmatch(r"_.*|content|docs", first) else posixpath.join(first, rest)


def address_part(words: str) -> str:
    """Return `words` as one part of an address."""
    part = slug(words[:200])[:60].strip("-")
    return f"{part}-pages" if f"{part}/" in hashed.FOLDERS or part in ("index", "readme") else part


def path_of(address: str) -> str:
    """Return the path of an address; it may be one already."""
    try:
        return unquote(urlsplit(address).path)
    except ValueError:  # of brackets
        return address


def key_of(name: str) -> str:
    """Return the file or address `name` as what it has in common with other spellings of it."""
    key = posixpath.normpath(f"/{path_of(name)}").strip("/").casefold()
    return re.sub(r"(?:^|/)_?index$", "", re.sub(r"\.(?:mdx?|markdown|html?)$", "", key))
