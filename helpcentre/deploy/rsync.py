"""`python -m helpcentre.deploy.rsync TO`: publish site/ to a server by rsync, whole or not at all.

TO is a folder, such as /srv/help-centre, or user@host:/srv/help-centre; the server needs rsync,
and a system whose date, ln, mv, flock and timeout are those of GNU and util-linux. There it makes

    releases/20261123T232500123456Z   a release, by the server's clock in UTC; the last few stay
    current                           a link to the one that the web server serves
    .good                             a link to the last that was published to the end

The link is switched in one step. A release also holds the scripts, stylesheets and other hashed
files of the one that it took the place of, so that a page read just before still finds them.
"""

import argparse
import os
import re
import shlex
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, cast

from helpcentre.site import manifest
from helpcentre.site.manifest import CHECKSUMS
from helpcentre.site.headers import HASHED
from helpcentre.deploy.verify import why_not_live

KEPT = 5
"""Releases that stay, the current one among them."""
LONGEST = 3600
"""Seconds after which the server lets go of whoever publishes, whose network may be lost."""
_SSH = ("ssh", "-o", "ConnectTimeout=20", "-o", "ServerAliveInterval=10")
_BUSY = 9
"""Exit status of flock for a lock that somebody else holds."""
_ENDED = "ended:"
"""What the server says after each script, with the script's number and its exit status."""
_TO = re.compile(r"(?:(?P<host>[^-:/][^:/]*):)?(?P<folder>/.*[^/]/*)")
_RELEASE = re.compile(r"releases/\d{8}T\d{12}Z")

_CARRY = rf"""
[ ! -e current/{CHECKSUMS} ] || cut -c67- current/{CHECKSUMS} |
grep -E '^({"|".join(HASHED)})' | while read -r file; do
  for each in "$file" "$file.br" "$file.gz"; do
    [ -e "$to/$each" ] || [ ! -e "current/$each" ] || {{
      mkdir -p "$to/$(dirname "$each")" && ln "current/$each" "$to/$each"
    }} || exit
  done
done
"""
"""Gives the release $to the hashed files of the current one; not those that it has from its own."""
_SWITCH = "ln -sfn $to .next && mv -T .next current"
_GOOD = "ln -sfn $to .next && mv -T .next .good"
_UNDO = rf"""
is_current() {{ [ "$(readlink -f current)" = "$(readlink -f "$release")" ]; }}
if is_current && [ "$to" != "$release" ] && [ -d "$to" ]; then
  ({_CARRY}) && {_SWITCH} || exit
fi
is_current || rm -rf "$release" "$new"
"""
"""Puts the release $to in the place of $release, if that is current, and removes $release."""

_AS_IT_WAS = "The site is as it was: mend that, and publish again."


