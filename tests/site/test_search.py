"""The search dialog, by keyboard, in a real browser."""

import re
from pathlib import Path

import brotli
import pytest
from playwright.sync_api import Page, expect

from helpcentre.search.asking import worker_path
from tests.project import own_content
from tests.site.test_pages import TOP

pytestmark = [pytest.mark.site, pytest.mark.browser]

FIELD, RESULTS = ".search input", ".search ol a"
ANSWERS = [page for page in own_content().pages.values() if page.phrases]
QUESTION = "open a dispute"
ANSWER = "refunds/open-a-dispute/"
HREF = re.compile(re.escape(ANSWER))


def open_first_result(tab: Page) -> None:
    """Take the first result by keyboard, once there are results for QUESTION."""
    expect(tab.locator(FIELD)).to_be_focused()
    expect(tab.locator(FIELD)).to_have_value(QUESTION)
    expect(tab.locator(RESULTS).first).to_contain_text("dispute")
    expect(tab.locator(RESULTS).first).to_have_attribute("href", HREF)
    tab.keyboard.press("ArrowDown")
    expect(tab.locator(RESULTS).first).to_be_focused()
    tab.keyboard.press("Enter")


@pytest.mark.parametrize("start", ["", "orders/", "orders/not-received/", "404-not-there/"])
def test_a_search_typed_in_the_header_opens_the_right_page(
    tab: Page, address: str, start: str
) -> None:
    tab.goto(address + start)
    tab.keyboard.press("Control+k")
    tab.keyboard.type(QUESTION)
    open_first_result(tab)
    tab.wait_for_url(f"{address}{ANSWER}**")
    expect(tab.locator("h1")).to_contain_text("How do I open a dispute")


@pytest.mark.parametrize("start", ["", "404-not-there/"])
def test_typing_into_the_large_field_opens_the_right_page(
    tab: Page, address: str, start: str
) -> None:
    tab.goto(address + start)
    tab.get_by_label("What is your question?").focus()
    tab.keyboard.type(QUESTION)
    open_first_result(tab)
    tab.wait_for_url(f"{address}{ANSWER}**")


def test_the_large_field_only_opens_search_when_it_is_used(tab: Page, address: str) -> None:
    tab.goto(address)
    tab.get_by_label("What is your question?").focus()
    expect(tab.get_by_label("What is your question?")).to_be_focused()
    tab.get_by_label("What is your question?").click()
    expect(tab.locator(FIELD)).to_be_focused()


def test_the_link_in_the_header_opens_search_and_escape_gives_the_focus_back(
    tab: Page, address: str
) -> None:
    tab.goto(address)
    tab.locator(".search-link").focus()
    tab.keyboard.press("Enter")
    expect(tab.locator(FIELD)).to_be_focused()
    expect(tab.get_by_role("dialog", name="Search")).to_be_visible()
    tab.keyboard.press("Escape")
    expect(tab.get_by_role("dialog", name="Search")).to_have_count(0)
    expect(tab.locator(".search-link")).to_be_focused()


def test_an_address_can_carry_a_question(tab: Page, address: str) -> None:
    tab.goto(f"{address}questions/?q={QUESTION.replace(' ', '+')}")
    open_first_result(tab)
    tab.wait_for_url(f"{address}{ANSWER}**")


def test_a_wrong_address_is_searched_by_its_words(tab: Page, address: str) -> None:
    tab.goto(f"{address}help/{ANSWER.replace('open', 'opening')}index.php")
    meant = tab.get_by_role("region", name="Did you mean one of these?")
    expect(meant.get_by_role("link").first).to_have_attribute("href", HREF)
    assert 1 <= meant.get_by_role("link").count() <= 4


def test_a_wrong_address_without_words_offers_the_top_questions(tab: Page, address: str) -> None:
    tab.goto(f"{address}2020/03/16")
    top = tab.get_by_role("region", name="Top questions")
    expect(top.get_by_role("link")).to_have_count(len(TOP))
    expect(tab.get_by_role("region", name="Did you mean one of these?")).to_have_count(0)


def test_search_works_under_a_path(tab: Page, help_address: str) -> None:
    tab.goto(help_address)
    tab.get_by_label("What is your question?").focus()
    tab.keyboard.type(QUESTION)
    open_first_result(tab)
    tab.wait_for_url(f"{help_address}{ANSWER}**")


