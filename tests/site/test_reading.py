"""Reading and navigating, in a real browser: without JavaScript, by keyboard, under a path."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.site.test_pages import PATHS

pytestmark = [pytest.mark.site, pytest.mark.browser]


@pytest.fixture
def plain_tab(browser: Browser) -> Iterator[Page]:
    """A tab that runs no JavaScript."""
    context = browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 844})
    yield context.new_page()
    context.close()


def test_every_answer_is_two_links_from_home_without_javascript(
    plain_tab: Page, address: str
) -> None:
    plain_tab.goto(address)
    plain_tab.get_by_role("link", name="all questions", exact=True).click()
    listed = plain_tab.locator("article a").evaluate_all("links => links.map(link => link.href)")
    reached = set(listed) | set(
        plain_tab.locator(".foot a").evaluate_all("links => links.map(link => link.href)")
    )
    assert {address + path for path in PATHS} - {f"{address}questions/"} <= reached


def test_without_javascript_a_question_opens_the_list_of_all(plain_tab: Page, address: str) -> None:
    plain_tab.goto(address)
    plain_tab.get_by_label("What is your question?").fill("where is my money")
    plain_tab.get_by_role("button", name="Search").click()
    expect(plain_tab).to_have_url(f"{address}questions/?q=where+is+my+money")
    expect(plain_tab.get_by_role("link", name="When will I receive my refund?")).to_be_visible()


def test_the_menu_works_by_keyboard_and_without_javascript(plain_tab: Page, address: str) -> None:
    plain_tab.goto(f"{address}orders/not-received/")
    menu = plain_tab.get_by_role("navigation", name="Menu")
    expect(menu).not_to_be_visible()
    plain_tab.get_by_text("Menu", exact=True).focus()
    plain_tab.keyboard.press("Enter")
    menu.get_by_role("link", name="Refunds").focus()
    plain_tab.keyboard.press("Enter")
    expect(plain_tab.locator("h1")).to_contain_text("Refunds")


def test_escape_closes_the_menu_and_returns_the_focus(tab: Page, address: str) -> None:
    tab.goto(address)
    summary = tab.get_by_text("Menu", exact=True)
    summary.focus()
    tab.keyboard.press("Enter")
    tab.keyboard.press("Tab")
    expect(tab.get_by_role("navigation", name="Menu").get_by_role("link").first).to_be_focused()
    tab.keyboard.press("Escape")
    expect(tab.get_by_role("navigation", name="Menu")).not_to_be_visible()
    expect(summary).to_be_focused()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_without_javascript_the_readers_scheme_is_used(
    browser: Browser, address: str, scheme: str
) -> None:
    context = browser.new_context(java_script_enabled=False, color_scheme=scheme)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(address)
    red, *_ = page.locator("body").evaluate(
        "body => getComputedStyle(body).backgroundColor.match(/\\d+/g)"
    )
    assert (int(red) > 127) == (scheme == "light")
    context.close()


def test_the_colours_can_be_changed_and_stay_changed(tab: Page, address: str) -> None:
    tab.goto(address)
    button = tab.get_by_role("button", name="Dark colours")
    expect(button).to_have_attribute("aria-pressed", "false")
    button.click()
    expect(tab.locator("html")).to_have_attribute("data-scheme", "dark")
    tab.goto(f"{address}contact/")
    expect(tab.locator("html")).to_have_attribute("data-scheme", "dark")
    expect(button).to_have_attribute("aria-pressed", "true")
    button.click()
    expect(tab.locator("html")).to_have_attribute("data-scheme", "light")


def test_under_a_path_pages_assets_and_the_404_page_work(tab: Page, help_address: str) -> None:
    failed: list[str] = []
    tab.on(
        "response", lambda response: failed.append(response.url) if response.status >= 400 else None
    )
    tab.goto(help_address)
    tab.get_by_role("navigation", name="All topics").get_by_role(
        "link", name="Cancellations"
    ).click()
    expect(tab.locator("h1")).to_contain_text("Cancellations")
    assert failed == []
    lost = f"{help_address}deep/down/nothing-here"
    tab.goto(lost)
    expect(tab.locator("h1")).to_have_text("This page is not here")
    assert failed == [lost]
    logo = tab.locator("header img").evaluate("image => image.naturalWidth")
    assert logo > 0
    tab.get_by_role("link", name="How do I cancel an order?").click()
    tab.wait_for_url(f"{help_address}cancellations/cancel-an-order/")


def test_each_heading_has_a_link_of_its_own(tab: Page, address: str) -> None:
    tab.goto(f"{address}glossary/")
    heading = tab.locator("article h2", has_text="Shipping status")
    link = heading.get_by_role("link", name="Link to this part")
    expect(link).to_have_attribute("href", "#shipping-status")
    link.focus()
    tab.keyboard.press("Enter")
    tab.wait_for_url("**/glossary/#shipping-status")
