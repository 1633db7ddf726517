"""`python -m publish.release TO`: publish site/ to a server by rsync, whole or not at all.

TO is a folder, such as /srv/help-centre, or user@host:/srv/help-centre; the server needs rsync,
and a system whose cp, mv, flock and timeout are those of GNU and util-linux. There it makes

    releases/20261123T232500123456Z   a release, by the server's clock in UTC; the last few stay
    current                           a link to the one that the web server serves

The link is switched in one step. A release also holds the scripts, stylesheets and other hashed
files of the one that it took the place of, so that a page read just before still finds them.
"""

import argparse
import os
import shlex
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, cast

from macros.clock import VARIABLE
from publish.finish import CHECKSUMS
from publish.headers import HASHED
from publish.verify import why_not_live

KEPT = 5
"""Releases that stay, the current one among them."""
LONGEST = 3600
"""Seconds after which the server lets go of whoever publishes, whose network may be lost."""
_SSH = ("ssh", "-o", "ConnectTimeout=20", "-o", "ServerAliveInterval=10")
_BUSY = 9
"""Exit status of flock for a lock that somebody else holds."""
_ENDED = "ended: "
"""What the server says after each script, with its exit status."""

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


class Server:
    """A shell in a folder of a server, or of this machine, which holds the folder's lock.

    What it was told to do it does to the end, even if this process is killed, and only then the
    lock is free again: nothing of one who publishes can come after the next.
    """

    def __init__(self, to: str) -> None:
        host, colon, folder = to.rpartition(":")
        self.rsync_to = f"{host}{colon}{folder.rstrip('/')}"
        command = (
            f"mkdir -p {shlex.quote(folder)}/releases && cd {shlex.quote(folder)} && exec flock "
            f"--nonblock --conflict-exit-code {_BUSY} .lock timeout {LONGEST} sh"
        )
        self._shell = subprocess.Popen(
            [*_SSH, host, command] if colon else ["sh", "-c", command],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self._told, self._says = cast(IO[str], self._shell.stdin), cast(IO[str], self._shell.stdout)

    def run(self, script: str) -> str:
        """Run `script` in the folder, and return what it said. Raises SystemExit if it fails."""
        said: list[str] = []
        with suppress(BrokenPipeError):
            self._told.write(f"({script}\n) < /dev/null; echo {_ENDED}$?\n")
            self._told.flush()
        for line in self._says:
            if line.startswith(_ENDED):
                if line != f"{_ENDED}0\n":
                    raise SystemExit("The server could not do it: see above.")
                return "".join(said).strip()
            said.append(line)
        raise SystemExit("The connection to the server is lost.")

    def close(self) -> int:
        """Free the lock, once the server has done all; return how its shell ended."""
        with suppress(BrokenPipeError):
            self._told.close()
        self._says.close()
        return self._shell.wait()


@contextmanager
def locked(to: str) -> Iterator[Server]:
    """Yield the server of the folder `to`, which is made if it is not there, with its lock.

    Raises SystemExit if somebody else publishes there now, or the server cannot be reached.
    """
    server = Server(to)
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
    the one before it is put back. A site that is the same as the published one is not published
    again, so that there always is another to go back to. Raises SystemExit, with a way out; the
    site is then as it was.
    """
    if os.environ.get(VARIABLE):
        raise SystemExit(f"a preview is never published: unset {VARIABLE} and build again")
    if not (site / CHECKSUMS).is_file():
        raise SystemExit(f"there is no {site}/ to publish: run 'make build' first")
    sums = (site / CHECKSUMS).read_bytes()
    with locked(to) as server:
        before = _current(server)
        if before and not _rsync(site, server, "current", "--dry-run", "--itemize-changes"):
            if url and (why := why_not_live(url, sums, seconds)):
                raise SystemExit(f"{why}, though {before} is published and has not changed")
            return "The site has not changed: nothing is published."
        try:
            release = _upload(site, server, before)
        except SystemExit as error:
            raise SystemExit(
                f"{error} The site is as it was: mend that, and publish again."
            ) from None
        if url and (why := why_not_live(url, sums, seconds)):
            if before:
                _go_back(server, before)
                raise SystemExit(f"{why}: {before} is published again")
            raise SystemExit(f"{why}; there is no release before it to go back to")
        _prune(server, before, release)
    return f"Published as {release}."


def _upload(site: Path, server: Server, before: str) -> str:
    """Make a release of `site`, have it take the place of the one `before`, and return it."""
    name = server.run("rm -rf releases/.[0-9]* || true; date -u +%Y%m%dT%H%M%S%6NZ")
    new, release = f"releases/.{name}", f"releases/{name}"
    try:
        # What is the same takes no room.
        _rsync(site, server, new, *(["--link-dest=../../current/"] if before else []))
        server.run(f"to={new}{_CARRY}")
        server.run(f"mv {new} {release}")
        server.run(f"to={release}; {_SWITCH}")
    except SystemExit:
        with suppress(SystemExit):
            server.run(f"rm -rf {new} {release}")
        raise
    return release


def roll_back(to: str) -> str:
    """Publish the release before the current one again, and return what was done."""
    with locked(to) as server:
        current = _current(server)
        older = [release for release in _releases(server) if release < current]
        if not older:
            raise SystemExit("there is no older release to go back to")
        _go_back(server, older[-1])
    return f"Published again: {older[-1]}."


def _current(server: Server) -> str:
    """Return the release that is published, such as releases/20261123T232500123456Z; "" if none."""
    return server.run("readlink current || true")


def _go_back(server: Server, release: str) -> None:
    to = f"to={shlex.quote(release)}"
    server.run(f"{to}{_CARRY}")  # pages of the one that is left were read, too
    server.run(f"{to}; {_SWITCH}")


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
    return sorted(f"releases/{name}" for name in server.run("ls releases").split())


def _prune(server: Server, before: str, current: str) -> None:
    """Remove releases that were left for the one `before`, and of the others all but the last."""
    others = [release for release in _releases(server) if release != current]
    left = [release for release in others if before in others and release > before]
    good = [release for release in others if release not in left]
    for release in left + good[: 1 - KEPT]:
        server.run(f"rm -rf {release}")


def main() -> None:
    """Publish, or go back."""
    parser = argparse.ArgumentParser(prog="python -m publish.release", description=__doc__)
    parser.add_argument("to")
    parser.add_argument("--site", type=Path, default=Path("site"))
    parser.add_argument("--back", action="store_true", help="publish the release before again")
    parser.add_argument("--seconds", type=float, default=20, help="to wait for the site to answer")
    told = parser.parse_args()
    url = os.environ.get("SITE_URL", "")
    if told.back:
        print(roll_back(told.to))
    else:
        print(publish(told.site, told.to, url, told.seconds))


if __name__ == "__main__":
    main()
