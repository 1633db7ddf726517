"""The ranking in Python and the one in the browser are the same."""

import random
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from bench.articles import articles
from helpcentre import search
from helpcentre.content.synonyms import groups
from helpcentre.search import phrasings, ranking
from helpcentre.search.asking import Worker
from helpcentre.search.language import language
from helpcentre.search.pages import SearchPage
from macros.layout import LANGUAGES
from tests.project import ROOT, own_content
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
    project = own_content()
    pages, person = search.pages_of(project, phrasings.articles_of(project, site))
    synonyms = groups(project.synonyms)
    index = ranking.Index.of(pages, person, search.language_of(project), synonyms)
    write_search(tmp_path, pages, search.language_of(project), synonyms, person)
    with serving(tmp_path) as address:
        answers = Worker(browser.new_page(), address, tmp_path).ask(TYPED)
    different = {
        question: (answer.pages, ours)
        for question, answer in zip(TYPED, answers, strict=True)
        if answer.pages != (ours := ranking.answer(question, index))
    }
    assert different == {}


@pytest.mark.slow
def test_without_phrases_an_article_is_found_by_the_words_of_its_title_in_any_order() -> None:
    pages = [replace(page, phrases=()) for page in articles(500)]
    person = SearchPage("contact/", "", "")
    index = ranking.Index.of(pages, person, language(ROOT / LANGUAGES / "en"), [])
    by_url = {page.url: page for page in pages}
    chance = random.Random(4)
    found = 0
    for page in chance.sample(pages, 60):
        words = page.title.split()
        chance.shuffle(words)
        first = by_url[ranking.answer(" ".join(words), index)[0]]
        found += sorted(first.title.lower().split()) == sorted(page.title.lower().split())
    assert found >= 57
