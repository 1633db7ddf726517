"""`python -m publish.release TO`: publish site/ to a server by rsync, whole or not at all.

TO is a folder, such as /srv/help-centre, or user@host:/srv/help-centre; the server needs rsync,
and a system whose cp, mv and flock are those of GNU and util-linux. There it makes

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
from contextlib import contextmanager
from pathlib import Path
from typing import IO, cast

from macros.clock import VARIABLE
from publish.finish import CHECKSUMS
from publish.headers import HASHED
from publish.verify import why_not_live

KEPT = 5
"""Releases that stay, the current one among them."""
_BUSY = 9
"""Exit status of flock for a lock that somebody else holds."""

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
_NEW = "releases/.new"


class Server:
    """A folder on a server, or on this machine."""

    def __init__(self, to: str) -> None:
        host, colon, folder = to.rpartition(":")
        self.folder = folder.rstrip("/")
        self._shell = ["ssh", host] if colon else ["sh", "-c"]
        self.rsync_to = f"{host}{colon}{self.folder}"

    def run(self, script: str) -> str:
        """Run `script` in the folder, and return what it said. Raises SystemExit if it fails."""
        done = subprocess.run(self.command(script), capture_output=True, text=True, check=False)
        if done.returncode:
            raise SystemExit(f"the server says: {done.stderr.strip() or f'exit {done.returncode}'}")
        return done.stdout.strip()

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Hold the folder's lock; it ends with this process, however that ends.

        Raises SystemExit if somebody else publishes there now, or the server cannot be reached.
        """
        script = (
            f"exec flock --nonblock --conflict-exit-code {_BUSY} .lock sh -c 'echo locked; cat'"
        )
        holder = subprocess.Popen(
            self.command(f"mkdir -p releases && {script}"),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        stdin, stdout = cast(IO[str], holder.stdin), cast(IO[str], holder.stdout)
        try:
            if stdout.readline() != "locked\n":
                if holder.wait() == _BUSY:
                    raise SystemExit("somebody else is publishing there: wait, and try again")
                raise SystemExit(f"nothing can be written to {self.rsync_to}: see above")
            yield
        finally:
            stdin.close()
            holder.wait()

    def command(self, script: str) -> list[str]:
        """Return the words that run `script` in the folder, which is made if it is not there."""
        return [*self._shell, f"mkdir -p {self._quoted} && cd {self._quoted} && {{ {script}\n}}"]

    @property
    def _quoted(self) -> str:
        return shlex.quote(self.folder)


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
    server = Server(to)
    sums = (site / CHECKSUMS).read_bytes()
    with server.locked():
        before = _current(server)
        if before and not _rsync(site, server, "current", "--dry-run", "--itemize-changes"):
            return "The site has not changed: nothing is published."
        release = server.run("date -u +releases/%Y%m%dT%H%M%S%6NZ")
        try:
            # What is the same takes no room.
            shared = ["--link-dest=../../current/"] if before else []
            _rsync(site, server, _NEW, "--delete", *shared)
            server.run(f"to={_NEW}{_CARRY}")
            server.run(f"mv {_NEW} {release}")
        except SystemExit:
            subprocess.run(server.command(f"rm -rf {_NEW}"), check=False)
            raise
        server.run(f"to={release}; {_SWITCH}")
        if url and (why := why_not_live(url, sums, seconds)):
            if before:
                _go_back(server, before)
                raise SystemExit(f"{why}: {before} is published again")
            raise SystemExit(f"{why}; there is no release before it to go back to")
        _prune(server, before, release)
    return f"Published as {release}."


def roll_back(to: str) -> str:
    """Publish the release before the current one again, and return what was done."""
    server = Server(to)
    with server.locked():
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
    how = ("--recursive", "--links", "--checksum", "--chmod=D755,F644", *words)
    done = subprocess.run(
        ["rsync", *how, f"{site}/", f"{server.rsync_to}/{folder}/"],
        stdout=subprocess.PIPE,
        text=True,
        check=False,
    )
    if done.returncode:
        raise SystemExit("rsync failed: the site is as it was. See above, and publish again.")
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
