"""A built site, as those who publish and verify it read it."""

import json
import os
import re
from pathlib import Path

from macros.clock import VARIABLE

CHECKSUMS = "checksums.txt"
"""Lists the files that the host serves, each with the SHA-256 of its content."""
VERSION = "version.json"
PREVIEW = "preview_of"
"""What version.json says the day of, if the site is a preview."""
_SUM = re.compile(r"(?P<digest>[0-9a-f]{64})  (?P<name>\S.*)")
"""A line of checksums.txt, as sha256sum writes it."""


def digests(sums: str) -> dict[str, str]:
    """Return the SHA-256 by file that a checksums.txt says. Raises ValueError if it is none."""
    lines = [_SUM.fullmatch(line) for line in sums.splitlines()]
    found = {line["name"]: line["digest"] for line in lines if line}
    if len(found) != len(lines) or "index.html" not in found:
        raise ValueError("it is not a list of a site's files")
    return found


def ready(site: Path) -> bytes:
    """Return the checksums.txt of a built folder that may be published.

    Raises SystemExit, with a way out, if there is no site, or if it is a preview.
    """
    if os.environ.get(VARIABLE):
        raise SystemExit(f"a preview is never published: unset {VARIABLE} and build again")
    if not (site / CHECKSUMS).is_file():
        raise SystemExit(f"there is no {site}/ to publish: run 'make build' first")
    version = site / VERSION
    if version.is_file() and (day := json.loads(version.read_text()).get(PREVIEW)):
        raise SystemExit(f"{site}/ is a preview of {day}, and is never published: build it again")
    return (site / CHECKSUMS).read_bytes()
