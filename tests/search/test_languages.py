"""Search in each language: stems, answers to questions that were written blind, and their weight.

tests/search/languages/ has questions by writers who saw titles only. Of those with even numbers some
were added to the phrases of pages; those with odd numbers were never used to improve anything.
"""

import gzip
import json
import random
from itertools import takewhile
from pathlib import Path
from typing import NamedTuple

import brotli
import pytest
from playwright.sync_api import Browser

from helpcentre import search
from helpcentre.search import known_words
from helpcentre.search.language import language
from helpcentre.search.phrasings import articles_of, search_of
from macros.layout import LANGUAGES, THEME
from tests.project import ROOT, own_content
from tests.search import judged
from tests.search.workers import InNode

pytestmark = pytest.mark.slow

OWN = own_content()
TAGS = sorted(OWN.translations)
STEMMED = [tag for tag in TAGS if language(ROOT / LANGUAGES / tag).algorithm]
HERE = Path(__file__).parent / "languages"
WORDS = 40_000


class Question(NamedTuple):
    """A question, and the address of the page that answers it; empty if none does."""

    text: str
    url: str


def questions(tag: str) -> list[Question]:
    """Return the questions that were written blind in a language."""
    rows = map(json.loads, (HERE / f"{tag}.jsonl").read_text(encoding="utf-8").splitlines())
    return [Question(row["question"], (row["page"] or "").replace(".md", "/")) for row in rows]


@pytest.mark.browser
@pytest.mark.parametrize("tag", STEMMED)
def test_stems_are_the_same_in_python_and_in_the_browser(browser: Browser, tag: str) -> None:
    lists = language(ROOT / LANGUAGES / tag)
    dictionary = known_words.dictionary(lists).read_bytes()
    words = sorted(json.loads(gzip.decompress(dictionary)))
    chosen = random.Random(1).sample(words, min(len(words), WORDS))
    phrases = [p.text for page in OWN.translations[tag].pages.values() for p in page.phrases]
    chosen += " ".join(phrases).lower().split()
    tab = browser.new_page()
    parts = search.worker_parts(lists, ROOT / THEME / search.FOLDER)
    own = takewhile(lambda part: not part.startswith("const LEVELS"), parts)  # that of the index
    tab.add_script_tag(content="\n".join(own))
    stems = tab.evaluate("(words) => words.map((word) => folded(stemmed(word)))", chosen)
    tab.close()
    different = [
        (word, stem, lists.stem(word))
        for word, stem in zip(chosen, stems, strict=True)
        if stem != lists.stem(word)
    ]
    assert different == []


@pytest.mark.site
@pytest.mark.parametrize("tag", TAGS)
def test_questions_that_were_written_blind_find_their_page(site: Path, tag: str) -> None:
    project = OWN.translations[tag]
    search = search_of(project, articles_of(project, site / project.language.address))
    asked = [question for question in questions(tag) if question.url]
    assert len(asked) >= 120
    found = [search.answer(question.text) for question in asked]
    rows = [*zip(asked, found, strict=True)]
    for name, own in (("learnt from", rows[::2]), ("never seen", rows[1::2]), ("both", rows)):
        first = sum(urls[:1] == [question.url] for question, urls in own) / len(own)
        among_three = sum(question.url in urls[:3] for question, urls in own) / len(own)
        print(f"{tag}, {name}: first {first:.1%}, among three {among_three:.1%}")
    assert first >= 0.9
    assert among_three >= 0.98


@pytest.mark.site
@pytest.mark.parametrize("tag", ["", *TAGS])
def test_a_first_search_fetches_little(site: Path, tag: str) -> None:
    home = (site / tag / "index.html").read_text(encoding="utf-8")
    worker, _, index = home.partition('data-search-worker="')[2].partition('"')[0].partition("#")
    script = (site / tag / worker).resolve().read_bytes()
    whole = len(brotli.compress(script)) + (site / search.FOLDER / index).stat().st_size
    assert whole < 16_384


@pytest.mark.site
def test_a_question_in_another_language_is_met_in_its_own(site: Path) -> None:
    asked = {tag: [question.text for question in questions(tag)] for tag in TAGS}
    found = {}
    worker = InNode(site)
    for tag, texts in asked.items():
        own = OWN.translations[tag].language.tag
        tags = [(answer.language or {}).get("tag") for answer in worker.ask(texts)]
        found[tag] = tags.count(own) / len(tags)
    assert {tag: share for tag, share in found.items() if share < 0.75} == {}


@pytest.mark.site
def test_an_english_question_is_met_in_english(site: Path) -> None:
    asked = [question.text for question in judged.read()]
    answers = InNode(site).ask(asked)
    foreign = [text for text, answer in zip(asked, answers, strict=True) if answer.language]
    assert len(foreign) / len(asked) < 0.01, foreign
