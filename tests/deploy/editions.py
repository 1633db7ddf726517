"""Sites of which no page is the same, and a reader who notices if it ever gets half of one."""

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

from publish import finish
from tests.project import OWN_ENVIRONMENT, ROOT

KILLS = int(os.environ.get("KILLS", "4"))
"""`make test-release` says 100."""
ENVIRONMENT = {"SITE_AS_OF": "", "PYTHONPATH": str(ROOT)}
"""Of whoever publishes."""
NAMES = ("0123456789", "abcdefabcd")

Fetch = Callable[[str], str]
"""Returns the text of a file of the published site; raises OSError, with a reason, if it cannot."""


_OWN = ("assets/style.*.css", "assets/site.*.js", "search/worker.*.js", "search/index.*.bin")
"""Files that every page names, each with a hash in its name."""


def edition(site: Path, folder: Path, name: str) -> Path:
    """Return a copy of the built site that says `name` on every page, with all files of its own."""
    copy = Path(shutil.copytree(site, folder / name / "site"))
    shutil.rmtree(copy / "calendars", ignore_errors=True)  # many files, of no page that is read
    names = {}
    for pattern in _OWN:
        (file,) = copy.glob(pattern)
        own = file.with_name(Path(pattern).name.replace("*", name))
        names[file.name] = own.name
        file.unlink()
        own.write_text(f"/* {name} */", encoding="utf-8")
    for page in copy.rglob("*.html"):
        text = page.read_text(encoding="utf-8").replace("</title>", f" {name}</title>")
        for file_name, own_name in names.items():
            text = text.replace(file_name, own_name)
        page.write_text(text, encoding="utf-8")
    finish.write_checksums(copy)
    return copy


class Editions(dict[str, Path]):
    """Sites of which no page is the same, by name; any name can be asked for."""

    def __init__(self, site: Path, folder: Path) -> None:
        super().__init__()
        self._site, self._folder = site, folder

    def __missing__(self, name: str) -> Path:
        self[name] = edition(self._site, self._folder, name)
        return self[name]


def edition_of(page: str) -> str | None:
    """Return the name of the edition that a page is of."""
    found = re.search(r"(\w+)</title>", page)
    return found[1] if found else None


def over_http(address: str) -> Fetch:
    """Return what fetches from a server."""

    def fetch(path: str) -> str:
        try:
            with urlopen(address + path, timeout=120) as answer:  # noqa: S310 - our own server
                content: bytes = answer.read()
        except HTTPError as error:
            raise OSError(f"{path}: {error.code}") from error
        return content.decode()

    return fetch


class Reader(threading.Thread):
    """Reads pages and, a moment later, the files that they name; keeps what was wrong."""

    def __init__(self, fetch: Fetch, pages: tuple[str, ...]) -> None:
        super().__init__(daemon=True)
        self.fetch, self.pages = fetch, pages
        self.wrong: list[str] = []
        self.read = 0
        self.ended = False

    def run(self) -> None:
        while not self.ended:
            try:
                self._read(random.choice(self.pages))
            except OSError as error:
                self.wrong.append(str(error))
            self.read += 1

    def _read(self, path: str) -> None:
        page = self.fetch(path)
        if not page.rstrip().endswith("</html>"):
            self.wrong.append(f"{path}: {len(page)} characters, not whole")
            return
        name = edition_of(page)
        found = re.findall(
            r"""([^"'\s#]*(?:style|site|worker|index)\.)(\w+)(\.(?:css|js|bin))""", page
        )
        if len({before for before, *_ in found}) != len(_OWN) or {own for _, own, _ in found} != {
            name
        }:
            self.wrong.append(f"{path}: a page of two editions: {found}")
            return
        time.sleep(random.uniform(0, 0.05))
        for before, own, ending in set(found):
            place = (
                "search/index."
                if before == "index."
                else posixpath.join(posixpath.dirname(path), before)
            )
            file = posixpath.normpath(place) + own + ending
            if self.fetch(file) != f"/* {name} */":
                self.wrong.append(f"{file} is another's")


def publish_and_kill(
    publish: Callable[[str], None],
    command: Callable[[str], tuple[str, ...]],
    shown: Callable[[], str | None],
    reader: Reader,
    cwd: Path = ROOT,
    environment: Mapping[str, str] | None = None,
) -> None:
    """Publish one edition after the other, kill that at a random moment, publish it whole; all is read.

    `publish` publishes the edition of a name, and fails if that fails; `command` is what does so,
    to be killed; `shown` says which edition is published. Fails if the reader found anything wrong.
    """
    began = time.monotonic()
    for name in NAMES:
        publish(name)
    took = (time.monotonic() - began) / 2
    reader.start()
    chance = random.Random(11)
    for number in range(KILLS):
        name = f"{number:010x}"
        process = subprocess.Popen(
            command(name),
            cwd=cwd,
            env=OWN_ENVIRONMENT | ENVIRONMENT | dict(environment or {}),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        time.sleep(chance.uniform(0, took))
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        publish(name)
        assert shown() == name
    reader.ended = True
    reader.join()
    assert reader.wrong == []
    assert reader.read > KILLS
    print(f"{KILLS} kills, {reader.read} pages read", file=sys.stderr)
