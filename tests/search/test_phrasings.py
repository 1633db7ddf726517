"""What `make phrasings` tells writers."""

import json
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import pytest

from helpcentre.content.phrases import Phrase
from helpcentre.content.synonyms import groups
from helpcentre.search import phrasings
from helpcentre.search.asking import Search
from helpcentre.search.index import Index
from helpcentre.search.language import language
from helpcentre.search.pages import SearchPage
from macros.layout import LANGUAGES
from tests.project import ROOT, Project, commit, own_content, run_module

MONEY = ("where is my money", "money late", "no money yet", "when is the money here")
PARCEL = ("where is my parcel", "parcel lost", "parcel late", "when is the parcel here")


def search_of(money: Iterable[str] = MONEY, parcel: Iterable[str] = PARCEL) -> Search:
    """Return a search of two pages and customer care."""
    pages = [
        SearchPage("money/", "Refund", "", (), "A refund.", tuple(money)),
        SearchPage("parcel/", "Tracking", "", (), "The tracking.", tuple(parcel)),
    ]
    person = SearchPage("contact/", "", "", phrases=("reset my password",) * 3)
    return Search(Index.of(pages, person, language(ROOT / LANGUAGES / "en"), groups({})), ROOT)


def test_pages_that_are_confused_are_named() -> None:
    questions = [
        {"q": "money late", "pages": ["money/"]},
        {"q": "the parcel is late", "pages": ["money/"]},
    ]
    lines = list(phrasings.of_questions(search_of(), questions))
    assert "2 judged questions: a right page is first for 50.0 of 100," in lines[0]
    assert lines[-1] == "    1 money/ -> parcel/, as in 'the parcel is late'"


def test_a_change_is_told_by_the_questions_that_it_wins_and_loses() -> None:
    questions = [{"q": "cash", "pages": ["money/"]}, {"q": "money late", "pages": ["money/"]}]
    more = search_of([*MONEY, "my cash", "no cash", "where is cash"])
    head, line = phrasings.of_change(search_of(), more, questions)
    assert head == "\nWhat the phrases change that are not committed: 1 wrong -> right"
    assert line == "  wrong -> right: 'cash': contact/ -> money/"


def test_without_a_change_nothing_changes() -> None:
    (line,) = phrasings.of_change(search_of(), search_of(), [{"q": "money", "pages": ["money/"]}])
    assert line == "\nWhat the phrases change that are not committed: nothing"


def test_phrases_that_add_nothing_or_find_another_page_are_named() -> None:
    content = own_content()
    page = next(page for page in content.pages.values() if page.phrases)
    index = search_of().index
    money, *others = index.pages
    now = Search(replace(index, pages=[replace(money, url=page.url), *others]), ROOT)
    page = replace(page, phrases=(Phrase("where is my parcel", 7),))
    pages = {**content.pages, page.source: page}
    lines = list(phrasings.of_phrases(now, replace(content, pages=pages)))
    assert f"     1    0    1  {page.file.removesuffix('.md')}.phrases.txt" in lines
    assert "                  line 7: 'where is my parcel'" in lines


@pytest.mark.slow
def test_the_command_compares_with_the_last_commit(project: Project, tmp_path: Path) -> None:
    commit(project.root, "2026-11-23")
    outcome = project.build()
    assert outcome.code == 0, outcome.output
    questions = tmp_path / "questions.jsonl"
    asked = {"q": "the vendor ghosted me", "pages": ["orders/contact-the-seller/"]}
    questions.write_text(json.dumps(asked), encoding="utf-8")
    command = ("helpcentre.search.phrasings", questions)
    assert "that are not committed: nothing" in run_module(*command, cwd=project.root).output
    file = project.root / "docs/glossary.phrases.txt"
    added = "".join(f"the vendor ghosted me {word}\n" for word in ("now", "today", "so", "then"))
    file.write_text(file.read_text(encoding="utf-8") + added, encoding="utf-8")
    outcome = run_module(*command, cwd=project.root)
    assert outcome.code == 0, outcome.output
    assert "'the vendor ghosted me'" in outcome.output.partition("not committed: ")[2]


@pytest.mark.slow
def test_without_a_build_it_says_what_to_run(project: Project, tmp_path: Path) -> None:
    questions = tmp_path / "questions.jsonl"
    command = ("helpcentre.search.phrasings", questions)
    for text, message in (
        ('{"q": "money", "pages": ["money/"]}', "run make build"),
        ("", "has no questions"),
        ("money", "questions.jsonl: "),
    ):
        questions.write_text(text, encoding="utf-8")
        outcome = run_module(*command, cwd=project.root)
        assert (outcome.code, outcome.output.count("\n")) == (1, 1)
        assert message in outcome.output
