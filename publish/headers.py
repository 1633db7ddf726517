"""What every answer of the site's host says to browsers: which code may run, and what may be kept.

No page has code or styles of its own inside it, so that the policy needs no exception.
"""

import os
from collections.abc import Mapping

POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",  # the logo stands in the page
        "connect-src 'self'",  # the search index, the calendars, the votes
        "worker-src 'self'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
)

META_POLICY = POLICY.replace("; frame-ancestors 'none'", "")
"""The part of it that a page can carry itself, where its host sends no headers of ours."""

_HEADERS = {
    "Content-Security-Policy": POLICY,
    "Strict-Transport-Security": "max-age=31536000",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}
NO_INDEX = {"X-Robots-Tag": "noindex"}
"""On every answer of a site that search engines are not to list; its pages say so, too."""


def is_staging() -> bool:
    """Return whether NOINDEX, in the environment, has search engines not list the site."""
    return os.environ.get("NOINDEX", "").lower() not in ("", "0", "false", "no")


def headers() -> Mapping[str, str]:
    """Return what is on every answer, by name."""
    return _HEADERS | (NO_INDEX if is_staging() else {})


FOR_EVER = "public, max-age=31536000, immutable"
"""Cache-Control of what has a hash of its content in its name."""
HASHED = ("assets/", "calendars/", "search/")
"""Folders in which everything has one."""
REVALIDATED = "no-cache"
"""Cache-Control of all else: kept, and asked about each time."""

OPEN = ("policy.json", "policy.schema.json")
"""What pages of other origins may read."""
