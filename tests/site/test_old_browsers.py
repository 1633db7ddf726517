"""Below the floor that CONTRIBUTING.md names a page is plain: all of it can be read, and leads on."""

import re
from typing import Literal

import pytest
from playwright.sync_api import Page, Route, expect

from tests.site.test_calculators import REFUND

pytestmark = [pytest.mark.site, pytest.mark.browser]


def without(route: Route, known: str, unknown: str) -> None:
    """Answer with something replaced that the browser is not to know."""
    answer = route.fetch()
    assert known in answer.text()
    route.fulfill(response=answer, body=answer.text().replace(known, unknown))


@pytest.mark.parametrize("path", ["", REFUND, "orders/not-received/"])
def test_who_does_not_know_our_styles_gets_the_plain_page(
    tab: Page, address: str, path: str
) -> None:
    tab.route(
        "**/style.*.css", lambda route: without(route, "@supports(inset:0)", "@supports(no:1)")
    )
    tab.goto(address + path)
    expect(tab.locator("header")).to_have_css("position", "static")
    expect(tab.locator("body")).to_have_css("background-color", "rgba(0, 0, 0, 0)")
    for icon in tab.locator("svg:visible").all():
        box = icon.bounding_box()
        assert box
        assert box["width"] < 40
    assert tab.evaluate("document.documentElement.scrollWidth") <= 390


@pytest.mark.parametrize("media", ["screen", "print"])
def test_who_knows_no_dialogs_does_not_see_search_in_the_page(
    tab: Page, address: str, media: Literal["screen", "print"]
) -> None:
    tab.route(address, lambda route: without(route, "dialog", "unknown"))
    tab.emulate_media(media=media)
    tab.goto(address)
    expect(tab.locator("unknown.search")).to_be_hidden()
    tab.emulate_media(media="screen")
    tab.locator(".search-link").click()
    tab.wait_for_url(re.compile(r"/questions/$"))
