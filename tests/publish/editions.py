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


def edition(site: Path, folder: Path, name: str) -> Path:
    """Return a copy of the built site that says `name` on every page, in a stylesheet of its own."""
    copy = Path(shutil.copytree(site, folder / name / "site"))
    shutil.rmtree(copy / "calendars", ignore_errors=True)  # many files, of no page that is read
    (style,) = (copy / "assets").glob("style.*.css")
    style.rename(style.with_name(f"style.{name}.css"))
    (copy / f"assets/style.{name}.css").write_text(f"/* {name} */", encoding="utf-8")
    for page in copy.rglob("*.html"):
        text = page.read_text(encoding="utf-8").replace(style.name, f"style.{name}.css")
        page.write_text(text.replace("</title>", f" {name}</title>"), encoding="utf-8")
    finish.write_checksums(copy)
    return copy


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
    """Reads pages and, a moment later, the stylesheets that they name; keeps what was wrong."""

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
        style = re.search(r'[^"]*style\.(\w+)\.css', page)
        if not page.rstrip().endswith("</html>"):
            self.wrong.append(f"{path}: {len(page)} characters, not whole")
        elif not style or style[1] != edition_of(page):
            self.wrong.append(f"{path}: a page of two editions")
        else:
            time.sleep(random.uniform(0, 0.05))
            file = posixpath.normpath(posixpath.join(posixpath.dirname(path), style[0]))
            if self.fetch(file) != f"/* {style[1]} */":
                self.wrong.append(f"{file} is another's")


def publish_and_kill(
    publish: Callable[[str], None],
    command: Callable[[str], tuple[str, ...]],
    shown: Callable[[], str | None],
    reader: Reader,
    cwd: Path = ROOT,
    environment: Mapping[str, str] | None = None,
) -> None:
    """Publish each edition in turn, kill that at a random moment, publish it whole; while read.

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
        name = NAMES[number % 2]
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
