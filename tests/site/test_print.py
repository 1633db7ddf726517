"""On paper a page is one clean sheet, with its address and its date."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.site.test_pages import ANSWERS

pytestmark = [pytest.mark.site, pytest.mark.browser]

LONG = ("glossary/",)
"""Pages that list more than fits on one sheet."""


@pytest.mark.parametrize("path", ANSWERS)
def test_an_answer_fits_on_one_sheet(tab: Page, help_address: str, path: str) -> None:
    tab.goto(help_address + path)
    sheets = len(re.findall(rb"/Type\s*/Page\b", tab.pdf(format="A4")))
    assert sheets == 1 or path in LONG


def test_paper_shows_the_answer_its_address_and_its_date(tab: Page, help_address: str) -> None:
    path = "cancellations/cancel-an-order/"
    tab.goto(help_address + path)
    tab.emulate_media(media="print")
    expect(tab.get_by_text(f"https://host.example/help/{path}")).to_be_visible()
    expect(tab.get_by_text("This page was last checked on")).to_be_visible()
    expect(tab.locator("h1")).to_be_visible()
    for gone in (
        ".menu >> nth=0",
        ".languages",
        ".search-link",
        ".head__scheme",
        ".crumbs",
        ".next",
        ".helpful",
    ):
        expect(tab.locator(gone)).not_to_be_visible()


def test_paper_is_white_whatever_the_screen_is(browser: Browser, address: str) -> None:
    context = browser.new_context(color_scheme="dark")
    page = context.new_page()
    page.goto(address)
    page.get_by_role("button", name="Dark colours").click()
    page.get_by_role("button", name="Dark colours").click()
    expect(page.locator("html")).to_have_attribute("data-scheme", "dark")
    page.emulate_media(media="print")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    context.close()
