"""Inside a page of the shop: who may frame the site, and how it looks there."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, FrameLocator, Page, expect

from helpcentre.site import headers
from tests.site.test_search_box import WITHOUT_DIALOGS
from tests.site_server import serving

pytestmark = [pytest.mark.site, pytest.mark.browser]

FRAME = '<!doctype html><title>Shop</title><iframe src="{}" width="600" height="800"></iframe>'


@pytest.fixture
def shop(site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A page of a shop that shows the site in a frame, which names its origin."""
    with serving(tmp_path) as shop:
        monkeypatch.setenv("FRAMED_BY", f"https://m.shop.example {shop.rstrip('/')}")
        with serving(site, headers=headers.headers()) as address:
            (tmp_path / "index.html").write_text(FRAME.format(f"{address}?embed"), encoding="utf-8")
            yield shop


def frame_in(tab: Page, url: str) -> FrameLocator:
    tab.goto(url)
    return tab.frame_locator("iframe")


def test_a_page_of_the_shop_that_is_named_can_frame_the_site(tab: Page, shop: str) -> None:
    frame = frame_in(tab, shop)
    expect(frame.locator("h1")).to_be_visible()
    frame.locator(".questions a").first.click()
    expect(frame.locator(".crumbs")).to_be_visible()
    expect(frame.locator("header, footer")).to_have_count(2)
    for part in frame.locator("header, footer").all():
        expect(part).to_be_hidden()
    assert tab.context.cookies() == []


def test_nobody_else_can_frame_the_site(browser: Browser, shop: str) -> None:
    """The same page by another name is of another origin."""
    tab = browser.new_page()
    with tab.expect_console_message(lambda message: "frame-ancestors" in message.text):
        frame = frame_in(tab, shop.replace("127.0.0.1", "localhost"))
    expect(frame.locator("h1")).to_have_count(0)
    tab.close()


def test_nobody_can_frame_a_site_that_names_nobody(
    browser: Browser, address: str, tmp_path: Path
) -> None:
    (tmp_path / "index.html").write_text(FRAME.format(address), encoding="utf-8")
    tab = browser.new_page()
    with serving(tmp_path) as shop:
        with tab.expect_console_message(lambda message: "frame-ancestors" in message.text):
            frame = frame_in(tab, shop)
        expect(frame.locator("h1")).to_have_count(0)
    tab.close()


def is_embedded(tab: Page) -> None:
    expect(tab).to_have_url(re.compile(r"[?&]embed"))
    expect(tab.locator("main")).to_be_visible()
    expect(tab.locator("header")).to_be_hidden()
    expect(tab.locator("footer")).to_be_hidden()


def test_search_works_where_there_is_no_header(tab: Page, address: str) -> None:
    tab.goto(f"{address}glossary/?embed")
    is_embedded(tab)
    tab.keyboard.press("Control+k")
    tab.keyboard.type("open a dispute")
    expect(tab.locator(".search ol a").first).to_contain_text("dispute")
    tab.keyboard.press("Enter")
    tab.wait_for_url(re.compile("/refunds/open-a-dispute/"))
    is_embedded(tab)
    expect(tab.locator("article mark").first).to_be_visible()
    tab.go_back()
    expect(tab.locator(".search input")).to_have_value("open a dispute")


def test_links_stay_and_parts_of_a_page_do_not_load_it_again(tab: Page, address: str) -> None:
    tab.goto(f"{address}glossary/?embed")
    tab.evaluate("self.isSame = true")
    tab.locator(".part").first.click()
    tab.wait_for_url(re.compile("#"))
    assert tab.evaluate("self.isSame")
    tab.locator(".crumbs a").first.click()
    tab.wait_for_url(f"{address}?embed*")
    is_embedded(tab)


def test_a_page_of_elsewhere_takes_the_whole_window(
    browser: Browser, settings_site: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """As that of customer care, which may refuse to be framed."""
    tab = browser.new_page()
    tab.route("https://shop.example/**", lambda route: route.fulfill(body="Customer care"))
    with serving(tmp_path) as shop:
        monkeypatch.setenv("FRAMED_BY", shop.rstrip("/"))
        with serving(settings_site, headers=headers.headers()) as address:
            (tmp_path / "index.html").write_text(FRAME.format(f"{address}?embed"), encoding="utf-8")
            frame_in(tab, shop).locator(".care .button").click()
            tab.wait_for_url("https://shop.example/care**")
    tab.close()


def test_where_search_cannot_open_the_way_to_all_questions_stays(tab: Page, address: str) -> None:
    tab.add_init_script(WITHOUT_DIALOGS)
    tab.goto(f"{address}?embed")
    tab.get_by_label("What is your question?").fill("refund")
    tab.keyboard.press("Enter")
    tab.wait_for_url(re.compile(r"/questions/\?q=refund&embed"))
    is_embedded(tab)


def test_without_script_it_is_the_whole_page(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    tab = context.new_page()
    tab.goto(f"{address}?embed")
    expect(tab.locator("header")).to_be_visible()
    expect(tab.locator("footer")).to_be_visible()
    context.close()
