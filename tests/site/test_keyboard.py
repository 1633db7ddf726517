"""By keyboard alone: everything can be reached and left, and the focus is always visible."""

import pytest
from playwright.sync_api import Page, expect

from tests.site.test_every_page import LOST
from tests.site.test_pages import PATHS

pytestmark = [pytest.mark.site, pytest.mark.browser]

FOCUSED = """() => {
  const each = document.activeElement;
  if (each === document.body) return null;
  const ring = (part) => {
    const { outlineStyle, outlineWidth } = getComputedStyle(each, part);
    return outlineStyle !== "none" && parseFloat(outlineWidth) >= 2;
  };
  // The parts of a date field, such as the button of its calendar, have the browser's own ring.
  const part = window.passed?.at(-1) === each;
  const { top, bottom, width, height, left } = each.getBoundingClientRect();
  window.passed = [...(window.passed ?? []), each];
  return {
    what: each.outerHTML.slice(0, 120),
    seen: part || ring() || ring("::after"),
    inside: width > 0 && height > 0 && bottom > 0 && top < innerHeight && left + width > 0,
  };
}"""
LEFT_OUT = """() => [...document.querySelectorAll(
    "a[href], button:enabled, input:enabled, select:enabled, summary, [tabindex='0']")]
  .filter((each) => each.checkVisibility({visibilityProperty: true}) && !window.passed.includes(each)
    && !(each.type === "radio" && window.passed.some((other) => other.name === each.name)))
  .map((each) => each.outerHTML.slice(0, 120))"""


@pytest.mark.parametrize("path", [*PATHS, LOST])
def test_the_tab_key_reaches_everything_and_the_focus_is_visible(
    tab: Page, address: str, path: str
) -> None:
    tab.goto(address + path)
    if path == LOST:
        tab.locator(".meant li").first.wait_for()
    stops = []
    for _ in range(300):
        tab.keyboard.press("Tab")
        stop = tab.evaluate(FOCUSED)
        if stop is None:
            break
        stops.append(stop)
    else:
        pytest.fail("the focus never leaves the page")
    assert "Skip to the answer" in stops[0]["what"]
    assert [stop["what"] for stop in stops if not stop["seen"]] == []
    assert [stop["what"] for stop in stops if not stop["inside"]] == []
    expect(tab.get_by_role("dialog")).to_have_count(0)
    assert tab.evaluate(LEFT_OUT) == []


def test_the_skip_link_leads_to_the_answer(tab: Page, address: str) -> None:
    tab.goto(f"{address}contact/")
    tab.keyboard.press("Tab")
    tab.keyboard.press("Enter")
    expect(tab.locator("main")).to_be_focused()
    tab.keyboard.press("Tab")
    expect(tab.locator("main :focus")).to_have_count(1)


def test_the_tab_key_reaches_everything_in_search_and_leaves_it(tab: Page, address: str) -> None:
    """So that one switch is enough: after the last link comes the field again."""
    tab.goto(f"{address}contact/")
    tab.keyboard.press("Control+k")
    tab.keyboard.type("refnud parcel ")
    expect(tab.locator(".search__verbatim")).to_be_visible()
    field = tab.locator(".search input")
    expect(field).to_be_focused()
    parts = tab.locator(".search :is(a, button, input):visible")
    stops = set()
    for _ in range(2 * parts.count()):
        stops.add(tab.evaluate("document.activeElement.outerHTML"))
        tab.keyboard.press("Tab")
        if field.evaluate("(field) => field === document.activeElement"):
            break
    expect(field).to_be_focused()
    assert stops >= set(parts.evaluate_all("(parts) => parts.map((part) => part.outerHTML)"))
    tab.keyboard.press("Tab")
    expect(tab.get_by_role("button", name="Close search")).to_be_focused()
    tab.keyboard.press("Enter")
    expect(tab.get_by_role("dialog")).to_have_count(0)


def test_search_is_opened_used_and_closed_by_keyboard(tab: Page, address: str) -> None:
    tab.goto(f"{address}contact/")
    link = tab.locator(".search-link")
    link.focus()
    tab.keyboard.press("Enter")
    tab.keyboard.type("refund")
    expect(tab.locator(".search ol a").first).to_be_visible()
    tab.keyboard.press("ArrowDown")
    expect(tab.locator(".search ol a").first).to_be_focused()
    tab.keyboard.press("Escape")
    expect(tab.get_by_role("dialog")).to_have_count(0)
    expect(link).to_be_focused()
