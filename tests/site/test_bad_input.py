"""Whatever a browser, a network or a reader's settings do, a page reads and leads on."""

import re
from collections.abc import Callable
from contextlib import suppress

import pytest
from playwright.sync_api import Error, Page, Route, expect

from tests.site.test_calculators import CANCEL, REFUND, SELLER, fill, submit_nothing
from tests.site.test_search import ANSWER, FIELD, HREF, QUESTION, RESULTS, typed
from tests.site.test_search_box import QUESTIONS, STATUS

pytestmark = [pytest.mark.site, pytest.mark.browser]

WITHOUT_STORAGE = """for (const name of ["localStorage", "sessionStorage", "indexedDB", "caches"]) {
    Object.defineProperty(self, name, {get() { throw new DOMException("no", "SecurityError"); }});
}"""
MORTAL = """const RealWorker = Worker;
self.Worker = class extends RealWorker {
    constructor(...options) { super(...options); self.newest = this; }
};"""
"""The page's newest worker can be ended, as a phone does that needs its memory."""


def search(tab: Page) -> None:
    typed(tab, "refund")
    expect(tab.locator(RESULTS).first).to_be_visible()


def correct(tab: Page) -> None:
    typed(tab, "refnud of my parcel from the marketplace ")
    expect(tab.locator(".search__verbatim")).to_be_visible()


STATES: list[tuple[str, Callable[[Page], None]]] = [
    ("", search),
    ("", correct),
    ("orders/", lambda tab: tab.get_by_text("Menu", exact=True).click()),
    ("key-dates/", search),
    (ANSWER, search),
    *((path, fill) for path in (REFUND, SELLER, CANCEL)),
    *((path, submit_nothing) for path in (REFUND, SELLER)),
    ("not/there/", lambda tab: tab.locator(".meant li").first.wait_for()),
]


@pytest.mark.parametrize(("width", "font"), [(280, 16), (320, 32), (390, 32), (1280, 32)])
@pytest.mark.parametrize(("path", "use"), STATES)
def test_nothing_scrolls_sideways(
    tab: Page, address: str, path: str, use: Callable[[Page], None], width: int, font: int
) -> None:
    """In a narrow window, and in letters twice as large, as the reader's own settings make them."""
    tab.set_viewport_size({"width": width, "height": 700})
    sizes = {"standard": font, "fixed": font}
    tab.context.new_cdp_session(tab).send("Page.setFontSizes", {"fontSizes": sizes})
    tab.goto(address + path)
    assert tab.evaluate("parseFloat(getComputedStyle(document.documentElement).fontSize)") == font
    use(tab)
    wide = """() => [document.documentElement, document.querySelector(".search")]
        .flatMap((part) => part.scrollWidth > part.clientWidth ? [part.outerHTML.slice(0, 50)] : [])"""
    assert tab.evaluate(wide) == []


def test_where_storage_is_refused_all_works_but_nothing_is_kept(tab: Page, address: str) -> None:
    tab.add_init_script(WITHOUT_STORAGE)
    tab.goto(address)
    button = tab.locator(".head__scheme")
    button.click()
    expect(button).to_have_attribute("aria-pressed", "true")
    typed(tab, QUESTION)
    expect(tab.locator(RESULTS).first).to_have_attribute("href", HREF)
    tab.keyboard.press("Enter")
    tab.wait_for_url(f"**/{ANSWER}**")
    tab.get_by_role("button", name="Yes").click()
    expect(tab.locator(".helpful [role=status]")).to_have_text("Thank you.")
    for path in (REFUND, SELLER, CANCEL):
        tab.goto(address + path)
        fill(tab)