def typed(tab: Page, question: str) -> None:
    """Open the search dialog by its key, and type."""
    tab.keyboard.press("Control+k")
    expect(tab.locator(FIELD)).to_be_focused()
    tab.keyboard.type(question)


def test_the_status_counts_the_pages_found(tab: Page, address: str) -> None:
    tab.goto(address)
    typed(tab, QUESTION)
    expect(tab.get_by_role("status")).to_have_text(re.compile(r"^\d+ pages? found$"))


def test_where_no_page_answers_the_only_result_is_customer_care(tab: Page, address: str) -> None:
    tab.goto(address)
    typed(tab, "qqqqzzzz")
    expect(tab.get_by_role("status")).to_have_text("We found no page for this")
    expect(tab.locator(RESULTS)).to_have_count(1)
    expect(tab.locator(RESULTS)).to_have_attribute("href", re.compile("contact/"))


def test_a_misspelt_word_is_corrected_and_shown(tab: Page, address: str) -> None:
    tab.goto(address)
    typed(tab, "disptue")
    first = tab.locator(RESULTS).first
    expect(tab.locator(".search__status")).to_contain_text("Results for “dispute”.")
    expect(first.locator("mark").first).to_have_text(re.compile("dispute", re.IGNORECASE))


def test_one_press_takes_a_correction_back(tab: Page, address: str) -> None:
    tab.goto(address)
    typed(tab, "disptue")
    expect(tab.locator(RESULTS).first).to_contain_text("dispute")
    tab.get_by_role("button", name="Search for “disptue” instead").click()
    expect(tab.locator(RESULTS)).to_have_count(1)
    expect(tab.locator(RESULTS)).to_have_attribute("href", re.compile("contact/"))
    expect(tab.locator(".search__verbatim")).to_be_hidden()
    expect(tab.locator(FIELD)).to_be_focused()


@pytest.mark.parametrize("word", ["watch", "dress", "coat", "favourite"])
def test_a_word_that_is_one_is_not_corrected(tab: Page, address: str, word: str) -> None:
    tab.goto(address)
    typed(tab, f"where is my {word}")
    expect(tab.locator(RESULTS).first).to_be_visible()
    expect(tab.locator(".search__status")).not_to_contain_text("Results for")


@pytest.mark.parametrize("question", ["disptue", "reimbursement"])
def test_the_opened_page_marks_what_was_found(tab: Page, address: str, question: str) -> None:
    """A misspelt word's right spelling, and the page's own word for a synonym."""
    tab.goto(address)
    typed(tab, question)
    first = tab.locator(RESULTS).first
    expect(first).to_be_visible()
    first.click()
    expect(tab.locator("article mark").first).to_have_text(re.compile("dispute|refund", re.I))


def test_enter_opens_the_answer_to_what_was_typed_last(tab: Page, address: str) -> None:
    tab.goto(address)
    typed(tab, "refund")
    expect(tab.locator(RESULTS).first).to_contain_text("refund")
    tab.locator(FIELD).fill("")
    tab.keyboard.type("seller refused to cancel")
    tab.keyboard.press("Enter")
    tab.wait_for_url(f"{address}cancellations/seller-refused/")


def test_a_list_drawn_anew_keeps_the_place_of_the_focus(tab: Page, address: str) -> None:
    tab.goto(address)
    typed(tab, "refund")
    links = tab.locator(RESULTS)
    expect(links.first).to_contain_text("refund")
    tab.keyboard.press("ArrowDown")
    tab.keyboard.press("ArrowDown")
    redrawn = tab.locator(".search ol li[data-old]")
    tab.evaluate(
        """() => {
          for (const item of document.querySelectorAll(".search ol li")) item.dataset.old = "";
          document.querySelector(".search input").dispatchEvent(new Event("input", {bubbles: true}));
        }"""
    )
    expect(redrawn).to_have_count(0)
    expect(links.nth(1)).to_be_focused()


def test_a_suggestion_completes_the_last_word(tab: Page, address: str) -> None:
    tab.goto(address)
    typed(tab, "cancel my ord")
    expect(tab.locator(".search__suggestion")).to_have_text("cancel my order")
    tab.keyboard.press("ArrowRight")
    expect(tab.locator(FIELD)).to_have_value("cancel my order")


