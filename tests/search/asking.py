"""Asks a built site's own search worker, in a real browser, as the search dialog does."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

START = """(worker) => {
    self.worker = new Worker(worker);
    self.errors = [];
    self.worker.onerror = (event) => self.errors.push(event.message);
    self.worker.postMessage({type: 0, data: {config: {}, docs: [], options: {suggest: true}}});
}"""
ASK = """async (questions) => {
    const answers = [];
    for (const question of questions) {
        const start = performance.now();
        const {data} = await new Promise((resolve) => {
            self.worker.addEventListener("message", function answered({data}) {
                if (data.type !== 3) return;
                self.worker.removeEventListener("message", answered);
                resolve(data);
            });
            self.worker.postMessage({type: 2, data: question});
        });
        answers.push({...data, ms: performance.now() - start});
    }
    return answers;
}"""


@dataclass(frozen=True)
class Answer:
    """What the worker said to one question."""

    items: Sequence[Sequence[dict[str, Any]]]
    suggest: Sequence[str]
    ms: float

    @property
    def pages(self) -> list[str]:
        """Addresses of the pages found, best first."""
        return [group[0]["location"].partition("#")[0] for group in self.items]


def worker_path(site: Path) -> str:
    """Return the path of a built site's worker, with the name of its index, as pages name them."""
    (script,), (index,) = (
        (site / "search").glob("worker.*.js"),
        (site / "search").glob("index*.bin"),
    )
    return f"search/{script.name}#{index.name}"


class Worker:
    """A search worker of the site at an address."""

    def __init__(self, tab: Page, address: str, site: Path) -> None:
        self.tab = tab
        tab.goto(f"{address}404.html")
        tab.evaluate(START, address + worker_path(site))

    def ask(self, questions: Iterable[str]) -> list[Answer]:
        """Ask one question after the other. Fails if the worker ever throws."""
        answers = self.tab.evaluate(ASK, list(questions))
        assert self.tab.evaluate("self.errors") == []
        return [Answer(each["items"], each.get("suggest") or (), each["ms"]) for each in answers]

    def ask_one(self, question: str) -> Answer:
        """Ask one question."""
        return self.ask([question])[0]
