"""What opens on a page passes axe, too; for pages as they load see test_every_page.py."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.site.test_calculators import REFUND, SELLER, WITH_SCRIPT, fill, submit_nothing
from tests.site.visits import violations

pytestmark = [pytest.mark.site, pytest.mark.browser]


def search(page: Page) -> None:
    page.keyboard.press("Control+k")
    page.keyboard.type("cancel my ord")
    expect(page.locator(".search ol a").first).to_be_visible()


def open_menu(page: Page) -> None:
    page.get_by_text("Menu", exact=True).click()


STATES: list[tuple[str, Callable[[Page], None]]] = [
    ("", search),
    ("orders/", open_menu),
    *((path, fill) for path in WITH_SCRIPT),
    (REFUND, submit_nothing),
    (SELLER, submit_nothing),
]


@pytest.mark.parametrize(
    ("path", "use"), STATES, ids=lambda part: getattr(part, "__name__", str(part))
)
def test_what_opens_on_a_page_passes_axe(
    browser: Browser, address: str, path: str, use: Callable[[Page], None]
) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844}, reduced_motion="reduce")
    page = context.new_page()
    page.goto(address + path)
    use(page)
    found: dict[str, Any] = {}
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        found[scheme] = violations(page)
    assert found == {"light": [], "dark": []}
    context.close()


def test_a_name_without_the_words_that_are_seen_would_be_found(tab: Page, address: str) -> None:
    tab.goto(address)
    tab.evaluate("document.querySelector('.ask button').setAttribute('aria-label', 'Go')")
    assert [found for found in violations(tab) if found.startswith("label-content-name-mismatch:")]


def test_a_field_without_a_name_would_be_found(tab: Page, address: str) -> None:
    """The check itself finds what is broken on purpose."""
    tab.goto(address)
    tab.evaluate("document.querySelector('.ask__label').remove()")
    tab.evaluate("document.querySelector('.ask__field').removeAttribute('placeholder')")
    assert [violation for violation in violations(tab) if violation.startswith("label:")]
