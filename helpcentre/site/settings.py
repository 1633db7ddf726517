"""Addresses that a publisher may set: the site's, customer care's, of counting, and of frames."""

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from helpcentre.content.texts import Texts
from macros.problem import Problem

FILE = "mkdocs.yml"


INSIGHTS = re.compile(r"(?:/[\w-][\w.-]*)+", re.ASCII)
"""A path of the site's own host, which the configuration of servers can name."""


def check(
    site_url: str | None,
    contact_url: object,
    insights: object = None,
    framed_by: str = "",
    *,
    votes: object = None,
) -> list[Problem]:
    """Return a problem for each address, as read by MkDocs, that is not valid.

    `votes` is the name that `insights` had before.
    """
    wrong = (
        *_site(site_url or ""),
        *_contact(contact_url or ""),
        *_insights(insights, votes),
        *_frames(framed_by),
    )
    return [Problem(FILE, 1, f"{message}, found '{found}'") for message, found in wrong]


def check_name(site_name: str, texts: Texts) -> list[Problem]:
    """Return a problem if MkDocs calls the site otherwise than its pages do."""
    own = texts.texts["site_name"]
    if site_name == own:
        return []
    message = f"'site_name' is '{site_name}', but '{own}' in {texts.file}: use one name"
    return [Problem(FILE, 1, message)]


def _site(url: str) -> Iterator[tuple[str, str]]:
    if url and not _is_web(url, ("https", "http")):
        yield "site_url (SITE_URL): expected https://host/ or https://host/path/", url


def _contact(url: object) -> Iterator[tuple[str, object]]:
    mail = isinstance(url, str) and url.startswith("mailto:") and "@" in url[7:] and " " not in url
    if url and not mail and not (isinstance(url, str) and _is_web(url, ("https",), query=True)):
        yield "contact_url (CONTACT_URL): expected https://... or mailto:...", url


def _insights(path: object, votes: object) -> Iterator[tuple[str, object]]:
    if path and not (isinstance(path, str) and INSIGHTS.fullmatch(path)):
        message = "expected a path of the site's own host, such as /insights"
        yield f"insights (INSIGHTS_URL): {message}", path
    if votes:
        yield "unknown setting votes (VOTES_URL): use insights (INSIGHTS_URL)", votes


def _frames(origins: str) -> Iterator[tuple[str, str]]:
    for origin in origins.split():
        if not re.fullmatch(r"https://[a-z0-9.-]+(:\d+)?", origin, re.ASCII | re.IGNORECASE):
            message = "FRAMED_BY: expected origins such as https://shop.example, without a path"
            yield f"{message} and with spaces between them", origin


def _is_web(url: str, schemes: tuple[str, ...], *, query: bool = False) -> bool:
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError:
        return False
    clean = not any(character.isspace() or character in "\"'<>\\" for character in url)
    return (
        clean
        and parts.scheme in schemes
        and bool(parts.hostname)
        and (query or not (parts.query or parts.fragment))
        and "//" not in parts.path
        and ".." not in parts.path
    )
