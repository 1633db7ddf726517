"""Addresses that a publisher may set: the site's, customer care's, of counting, and of frames."""

import re
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
    wrong: list[tuple[str, object]] = []
    if site_url and not _is_web(site_url, ("https", "http")):
        message = "site_url (SITE_URL): expected https://host/ or https://host/path/"
        wrong.append((message, site_url))
    contact = contact_url if isinstance(contact_url, str) else " "
    is_mail = contact.startswith("mailto:") and "@" in contact[7:] and " " not in contact
    if contact_url and not is_mail and not _is_web(contact, ("https",), query=True):
        message = "contact_url (CONTACT_URL): expected https://... or mailto:..."
        wrong.append((message, contact_url))
    if insights and not (isinstance(insights, str) and INSIGHTS.fullmatch(insights)):
        message = "expected a path of the site's own host, such as /insights"
        wrong.append((f"insights (INSIGHTS_URL): {message}", insights))
    if votes:
        message = "unknown setting votes (VOTES_URL): use insights (INSIGHTS_URL)"
        wrong.append((message, votes))
    for origin in framed_by.split():
        if not re.fullmatch(r"https://[a-z0-9.-]+(:\d+)?", origin, re.ASCII | re.IGNORECASE):
            message = "FRAMED_BY: expected origins such as https://shop.example, without a path"
            wrong.append((f"{message} and with spaces between them", origin))
    return [Problem(FILE, 1, f"{message}, found '{found}'") for message, found in wrong]


def check_name(site_name: str, texts: Texts) -> list[Problem]:
    """Return a problem if MkDocs calls the site otherwise than its pages do."""
    own = texts.texts["site_name"]
    if site_name == own:
        return []
    message = f"'site_name' is '{site_name}', but '{own}' in {texts.file}: use one name"
    return [Problem(FILE, 1, message)]


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