def test_an_out_of_scope_question_leads_to_customer_care(tab: Page, address: str) -> None:
    tab.goto(address)
    typed(tab, "reset my password")
    first = tab.locator(RESULTS).first
    expect(first).to_contain_text("No answer here? Talk to us")
    first.click()
    tab.wait_for_url(re.compile("/contact/"))


def test_a_word_of_the_glossary_opens_at_its_meaning(tab: Page, address: str) -> None:
    tab.goto(address)
    typed(tab, "meaning of preparation period")
    expect(tab.locator(RESULTS).nth(1)).to_have_text("Preparation period")
    tab.keyboard.press("Enter")
    tab.wait_for_url(re.compile("/glossary/.*#preparation-period"))


def test_nothing_of_the_index_is_fetched_before_a_question(tab: Page, address: str) -> None:
    requests: list[str] = []
    tab.on("request", lambda request: requests.append(request.url))
    tab.goto(address)
    typed(tab, "")
    assert not [url for url in requests if url.endswith(".bin")]
    tab.keyboard.type("refund")
    expect(tab.locator(RESULTS).first).to_be_visible()
    names = {re.sub(r"\.[0-9a-f]{10}\.", ".", url) for url in requests if url.endswith(".bin")}
    assert names == {f"{address}search/index.bin"}


def test_known_words_are_fetched_for_an_unknown_one_only(tab: Page, address: str) -> None:
    requests: list[str] = []
    tab.on("request", lambda request: requests.append(request.url))
    tab.goto(f"{address}?q=refund")
    expect(tab.locator(RESULTS).first).to_be_visible()
    assert not [url for url in requests if "/known." in url]
    with tab.expect_request("**/known.*.bin"):
        tab.keyboard.type(" wardrobe")


def test_search_works_without_a_network_once_it_has_answered(tab: Page, address: str) -> None:
    tab.goto(address)
    typed(tab, "refund")
    expect(tab.locator(RESULTS).first).to_be_visible()
    tab.context.set_offline(True)
    tab.locator(FIELD).fill("")
    tab.keyboard.type("seller refused")
    expect(tab.locator(RESULTS).first).to_contain_text("refused")


@pytest.mark.parametrize("file", ["index.*.bin", "worker.*.js"])
def test_a_file_of_search_that_is_gone_is_reported_and_the_next_key_tries_again(
    tab: Page, address: str, file: str
) -> None:
    """As in a page that was open while a host forgot the release that it is of."""
    tab.context.route(f"**/{file}", lambda route: route.fulfill(status=404))
    tab.goto(address)
    typed(tab, "refund")
    status = tab.locator(".search [role=status]")
    expect(status).to_have_text(
        re.compile("Search is not available just now.+ choose one of these")
    )
    expect(tab.locator(".search ul a").first).to_be_visible()
    expect(tab.locator(RESULTS)).to_have_count(0)
    tab.context.unroute(f"**/{file}")
    tab.keyboard.type("s")
    expect(tab.locator(RESULTS).first).to_contain_text("refund")


EVIL = '<img src=x onerror="document.title=1">'
EVIL_WORKER = f"""onmessage = ({{data: {{id}}}}) => postMessage({{
  id, suggestion: {EVIL!r}, corrected: [{{typed: "x", used: {EVIL!r}}}], results: [{{
    url: "contact/", title: {EVIL!r}, answer: {EVIL!r}, marks: [{EVIL!r}, "img", "[", "src"],
    parts: [{{url: "contact/#x", heading: {EVIL!r}}}]}}]}})"""


def test_html_in_results_is_shown_as_text(tab: Page, address: str) -> None:
    tab.context.route(
        "**/worker.*.js",
        lambda route: route.fulfill(body=EVIL_WORKER, content_type="text/javascript"),
    )
    tab.goto(address)
    typed(tab, "<img")
    results = tab.locator(RESULTS)
    expect(results).to_have_count(2)
    expect(results.first).to_contain_text(EVIL)
    expect(results.nth(1)).to_contain_text(EVIL)
    assert tab.locator(".search ol img, .search__suggestion img").count() == 0


def test_the_worker_and_the_index_are_small(site: Path) -> None:
    """What a first question costs, by brotli: less than 16 KB in all for sixteen answers."""
    worker, binary = (site / path for path in worker_path(site).replace("#", "#search/").split("#"))
    program, index = worker.read_bytes(), binary.read_bytes()
    assert len(brotli.compress(program)) <= 6_400
    assert min(len(index), len(brotli.compress(index))) <= 630 * len(ANSWERS)
