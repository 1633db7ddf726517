"""Search by keyboard, in a real browser."""

import re

import pytest
from playwright.sync_api import Page, expect

pytestmark = [pytest.mark.site, pytest.mark.browser]

FIELD = "[data-md-component=search-query]"
QUESTION = "open a dispute"
ANSWER = "refunds/open-a-dispute/"
HREF = re.compile(re.escape(ANSWER))


def open_first_result(tab: Page) -> None:
    """Take the first result by keyboard, once there are results for QUESTION."""
    expect(tab.locator(FIELD)).to_be_focused()
    expect(tab.locator(FIELD)).to_have_value(QUESTION)
    expect(tab.locator(".md-search-result__link").first).to_contain_text("dispute")
    expect(tab.locator(".md-search-result__link").first).to_have_attribute("href", HREF)
    tab.wait_for_timeout(500)  # the list is drawn anew after the last key; an arrow before is lost
    tab.keyboard.press("ArrowDown")
    expect(tab.locator(".md-search-result__link").first).to_be_focused()
    tab.keyboard.press("Enter")


@pytest.mark.parametrize("start", ["", "orders/", "orders/not-received/", "404-not-there/"])
def test_a_search_typed_in_the_header_opens_the_right_page(
    tab: Page, address: str, start: str
) -> None:
    tab.goto(address + start)
    tab.keyboard.press("/")
    tab.keyboard.type(QUESTION, delay=20)
    open_first_result(tab)
    tab.wait_for_url(f"{address}{ANSWER}**")
    expect(tab.locator("h1")).to_contain_text("How do I open a dispute")


@pytest.mark.parametrize("start", ["", "404-not-there/"])
def test_typing_into_the_large_field_opens_the_right_page(
    tab: Page, address: str, start: str
) -> None:
    tab.goto(address + start)
    tab.get_by_label("What is your question?").focus()
    tab.keyboard.type(QUESTION, delay=20)
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
    expect(tab.locator("#__search")).to_be_checked()
    tab.keyboard.press("Escape")
    expect(tab.locator("#__search")).not_to_be_checked()
    expect(tab.locator(".search-link")).to_be_focused()


def test_an_address_can_carry_a_question(tab: Page, address: str) -> None:
    tab.goto(f"{address}questions/?q={QUESTION.replace(' ', '+')}")
    open_first_result(tab)
    tab.wait_for_url(f"{address}{ANSWER}**")


def test_search_works_under_a_path(tab: Page, help_address: str) -> None:
    tab.goto(help_address)
    tab.get_by_label("What is your question?").focus()
    tab.keyboard.type(QUESTION, delay=20)
    open_first_result(tab)
    tab.wait_for_url(f"{help_address}{ANSWER}**")
