"""Addresses of the live site that the new one no longer has: somebody may have kept them."""

import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import quote, unquote, urljoin

from helpcentre.content import redirects
from helpcentre.deploy.verify import PARALLEL_REQUESTS, UNREACHABLE, fetch
from helpcentre.site import built_pages
from helpcentre.site.manifest import CHECKSUMS, digests

_HEADING = re.compile(rb"<h[2-6]\b[^>]*\sid=\"?([^\"\s>]+)")


def check(site: Path, url: str) -> Iterator[str]:
    """Yield a warning for each heading of the live site at `url` that the folder `site` lacks.

    Raises SystemExit, with the lines to add to redirects.yml, if `site` lacks a page. The live site
    may be another system's, which lists its pages in a sitemap; one that does not answer has none.
    """
    url = f"{url.rstrip('/')}/"
    new = digests((site / CHECKSUMS).read_text(encoding="utf-8"))
    live: dict[str, str] = {}
    try:
        live = digests(fetch(url + CHECKSUMS).decode())
        pages = {name for name in live if name.endswith(".html")}
    except UNREACHABLE:
        pages = set(_in_sitemap(url))
    gone = {name.removesuffix("index.html") for name in pages - new.keys()}
    if lines := redirects.lines_for(gone):
        raise SystemExit(
            f"{url} has pages that the new site lacks, and somebody may have kept their addresses."
            f" Add to {redirects.FILE}, each with the page that replaces it, and build again:\n\n"
            + "\n".join(lines)
        )
    known = built_pages.read(site)
    changed = sorted(name for name in known if live.get(name) not in (None, new.get(name)))
    with ThreadPoolExecutor(PARALLEL_REQUESTS) as pool:
        for name, headings in zip(
            changed, pool.map(lambda name: _headings(url, name), changed), strict=True
        ):
            for heading in sorted(headings - known[name].anchors):
                address = f"{name.removesuffix('index.html')}#{heading}"
                yield f"warning: {address} is gone, and somebody may have kept it"


def _headings(url: str, name: str) -> set[str]:
    try:
        page = fetch(urljoin(url, quote(name.removesuffix("index.html"))))
    except UNREACHABLE:
        return set()
    return {heading.decode(errors="replace") for heading in _HEADING.findall(page)}


def _in_sitemap(url: str) -> Iterator[str]:
    """Yield the files of the site at `url` that answer at the addresses in its sitemap."""
    try:
        listed = fetch(f"{url}sitemap.xml").decode()
    except UNREACHABLE:
        return
    for address in re.findall(r"<loc>\s*([^<\s]+)", listed):
        path = unquote(address.removeprefix(url).partition("?")[0])
        if address.startswith(url) and not path.endswith((".xml", ".gz")):
            yield redirects.file_of(
                path if path.endswith((".html", "/")) or not path else f"{path}/"
            )