def test_a_worker_that_dies_is_replaced_at_the_next_letter(tab: Page, address: str) -> None:
    """Nothing tells the page that it is gone: it never answers."""
    tab.add_init_script(MORTAL)
    tab.clock.install()
    tab.goto(address)
    typed(tab, "refund")
    expect(tab.locator(RESULTS).first).to_be_visible()
    tab.evaluate("newest.terminate()")
    tab.keyboard.type(" late")
    tab.clock.run_for(10_000)
    expect(tab.locator(STATUS)).to_have_text(re.compile("not available just now"))
    tab.keyboard.type("r")
    expect(tab.locator(RESULTS).first).to_be_visible()
    tab.evaluate("newest.terminate()")
    tab.keyboard.type(" or never")
    tab.keyboard.press("Enter")
    tab.clock.run_for(10_000)
    tab.wait_for_url(QUESTIONS)


def test_a_worker_that_fails_in_its_code_leads_to_all_questions(tab: Page, address: str) -> None:
    tab.context.route("**/worker.*.js", lambda route: route.fulfill(body="self.x.y = 1;"))
    tab.goto(address)
    typed(tab, "refund")
    expect(tab.locator(STATUS)).to_have_text(re.compile("not available just now"))
    tab.keyboard.press("Enter")
    tab.wait_for_url(QUESTIONS)


@pytest.mark.parametrize("part", [0.5, 0.9, 0])
def test_an_index_that_is_cut_off_leads_to_all_questions(
    tab: Page, address: str, part: float
) -> None:
    def cut(route: Route) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, body=answer.body()[: int(len(answer.body()) * part)])

    tab.context.route("**/index.*.bin", cut)
    tab.goto(address)
    typed(tab, "refund")
    expect(tab.locator(STATUS)).to_have_text(re.compile("not available just now"))
    tab.keyboard.press("Enter")
    tab.wait_for_url(QUESTIONS)


def test_a_list_of_words_that_is_cut_off_stops_no_search(tab: Page, address: str) -> None:
    def cut(route: Route) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, body=answer.body()[: len(answer.body()) // 2])

    tab.context.route("**/known.*.bin", cut)
    tab.goto(address)
    typed(tab, "refnud for my order ")
    expect(tab.locator(RESULTS).first).to_be_visible()


def test_ten_quick_backs_lead_to_a_page_that_works(tab: Page, address: str) -> None:
    tab.goto(address)
    for path in ("glossary/", CANCEL, REFUND, "orders/", SELLER):
        tab.goto(address + path)
        tab.evaluate("for (const part of ['#one', '#two']) location.hash = part")
    typed(tab, QUESTION)
    expect(tab.locator(RESULTS).first).to_have_attribute("href", HREF)
    tab.keyboard.press("Enter")
    tab.wait_for_url(f"**/{ANSWER}**")
    for _ in range(10):
        with suppress(Error):  # the page that is asked may be going
            tab.evaluate("history.back()")
    tab.wait_for_url(re.compile(rf"^(?!.*{ANSWER})"))
    expect(tab.locator("h1")).to_be_visible()
    tab.keyboard.press("Escape")
    typed(tab, "refund")
    expect(tab.locator(FIELD)).to_be_focused()
    expect(tab.locator(RESULTS).first).to_be_visible()


@pytest.mark.parametrize("time", ["1970-01-01T00:00:00", "2099-12-31T23:59:00"])
def test_a_clock_that_is_wrong_stops_nothing(tab: Page, address: str, time: str) -> None:
    tab.clock.set_fixed_time(time)
    tab.goto(address)
    typed(tab, QUESTION)
    expect(tab.locator(RESULTS).first).to_have_attribute("href", HREF)
    tab.keyboard.press("Enter")
    tab.wait_for_url(f"**/{ANSWER}**")
    expect(tab.locator("article mark").first).to_be_visible()
    for path in (REFUND, SELLER, CANCEL):
        tab.goto(address + path)
        fill(tab)
    tab.goto(address + REFUND)
    expect(tab.get_by_label("Date the refund was processed")).to_have_value(time[:10])
    tab.get_by_label("Country of your bank").select_option("US")
    tab.locator(".calculator__form").get_by_role("button").click()
    shown = tab.locator(".calculator__answer, [role=alert]:not(:empty)")
    expect(shown).to_have_count(1)
