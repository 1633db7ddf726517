"""What holds for all that can be worked out on a page: small, locked down, still, readable."""

from pathlib import Path

import brotli
import pytest
from playwright.sync_api import Browser, Page, Route, expect
from selectolax.lexbor import LexborHTMLParser

from tests.site.test_pages import PATHS

pytestmark = [pytest.mark.site, pytest.mark.browser]

REFUND = "refunds/when-will-i-receive-my-refund/"
SELLER = "cancellations/after-you-request/"
CANCEL = "cancellations/cannot-cancel/"
PARCEL = "orders/not-received/"
THEIRS = (REFUND, SELLER, CANCEL, PARCEL)
MOST_BYTES = 8_192
"""Of script, compressed by brotli."""


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


def test_the_script_is_small_and_only_where_it_is_used(site: Path) -> None:
    (script,) = (site / "assets").glob("calculators.*.js")
    assert len(brotli.compress(script.read_bytes())) <= MOST_BYTES
    users = {
        path
        for path in PATHS
        if script.name in (site / path / "index.html").read_text(encoding="utf-8")
    }
    assert users == set(THEIRS)


def test_nothing_of_them_is_inline(site: Path) -> None:
    for path in THEIRS:
        html = LexborHTMLParser((site / path / "index.html").read_text(encoding="utf-8"))
        for part in html.css(".calculator, .flow"):
            assert part.css("script, style, [style]") == []
            for node in part.css("*"):
                assert not [name for name in node.attributes if name.startswith("on")]


@pytest.mark.parametrize("path", THEIRS)
def test_they_work_under_a_policy_without_inline_code(tab: Page, address: str, path: str) -> None:
    refused: list[str] = []
    policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; worker-src 'self'; form-action 'self'; base-uri 'none'"  # fmt: skip

    def with_policy(route: Route) -> None:
        answer = route.fetch()
        headers = {**answer.headers, "content-security-policy": policy}
        route.fulfill(response=answer, headers=headers)

    tab.route(f"**/{path}", with_policy)
    tab.add_init_script(
        "addEventListener('securitypolicyviolation', (event) => console.log('refused', event.violatedDirective))"
    )
    tab.on("console", lambda message: refused.append(message.text))
    tab.goto(address + path)
    fill(tab)
    assert refused == []
    expect(tab.locator(".calculator__answer, .flow__outcome:visible")).to_have_count(1)


@pytest.mark.parametrize("width", [320, 390, 1280])
@pytest.mark.parametrize("path", THEIRS)
def test_filled_in_it_stays_inside_the_page(tab: Page, address: str, path: str, width: int) -> None:
    tab.set_viewport_size({"width": width, "height": 800})
    tab.goto(address + path)
    assert tab.evaluate("document.documentElement.scrollWidth") == width
    fill(tab)
    assert tab.evaluate("document.documentElement.scrollWidth") == width
    if tab.locator(".calculator__form").count():
        tab.locator(".calculator__form [required]").first.fill("")
        tab.locator(".calculator__form").get_by_role("button").click()
        expect(tab.locator("[role=alert]:not(:empty)").first).to_be_visible()
        assert tab.evaluate("document.documentElement.scrollWidth") == width


@pytest.mark.parametrize("path", [*THEIRS, f"{CANCEL}#answers=awaiting,outside"])
def test_nothing_moves_while_the_page_loads(browser: Browser, address: str, path: str) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844})
    page = context.new_page()
    page.add_init_script(
        """window.moved = 0;
        new PerformanceObserver((list) => {
          for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.moved += entry.value;
        }).observe({type: "layout-shift", buffered: true});"""
    )
    page.goto(address + path, wait_until="networkidle")
    page.wait_for_timeout(300)
    moved = page.evaluate("window.moved")
    context.close()
    assert moved < 0.01


@pytest.mark.parametrize("path", [REFUND, SELLER])
def test_a_result_is_announced_once(tab: Page, address: str, path: str) -> None:
    """One live region, which is there from the start, changes once; errors have their own."""
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
    tab.wait_for_timeout(300)
    assert tab.evaluate("window.announced") == ["status"]


@pytest.mark.parametrize("path", [REFUND, SELLER])
def test_every_field_has_a_name_and_knows_its_error(tab: Page, address: str, path: str) -> None:
    tab.goto(address + path)
    for control in tab.locator(".calculator__form [required]").all():
        name = control.get_attribute("id")
        assert tab.locator(f"label[for={name}]").inner_text()
        assert control.get_attribute("aria-describedby") == f"{name}-error"
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
def test_if_the_script_never_comes_the_form_is_off_and_sends_nothing(
    tab: Page, address: str, path: str
) -> None:
    tab.route("**/calculators.*.js", lambda route: route.abort())
    tab.goto(address + path)
    expect(tab.locator(".calculator__form").get_by_role("button")).to_be_disabled()
    expect(tab.locator(".example")).to_be_visible()
