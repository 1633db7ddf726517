"""How well search engines find the right page, and what they cost: ours, Material's and Pagefind's.

    python -m bench.search [--groups] [--questions FILE]

All engines search the same pages in the same browser: the articles as Material's own build renders
them, without the pages that only list others. Each is measured twice: with the pages alone, and
with the search phrases. Ours has the phrases in its index; the others have no place for them, so
they get them as visually hidden text at the beginning of the same pages, and the questions that are
out of scope on the page about customer care.

There are two tables. Phrases and weights were chosen by how they do on the questions of
tests/search/judged.jsonl. Nothing is learnt from those of bench/unseen.jsonl, whose writers had
seen neither phrases nor texts. --questions takes a FILE in the same form instead;
--groups adds a table for each group and for each page.

Of 100 questions that a page answers, printed are how many have a right page first, among the first
three, or no result; first with one word misspelt; how many of the out-of-scope ones have customer
care first and among the first three, and how many of the others have it among them though they
should not. KB are what a first question transfers, by brotli; ms are the median and 95th percentile
of an answer. Takes a minute.

Needs the development environment, and a browser (`make test` installs both).
"""

import argparse
import html
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from math import nan
from pathlib import Path
from statistics import quantiles
from typing import NamedTuple

from playwright.sync_api import Browser, sync_playwright
from selectolax.lexbor import LexborHTMLParser

from bench.engines import Answer, Engine, write_ours
from bench.stock import as_stock
from helpcentre import content, search
from helpcentre.content.page import CONTACT, LISTS, Page, url_of
from helpcentre.content.project import Project as Content
from tests import browser
from tests.project import ROOT, Project
from tests.search.judged import Question, Score, misspelt, read, score
from tests.site_server import serving

ENGINES: Mapping[str, Callable[[Engine], None]] = {
    "ours": Engine.start_ours,
    "Material's own": Engine.start_material,
    "Pagefind": Engine.start_pagefind,
}
CONTACT_URL = url_of(CONTACT)
_HEADER = """\
| engine | phrases | first | among three | no result | first, misspelt \
| out of scope: person first | person among three | others: person among three \
| KB | ms, median | ms, 95 % |
|---|---|---|---|---|---|---|---|---|---|---|---|"""
UNSEEN = Path(__file__).with_name("unseen.jsonl")
"""Questions that nothing is ever learnt from."""
NOTHING = Score(nan, nan, nan, nan, nan)
"""Of no questions."""
_HIDDEN = "visually-hidden"
"""The class of the list of phrases in a page of Material's own."""


def without_phrases(project: Content) -> Content:
    """Return the project as if its writers had written no phrases."""
    pages = {source: replace(page, phrases=()) for source, page in project.pages.items()}
    return replace(project, pages=pages, out_of_scope=())


def build(folder: Path, project: Content) -> Path:
    """Return the project's site as Material's own in `folder`, with the indexes of all engines."""
    copy = Project.copy(folder)
    for page in project.pages.values():
        text = _with_hidden_phrases(page, project)
        if page.front_matter.template in LISTS:  # Material's own way to leave a page out
            text = text.replace("---\n", "---\nsearch: {exclude: true}\n", 1)
        (copy.root / page.file).write_text(text, encoding="utf-8")
    as_stock(copy)
    outcome = copy.build()
    if outcome.code:
        raise SystemExit(outcome.output)
    site = copy.root / "site"
    articles = {}
    for page in project.pages.values():
        file = site / page.url / "index.html"
        text = file.read_text(encoding="utf-8")
        articles[page.source] = _article_without_phrases(text)
        if page.front_matter.template not in LISTS:
            # Pagefind then indexes this element alone, and only the pages that have one.
            text = text.replace("<article", "<article data-pagefind-body")
            file.write_text(text, encoding="utf-8")
    files = search.files_of(search.index_of(project, articles), search.other_languages(project))
    write_ours(site, files, ROOT, search.language_of(project))
    command = (sys.executable, "-m", "pagefind", "--site", site)
    subprocess.run(command, check=True, capture_output=True)
    return site


def _with_hidden_phrases(page: Page, project: Content) -> str:
    """Return the page's file with its phrases as visually hidden text before the answer."""
    phrases = [*page.phrases, *(project.out_of_scope if page.source == CONTACT else ())]
    items = "\n".join(f"<li>{html.escape(phrase.text, quote=False)}</li>" for phrase in phrases)
    hidden = f'<ul class="{_HIDDEN}">\n{items}\n</ul>\n\n' if phrases else ""
    return page.text.removesuffix(page.body) + hidden + page.body


