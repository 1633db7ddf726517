"""Search engines for static sites, each asked in a browser as a site's own pages would ask it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import brotli
from playwright.sync_api import Page

from helpcentre import search
from helpcentre.search.language import Language
from helpcentre.site import assets
from macros.layout import THEME

TO_JUDGE = 3
"""Results that count. Pagefind loads each result by itself, so no more are asked of it."""

_EMPTY = '<!doctype html><title>Empty</title><link rel="icon" href="data:,">'
_OURS = """(path) => {
    const worker = new Worker(path);
    self.ask = (question) => new Promise((resolve, reject) => {
        worker.onmessage = ({data}) => data.unavailable
            ? reject(new Error("the index cannot be read"))
            : resolve(data.results.map(({url}) => url));
        worker.onerror = ({message}) => reject(new Error(message));
        worker.postMessage({id: 1, question});
    });
}"""
_MATERIAL = """async ([path, index]) => {
    const worker = new Worker(path);
    const replyOf = (type, message) => new Promise((resolve, reject) => {
        worker.onmessage = ({data}) => data.type === type && resolve(data.data);
        worker.onerror = ({message}) => reject(new Error(message));
        worker.postMessage(message);
    });
    const setup = {...await (await fetch(index)).json(), options: {}};
    await replyOf(1, {type: 0, data: setup});
    self.ask = async (question) => {
        const {items} = await replyOf(3, {type: 2, data: question});
        return items.map(([{location}]) => location);
    };
}"""
_PAGEFIND = """async ([path, count]) => {
    const pagefind = await import(path);
    self.ask = async (question) => {
        const {results} = await pagefind.search(question);
        const loaded = await Promise.all(results.slice(0, count).map((result) => result.data()));
        return loaded.map(({url}) => url);
    };
}"""
_ASK_ALL = """async (questions) => {
    const answers = [];
    for (const question of questions) {
        const start = performance.now();
        const urls = await self.ask(question);
        answers.push({urls, ms: performance.now() - start});
    }
    return answers;
}"""


@dataclass(frozen=True)
class Answer:
    """What an engine found for one question."""

    pages: Sequence[str]
    """Addresses from the site's root, best first."""
    ms: float


class Engine:
    """An engine that answers from files of the folder `site`, which is served at `address`."""

    def __init__(self, tab: Page, address: str, site: Path) -> None:
        """Open an empty page of the site in `tab`; nothing of the engine is fetched yet."""
        self._tab, self._address, self._site = tab, address, site
        (site / "empty.html").write_text(_EMPTY, encoding="utf-8")
        tab.goto(f"{address}empty.html")
        self._fetched: set[str] = set()
        # A worker's requests are events of the context alone.
        tab.context.on("request", lambda request: self._fetched.add(request.url))

    def start_ours(self, index: str = search.INDEX) -> None:
        """Use our own worker, search/worker.js, with this index beside it."""
        self._tab.evaluate(_OURS, f"{self._address}{search.FOLDER}/worker.js#{index}")

    def start_material(self) -> None:
        """Use Material's worker and index, where its own builds put them."""
        (worker,) = (self._site / "assets/javascripts/workers").glob("search.*.min.js")
        index = f"{self._address}search/search_index.json"
        path = self._address + worker.relative_to(self._site).as_posix()
        self._tab.evaluate(_MATERIAL, [path, index])

    def start_pagefind(self) -> None:
        """Use Pagefind, where its own program puts it."""
        self._tab.evaluate(_PAGEFIND, [f"{self._address}pagefind/pagefind.js", TO_JUDGE])

    def ask(self, questions: Iterable[str]) -> list[Answer]:
        """Ask one question after the other."""
        found: list[dict[str, Any]] = self._tab.evaluate(_ASK_ALL, list(questions))
        return [Answer(self._paths(answer["urls"]), answer["ms"]) for answer in found]

    def transferred(self) -> int:
        """Return the bytes of all files fetched so far, by brotli where that is smaller."""
        paths = {url.removeprefix(self._address).partition("#")[0] for url in self._fetched}
        contents = [(self._site / path.partition("?")[0]).read_bytes() for path in paths]
        return sum(min(len(content), len(brotli.compress(content))) for content in contents)

    def _paths(self, urls: Iterable[str]) -> list[str]:
        """Return each page once, without anchors and the site's address."""
        paths = (url.removeprefix(self._address).lstrip("/").partition("#")[0] for url in urls)
        return list(dict.fromkeys(paths))


def write_ours(site: Path, files: Mapping[str, bytes], root: Path, lists: Language) -> None:
    """Write our index and the worker of the project at `root`, in a language."""
    worker = assets.script(search.worker_parts(lists, root / THEME / "search"))
    for name, content in {**files, "worker.js": worker}.items():
        path = site / search.FOLDER / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
