"""Was this helpful? At the end of each answer, and nothing is sent, unless the site counts: test_insights.py."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from selectolax.lexbor import LexborHTMLParser

from tests.project import own_content
from tests.site.test_pages import PATHS

pytestmark = [pytest.mark.site, pytest.mark.browser]

PAGE, TITLE = "orders/track-parcel/", "How do I track my parcel?"
PAGES = own_content().pages
RELATED = PAGES["orders/track-parcel.md"].front_matter.related


def test_it_is_on_answers_and_nowhere_else(site: Path) -> None:
    answers = {
        page.url
        for page in PAGES.values()
        if page.front_matter.template is None and not page.front_matter.archived
    }
    for path in PATHS:
        html = LexborHTMLParser((site / path / "index.html").read_text(encoding="utf-8"))
        assert bool(html.css(".helpful")) == (path in answers), path


def test_yes_is_acknowledged_and_sent_to_nobody(tab: Page, address: str) -> None:
    tab.goto(address + PAGE)
    requests: list[str] = []
    tab.on("request", lambda request: requests.append(request.url))
    tab.get_by_role("button", name="Yes").click()
    helpful = tab.get_by_role("region", name="Was this helpful?")
    expect(helpful.get_by_role("status")).to_have_text("Thank you.")
    expect(tab.get_by_role("button", name="Yes")).to_have_attribute("aria-pressed", "true")
    assert requests == []


def test_no_offers_other_pages_and_customer_care_names_the_page(tab: Page, address: str) -> None:
    tab.goto(address + PAGE)
    tab.get_by_role("button", name="No", exact=True).focus()
    tab.keyboard.press("Enter")
    helpful = tab.get_by_role("region", name="Was this helpful?")
    expect(helpful.get_by_role("link")).to_have_count(len(RELATED) + 1)
    helpful.get_by_role("link", name="Ask customer care about this page").click()
    tab.wait_for_url(f"{address}contact/**")
    expect(tab.get_by_text("Tell them which page did not help you")).to_contain_text(TITLE)


@pytest.mark.parametrize("fragment", ["", "#about=", "#about=%E0%A4%A", "#about"])
def test_contact_names_no_page_that_the_address_does_not_name(
    tab: Page, address: str, fragment: str
) -> None:
    tab.goto(f"{address}contact/{fragment}")
    expect(tab.get_by_text("Tell them which page did not help you")).not_to_be_visible()


def test_what_an_address_names_is_shown_as_text(tab: Page, address: str) -> None:
    tab.goto(f"{address}contact/#about=%3Cimg%20src=x%20onerror=alert(1)%3E")
    expect(tab.locator(".about")).to_contain_text("<img src=x onerror=alert(1)>")
    assert tab.locator(".about img").count() == 0


def test_without_javascript_the_question_is_not_shown(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address + PAGE)
    expect(page.get_by_role("heading", name="Was this helpful?")).to_have_count(0)
    context.close()