def _article_without_phrases(page: str) -> str:
    """Return the HTML of a built page's article; our index gets the phrases from the project."""
    article = LexborHTMLParser(page).css("article")[0]
    for hidden in article.css(f".{_HIDDEN}"):
        hidden.decompose()
    return article.html or ""


class Result(NamedTuple):
    """What one engine answered."""

    engine: str
    with_phrases: bool
    answers: Mapping[str, Answer]
    """By the text of the question."""
    transferred: int
    """Bytes up to the first answer."""

    def pages(self, texts: Sequence[str]) -> list[Sequence[str]]:
        """Return the pages found for each question."""
        return [self.answers[text].pages for text in texts]


def ask_all(
    name: str, chromium: Browser, site: Path, texts: Sequence[str], *, with_phrases: bool
) -> Result:
    """Ask one engine everything, in a browser that has nothing of it yet."""
    context = chromium.new_context()
    with serving(site) as address:
        engine = Engine(context.new_page(), address, site)
        ENGINES[name](engine)
        engine.ask(["where is my refund"])
        transferred = engine.transferred()
        answers = dict(zip(texts, engine.ask(texts), strict=True))
        context.close()
    return Result(name, with_phrases, answers, transferred)


def print_table(
    title: str,
    results: Sequence[Result],
    questions: Sequence[Question],
    misspelt_texts: Mapping[str, str],
) -> None:
    """Print a row for each result, by these questions only."""
    answered = [question for question in questions if question.answered]
    out_of_scope = [question for question in questions if not question.answered]
    not_contact = [question for question in answered if CONTACT_URL not in question.pages]
    print(f"\n{title}: {len(answered)} questions with an answer, {len(out_of_scope)} without\n")
    print(_HEADER)
    for result in results:
        as_typed = score(answered, result.pages(_texts(answered)))
        mistyped = result.pages([misspelt_texts[text] for text in _texts(answered)])
        unanswered, others = (
            score(group, result.pages(_texts(group))) if group else NOTHING
            for group in (out_of_scope, not_contact)
        )
        times = quantiles((result.answers[text].ms for text in _texts(answered)), n=20)
        numbers = (
            as_typed.first,
            as_typed.top_three,
            as_typed.nothing,
            score(answered, mistyped).first,
            unanswered.contact_first,
            unanswered.contact,
            others.contact,
            result.transferred / 1000,
            times[9],
            times[18],
        )
        cells = " | ".join(f"{number:.1f}" for number in numbers)
        print(f"| {result.engine} | {'yes' if result.with_phrases else 'no'} | {cells} |")


def _texts(questions: Sequence[Question]) -> list[str]:
    return [question.text for question in questions]


def main() -> None:
    """Build the sites, ask all engines, and print the tables."""
    parser = argparse.ArgumentParser(prog="python -m bench.search")
    parser.add_argument("--groups", action="store_true", help="tables by group and page, too")
    parser.add_argument("--questions", type=Path, metavar="FILE", help="instead of the project's")
    args = parser.parse_args()
    sets = {"Learnt from": read(), "Never seen": read(UNSEEN)}
    if args.questions:
        sets = {str(args.questions): read(args.questions)}
    questions = [question for own in sets.values() for question in own]
    answered = [question for question in questions if question.answered]
    misspelt_texts = dict(zip(_texts(answered), misspelt(answered), strict=True))
    texts = list(dict.fromkeys([*_texts(questions), *misspelt_texts.values()]))
    project = content.read(ROOT)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        chromium = browser.launch(playwright)
        sites = {
            False: build(Path(folder) / "without", without_phrases(project)),
            True: build(Path(folder) / "with", project),
        }
        results = [
            ask_all(name, chromium, site, texts, with_phrases=with_phrases)
            for name in ENGINES
            for with_phrases, site in sites.items()
        ]
        chromium.close()
    for name, asked in sets.items():
        for kind in ("group", "page") if args.groups else ():
            by_kind = defaultdict(list)
            for question in asked:
                by_kind[question.group if kind == "group" else question.pages[0]].append(question)
            for value, own in sorted(by_kind.items()):
                print_table(f"{name}, {kind} {value}", results, own, misspelt_texts)
        print_table(name, results, asked, misspelt_texts)


if __name__ == "__main__":
    main()
