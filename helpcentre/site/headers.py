"""The HTTP headers of every response: which code may run, and what browsers may keep.

No page has code or styles of its own inside it, so that the policy needs no exception.
"""

import os
from collections.abc import Iterable, Mapping

from helpcentre.content import hashed

META_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",  # the logo is inside the page
        "connect-src 'self'",  # the search index, the calendars, what is counted
        "worker-src 'self'",
        "base-uri 'none'",
        "form-action 'self'",
    )
)
"""The part of the content security policy that a page can carry itself, for a host that does not
send our headers."""

_HEADERS = {
    "Strict-Transport-Security": "max-age=31536000",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}

FOR_EVER = "public, max-age=31536000, immutable"
"""Cache-Control of files in hashed.FOLDERS."""
REVALIDATED = "no-cache"
"""Cache-Control of everything else: kept, and revalidated each time."""

OPEN = ("policy.json", "policy.schema.json")
"""Files that pages of other origins may read."""
NOT_SERVED = ("_headers", "_redirects")
"""Files of the site that are for hosts only."""


def is_staging() -> bool:
    """Return whether NOINDEX, in the environment, asks search engines not to list the site."""
    return os.environ.get("NOINDEX", "").lower() not in ("", "0", "false", "no")


def framed_by() -> str:
    """Return FRAMED_BY, of the environment: the origins whose pages may show ours in a frame."""
    return os.environ.get("FRAMED_BY", "").strip()


def policy() -> str:
    """Return the content security policy, as a host sends it."""
    ancestors = framed_by() or "'none'"
    return f"{META_POLICY}; frame-ancestors {ancestors}"


def headers() -> Mapping[str, str]:
    """Return the headers of every response, by name; a page's meta element says noindex, too."""
    robots = {"X-Robots-Tag": "noindex"} if is_staging() else {}
    return {"Content-Security-Policy": policy()} | _HEADERS | robots


def headers_file(base: str) -> str:
    """Return _headers, as Netlify and Cloudflare Pages read it; `base` is the site's path."""
    lines = [f"{base}*", *(f"  {name}: {value}" for name, value in headers().items())]
    for folder in hashed.FOLDERS:
        lines += [f"{base}{folder}*", f"  Cache-Control: {FOR_EVER}"]
    for file in OPEN:
        lines += [f"{base}{file}", "  Access-Control-Allow-Origin: *"]
    return "\n".join(lines) + "\n"


def redirects_file(redirects: Mapping[str, str], base: str, lost: Iterable[str] = ()) -> str:
    """Return _redirects, as both read it; `redirects` are new addresses by old address.

    Below each address of `lost`, Netlify shows the page for wrong addresses there; Cloudflare finds
    it by itself.

    On Netlify a page takes precedence over a redirect from its address, unless the redirect says
    301!, and each old address has such a page for other hosts. Cloudflare does not know 301!.
    """
    note = "# Of each address the first line is for Netlify, the others for Cloudflare.\n"
    lines = [
        f"{base}{address} {base}{new} {status}\n"
        for old, new in sorted(redirects.items())
        for address, status in ((old, "301!"), (old, "301"), (old.rstrip("/"), "301"))
    ]
    lines += [f"{base}{folder}* {base}{folder}404.html 404\n" for folder in lost]
    return (note if redirects else "") + "".join(dict.fromkeys(lines))
