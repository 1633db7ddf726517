"""`make bench-search`: how well three engines find the right page, and what they cost.

Each answers the same questions about the same pages in the same browser: ours, Material's own
worker, and Pagefind. Questions are the project's judged ones, and those of ../shared/search where
that folder is there. Times are medians of one run on one machine: compare them with each other.
"""

import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any
from urllib.parse import urlsplit

import brotli
import material
from playwright.sync_api import Page, sync_playwright

from tests import browser
from tests.project import MKDOCS, ROOT, run
from tests.search import hostile
from tests.search.asking import ASK, worker_path
from tests.search.judged import Question, misspelt, read, score
from tests.site_server import serving

STOCK_WORKER = Path(material.__file__).parent / "templates/assets/javascripts/workers"
SHARED = ROOT.parent / "shared/search"
CONFIG = """{INHERIT: mkdocs.yml, hooks: [bench/keep_stock_index.py, hooks.py], plugins: [
  search, {macros: {module_name: macros, on_undefined: strict, on_error_fail: true}}]}"""
START = """async ([worker, setup]) => {
    self.worker = new Worker(worker);
    await new Promise((resolve) => {
        self.worker.onmessage = ({data}) => data.type === 1 && resolve();
        self.worker.postMessage({type: 0, data: setup});
    });
}"""
PAGEFIND = """async (questions) => {
    self.pagefind ??= await import("/pagefind/pagefind.js");
    const answers = [];
    for (const question of questions) {
        const start = performance.now();
        const {results} = await self.pagefind.search(question);
        const found = await Promise.all(results.slice(0, 3).map((result) => result.data()));
        answers.push({urls: found.map(({url}) => url), ms: performance.now() - start});
    }
    return answers;
}"""


@dataclass(frozen=True)
class Engine:
    """A search engine, ready in a browser."""

    name: str
    ask: Callable[[Sequence[str]], tuple[list[list[str]], list[float]]]
    """Returns the addresses found for each question, best first, and milliseconds."""
    to_first: int
    """Bytes that a first question fetches, by brotli where that makes them fewer."""


def _worker(tab: Page) -> Callable[[Sequence[str]], tuple[list[list[str]], list[float]]]:
    def ask(questions: Sequence[str]) -> tuple[list[list[str]], list[float]]:
        answers = tab.evaluate(ASK, list(questions))
        pages = [
            list(dict.fromkeys(item[0]["location"].partition("#")[0] for item in each["items"]))
            for each in answers
        ]
        return pages, [each["ms"] for each in answers]

    return ask


def _pagefind(tab: Page) -> Callable[[Sequence[str]], tuple[list[list[str]], list[float]]]:
    def ask(questions: Sequence[str]) -> tuple[list[list[str]], list[float]]:
        answers = tab.evaluate(PAGEFIND, list(questions))
        return [[url.lstrip("/") for url in each["urls"]] for each in answers], [
            each["ms"] for each in answers
        ]

    return ask


def _started(name: str, tab: Page, address: str, site: Path, stock: dict[str, Any]) -> Engine:
    """Start an engine and ask it once, to see what it fetches."""
    fetched: set[str] = set()
    tab.context.on("request", lambda request: fetched.add(request.url))
    tab.goto(f"{address}404.html")
    fetched.clear()
    if name == "Pagefind":
        ask = _pagefind(tab)
        own = ("pagefind/",)
    else:
        ours = name == "ours"
        stock_workers = (site / "assets").glob("**/search.*.min.js")
        script = worker_path(site) if ours else str(next(stock_workers).relative_to(site))
        setup = {"config": {}, "docs": []} if ours else stock
        tab.evaluate(START, [address + script, setup | {"options": {}}])
        ask = _worker(tab)
        own = ("search/",) if ours else ("assets/",)
    ask(["where is my refund"])
    files = {urlsplit(url.removeprefix(address)).path for url in fetched}
    contents = [(site / file).read_bytes() for file in files if file.startswith(own)]
    if name == "Material":
        contents.append(json.dumps(stock, ensure_ascii=False, separators=(",", ":")).encode())
    return Engine(name, ask, sum(min(len(c), len(brotli.compress(c))) for c in contents))


def _shared() -> list[Question]:
    """Return the questions of ../shared/search, if it is there."""
    if not SHARED.is_dir():
        return []
    pages: dict[str, list[str]] = {}
    for page, topic in json.loads((SHARED / "topics.json").read_text(encoding="utf-8")).items():
        pages.setdefault(topic, []).append(page)
    return [
        Question(
            line["q"],
            [page for topic in line["topics"] for page in pages[topic]],
            line["intent"],
            "unanswered" not in file.name,
            "shared",
        )
        for file in sorted(SHARED.glob("*.dev.jsonl"))
        for line in map(json.loads, file.read_text(encoding="utf-8").splitlines())
    ]


def _table(engines: Sequence[Engine], questions: Sequence[Question], title: str) -> None:
    answered = [question for question in questions if question.answered]
    unanswered = [question for question in questions if not question.answered]
    asked = [question.text for question in answered]
    others = [question for question in answered if "contact/" not in question.pages]
    print(f"\n{title}: {len(answered)} questions with an answer, {len(unanswered)} without\n")
    print("| engine | first | top 3 | none | typo first | handed over | wrongly | KB | ms |")
    print("|---|---|---|---|---|---|---|---|---|")
    for engine in engines:
        found, times = engine.ask(asked)
        plain = score(answered, found)
        typos = score(answered, engine.ask(misspelt(answered))[0])
        handed = score(unanswered, engine.ask([each.text for each in unanswered])[0])
        wrongly = score(others, engine.ask([each.text for each in others])[0])
        print(
            f"| {engine.name} | {plain.first:.1f} | {plain.top_three:.1f} | {plain.nothing:.1f}"
            f" | {typos.first:.1f} | {handed.contact:.1f}"
            f" | {wrongly.contact:.1f} | {engine.to_first / 1000:.1f} | {median(times):.1f} |"
        )


def main() -> int:
    """Build the site, start the engines, print the tables."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        config = ROOT / ".bench.yml"  # beside mkdocs.yml, whose paths count from there
        config.write_text(CONFIG, encoding="utf-8")
        site = Path(folder) / "site"
        built = run(MKDOCS, "build", "-f", config, "--site-dir", site, cwd=ROOT)
        config.unlink()
        if built.code:
            print(built.output)
            return built.code
        stock = json.loads((Path(folder) / "stock_index.json").read_text(encoding="utf-8"))
        shutil.copytree(STOCK_WORKER, site / "assets", dirs_exist_ok=True)
        subprocess.run(
            [sys.executable, "-m", "pagefind", "--site", site], check=True, capture_output=True
        )
        chromium = browser.launch(playwright)
        with serving(site) as address:
            engines = [
                _started(name, chromium.new_page(), address, site, stock)
                for name in ("ours", "Material", "Pagefind")
            ]
            own = read()
            for group in sorted({question.group for question in own}):
                _table(engines, [q for q in own if q.group == group], f"Group {group}")
            _table(engines, own, "All of the project's own")
            if shared := _shared():
                _table(engines, shared, "Development set")
            asked = [*hostile.QUESTIONS, *hostile.random_questions(10_000)]
            times = engines[0].ask(asked)[1]
            slowest = max(times)
            print(f"\n{len(asked)} hostile questions, all answered; the slowest: {slowest:.0f} ms")
        chromium.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
