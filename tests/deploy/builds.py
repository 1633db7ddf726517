"""Builds that differ on every page, and a reader who notices whenever it gets half of one."""

import os
import posixpath
import random
import re
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

from helpcentre.site.manifest import write_checksums
from tests.project import OWN_ENVIRONMENT, ROOT, Outcome, run_module

MODULE = "helpcentre.deploy.publish"
PROGRAM = (sys.executable, "-m", MODULE)
"""For a process that is to be killed; publish() is faster."""
KILLS = int(os.environ.get("KILLS", "4"))
"""How often each way of publishing is killed; KILLS=100 for a long run."""
ENVIRONMENT = {"SITE_AS_OF": "", "PYTHONPATH": str(ROOT)}
"""A publisher's own."""
NAMES = ("0123456789", "abcdefabcd")

Fetch = Callable[[str], str]
"""Returns the text of a file of the published site. Raises OSError, with a reason, if it cannot."""

_HASHED = ("assets/style.*.css", "assets/site.*.js", "search/worker.*.js", "search/index.*.bin")
"""Files that every page names, each with a hash in its name."""


def copy_as(site: Path, folder: Path, name: str) -> Path:
    """Return a copy of the built `site` with `name` on every page, and in its hashed files."""
    copy = Path(shutil.copytree(site, folder / name / "site"))
    shutil.rmtree(copy / "calendars", ignore_errors=True)  # hundreds of files, of two pages
    names = {}
    home = (site / "index.html").read_text(encoding="utf-8")
    for pattern in _HASHED:
        (file,) = (file for file in copy.glob(pattern) if file.name in home)
        own = file.with_name(Path(pattern).name.replace("*", name))
        names[file.name] = own.name
        file.unlink()
        own.write_text(f"/* {name} */", encoding="utf-8")
    for page in copy.rglob("*.html"):
        text = page.read_text(encoding="utf-8").replace("</title>", f" {name}</title>")
        for file_name, own_name in names.items():
            text = text.replace(file_name, own_name)
        page.write_text(text, encoding="utf-8")
    write_checksums(copy)
    return copy


class Builds(dict[str, Path]):
    """Such copies by name; each is made when it is first asked for."""

    def __init__(self, site: Path, folder: Path) -> None:
        super().__init__()
        self._site, self._folder = site, folder

    def __missing__(self, name: str) -> Path:
        self[name] = copy_as(self._site, self._folder, name)
        return self[name]


def publish(to: str | Path, *options: str | Path, **environment: str) -> Outcome:
    """Publish by our one command."""
    return run_module(MODULE, *options, str(to), cwd=ROOT, **ENVIRONMENT | environment)


def name_of(page: str) -> str | None:
    """Return the name of the build that a page is of."""
    found = re.search(r"(\w+)</title>", page)
    return found[1] if found else None


def over_http(address: str) -> Fetch:
    """Return a function that fetches from a server."""

    def fetch(path: str) -> str:
        try:
            with urlopen(address + path, timeout=120) as response:  # noqa: S310 - our own server
                content: bytes = response.read()
        except HTTPError as error:
            raise OSError(f"{path}: {error.code}") from error
        return content.decode()

    return fetch


class Reader(threading.Thread):
    """Reads pages and, a moment later, the files that they name; keeps what was wrong."""

    def __init__(self, fetch: Fetch, pages: tuple[str, ...]) -> None:
        super().__init__(daemon=True)
        self.fetch, self.pages = fetch, pages
        self.errors: list[str] = []
        self.count = 0
        self.ended = False

    def run(self) -> None:
        while not self.ended:
            try:
                self._read(random.choice(self.pages))
            except OSError as error:
                self.errors.append(str(error))
            self.count += 1

    def _read(self, path: str) -> None:
        page = self.fetch(path)
        if not page.rstrip().endswith("</html>"):
            self.errors.append(f"{path}: cut off after {len(page)} characters")
            return
        name = name_of(page)
        found = re.findall(
            r"""([^"'\s#]*(?:style|site|worker|index)\.)(\w+)(\.(?:css|js|bin))""", page
        )
        if len({stem for stem, *_ in found}) != len(_HASHED) or {own for _, own, _ in found} != {
            name
        }:
            self.errors.append(f"{path}: a page of two builds: {found}")
            return
        time.sleep(random.uniform(0, 0.05))  # as a browser takes
        for stem, own, extension in set(found):
            place = (
                "search/index."
                if stem == "index."
                else posixpath.join(posixpath.dirname(path), stem)
            )
            file = posixpath.normpath(place) + own + extension
            if self.fetch(file) != f"/* {name} */":
                self.errors.append(f"{file} is another build's")


def publish_and_kill(
    publish: Callable[[str], None],
    command: Callable[[str], tuple[str | Path, ...]],
    shown: Callable[[], str | None],
    reader: Reader,
    cwd: Path = ROOT,
    environment: Mapping[str, str] | None = None,
) -> None:
    """Publish builds one after the other, killing each at some moment first, while they are read.

    `publish` publishes the build of a name, and fails if that fails; `command` does so too, to be
    killed; `shown` returns the name of the published build. Fails if the reader found an error.
    """

    def start(name: str) -> "subprocess.Popen[bytes]":
        return subprocess.Popen(
            command(name),
            cwd=cwd,
            env=OWN_ENVIRONMENT | ENVIRONMENT | dict(environment or {}),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )

    began = time.monotonic()
    for name in NAMES:
        assert start(name).wait() == 0
    took = (time.monotonic() - began) / 2
    reader.start()
    chance = random.Random(11)
    for number in range(KILLS):
        name = f"{number:010x}"
        process = start(name)
        time.sleep(took * (number + chance.random()) / KILLS)  # every part of it is hit
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        publish(name)
        assert shown() == name
    reader.ended = True
    reader.join()
    assert reader.errors == []
    assert reader.count > 0
    print(f"{KILLS} kills, {reader.count} pages read", file=sys.stderr)
