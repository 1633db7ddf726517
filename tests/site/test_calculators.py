"""Everything that can be worked out on a page is small, locked down, stable and readable."""

from pathlib import Path

import brotli
import pytest
from playwright.sync_api import Browser, Page, expect
from selectolax.lexbor import LexborHTMLParser

from tests.project import own_content
from tests.site import visits
from tests.site.test_pages import PATHS

pytestmark = [pytest.mark.site, pytest.mark.browser]

REFUND = "refunds/when-will-i-receive-my-refund/"
SELLER = "cancellations/after-you-request/"
CANCEL = "cancellations/cannot-cancel/"
PARCEL = "orders/not-received/"
WITH_SCRIPT = [
    page.url
    for page in own_content().pages.values()
    if page.front_matter.calculators or page.front_matter.flow
]
"""Pages on which something can be worked out."""
MAX_BYTES = 8_192
"""Of script, compressed by brotli."""


WITHOUT_DATES = """
// As where a browser has no fields for dates: they are plain text, though the page asks for more.
const asked = new WeakMap();
const {getAttribute} = Element.prototype;
Element.prototype.getAttribute = function (name) {
  return name === "type" && asked.get(this) || getAttribute.call(this, name);
};
new MutationObserver(() => {
  for (const field of document.querySelectorAll("[type=date], [type=datetime-local]")) {
    asked.set(field, field.type);
    field.setAttribute("type", "text");
  }
}).observe(document, {childList: true, subtree: true});
"""
WITHOUT_DETOURS = """
// For thousands of results in a row: no formatter is made twice, nothing is stored or drawn.
const Format = Intl.DateTimeFormat;
const known = {};
Intl.DateTimeFormat = function (...options) {
  return known[JSON.stringify(options)] ??= new Format(...options);
};
history.replaceState = () => {};
addEventListener("DOMContentLoaded", () => {
  document.querySelector(".calculator").style.display = "none";
});
"""


def fill(page: Page) -> None:
    """Work out what there is to work out on the page that is open."""
    for label, value in {
        "Date the refund was processed": "2020-03-16",
        "When you asked to cancel": "2020-05-04T09:00",
        "When the preparation period ends": "2020-05-06T12:00",
    }.items():
        if page.get_by_label(label).count():
            page.get_by_label(label).fill(value)
    if page.get_by_label("Country of your bank").count():
        page.get_by_label("Country of your bank").select_option("GB-NIR")
    if page.locator(".calculator__form").count():
        page.locator(".calculator__form").get_by_role("button").click()
        expect(page.locator(".calculator__answer")).to_be_visible()
    while page.locator(".flow ul button:visible").count():
        question = page.locator(".flow h3:visible").inner_text()
        page.locator(".flow ul button:visible").last.click()
        expect(page.locator(".flow h3:visible")).not_to_have_text(question)


def submit_nothing(page: Page) -> None:
    """Submit the form of the page that is open without what it needs."""
    page.locator(".calculator__form [required]").first.fill("")
    page.locator(".calculator__form").get_by_role("button").click()
    expect(page.locator("[role=alert]:not(:empty)").first).to_be_visible()


def test_the_pages_of_the_start_have_something_to_work_out() -> None:
    assert {REFUND, SELLER, CANCEL, PARCEL} <= set(WITH_SCRIPT)


def test_the_script_is_small_and_only_where_it_is_used(site: Path) -> None:
    (script,) = (site / "assets").glob("calculators.*.js")
    assert len(brotli.compress(script.read_bytes())) <= MAX_BYTES
    users = {
        path
        for path in PATHS
        if script.name in (site / path / "index.html").read_text(encoding="utf-8")
    }
    assert users == set(WITH_SCRIPT)


def test_nothing_of_them_is_inline(site: Path) -> None:
    for path in WITH_SCRIPT:
        html = LexborHTMLParser((site / path / "index.html").read_text(encoding="utf-8"))
        for part in html.css(".calculator, .flow"):
            assert part.css("script, style, [style]") == []
            for node in part.css("*"):
                assert not [name for name in node.attributes if name.startswith("on")]


@pytest.mark.parametrize("path", WITH_SCRIPT)
def test_they_work_under_the_content_security_policy(tab: Page, address: str, path: str) -> None:
    """Which `tab` would notice to refuse anything."""
    tab.goto(address + path)
    fill(tab)
    expect(tab.locator(".calculator__answer, .flow__outcome:visible")).to_have_count(1)


@pytest.mark.parametrize("path", WITH_SCRIPT)
def test_a_result_or_an_error_never_makes_the_page_scroll_sideways(
    tab: Page, address: str, path: str
) -> None:
    def scroll_widths() -> list[int]:
        widths = []
        for width in (320, 390, 1280):
            tab.set_viewport_size({"width": width, "height": 800})
            widths.append(tab.evaluate("document.documentElement.scrollWidth"))
        return widths

    tab.goto(address + path)
    fill(tab)
    assert scroll_widths() == [320, 390, 1280]
    if tab.locator(".calculator__form").count():
        submit_nothing(tab)
        assert scroll_widths() == [320, 390, 1280]


