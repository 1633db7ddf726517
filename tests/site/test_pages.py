"""The built pages: their paths, titles, descriptions and lists."""

import re
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

from helpcentre.content.page import url_of
from macros.business_days import calendar
from macros.policy import read
from macros.refund import arrival
from macros.values import Duration, Instant, Range
from tests.conftest import CONTACT_URL
from tests.project import DAY, ROOT, own_content

pytestmark = pytest.mark.site

PAGE_MAP = {
    "": "How can we help?",
    "orders/": "Orders",
    "refunds/": "Refunds",
    "cancellations/": "Cancellations",
    "questions/": "All questions",
    "orders/not-received/": "I have not received my order. What can I do?",
    "orders/track-parcel/": "How do I track my parcel?",
    "orders/tracking-number-invalid/": "Why is my tracking number invalid?",
    "orders/contact-the-seller/": "How do I contact the seller?",
    "refunds/when-will-i-receive-my-refund/": "When will I receive my refund?",
    "refunds/check-refund-status/": "Has my refund been processed?",
    "refunds/open-a-dispute/": "How do I open a dispute to get a refund?",
    "cancellations/cancel-an-order/": "How do I cancel an order?",
    "cancellations/after-you-request/": "What happens after I ask to cancel?",
    "cancellations/seller-refused/": "The seller refused to cancel. What now?",
    "cancellations/cannot-cancel/": "Which orders cannot be cancelled?",
    "cancellations/seller-did-not-ship/": "The seller has not shipped in time. What happens?",
    "cancellations/which-reason/": "Which cancellation reason should I choose?",
    "notices/coronavirus-2020/": "Are parcels from China safe?",
    "contact/": "How do I contact customer care?",
    "glossary/": "What do these words mean?",
    "key-dates/": "Key dates and limits",
}
"""Addresses that are fixed, with their titles. There may be more pages."""
_PAGES = own_content().pages.values()
PATHS = {page.url: page.front_matter.title for page in _PAGES}
ANSWERS = [page.url for page in _PAGES if page.front_matter.template is None]
TOPICS = [page.url for page in _PAGES if page.front_matter.template == "topic.html"]
TOP = next(page.front_matter.related for page in _PAGES if not page.url)
"""The pages that the home page offers, as paths under docs/."""
POLICY = read(ROOT).on(DAY)


def html(site: Path, path: str) -> LexborHTMLParser:
    return LexborHTMLParser((site / path / "index.html").read_text(encoding="utf-8"))


def text(html: LexborHTMLParser, selector: str) -> str:
    (node,) = html.css(selector)
    return " ".join(node.text().replace("¶", "").split())


def test_the_fixed_pages_are_there() -> None:
    assert PAGE_MAP.items() <= PATHS.items()


def test_there_is_one_page_for_each_question_and_no_other(site: Path) -> None:
    built = {path.parent.relative_to(site).as_posix() + "/" for path in site.rglob("index.html")}
    addresses = [each.language.address for each in own_content().editions]
    expected = {address + path for address in addresses for path in PATHS}
    assert {path.removeprefix("./") for path in built} == expected


@pytest.mark.parametrize("path", PATHS)
def test_the_question_is_the_title_and_the_only_main_heading(site: Path, path: str) -> None:
    built = html(site, path)
    assert text(built, "h1") == PATHS[path]
    assert text(built, "title") == f"{PATHS[path]} - Aleigro Help Centre"


@pytest.mark.parametrize("path", PATHS)
def test_the_description_has_its_values_in_plain_words(site: Path, path: str) -> None:
    (node,) = html(site, path).css("meta[name=description]")
    description = node.attributes["content"] or ""
    assert 50 <= len(description) <= 160
    assert not re.search(r"[<>{}]|&lt;", description)


def test_a_description_states_its_value_in_words(site: Path) -> None:
    (node,) = html(site, "refunds/when-will-i-receive-my-refund/").css("meta[name=description]")
    assert POLICY.refund_arrival.plain in (node.attributes["content"] or "")


@pytest.mark.parametrize("path", PATHS)
def test_no_macro_is_left_on_the_page(site: Path, path: str) -> None:
    built = html(site, path)
    for script in built.css("script"):
        script.decompose()
    root = built.root
    assert root is not None
    assert not re.search(r"[{}]|policy\.(?!json)", root.text())


