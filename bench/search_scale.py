"""`make bench-search-scale`: what search costs on a site of many articles, here made up.

For each number of articles: CPU seconds, memory and bytes of the index; then, in a browser that
knows nothing yet, the bytes and the time to the first result and to ten, and how often the first
result is the one that the same index in one file gives.
"""

import gzip
import html
import json
import random
import resource
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from statistics import median
from urllib.parse import urlsplit

import zopfli.gzip
from playwright.sync_api import Browser, sync_playwright

import search
from bench.articles import articles
from search import encoding, synonyms
from search.language import language
from search.pages import Searched
from tests import browser
from tests.project import ROOT
from tests.search.asking import Worker
from tests.site_server import serving

PAGE = """<!doctype html><html lang="en"><head><title>{title}</title>
<meta name="description" content="{answer}"></head><body><article><h1>{title}</h1>
<p>{text}</p><h2 id="what-to-do">{heading}</h2></article></body></html>"""
QUESTIONS = 200


def write(site: Path, pages: Sequence[Searched]) -> None:
    """Write the built pages, and beside them what is known of them."""
    for page in pages:
        file = site / page.url / "index.html"
        file.parent.mkdir(parents=True)
        parts = {"title": page.title, "answer": page.answer, "text": page.text}
        escaped = {name: html.escape(text) for name, text in parts.items()}
        file.write_text(PAGE.format(**escaped, heading=page.headings[0][1]), encoding="utf-8")
    (site / "404.html").write_text("<title>Not here</title>", encoding="utf-8")
    about: search.About = {
        "language": "en",
        "contact": "contact/",
        "questions": "questions/",
        "pages": {page.url: {"asks": page.asks} for page in pages},
    }
    site.with_suffix(".json").write_text(json.dumps(about), encoding="utf-8")


def build(site: Path) -> None:
    """Build the index, and print CPU seconds and megabytes; run as a process of its own."""
    about = json.loads(site.with_suffix(".json").read_text(encoding="utf-8"))
    groups = synonyms.read(ROOT, language("en"))
    search.build(site, about, groups)
    used = resource.getrusage(resource.RUSAGE_SELF)
    print(json.dumps([used.ru_utime + used.ru_stime, used.ru_maxrss / 1024]))


def questions(pages: Sequence[Searched]) -> Iterator[str]:
    """Yield titles cut short, asks put politely, misspelt titles, and words of the text."""
    chance = random.Random(3)  # noqa: S311 - the same each time, and no secret
    for number in range(QUESTIONS):
        page = chance.choice(pages)
        title = page.title.split()
        if number % 4 == 0:
            yield " ".join(title[:3])
        elif number % 4 == 1:
            yield f"how do i {chance.choice(page.asks)} please"
        elif number % 4 == 2:
            word = max(title, key=len)
            cut = chance.randrange(1, len(word))
            yield page.title.replace(word, word[:cut] + word[cut + 1 :])
        else:
            yield " ".join(chance.sample(page.text.split(), 6))


def _cold(chromium: Browser, address: str, site: Path, question: str) -> tuple[str, int, float]:
    """Ask in a fresh browser. Return the first page, the bytes fetched, and milliseconds."""
    context = chromium.new_context()
    tab = context.new_page()
    worker = Worker(tab, address, site)
    fetched: set[str] = set()
    context.on(
        "request", lambda request: fetched.add(urlsplit(request.url.removeprefix(address)).path)
    )
    answer = worker.ask_one(question)
    context.close()
    return answer.pages[0], sum((site / file).stat().st_size for file in fetched), answer.ms


def measure(count: int, chromium: Browser) -> None:
    """Print the row of a site of `count` articles."""
    pages = list(articles(count))
    with tempfile.TemporaryDirectory() as folder:
        site = Path(folder) / "site"
        write(site, pages)
        command = [sys.executable, "-m", "bench.search_scale", str(site)]
        told = subprocess.run(command, check=True, capture_output=True, text=True, cwd=ROOT)
        cpu, memory = json.loads(told.stdout)
        size = sum(file.stat().st_size for file in (site / "search").rglob("*.bin"))
        asked = list(questions(pages))
        with serving(site) as address:
            cold = [_cold(chromium, address, site, question) for question in asked]
            whole = shutil.copytree(site, Path(folder) / "whole", ignore=_no_search)
            encoding.ONE_FILE = count
            zopfli.gzip.compress = _quickly
            about = json.loads(site.with_suffix(".json").read_text(encoding="utf-8"))
            search.build(whole, about, synonyms.read(ROOT, language("en")))
        with serving(whole) as address:
            answers = Worker(chromium.new_page(), address, whole).ask(asked)
    same = sum(page == answer.pages[0] for (page, _, _), answer in zip(cold, answers, strict=True))
    sizes, times = sorted(each[1] for each in cold), [each[2] for each in cold]
    print(
        f"| {count} | {cpu:.1f} | {memory:.0f} | {size / 1e6:.1f} | {median(sizes) / 1000:.0f}"
        f" | {sizes[-1] / 1000:.0f} | {median(times):.0f} | {max(times):.0f}"
        f" | {100 * same / len(asked):.1f} |"
    )


def _quickly(content: bytes, **_: int) -> bytes:
    """Compress in seconds what would take minutes; the index is the same."""
    return gzip.compress(content)


def _no_search(_: str, names: list[str]) -> list[str]:
    return [name for name in names if name == "search"]


def main() -> int:
    """Print a row for 1,000, 5,000 and 10,000 articles."""
    print("| articles | CPU s | MB | index MB | KB to ten | most | ms to ten | most | same first |")
    print("|---|---|---|---|---|---|---|---|---|")
    with sync_playwright() as playwright:
        chromium = browser.launch(playwright)
        for count in (1_000, 5_000, 10_000):
            measure(count, chromium)
        chromium.close()
    return 0


if __name__ == "__main__":
    if len(sys.argv) > 1:
        build(Path(sys.argv[1]))
    else:
        sys.exit(main())
