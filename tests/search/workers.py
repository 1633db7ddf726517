"""Asks a built site's own search worker: in a real browser, as the search dialog does, or in Node.js."""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

from helpcentre.search import asking

START = """(worker) => {
    self.worker = new Worker(worker);
    self.asked = 0;
}"""
ASK = """async (message) => {
    const id = ++self.asked;
    const {data} = await new Promise((resolve, reject) => {
        self.worker.addEventListener("message", resolve, {once: true});
        self.worker.onerror = ({message}) => reject(new Error(message));
        self.worker.postMessage({id, ...message});
    });
    if (data.id !== id) throw new Error("it answered another question");
    return data;
}"""


@dataclass(frozen=True)
class Answer:
    """What the worker answered to one question."""

    id: int
    results: Sequence[dict[str, Any]]
    """Each with url, title, answer, parts and marks; customer care's with person."""
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


class Worker(ABC):
    """A search worker of a site."""

    @abstractmethod
    def send(self, message: dict[str, Any]) -> dict[str, Any]:
        """Send a message, and return the answer. Raises an error if the worker does not answer."""

    def ask_one(self, question: str, **options: bool) -> Answer:
        """Ask one question."""
        return Answer(**self.send({"question": question, **options}))

    def ask(self, questions: Iterable[str]) -> list[Answer]:
        """Ask one question after the other."""
        return [self.ask_one(question) for question in questions]


class InBrowser(Worker):
    """The worker of the site at an address, in a tab."""

    def __init__(self, tab: Page, address: str, site: Path) -> None:
        self.tab = tab
        tab.goto(f"{address}404.html")
        tab.evaluate(START, address + asking.worker_path(site))

    def send(self, message: dict[str, Any]) -> dict[str, Any]:
        answer: dict[str, Any] = self.tab.evaluate(ASK, message)
        return answer


class InNode(Worker):
    """The worker of a built site in a folder, in Node.js."""

    def __init__(self, site: Path) -> None:
        script, _, index = asking.worker_path(site).partition("#")
        self.worker = asking.Worker(site / script, index)

    def send(self, message: dict[str, Any]) -> dict[str, Any]:
        return self.worker.send({"id": 1, **message})