class Server:
    """A shell in a folder of a server, or of this machine, which holds the folder's lock.

    What it was told to do it does to the end, even if this process is killed, and only then the
    lock is free again: nothing of one who publishes can come after the next.
    """

    def __init__(self, to: str, *, make: bool) -> None:
        """Go to the folder `to`; `make` it if it is not there. Raises SystemExit if it is none."""
        parts = _TO.fullmatch(to)
        if not parts:
            raise SystemExit(
                "expected a folder from the root on, such as /srv/help-centre or "
                f"user@host:/srv/help-centre, found '{to}'"
            )
        host, folder = parts["host"], parts["folder"].rstrip("/")
        self.rsync_to = f"{host}:{folder}" if host else folder
        own = shlex.quote(folder)
        command = (
            f"{f'mkdir -p {own}/releases && ' if make else ''}cd {own} && exec flock "
            f"--nonblock --conflict-exit-code {_BUSY} .lock timeout {LONGEST} sh"
        )
        self._shell = subprocess.Popen(
            # Ctrl-C is for this process, which still has to tell the server what to undo.
            ["sh", "-c", "trap '' INT; exec \"$@\"", "sh"]
            + ([*_SSH, host, command] if host else ["sh", "-c", command]),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self._told, self._says = cast(IO[str], self._shell.stdin), cast(IO[str], self._shell.stdout)
        self._count = 0

    def run(self, script: str) -> str:
        """Run `script` in the folder, and return what it said. Raises SystemExit if it fails."""
        said: list[str] = []
        self._count += 1
        with suppress(BrokenPipeError):
            self._told.write(f"({script}\n) < /dev/null; echo {_ENDED} {self._count} $?\n")
            self._told.flush()
        for line in self._says:
            if line.startswith(f"{_ENDED} {self._count} "):
                if not line.endswith(" 0\n"):
                    raise SystemExit("The server could not do it: see above.")
                return "".join(said).strip()
            said.append(line)
            if line.startswith(_ENDED):  # of a script whose end was not waited for
                said.clear()
        raise SystemExit("The connection to the server is lost.")

    def close(self) -> int:
        """Free the lock, once the server has done all; return how its shell ended."""
        with suppress(BrokenPipeError):
            self._told.close()
        self._says.close()
        return self._shell.wait()


@contextmanager
def locked(to: str, *, make: bool = True) -> Iterator[Server]:
    """Yield the server of the folder `to`, which it may `make`, with its lock.

    Raises SystemExit if somebody else publishes there now, or the server cannot be reached.
    """
    server = Server(to, make=make)
    try:
        server.run("true")
    except SystemExit:
        if server.close() != _BUSY:
            raise SystemExit(f"nothing can be written to {server.rsync_to}: see above") from None
        raise SystemExit(
            "somebody else is publishing there: wait, and try again "
            f"(a run that lost the network is over after {LONGEST // 60} minutes)"
        ) from None
    try:
        yield server
    finally:
        server.close()


def publish(site: Path, to: str, url: str, seconds: float) -> str:
    """Publish the built folder `site`, and return what was done.

    With `url`, the site's address, the new release must answer there within so many seconds, or
    the last one that did is put back. A site that is the same as the published one is not published
    again, so that there always is another to go back to. Raises SystemExit, with a way out, if it
    fails or is broken off; the site is then as it was.
    """
    sums = manifest.publishable(site)
    with locked(to) as server:
        before = _current(server)
        good = _good(server, before)
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
            if url and (why := why_not_live(url, sums, seconds)):
                same = "" if changed else f", though {release} is published and has not changed"
                raise SystemExit(f"{why}{same}.")
        except BaseException as error:
            state = _undo(server, release, good, before, switched=switched)
            if isinstance(error, SystemExit | KeyboardInterrupt):
                raise SystemExit(f"{str(error) or 'Broken off.'} {state}") from None
            raise
        server.run(f"to={release}; {_GOOD}")
        _prune(server, good, release)
    if not changed:
        return "The site has not changed: nothing is published."
    unasked = "" if url else " Whether the site shows it was not asked: SITE_URL is not set."
    return f"Published as {release}.{unasked}"


def _upload(site: Path, server: Server, release: str, before: str) -> None:
    """Make a release of `site`, with what it needs of the one `before`."""
    new = _hidden(release)
    server.run("rm -rf releases/.[0-9]*T[0-9]*Z")
    # What is the same takes no room.
    _rsync(site, server, new, *(["--link-dest=../../current/"] if before else []))
    server.run(f"to={new}{_CARRY}")
    server.run(f"mv {new} {release}")


def _hidden(release: str) -> str:
    """Return where a release lies until it is whole."""
    return release.replace("/", "/.")


def _undo(server: Server, release: str, good: str, before: str, *, switched: bool) -> str:
    """Have `good` be current, not `release`, and remove that one; say what is current then."""
    try:
        server.run(f"release={release} new={_hidden(release)} to={good}{_UNDO}")
        now = _current(server)
    except SystemExit as error:
        if not switched:
            return _AS_IT_WAS
        return f"{error} {release} may be shown, as it is: publish again, or say 'make rollback'."
    if now == before:
        return _AS_IT_WAS
    if now == release:
        return "It stays published, for there is no release before it to go back to."
    return f"Published again is {now}, the last that was published to the end."


def roll_back(to: str) -> str:
    """Publish the release before the current one again, and return what was done."""
    with locked(to, make=False) as server:
        current = _current(server)
        older = [release for release in _releases(server) if release < current]
        if not older:
            raise SystemExit("there is no older release to go back to")
        # Pages of the one that is left were read, too.
        server.run(f"to={older[-1]}{_CARRY}")
        server.run(f"to={older[-1]}; {_SWITCH} && {_GOOD}")
    return f"Published again: {older[-1]}."


def _current(server: Server) -> str:
    """Return the release that is published, such as releases/20261123T232500123456Z; "" if none.

    Raises SystemExit if what is there was not made by this.
    """
    told = server.run("readlink current || [ ! -e current ] || echo no link")
    if told and not (found := _RELEASE.search(told)):
        raise SystemExit(
            f"{server.rsync_to}/current is not a link that this has made: choose another folder"
        )
    return found[0] if told and found else ""


def _good(server: Server, before: str) -> str:
    """Return the release to go back to: the one `before`, if it was published to the end."""
    last = server.run("[ ! -d .good/. ] || readlink .good")
    return last if _RELEASE.fullmatch(last) and last < before else before


def _rsync(site: Path, server: Server, folder: str, *words: str) -> str:
    """Copy the files of `site` into the server's `folder`; return what rsync said of them."""
    # What is the same is judged by content, for size and time deceive.
    how = ("--recursive", "--links", "--checksum", "--chmod=D755,F644", f"--rsh={' '.join(_SSH)}")
    done = subprocess.run(
        ["rsync", *how, *words, f"{site}/", f"{server.rsync_to}/{folder}/"],
        stdout=subprocess.PIPE,
        text=True,
        check=False,
    )
    if done.returncode:
        raise SystemExit("rsync failed: see above.")
    return done.stdout


def _releases(server: Server) -> list[str]:
    """Return all releases, oldest first."""
    names = server.run("ls releases").splitlines()
    return sorted(filter(_RELEASE.fullmatch, (f"releases/{name}" for name in names)))


def _prune(server: Server, good: str, current: str) -> None:
    """Remove the releases after `good`, which were left for it, and of others all but the last."""
    others = [release for release in _releases(server) if release != current]
    left = [release for release in others if good and release > good]
    kept = [release for release in others if release not in left]
    for release in left + kept[: 1 - KEPT]:
        server.run(f"rm -rf {release}")


def main() -> None:
    """Publish, or go back."""
    parser = argparse.ArgumentParser(prog="python -m helpcentre.deploy.rsync", description=__doc__)
    parser.add_argument("to")
    parser.add_argument("--site", type=Path, default=Path("site"))
    parser.add_argument("--back", action="store_true", help="publish the release before again")
    parser.add_argument("--seconds", type=float, default=20, help="to wait for the site to answer")
    told = parser.parse_args()
    url = os.environ.get("SITE_URL", "")
    try:
        if told.back:
            print(roll_back(told.to))
        else:
            print(publish(told.site, told.to, url, told.seconds))
    except KeyboardInterrupt:
        raise SystemExit("Broken off.") from None


if __name__ == "__main__":
    main()