@pytest.mark.parametrize("path", ANSWERS)
def test_every_answer_links_to_where_to_go_next(site: Path, path: str) -> None:
    assert html(site, path).css(".next a")


@pytest.mark.parametrize("topic", TOPICS)
def test_a_topic_lists_each_of_its_questions_with_its_answer(site: Path, topic: str) -> None:
    listed = {node.text().strip() for node in html(site, topic).css(".questions a")}
    assert listed == {
        title for path, title in PATHS.items() if path.startswith(topic) and path != topic
    }
    assert all(node.text().strip() for node in html(site, topic).css(".questions p"))


def test_all_questions_are_on_one_page(site: Path) -> None:
    listed = {node.text().strip() for node in html(site, "questions/").css(".questions a")}
    assert listed >= {PATHS[path] for path in ANSWERS}


def test_the_home_page_has_a_search_field_the_top_questions_and_the_topics(site: Path) -> None:
    home = html(site, "")
    assert len(home.css(".hero form[role=search] input")) == 1
    top = [node.text() for node in home.css(".questions a")]
    assert top == [PATHS[url_of(source)] for source in TOP]
    assert {node.attributes["href"] for node in home.css(".cards a")} == set(TOPICS)


def test_key_dates_lists_every_value_in_words(site: Path) -> None:
    built = html(site, "key-dates/")
    for current in POLICY:
        row = " ".join(text(built, f"#{current.name}").split())
        assert current.value.plain in row
        assert current.entry.means in row


def test_an_instant_on_a_page_can_be_read_by_machines(site: Path) -> None:
    cutoff = POLICY.cancellation_cutoff
    assert isinstance(cutoff, Instant)
    times = html(site, "cancellations/cancel-an-order/").css("article time")
    found = [datetime.fromisoformat(node.attributes["datetime"] or "") for node in times]
    assert found == [cutoff.moment, cutoff.moment]
    assert [moment.utcoffset() for moment in found] == [cutoff.moment.utcoffset(), timedelta(0)]


def test_a_value_on_a_page_links_to_its_row_of_key_dates(site: Path) -> None:
    article = html(site, "refunds/when-will-i-receive-my-refund/").css_first("article > p")
    assert article is not None
    (link,) = article.css("a.row")
    assert link.attributes["href"] == "../../key-dates/#refund_arrival"
    assert link.text() == POLICY.refund_arrival.plain
    for path in PATHS:  # a button that is a link would mislead
        assert html(site, path).css("a.row .label") == []


def test_the_refund_page_works_out_its_example(site: Path) -> None:
    path = "refunds/when-will-i-receive-my-refund/"
    (example,) = html(site, path).css(".example")
    found = [date.fromisoformat(node.attributes["datetime"] or "") for node in example.css("time")]
    takes = POLICY.refund_arrival
    assert isinstance(takes, Range)
    known = calendar("US", range(found[0].year, found[0].year + 2))
    assert tuple(found[1:]) == arrival(found[0], takes, known)
    assert "our estimate" in text(html(site, path), ".calculator")


def test_the_page_on_requests_to_cancel_works_out_its_example(site: Path) -> None:
    (example,) = html(site, "cancellations/after-you-request/").css(".example")
    requested, ends, response_ends, closes, in_china = [
        datetime.fromisoformat(node.attributes["datetime"] or "") for node in example.css("time")
    ]
    takes, cutoff = POLICY.seller_response_time, POLICY.cancellation_cutoff
    assert isinstance(takes, Duration)
    assert isinstance(cutoff, Instant)
    assert response_ends - requested == takes.timedelta
    assert closes == in_china == min(ends, response_ends)
    assert in_china.utcoffset() == cutoff.moment.utcoffset()


def test_without_a_contact_address_pages_link_to_no_other_site(site: Path) -> None:
    for path in PATHS:
        for node in html(site, path).css("a[href]"):
            href = node.attributes["href"] or ""
            assert not re.match(r"[a-z]+:|//", href), f"{path} links to {href}"


def test_a_contact_address_makes_a_button_on_every_page(settings_site: Path) -> None:
    for path in PATHS:
        buttons = html(settings_site, path).css(".care .button")
        assert [node.attributes["href"] for node in buttons] == [CONTACT_URL]
