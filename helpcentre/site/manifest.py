"""The manifest of a built site: its files with their hashes, and its version."""

import hashlib
import json
import os
import re
import time
from pathlib import Path

from helpcentre.content.git import git
from helpcentre.site.headers import NOT_SERVED
from macros.clock import VARIABLE
from macros.layout import BUILT_FROM

CHECKSUMS = "checksums.txt"
"""Lists the files that the host serves, each with the SHA-256 of its content."""
VERSION = "version.json"
PREVIEW = "preview_of"
"""The key in version.json for the day, if the site is a preview."""
COMPRESSED = (".br", ".gz")
_LINE = re.compile(r"(?P<digest>[0-9a-f]{64})  (?P<name>\S.*)")
"""A line of checksums.txt, as sha256sum writes it."""


def file_names(site: Path) -> list[str]:
    """Return the paths of all files of the folder `site`, sorted, with forward slashes."""
    top = len(f"{site}{os.sep}")
    paths = (f"{folder}{os.sep}{name}" for folder, _, names in os.walk(site) for name in names)
    return sorted(path[top:].replace(os.sep, "/") for path in paths)


def write_checksums(site: Path) -> None:
    """Write the SHA-256 of each file that the host serves, as `sha256sum --check` reads it."""
    lines = [
        f"{hashlib.sha256((site / name).read_bytes()).hexdigest()}  {name}"
        for name in file_names(site)
        if name not in (CHECKSUMS, *NOT_SERVED) and not name.endswith(COMPRESSED)
    ]
    (site / CHECKSUMS).write_text("\n".join(lines) + "\n", encoding="utf-8")


def digests(checksums: str) -> dict[str, str]:
    """Return the SHA-256 by file from the text of a checksums.txt. Raises ValueError if invalid."""
    lines = [_LINE.fullmatch(line) for line in checksums.splitlines()]
    found = {line["name"]: line["digest"] for line in lines if line}
    if len(found) != len(lines) or "index.html" not in found:
        raise ValueError("it is not a list of a site's files")
    return found


def write_version(site: Path, root: Path) -> None:
    """Write which commit of the project at `root` the site was built from, and when."""
    seconds = int(os.environ.get("SOURCE_DATE_EPOCH") or time.time())
    built = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(seconds))
    version = {"commit": _commit(root), "built": built}
    if day := os.environ.get(VARIABLE):
        version[PREVIEW] = day
    (site / VERSION).write_text(json.dumps(version) + "\n", encoding="utf-8")


def publishable(site: Path) -> None:
    """Raise SystemExit, with a way out, if `site` is not a built folder, or is a preview."""
    if os.environ.get(VARIABLE):
        raise SystemExit(f"a preview is never published: unset {VARIABLE} and build again")
    try:
        digests((site / CHECKSUMS).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise SystemExit(f"there is no built site in {site}/: run 'make build' first") from error
    version = site / VERSION
    if version.is_file() and (day := json.loads(version.read_text()).get(PREVIEW)):
        raise SystemExit(f"{site}/ is a preview of {day}, and is never published: build it again")


def _commit(root: Path) -> str:
    """Return the commit of `root`, followed by -dirty if what is built from was changed since.

    Files that git does not track count, too; files outside of BUILT_FROM do not.
    """
    if not (commit := git(root, "rev-parse", "HEAD")):
        return "unknown"
    changed = git(root, "status", "--porcelain", "--untracked-files=all", "--", *BUILT_FROM)
    return f"{commit}-dirty" if changed else commit
