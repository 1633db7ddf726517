"""`python -m publish.release TO`: publish site/ to a server by rsync, whole or not at all.

TO is a folder, such as /srv/help-centre, or user@host:/srv/help-centre; the server needs rsync,
and a system whose cp, mv and flock are those of GNU and util-linux. There it makes

    releases/20261123T232500Z-1a2b3c4d   the site of one commit; the last few stay
    current                              a link to the one that the web server serves

The link is switched in one step. A release also holds the scripts, stylesheets and other hashed
files of the one before it, so that a page read just before the switch still finds them.
"""

import argparse
import os
import shlex
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
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
    [ -e "releases/.new/$each" ] || [ ! -e "current/$each" ] || {{
      mkdir -p "releases/.new/$(dirname "$each")" && ln "current/$each" "releases/.new/$each"
    }} || exit
  done
done
"""
"""Gives the new release the hashed files of the current one; not those that it has from its own."""

_SWITCH = "ln -sfn {release} .next && mv -T .next current"


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
    the one before it is put back. Raises SystemExit, with a way out; the site is then as it was.
    """
    if os.environ.get(VARIABLE):
        raise SystemExit(f"a preview is never published: unset {VARIABLE} and build again")
    if not (site / CHECKSUMS).is_file():
        raise SystemExit(f"there is no {site}/ to publish: run 'make build' first")
    server = Server(to)
    version = (site / "version.json").read_bytes()
    name = f"{datetime.now(UTC):%Y%m%dT%H%M%S%fZ}"
    with server.locked():
        before = server.run("readlink current || true")
        try:
            _upload(site, server, before)
            server.run(_CARRY)
            server.run(f"mv releases/.new releases/{name}")
        except SystemExit:
            subprocess.run(server.command("rm -rf releases/.new"), check=False)
            raise
        server.run(_SWITCH.format(release=f"releases/{name}"))
        if url and (why := why_not_live(url, version, seconds)):
            if before:
                server.run(_SWITCH.format(release=shlex.quote(before)))
                raise SystemExit(f"{why}: {before} is published again")
            raise SystemExit(f"{why}; there is no release before it to go back to")
        _prune(server)
    return f"Published as releases/{name}."


def roll_back(to: str) -> str:
    """Publish the release before the current one again, and return what was done."""
    server = Server(to)
    with server.locked():
        current = server.run("readlink current || true")
        older = [name for name in _releases(server) if f"releases/{name}" < current]
        if not older:
            raise SystemExit("there is no older release to go back to")
        server.run(_SWITCH.format(release=f"releases/{older[-1]}"))
    return f"Published again: releases/{older[-1]}."


def _upload(site: Path, server: Server, before: str) -> None:
    done = subprocess.run(
        [
            *("rsync", "--recursive", "--links", "--checksum", "--delete", "--chmod=D755,F644"),
            # What is the same takes no room; judged by content, for size and time deceive.
            *(["--link-dest=../../current/"] if before else []),
            f"{site}/",
            f"{server.rsync_to}/releases/.new/",
        ],
        check=False,
    )
    if done.returncode:
        raise SystemExit("rsync failed: the site is as it was. See above, and publish again.")


def _releases(server: Server) -> list[str]:
    """Return the names of all releases, oldest first."""
    return sorted(server.run("ls releases").split())


def _prune(server: Server) -> None:
    names = _releases(server)
    for name in names[:-KEPT]:
        server.run(f"[ $(readlink current) = releases/{name} ] || rm -rf releases/{name}")


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