def test_nothing_moves_while_a_page_loads_in_the_middle_of_a_flow(
    browser: Browser, address: str
) -> None:
    """For other pages see test_every_page.py."""
    record = visits.visit(browser, f"{address}{CANCEL}#answers=awaiting,outside", "main")
    assert record.moved < 0.01


@pytest.mark.parametrize("path", [REFUND, SELLER])
def test_a_result_is_announced_once(tab: Page, address: str, path: str) -> None:
    """One live region, which exists from the start, changes once; errors have their own."""
    tab.goto(address + path)
    tab.evaluate(
        """window.announced = [];
        const form = document.querySelector(".calculator__form");
        for (const region of form.querySelectorAll("[role=status], [role=alert], [aria-live=polite]")) {
          new MutationObserver(() => {
            if (region.textContent.trim()) window.announced.push(region.getAttribute("role"));
          }).observe(region, {childList: true, subtree: true, characterData: true});
        }"""
    )
    fill(tab)
    expect(tab.locator(".calculator__form")).to_have_attribute("aria-busy", "false")
    assert tab.evaluate("window.announced") == ["status"]


@pytest.mark.parametrize("path", [REFUND, SELLER])
def test_every_field_has_a_name_and_a_place_for_its_error(
    tab: Page, address: str, path: str
) -> None:
    tab.goto(address + path)
    for control in tab.locator(".calculator__form [required]").all():
        name = control.get_attribute("id")
        assert tab.locator(f"label[for={name}]").inner_text()
        *_, error = (control.get_attribute("aria-describedby") or "").split()
        assert error == f"{name}-error"
        assert tab.locator(f"#{name}-error").get_attribute("role") == "alert"
        assert control.is_enabled()


@pytest.mark.parametrize(
    ("path", "typed"),
    [
        (REFUND, {"processed": "2020-03-16", "country": "CN"}),
        (
            SELLER,
            {
                "zone": "Asia/Tokyo",
                "requested": "2020-05-04T09:00",
                "preparation_ends": "2020-05-06T12:00",
            },
        ),
    ],
)
def test_what_was_typed_stays_after_back_and_after_a_reload(
    tab: Page, address: str, path: str, typed: dict[str, str]
) -> None:
    tab.goto(address + path)
    for name, value in typed.items():
        field = tab.locator(f".calculator__form [name={name}]")
        if name == "country":
            field.select_option(value)
        else:
            field.fill(value)
    tab.goto(address)
    tab.go_back()
    for _ in range(2):
        for name, value in typed.items():
            expect(tab.locator(f".calculator__form [name={name}]")).to_have_value(value)
        tab.locator(".calculator__form").get_by_role("button").click()
        expect(tab.locator(".calculator__answer")).to_be_visible()
        tab.reload()


@pytest.mark.parametrize("path", [REFUND, SELLER])
def test_without_its_script_the_form_is_disabled_and_sends_nothing(
    tab: Page, address: str, path: str
) -> None:
    tab.route("**/calculators.*.js", lambda route: route.abort())
    tab.goto(address + path)
    expect(tab.locator(".calculator__form").get_by_role("button")).to_be_disabled()
    expect(tab.locator(".example")).to_be_visible()


@pytest.mark.parametrize(
    ("path", "half", "whole"),
    [
        (REFUND, ["16/03/2020", "2020-3-16", "2020-03", "2020", "2020-03-16 09:00", ""], ["2020-03-16", " 2020-03-16 "]),
        (SELLER, ["2020-05-04", "2020-05-04 9", "09:00", "2020", ""], ["2020-05-04 09:00", "2020-05-04T09:00"]),
    ],
)  # fmt: skip
def test_where_dates_are_plain_text_the_field_says_how_one_is_written(
    tab: Page, address: str, path: str, half: list[str], whole: list[str]
) -> None:
    tab.add_init_script(WITHOUT_DATES)
    tab.goto(address + path)
    fill(tab)
    field = tab.locator(".calculator__form input").first
    name = field.get_attribute("name")
    form = tab.locator(f"#{name}-format")
    expect(form).to_be_visible()
    words = form.inner_text()
    assert whole[0] in words.replace("2020-03-16 09:00", "2020-05-04 09:00")
    assert f"{name}-format" in (field.get_attribute("aria-describedby") or "").split()
    for text in half:
        field.fill(text)
        tab.locator(".calculator__form").get_by_role("button").click()
        expect(tab.locator(f"#{name}-error")).to_contain_text(words)
    answers = set()
    for text in whole:
        field.fill(text)
        tab.locator(".calculator__form").get_by_role("button").click()
        expect(tab.locator(".calculator__answer")).to_be_visible()
        answers.add(tab.locator(".calculator__answer").inner_text())
    assert len(answers) == 1


@pytest.mark.parametrize("path", [REFUND, SELLER])
def test_where_there_are_fields_for_dates_nothing_is_said_about_their_form(
    tab: Page, address: str, path: str
) -> None:
    tab.goto(address + path)
    for form in tab.locator(".field__format").all():
        expect(form).to_be_empty()
    submit_nothing(tab)
    expect(tab.locator("[role=alert]:not(:empty)").first).not_to_contain_text("2020-03-16")
