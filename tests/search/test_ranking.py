"""The ranking in Python and the one in the browser are the same."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser
from selectolax.lexbor import LexborHTMLParser

from helpcentre import content, search
from helpcentre.content.page import LISTS
from helpcentre.content.synonyms import groups
from helpcentre.search import ranking
from helpcentre.search.asking import Worker
from tests.project import ROOT
from tests.search import hostile, judged
from tests.search.test_worker import write_search
from tests.site_server import serving

QUESTIONS = judged.read()
TYPED = [
    *(question.text for question in QUESTIONS),
    *judged.misspelt(QUESTIONS),
    *hostile.QUESTIONS,
    *("72", "72hrs", "3-20 days", "16/03/2020", "LP00123456789CN", "re-fund", "e-mail", "my car"),
]


@pytest.mark.site
@pytest.mark.browser
def test_all_questions_are_answered_alike(site: Path, browser: Browser, tmp_path: Path) -> None:
    project = content.read(ROOT)
    articles = {
        page.source: LexborHTMLParser((site / page.url / "index.html").read_text("utf-8"))
        .css("article")[0]
        .html
        or ""
        for page in project.pages.values()
        if page.front_matter.template not in LISTS
    }
    pages, person = search.pages_of(project, articles)
    synonyms = groups(project.synonyms)
    index = ranking.Index.of(pages, person, project.history.tag, synonyms)
    write_search(tmp_path, pages, project.history.tag, synonyms, person)
    with serving(tmp_path) as address:
        answers = Worker(browser.new_page(), address, tmp_path).ask(TYPED)
    urls = [page.url for page in (*pages, person)]
    different = {
        question: (answer.pages, ours)
        for question, answer in zip(TYPED, answers, strict=True)
        if answer.pages != (ours := [urls[n] for n in ranking.answer(question, index)])
    }
    assert different == {}
