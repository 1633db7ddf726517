"""`python -m publish SITE`: make a built folder ready for any host. Each build calls it, too.

It refuses pages that the content security policy would break, and adds what hosts and whoever
checks a copy need: a name with a hash for the search index, old addresses, _headers, _redirects,
version.json, checksums.txt.
"""

import gzip
import hashlib
import html
import json
import os
import posixpath
import re
import shutil
import subprocess
import time
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

import brotli
from selectolax.lexbor import LexborHTMLParser

from macros.clock import VARIABLE
from macros.problem import Problem
from publish import content_policy
from publish.assets import named
from publish.built import CHECKSUMS, PREVIEW, VERSION
from publish.headers import META_POLICY
from publish.hosts import NOT_SERVED, headers_file, redirects_file

_COMPRESSED = (".br", ".gz")
_TEXT = (".css", ".html", ".js", ".json", ".svg", ".txt", ".xml")
_SEARCH = re.compile(r"search/worker\.[0-9a-f]{10}\.js#index(?:\.[0-9a-f]{10})?\.bin")
"""How pages name the search worker and its index."""

_IS_MOVED = "<title>This page has moved</title>"
_MOVED = """<!doctype html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<meta http-equiv="refresh" content="0; url={url}">
{mark}
</head>
<body><main><h1>This page has moved</h1><p><a href="{url}">Go to the page</a></p></main></body>
</html>
"""


def finish(site: Path, moved: Mapping[str, str], base: str) -> list[Problem]:
    """Make the built folder `site`, which is served under the path `base`, ready for hosts.

    `moved` has the new address by each old one, both from the site's root. Returns a problem for
    each page that the content security policy would break, and for each that an old address would
    take the place of: no host may get such a site.
    """
    problems = list(content_policy.check(site))
    for old in moved:
        page = site / old / "index.html"
        if page.exists() and _IS_MOVED not in page.read_text(encoding="utf-8"):
            problems.append(Problem("redirects.yml", 1, f"'{old}' is the address of a page"))
    if problems:
        return problems
    _name_index(site)
    home = LexborHTMLParser((site / "index.html").read_text(encoding="utf-8"))
    language = home.root.attributes["lang"] if home.root else ""
    for small in site.rglob("*.br"):  # made the last time, from what may have changed
        small.unlink()
        small.with_suffix(".gz").unlink(missing_ok=True)
    for old, new in moved.items():
        text = _MOVED.format(
            url=html.escape(posixpath.relpath(f"/{new}", f"/{old}") + "/"),
            language=language,
            mark=_IS_MOVED,
        )
        folder = site / old
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "index.html").write_text(text, encoding="utf-8")
    (site / "_headers").write_text(headers_file(base), encoding="utf-8")
    (site / "_redirects").write_text(redirects_file(moved, base), encoding="utf-8")
    if not (site / VERSION).exists():  # or else it says so of the build already
        version = {"commit": _commit(), "built": _now().isoformat().replace("+00:00", "Z")}
        if day := os.environ.get(VARIABLE):
            version[PREVIEW] = day
        (site / VERSION).write_text(json.dumps(version) + "\n", encoding="utf-8")
    write_checksums(site)
    return []


def base_of(site: Path) -> str:
    """Return the path that the site was built for, such as /help/, by its _headers; "" if none."""
    file = site / "_headers"
    return file.read_text(encoding="utf-8").partition("*")[0] if file.is_file() else ""


def _name_index(site: Path) -> None:
    """Put a hash of the search index into its name, which nobody knew when the pages were made."""
    index = site / "search/index.bin"
    if not index.exists():  # it has its name already, or there is none
        return
    (worker,) = (site / "search").glob("worker.*.js")
    name = named(index.name, index.read_bytes())
    index.rename(index.with_name(name))
    for page in site.rglob("*.html"):
        text = page.read_text(encoding="utf-8")
        page.write_text(_SEARCH.sub(f"search/{worker.name}#{name}", text), encoding="utf-8")


def write_checksums(site: Path) -> None:
    """Write the SHA-256 of each file that the host serves, as `sha256sum --check` reads it."""
    lines = [
        f"{hashlib.sha256((site / name).read_bytes()).hexdigest()}  {name}"
        for name in sorted(
            path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()
        )
        if name not in (CHECKSUMS, *NOT_SERVED) and not name.endswith(_COMPRESSED)
    ]
    (site / CHECKSUMS).write_text("\n".join(lines) + "\n", encoding="utf-8")


def add_meta_policy(site: Path) -> None:
    """Put into each page as much of the policy as it can carry, for a host without our headers.

    What it cannot: frame-ancestors, Strict-Transport-Security, nosniff and the other headers.
    """
    mark = '<meta charset="utf-8">'
    told = f'{mark}<meta http-equiv="Content-Security-Policy" content="{META_POLICY}">'
    for path in site.rglob("*.html"):
        text = path.read_text(encoding="utf-8")
        if told not in text:
            path.write_text(text.replace(mark, told, 1), encoding="utf-8")
    write_checksums(site)


def put_under(folder: Path, site: Path, path: str) -> None:
    """Make `folder` the root of a host that serves the built `site` under `path`, such as /help/.

    What such a host looks for at its root is moved there; its page for wrong addresses is copied.
    Raises ValueError if the folder holds anything but what this put there before.
    """
    inside = (folder.resolve(), site.resolve())
    is_ours = (folder / path.strip("/") / CHECKSUMS).is_file() and (folder / "404.html").is_file()
    if any(one.is_relative_to(other) for one, other in (inside, inside[::-1])):
        raise ValueError(f"{folder}/ and {site}/ lie in each other: name another folder")
    if folder.exists():
        if any(folder.iterdir()) and not is_ours:
            raise ValueError(f"{folder}/ holds something else: name a folder that is not there yet")
        shutil.rmtree(folder)
    shutil.copytree(site, folder / path.strip("/"))
    if path != "/":
        for name in NOT_SERVED:
            (folder / path.strip("/") / name).rename(folder / name)
        shutil.copy(site / "404.html", folder)


def compress(site: Path) -> None:
    """Put a copy by brotli and one by gzip beside each file, where that is smaller."""
    for path in [path for path in site.rglob("*") if path.suffix in _TEXT and path.is_file()]:
        content = path.read_bytes()
        for ending, small in (
            (".br", brotli.compress(content)),
            (".gz", gzip.compress(content, 9, mtime=0)),
        ):
            if len(small) < len(content):
                path.with_name(path.name + ending).write_bytes(small)


def _commit() -> str:
    """Return the commit that the site is made from, with -dirty behind it if more was changed."""
    command = ["git", "describe", "--always", "--dirty", "--abbrev=40", "--exclude=*"]
    try:
        told = subprocess.run(command, capture_output=True, text=True, check=False).stdout
    except FileNotFoundError:  # no git here
        told = ""
    return told.strip() or "unknown"


def _now() -> datetime:
    """Return SOURCE_DATE_EPOCH, or else now, in UTC, without fractions of a second."""
    return datetime.fromtimestamp(int(os.environ.get("SOURCE_DATE_EPOCH") or time.time()), UTC)
