"""Asks a built site's own search worker, in a real browser, as the search dialog does."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

from helpcentre.search.asking import worker_path

START = """(worker) => {
    self.worker = new Worker(worker);
    self.errors = [];
    self.worker.onerror = (event) => self.errors.push(event.message);
    self.asked = 0;
}"""
ASK = """async (questions) => {
    const answers = [];
    for (const question of questions) {
        const start = performance.now();
        const id = ++self.asked;
        const {data} = await new Promise((resolve, reject) => {
            self.worker.addEventListener("message", resolve, {once: true});
            self.worker.onerror = ({message}) => reject(new Error(message));
            self.worker.postMessage({id, question});
        });
        answers.push({...data, isOwn: data.id === id, ms: performance.now() - start});
    }
    return answers;
}"""


@dataclass(frozen=True)
class Answer:
    """What the worker answered to one question."""

    results: Sequence[dict[str, Any]]
    """Each with url, title, answer, parts and marks; customer care's with person."""
    ms: float
    suggestion: str | None = None
    """How the last word may go on."""
    corrected: Sequence[dict[str, str]] = ()
    """Each with the word that was typed and the one that was used."""
    unavailable: bool = False
    language: dict[str, str] | None = None
    """Another language that the question is likelier in: its tag, and the text that leads there."""
    counted: str = ""
    """What of the question may be sent, on a site that counts questions."""

    @property
    def pages(self) -> list[str]:
        """Addresses of the pages found, best first."""
        return [result["url"] for result in self.results]


class Worker:
    """A search worker of the site at an address."""

    def __init__(self, tab: Page, address: str, site: Path) -> None:
        self.tab = tab
        tab.goto(f"{address}404.html")
        tab.evaluate(START, address + worker_path(site))

    def ask(self, questions: Iterable[str]) -> list[Answer]:
        """Ask one question after the other. Raises RuntimeError if the worker ever throws."""
        answers = self.tab.evaluate(ASK, list(questions))
        errors = self.tab.evaluate("self.errors")
        if errors or not all(answer.pop("isOwn") for answer in answers):
            raise RuntimeError(f"the worker failed, or answered another question: {errors}")
        for answer in answers:
            del answer["id"]
        return [Answer(**answer) for answer in answers]

    def ask_one(self, question: str) -> Answer:
        """Ask one question."""
        return self.ask([question])[0]
