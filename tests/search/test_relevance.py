"""How well the built site's own search finds the right page."""

import json
import shutil
from pathlib import Path

import pytest
from playwright.sync_api import Page
from selectolax.lexbor import LexborHTMLParser

import search
from search import encoding, synonyms
from search.language import language
from tests.project import ROOT
from tests.search import judged
from tests.search.asking import Worker
from tests.site_server import serving

pytestmark = [pytest.mark.site, pytest.mark.browser]

QUESTIONS = judged.read()
ANSWERED = [question for question in QUESTIONS if question.answered]
UNANSWERED = [question for question in QUESTIONS if not question.answered]
NOT_CONTACT = [question for question in ANSWERED if judged.CONTACT not in question.pages]

LISTS = ("", "orders/", "refunds/", "cancellations/", "questions/", "key-dates/")

Found = list[list[str]]


@pytest.fixture
def worker(tab: Page, address: str, site: Path) -> Worker:
    return Worker(tab, address, site)


def pages(worker: Worker, questions: list[str]) -> Found:
    return [answer.pages for answer in worker.ask(questions)]


def test_there_are_enough_questions_and_some_for_every_answer(site: Path) -> None:
    asked = {question.pages[0] for question in ANSWERED}
    built = {path.parent.relative_to(site).as_posix() + "/" for path in site.rglob("index.html")}
    lists = {"./", *LISTS}
    assert len(ANSWERED) >= 200
    assert asked == built - lists


def test_the_right_page_comes_first(worker: Worker) -> None:
    score = judged.score(ANSWERED, pages(worker, [question.text for question in ANSWERED]))
    assert score.first >= 92
    assert score.top_three >= 98
    assert score.nothing == 0


def test_the_right_page_comes_first_though_a_word_is_misspelt(worker: Worker) -> None:
    score = judged.score(ANSWERED, pages(worker, judged.misspelt(ANSWERED)))
    assert score.first >= 88
    assert score.nothing == 0


def test_who_asks_what_no_page_answers_is_handed_to_a_person(worker: Worker) -> None:
    asked = [question.text for question in UNANSWERED]
    assert judged.score(UNANSWERED, pages(worker, asked)).contact >= 90


def test_who_asks_what_a_page_answers_is_seldom_handed_to_a_person(worker: Worker) -> None:
    asked = [question.text for question in NOT_CONTACT]
    assert judged.score(NOT_CONTACT, pages(worker, asked)).contact <= 12


def test_every_title_finds_its_own_page_and_lists_are_never_found(
    worker: Worker, site: Path
) -> None:
    titles = {
        path.parent.relative_to(site).as_posix().removeprefix(".") + "/": title.text()
        for path in site.rglob("index.html")
        if (title := LexborHTMLParser(path.read_text(encoding="utf-8")).css_first("h1"))
    }
    found = dict(zip(titles, pages(worker, list(titles.values())), strict=True))
    for url, results in found.items():
        if url.removeprefix("/") in LISTS:
            assert not set(results) & set(LISTS), url
        else:
            assert results[0] == url


def test_an_index_in_parts_finds_the_same(
    tab: Page, site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What a site of more than 500 pages has, of this one's pages."""
    about = json.loads((ROOT / ".build/pages.json").read_text(encoding="utf-8"))
    groups = synonyms.read(ROOT, language("en"))
    found = []
    asked = [question.text for question in QUESTIONS]
    for name, most in (("whole", 500), ("parts", 0)):
        monkeypatch.setattr(encoding, "ONE_FILE", most)
        copy = shutil.copytree(site, tmp_path / name)
        search.build(copy, about, groups)
        with serving(copy) as address:
            found.append([pages[:1] for pages in pages(Worker(tab, address, copy), asked)])
    same = sum(one == other for one, other in zip(*found, strict=True))
    assert same >= 0.98 * len(asked)
