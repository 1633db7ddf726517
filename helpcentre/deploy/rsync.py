"""Publishes a built site to a server by rsync, whole or not at all.

The server needs rsync, and GNU's date, ln, mv and timeout with util-linux' flock. Its folder holds

    releases/20261123T232500123456Z   a release, named by the server's clock in UTC
    current                           a link to the release that the web server serves
    .good                             a link to the last release that was published to the end

The link is switched in one step. A release also holds the hashed files of the one that it replaced,
so that pages that are still open in a browser find them.
"""

import re
import subprocess
from pathlib import Path

from helpcentre.content import hashed
from helpcentre.deploy.server import SSH, Server, locked
from helpcentre.deploy.verify import why_not_live
from helpcentre.site.manifest import CHECKSUMS

KEPT = 5
"""Releases that stay, the current one included."""
_RELEASE = re.compile(r"releases/\d{8}T\d{12}Z")
_UNCHANGED = "The site is as it was."

# Scripts for the server's shell. $to is the release that is to be current.
_ADD_PREVIOUS = rf"""
[ ! -e current/{CHECKSUMS} ] || cut -c67- current/{CHECKSUMS} |
grep -E '^({"|".join(hashed.FOLDERS)})' | sed 'p; s/$/.br/p; s/br$/gz/' |
rsync --files-from=- --ignore-missing-args --ignore-existing --times --perms \
  --link-dest="$PWD/current/" current/ "$to/"
"""
"""Adds the hashed files of the current release; not those that it has from its predecessor."""
_SWITCH = "ln -sfn $to .next && mv -T .next current"
_MARK_AS_GOOD = "ln -sfn $to .next && mv -T .next .good"
_UNDO = rf"""
unfinished=releases/.${{release#releases/}}
is_current() {{ [ "$(readlink -f current)" = "$(readlink -f "$release")" ]; }}
if is_current && [ "$to" != "$release" ] && [ -d "$to" ]; then
  ({_ADD_PREVIOUS}) && {_SWITCH} || exit
fi
is_current || rm -rf "$release" "$unfinished"
"""
"""Switches from $release to $to, if $release is current, and removes $release."""


def publish(site: Path, to: str, url: str, seconds: float) -> str:
    """Publish the built folder `site`, and return what was done.

    With `url`, the site's address, the new release must answer there within so many seconds, or the
    last good one is published again. A site that equals the published one is not published, so that
    there is always another release to go back to. Raises SystemExit, with what to do, if it fails
    or is interrupted.
    """
    checksums = (site / CHECKSUMS).read_bytes()
    with locked(to) as server:
        before = _current(server)
        good = _last_good(server, before)
        changed = not before or bool(
            _rsync(site, server, "current", "--dry-run", "--itemize-changes")
        )
        release = server.run("date -u +releases/%Y%m%dT%H%M%S%6NZ") if changed else before
        switched = not changed
        try:
            if changed:
                _upload(site, server, release, before)
                switched = True
                server.run(f"to={release}; {_SWITCH}")
            if url and (why := why_not_live(url, checksums, seconds)):
                note = "" if changed else f", though {release} is published and has not changed"
                raise SystemExit(why + note)
        except BaseException as error:
            state = _undo(server, release, good, before, switched=switched)
            if isinstance(error, KeyboardInterrupt):
                raise SystemExit(f"Interrupted. {state}") from None
            if isinstance(error, SystemExit):
                raise SystemExit(f"{error}. {state} Fix the cause, and publish again.") from None
            raise
        server.run(f"to={release}; {_MARK_AS_GOOD}")
        _prune(server, good, release)
    if not changed:
        return "The site has not changed: nothing is published."
    unverified = "" if url else " It was not verified, because SITE_URL is not set."
    return f"Published as {release}.{unverified}"


def roll_back(to: str) -> str:
    """Publish the release before the current one again, and return what was done."""
    with locked(to, create=False) as server:
        current = _current(server)
        older = [release for release in _releases(server) if release < current]
        if not older:
            raise SystemExit("there is no older release to go back to")
        server.run(f"to={older[-1]}; ({_ADD_PREVIOUS}) && {_SWITCH} && {_MARK_AS_GOOD}")
    return f"Published again: {older[-1]}."


def _upload(site: Path, server: Server, release: str, before: str) -> None:
    """Make a release of `site`, with the hashed files of the release `before`."""
    unfinished = release.replace("/", "/.")
    server.run("rm -rf releases/.[0-9]*T[0-9]*Z")  # of publishers that were killed
    # Unchanged files are hard links, which take no space.
    _rsync(site, server, unfinished, *(["--link-dest=../../current/"] if before else []))
    server.run(f"to={unfinished}; ({_ADD_PREVIOUS}) && mv {unfinished} {release}")


def _undo(server: Server, release: str, good: str, before: str, *, switched: bool) -> str:
    """Publish `good` instead of `release`, remove that one, and return what is published now."""
    try:
        server.run(f"release={release} to={good}{_UNDO}")
        now = _current(server)
    except SystemExit as error:
        if not switched:
            return _UNCHANGED
        return f"Then {error}: {release} may be published."
    if now == before:
        return _UNCHANGED
    if now == release:
        return "It stays published, because there is no release before it."
    return f"Published again is {now}, the last that was published to the end."


def _current(server: Server) -> str:
    """Return the published release, such as releases/20261123T232500123456Z; "" if there is none.

    Raises SystemExit if `current` was made by somebody else.
    """
    link = server.run("readlink current || [ ! -e current ] || echo not a link")
    release = _RELEASE.search(link)
    if link and not release:
        raise SystemExit(
            f"{server.address}/current was not made by this command: choose another folder"
        )
    return release[0] if release else ""


def _last_good(server: Server, before: str) -> str:
    """Return the release to go back to: `before`, or an older one if that is the last good one."""
    good = server.run("[ ! -d .good/. ] || readlink .good")
    return good if _RELEASE.fullmatch(good) and good < before else before


def _releases(server: Server) -> list[str]:
    """Return all releases, oldest first."""
    names = server.run("ls releases").splitlines()
    return sorted(filter(_RELEASE.fullmatch, (f"releases/{name}" for name in names)))


def _prune(server: Server, good: str, current: str) -> None:
    """Remove releases that were given up for `good`, and of the others all but the newest."""
    others = [release for release in _releases(server) if release != current]
    given_up = [release for release in others if good and release > good]
    old = [release for release in others if release not in given_up][: 1 - KEPT]
    server.run(f"rm -rf {' '.join(given_up + old)}")


def _rsync(site: Path, server: Server, folder: str, *options: str) -> str:
    """Copy the files of `site` into the server's `folder`; return the output of rsync."""
    # Files are compared by content: a changed page may have the same size and time.
    how = ("--recursive", "--links", "--checksum", "--chmod=D755,F644", f"--rsh={' '.join(SSH)}")
    done = subprocess.run(
        ["rsync", *how, *options, f"{site}/", f"{server.address}/{folder}/"],
        stdout=subprocess.PIPE,
        text=True,
        check=False,
    )
    if done.returncode:
        raise SystemExit("rsync failed: see above")
    return done.stdout
