"""What the content security policy of the site would stop in a browser.

Of pages, pictures and stylesheets. What scripts do only a browser shows: the tests use every page
in one.
"""

import re
from collections.abc import Iterator, Mapping

from helpcentre.lint.markup import LOADS, MAY_LEAD_ELSEWHERE, address
from macros.layout import ASSETS, THEME

_DATA = ("application/json", "application/ld+json")
"""Kinds of <script> that no browser runs."""
_NONE = ("applet", "audio", "base", "embed", "frame", "iframe", "object", "video")
"""Elements that the policy does not allow."""
JUDGED = frozenset((*_NONE, "script", "style"))
"""Elements that may be refused for what they are; others are for their attributes only."""
_FETCHED = ("stylesheet", "icon", "preload", "prefetch", "modulepreload", "manifest", "preconnect")
"""Kinds of <link> that a browser fetches; others are for readers or programs."""
_PICTURES = (("img", "src"), ("image", "href"), ("image", "xlink:href"))
"""Where the address may be the picture itself."""
_ELSEWHERE = re.compile(r"[a-z][a-z0-9+.-]*:|[/\\]{2}")
"""The beginning of an address of another host, as spelt by lint.markup.address()."""
_IN_CSS = re.compile(
    r"url\(\s*[\"']?([^\"')]*)|@import\s*[\"']([^\"']*)|@(font-face)", re.IGNORECASE
)


def why_refused(tag: str, attributes: Mapping[str, str | None]) -> str | None:
    """Return why the policy would stop an element; None if it would not."""
    if tag in JUDGED and (why := _why_element_refused(tag, attributes)):
        return why
    for name, value in attributes.items():
        if name == "style" or name.startswith("on"):
            return f"'{name}=' on <{tag}>: the content security policy refuses it"
        if not value or not MAY_LEAD_ELSEWHERE.search(value):
            continue
        if address(value).startswith(("javascript:", "vbscript:")):
            return f"'{name}=' on <{tag}> would run code: the content security policy refuses it"
        if any(map(_is_elsewhere, _loaded(tag, attributes, name))):
            return f"<{tag}> loads {value[:80]}: put a copy into {ASSETS}/"
    return None


def _why_element_refused(tag: str, attributes: Mapping[str, str | None]) -> str | None:
    if tag == "style":
        return f"<style> in a page: put its rules into {THEME}/assets/style.css"
    if tag == "script" and "src" not in attributes and attributes.get("type") not in _DATA:
        return f"a script in a page: put it into a file of {THEME}/assets/"
    if tag in _NONE:
        return f"<{tag}>: the content security policy does not allow it"
    return None


def _loaded(tag: str, attributes: Mapping[str, str | None], name: str) -> Iterator[str]:
    """Yield the addresses that an attribute makes a browser fetch, or send a form to."""
    value = attributes[name] or ""
    rel = (attributes.get("rel") or "").lower().split()
    if (tag, name) in _PICTURES or (name == "href" and rel == ["icon"]):
        yield re.sub(r"^\s*data:image/", "", value, flags=re.IGNORECASE)
    elif name in ("srcset", "imagesrcset"):
        yield from value.split(",")
    elif name in (*LOADS, "action", "formaction"):
        yield value
    elif name == "href" and tag == "link":
        if set(rel) & set(_FETCHED):
            yield value
    elif name in ("href", "xlink:href") and tag != "a":
        yield value
    elif name == "content" and (attributes.get("http-equiv") or "").lower() == "refresh":
        yield value.partition("=")[2].strip("\"' ")
    else:
        yield from re.findall(r"url\(\s*[\"']?([^\"')]*)", value, re.IGNORECASE)


def _is_elsewhere(url: str) -> bool:
    return bool(_ELSEWHERE.match(address(url)))


def refused_of_stylesheet(css: str) -> Iterator[str]:
    """Yield why the policy would stop parts of a stylesheet."""
    for url, imported, font in _IN_CSS.findall(css):
        if font:
            yield "@font-face: the content security policy allows no fonts but the reader's own"
        elif _is_elsewhere(re.sub(r"^data:image/", "", url) or imported):
            yield f"a stylesheet loads {url or imported}: put a copy into {ASSETS}/"
