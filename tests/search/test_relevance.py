"""How well the built site's own search finds the right page."""

import json
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from helpcentre.content.page import LISTS
from tests.project import ROOT, once, own_content, run
from tests.search import judged
from tests.search.workers import InNode
from tests.site.test_pages import PAGE_MAP

pytestmark = pytest.mark.site

QUESTIONS = judged.read()
ANSWERED = [question for question in QUESTIONS if question.answered]
OUT_OF_SCOPE = [question for question in QUESTIONS if not question.answered]
NOT_CONTACT = [question for question in ANSWERED if judged.CONTACT not in question.pages]

PAGES = own_content().pages.values()
ANSWERS = {
    page.url: page.front_matter.title for page in PAGES if page.front_matter.template is None
}
LISTED = {
    page.url: page.front_matter.title for page in PAGES if page.front_matter.template in LISTS
}

IN_PARTS = """
from helpcentre.search import encoding
from mkdocs.__main__ import cli
encoding.ONE_FILE = 0
cli()
"""
"""mkdocs, writing the search index in parts, as it does for a site of more than 500 pages."""

REFUND, CARE = "refunds/when-will-i-receive-my-refund/", judged.CONTACT
AFTER, CANNOT = "cancellations/after-you-request/", "cancellations/cannot-cancel/"
LATE, CODE = "cancellations/seller-did-not-ship/", "orders/tracking-number-invalid/"
CASES = {
    "72": AFTER, "72hrs": AFTER, "16/03/2020": AFTER, "16 march": AFTER,
    "3-20": REFUND, "20 working days": REFUND, "3-20 days": REFUND,
    "LP00123456789CN": "orders/track-parcel/", "RB123456789CN not found": CODE,
    "my request was knocked back": "cancellations/seller-refused/",
    "seller still has not sent it after ten days": LATE,
    "the shop says it is already posted and won't let me call it off": CANNOT,
    "order not yet delivered": "orders/not-received/",
    "aleigro help center cancel order": "cancellations/cancel-an-order/",
    "vase came in pieces": CARE, "parcel was empty": CARE, "how do I send it back": CARE,
    "where do I print a label": CARE, "do you deliver free": CARE, "cash on delivery": CARE,
    "wrong address on my order": CARE, "toll free number": CARE,
}  # fmt: skip
"""Each stands for a kind: numbers, codes, other words for a state, what only a person answers."""

Found = list[list[str]]


def ask(site: Path, questions: Sequence[str]) -> Found:
    """Return the addresses that the search of a built site finds for each question."""
    return [answer.pages for answer in InNode(site).ask(questions)]


@pytest.fixture(scope="session")
def found(shared: Path, site: Path) -> Callable[[Sequence[str]], Found]:
    """Returns what is found for questions, all of which are asked once in a run of the tests."""
    texts = [question.text for question in QUESTIONS] + judged.misspelt(ANSWERED)
    texts += [*ANSWERS.values(), *LISTED.values(), *CASES]

    def make(file: Path) -> None:
        answers = dict(zip(texts, ask(site, texts), strict=True))
        file.write_text(json.dumps(answers), encoding="utf-8")

    answers: Any = json.loads(once(shared, "found.json", make).read_text(encoding="utf-8"))
    return lambda questions: [answers[question] for question in questions]


Asked = Callable[[Sequence[str]], Found]


def test_there_are_enough_questions_and_some_for_every_answer_of_the_start() -> None:
    asked = {question.pages[0] for question in ANSWERED}
    assert len(ANSWERED) >= 200
    assert asked <= ANSWERS.keys()
    assert asked >= PAGE_MAP.keys() & ANSWERS.keys()


def test_the_right_page_comes_first(found: Asked) -> None:
    score = judged.score(ANSWERED, found([question.text for question in ANSWERED]))
    assert score.first >= 87
    assert score.top_three >= 98
    assert score.nothing == 0


def test_the_right_page_comes_first_though_a_word_is_misspelt(found: Asked) -> None:
    score = judged.score(ANSWERED, found(judged.misspelt(ANSWERED)))
    assert score.first >= 84
    assert score.nothing == 0


def test_out_of_scope_questions_lead_to_customer_care(found: Asked) -> None:
    texts = [question.text for question in OUT_OF_SCOPE]
    assert judged.score(OUT_OF_SCOPE, found(texts)).contact >= 90


def test_questions_with_an_answer_seldom_lead_to_customer_care(found: Asked) -> None:
    texts = [question.text for question in NOT_CONTACT]
    assert judged.score(NOT_CONTACT, found(texts)).contact <= 12


@pytest.mark.parametrize(("question", "page"), CASES.items())
def test_a_case_finds_its_page(found: Asked, question: str, page: str) -> None:
    assert found([question])[0][0] == page


def test_every_title_finds_its_own_page(found: Asked) -> None:
    first = [pages[0] for pages in found(list(ANSWERS.values()))]
    assert dict(zip(ANSWERS, first, strict=True)) == {url: url for url in ANSWERS}


def test_lists_are_never_found(found: Asked) -> None:
    assert LISTED
    texts = [question.text for question in QUESTIONS]
    pages = {page for results in found([*texts, *LISTED.values()]) for page in results}
    assert not pages & LISTED.keys()


def test_an_index_in_parts_finds_the_same(found: Asked, tmp_path: Path) -> None:
    site = tmp_path / "site"
    outcome = run(sys.executable, "-c", IN_PARTS, "build", "--site-dir", site, cwd=ROOT)
    assert outcome.code == 0, outcome.output
    assert len(list((site / "search").rglob("*.bin"))) > 10
    texts = [question.text for question in QUESTIONS]
    same = sum(
        one[:1] == other[:1] for one, other in zip(found(texts), ask(site, texts), strict=True)
    )
    assert same >= 0.98 * len(texts)
