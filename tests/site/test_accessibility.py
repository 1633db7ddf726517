"""Every page, as axe sees it: WCAG 2.0 to 2.2 A and AA, and best practices."""

from collections.abc import Callable
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.site.test_calculators import REFUND, SELLER, THEIRS, fill
from tests.site.test_pages import PATHS

pytestmark = [pytest.mark.site, pytest.mark.browser]

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
LOOKS: list[dict[str, Any]] = [
    {"viewport": {"width": width, "height": 844}, "color_scheme": scheme}
    for width in (320, 390, 1280)
    for scheme in ("light", "dark")
]
LOOKS.append({"forced_colors": "active", "reduced_motion": "reduce"})


def violations(page: Page) -> list[str]:
    """Return what axe finds, each with the element it is about."""
    found = Axe().run(page, options={"runOnly": RULES}).response["violations"]
    return [f"{each['id']}: {node['html']}" for each in found for node in each["nodes"]]


@pytest.mark.parametrize("look", LOOKS, ids=lambda look: "-".join(map(str, look.values())))
def test_no_page_shuts_anybody_out(browser: Browser, address: str, look: dict[str, Any]) -> None:
    context = browser.new_context(**look)
    page = context.new_page()
    for path in (*PATHS, "404-not-there/"):
        page.goto(address + path)
        assert violations(page) == [], path
    context.close()


def search(page: Page) -> None:
    page.keyboard.press("/")
    page.keyboard.type("cancel my ord", delay=20)
    expect(page.locator(".md-search-result__link").first).to_be_visible()


def open_menu(page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.get_by_text("Menu", exact=True).click()


def submit_nothing(page: Page) -> None:
    page.locator(".calculator__form [required]").first.fill("")
    page.locator(".calculator__form").get_by_role("button").click()
    expect(page.locator("[role=alert]:not(:empty)").first).to_be_visible()


STATES: list[tuple[str, Callable[[Page], None]]] = [
    ("", search),
    ("orders/", open_menu),
    *((path, fill) for path in THEIRS),
    (REFUND, submit_nothing),
    (SELLER, submit_nothing),
]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(
    ("path", "use"), STATES, ids=lambda part: getattr(part, "__name__", str(part))
)
def test_nor_does_what_opens_on_it(
    browser: Browser, address: str, path: str, use: Callable[[Page], None], scheme: Any
) -> None:
    context = browser.new_context(
        viewport={"width": 390, "height": 844}, color_scheme=scheme, reduced_motion="reduce"
    )
    page = context.new_page()
    page.goto(address + path)
    use(page)
    assert violations(page) == []
    context.close()


def test_a_page_without_a_name_would_be_seen(tab: Page, address: str) -> None:
    """The check itself: what is broken on purpose is found."""
    tab.goto(address)
    tab.evaluate("document.querySelector('.ask__label').remove()")
    tab.evaluate("document.querySelector('.ask__field').removeAttribute('placeholder')")
    assert [each for each in violations(tab) if each.startswith("label:")]
