"""Publishes a built site to S3 by `aws`, the command line client of AWS, for a CDN in front of it.

A bucket cannot be switched as a whole. So hashed files are sent first, then pages, each complete
and with all that it names, then what lists them; what is gone is deleted last. The hashed files of
the site before stay until the next one, for pages that are still open in a browser.

Only what earlier runs sent is deleted: checksums.txt lists the last complete site, and the object
.published every file that a run has sent and none has deleted since.
"""

import glob
import json
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from urllib.parse import urlsplit

from helpcentre.content import hashed
from helpcentre.content.redirects import file_of
from helpcentre.site.headers import FOR_EVER, NOT_SERVED, REVALIDATED
from helpcentre.site.manifest import CHECKSUMS, digests, file_names

DESTINATION = re.compile(r"s3://[^/]+(/.*)?")
"""A bucket, or a folder in one, such as s3://help-centre-files/help."""
LIST = ".published"
_INCOMPLETE = "incomplete"
"""A line of LIST while a run is sending files, and after one that did not end."""
_HASHED = tuple(f"{folder}*" for folder in hashed.FOLDERS)
_DEEP_PAGES = "*/*/*.html"
"""Pages that others list. Sent first, so that no page links to one that is not there yet."""
_KEPT = f"--cache-control={FOR_EVER}"
_CHECKED = f"--cache-control={REVALIDATED}"
_WEBP = "--content-type=image/webp"
"""Which aws does not know everywhere."""
_TEXT = (_CHECKED, "--content-type=text/plain; charset=utf-8")
"""Pages say their encoding themselves; text cannot."""


def publish(site: Path, to: str, redirects: Mapping[str, str], base: str) -> str:
    """Publish the built folder `site`, which is served under the path `base`; return what was done.

    `redirects` are new addresses by old address. Raises SystemExit if it fails or is interrupted.
    """
    if not shutil.which("aws"):
        raise SystemExit("'aws', the command line client of AWS, is needed: install it")
    folder, to = str(site), f"{to.rstrip('/')}/"
    files = {*file_names(site)} - {*NOT_SERVED}
    send = ("s3", "cp", "--recursive", folder, to)
    state = "The site is as it was."
    try:
        current, sent, all_stay = _published(site, to, files)
        _write_list(to, {_INCOMPLETE} | sent | files)
        state = "Every page there is complete, but some may be old and some new."
        # The name of a hashed file says its content, so that its size is enough to compare.
        if any(name.endswith(".webp") for name in files):
            _aws("s3", "sync", "--size-only", folder, to, _KEPT, _WEBP, *_only(["assets/*.webp"]))
        _aws("s3", "sync", "--size-only", folder, to, _KEPT, *_only(_HASHED))
        _aws(*send, _CHECKED, *_only([_DEEP_PAGES]))
        others = [_DEEP_PAGES, "*.txt", *_HASHED, *NOT_SERVED]
        _aws(*send, _CHECKED, *_only(["*"], but=others))
        for old, new in redirects.items():
            page = file_of(old)
            target = f"--website-redirect={base}{new}"
            _aws("s3", "cp", f"{folder}/{page}", f"{to}{page}", _CHECKED, target)
        _aws(*send, *_TEXT, *_only(["*.txt"], but=_HASHED))  # checksums.txt is among them
        known = current | sent
        stay = {
            name for name in (known if all_stay else current) if name.startswith(hashed.FOLDERS)
        }
        unused = known - files - stay
        if unused:
            _aws("s3", "rm", "--recursive", to, *_only(map(glob.escape, unused)))
        _write_list(to, files | stay)
    except subprocess.CalledProcessError as error:
        why = error.stderr.strip().partition("\n")[0]
        raise SystemExit(f"{why}\n{state} Fix the cause, and publish again.") from error
    except KeyboardInterrupt:
        raise SystemExit(f"Interrupted. {state}") from None
    return f"Published to {to}: {len(files)} files; {len(unused)} were deleted."


def _published(site: Path, to: str, files: set[str]) -> tuple[set[str], set[str], bool]:
    """Return the files of the current site, all that were sent, and whether hashed ones all stay.

    They do while the current site is the same as `site`, or incomplete. Raises SystemExit if
    somebody else keeps one of our `files` there.
    """
    with tempfile.TemporaryDirectory() as folder:
        _aws("s3", "cp", "--recursive", to, folder, *_only([CHECKSUMS, LIST]))
        found = {path.name: path.read_bytes() for path in Path(folder).iterdir()}
    if LIST not in found:
        parts = urlsplit(to)
        where = ("--bucket", parts.netloc, "--prefix", parts.path.lstrip("/"))
        query = ("--query", "Contents[].Key", "--output", "json")
        listed = json.loads(_aws("s3api", "list-objects-v2", *where, *query)) or []
        names = {key.removeprefix(parts.path.lstrip("/")) for key in listed}
        if theirs := sorted(names & files):
            raise SystemExit(
                f"{to} holds {theirs[0]}, which was not published by this command: "
                "choose another folder, or empty it first"
            )
    lines = set(found.get(LIST, b"").decode().splitlines())
    checksums = found.get(CHECKSUMS, b"")
    is_same = checksums == (site / CHECKSUMS).read_bytes()
    try:
        current = set(digests(checksums.decode()))
    except ValueError:  # no run has ended yet
        current = set()
    return current, lines - {_INCOMPLETE}, is_same or _INCOMPLETE in lines


def _write_list(to: str, names: Iterable[str]) -> None:
    """Let the next run know what is there."""
    _aws("s3", "cp", "-", f"{to}{LIST}", *_TEXT, stdin="\n".join(sorted(names)) + "\n")


def _only(patterns: Iterable[str], but: Iterable[str] = ()) -> list[str]:
    """Return the options for files by patterns, in which * also stands for slashes."""
    return [
        "--exclude=*",
        *(f"--include={pattern}" for pattern in patterns),
        *(f"--exclude={pattern}" for pattern in but),
    ]


def _aws(service: str, *words: str, stdin: str = "") -> str:
    """Return what aws prints. Raises CalledProcessError, with its stderr, if it fails."""
    quiet = ["--only-show-errors"] if service == "s3" else []
    command = ["aws", service, *words, *quiet]
    return subprocess.run(command, input=stdin, capture_output=True, text=True, check=True).stdout
