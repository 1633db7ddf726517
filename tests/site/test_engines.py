"""The site in Firefox and WebKit: pages, search, calculators and flows, as in Chromium."""

import re
from collections.abc import Iterator
from datetime import date

import pytest

from helpcentre.content import read
from tests import servers
from tests.engines import ENGINES, HOW_TO, Engine
from tests.project import ROOT

pytestmark = [pytest.mark.site, pytest.mark.browser, pytest.mark.slow]

REFUND = "refunds/when-will-i-receive-my-refund/"
DEADLINE = "cancellations/after-you-request/"
FLOW = "orders/not-received/"
DIALOG = '!!document.querySelector(".search[open]")'
RESULTS = '[...document.querySelectorAll(".search ol a")]'
FIRST = f"{RESULTS}[0]?.getAttribute('href')"


@pytest.fixture(scope="session", params=list(ENGINES))
def engine(request: pytest.FixtureRequest) -> Iterator[Engine]:
    """Each of the browsers, if this machine has it."""
    kind = ENGINES[request.param]
    if not servers.are_installed(kind.programs):
        pytest.skip(f"{request.param} was not tried. {HOW_TO}")
    made = kind()
    yield made
    made.close()


@pytest.fixture
def searching(engine: Engine, address: str) -> Engine:
    """The same, if it is new enough for search."""
    engine.goto(address)
    if not engine.run("return !!self.DecompressionStream"):
        pytest.skip("it is too old for search")
    return engine


def search(engine: Engine, question: str) -> None:
    """Open search by its keys, and type."""
    engine.press("Control", "k")
    engine.until(DIALOG)
    engine.type(question)


@pytest.mark.parametrize("path", ["", REFUND, "refunds/", "questions/", "not-there/"])
def test_a_page_is_whole_and_no_wider_than_a_phone(engine: Engine, address: str, path: str) -> None:
    engine.goto(address + path)
    assert engine.run('return document.querySelector("h1").textContent.trim().length > 3')
    root = "document.documentElement"
    assert engine.run(f"return {root}.scrollWidth <= {root}.clientWidth")
    assert engine.run("return innerWidth") == engine.width


def test_search_answers_and_closes_by_one_press(searching: Engine) -> None:
    engine = searching
    search(engine, "disptue")
    engine.until(f"{FIRST}?.endsWith('refunds/open-a-dispute/')")
    engine.until('document.querySelector(".search__status").textContent.includes("“dispute”")')
    engine.press("Escape")
    engine.until(f"!({DIALOG})")


def test_a_result_is_opened_and_marked_and_back_leads_to_the_list(
    searching: Engine, address: str
) -> None:
    engine = searching
    engine.goto(f"{address}glossary/")
    search(engine, "open a dispute")
    engine.until(f"{FIRST}?.endsWith('refunds/open-a-dispute/')")
    engine.press("Enter")
    engine.until('location.pathname.endsWith("/refunds/open-a-dispute/")')
    engine.until('!!document.querySelector("article mark")')
    engine.back()
    engine.until(f"{DIALOG} && document.querySelector('.search input').value === 'open a dispute'")


def test_a_browser_that_is_too_old_for_search_leads_to_all_questions(
    engine: Engine, address: str
) -> None:
    engine.goto(address)
    engine.run("delete self.DecompressionStream")
    search(engine, "refund")
    engine.until('document.querySelector(".search__status").textContent.includes("too old")')
    engine.press("Enter")
    engine.until('location.pathname.endsWith("/questions/")')


def test_an_address_can_carry_a_question(searching: Engine, address: str) -> None:
    engine = searching
    engine.goto(f"{address}?q=where+is+my+parcel")
    engine.until(f"{FIRST}?.endsWith('orders/track-parcel/')")


def test_a_wrong_address_shows_what_was_meant(searching: Engine, address: str) -> None:
    engine = searching
    engine.goto(f"{address}orders/open-a-dispute.php")
    meant = "document.querySelector('.meant:not([hidden]) a')?.href"
    engine.until(f"{meant}?.includes('/refunds/open-a-dispute/')")


def test_the_menu_opens_and_closes(engine: Engine, address: str) -> None:
    engine.goto(address)
    engine.click(".menu summary")
    engine.until("document.querySelector('.menu').open")
    engine.press("Escape")
    engine.until("!document.querySelector('.menu').open")


PAGES = read(ROOT).pages
EXAMPLES = {
    page.url: {
        name: value.isoformat()[:16] if isinstance(value, date) else value
        for name, value in example
    }
    for page in PAGES.values()
    for _, example in page.front_matter.calculators
}
"""What each page with a calculator shows as its example."""
TYPE = """
const form = document.querySelector("form[data-calculator]");
const type = (name, value) => {
  form.elements[name].value = value;
  form.elements[name].dispatchEvent(new Event("input", {bubbles: true}));
};
"""


@pytest.mark.parametrize("path", EXAMPLES)
def test_a_calculator_agrees_with_the_rule(engine: Engine, address: str, path: str) -> None:
    """The page's example was worked out by the rule in Python."""
    engine.goto(address + path)
    inputs = "".join(f"type({name!r}, {value!r});" for name, value in EXAMPLES[path].items())
    engine.run(f"{TYPE} {inputs} form.querySelector('button[type=submit]').click();")
    times = "[...document.querySelectorAll('%s time')].map((time) => time.dateTime)"
    answer = times % ".calculator__result .calculator__answer"
    found = engine.until(f"({answer}).length && {answer}")
    example = engine.run(f"return {times % '.example dd:last-child'}")  # on two clocks, perhaps
    assert [moment[:16] for moment in found] == [moment[:16] for moment in example][: len(found)]


def test_an_answer_never_stands_beside_other_input(engine: Engine, address: str) -> None:
    """After a hundred changes in ten seconds WebKit refuses to change history."""
    engine.goto(address + REFUND)
    engine.run(f"""{TYPE} type("processed", "2020-03-16"); type("country", "US");
        form.querySelector("button[type=submit]").click();""")
    result = 'document.querySelector(".calculator__result").textContent'
    engine.until(f"{result}.trim()")
    days = [f"2020-03-{day:02}" for day in range(1, 29)] * 5
    engine.run(f"{TYPE} for (const day of {days}) type('processed', day);")
    assert engine.run(f"return {result}.trim()") == ""


def test_a_flow_keeps_its_place_on_back_and_reload(engine: Engine, address: str) -> None:
    engine.goto(address + FLOW)
    shown = "document.querySelector('.flow__step:not([hidden]) h3').textContent"
    first = engine.run(f"return {shown}")
    engine.click(".flow__step:not([hidden]) button")
    second = engine.until(f"{shown} !== {first!r} && {shown}")
    engine.run("self.isOld = true; location.reload()")
    engine.until(f"!self.isOld && document.readyState === 'complete' && {shown} === {second!r}")
    engine.back()
    engine.until(f"{shown} === {first!r}")


def test_colours_can_be_chosen_and_stay(engine: Engine, address: str) -> None:
    colour = "return getComputedStyle(document.body).backgroundColor"
    engine.goto(address)
    before = engine.run(colour)
    engine.run("document.querySelector('.head__scheme').click()")
    dark = engine.run(colour)
    assert {before, dark} == {"rgb(255, 255, 255)", "rgb(15, 23, 22)"}
    engine.goto(f"{address}refunds/")
    assert engine.run(colour) == dark
    engine.run("document.querySelector('.head__scheme').click()")
    assert engine.run(colour) == before


def test_paper_has_one_sheet_and_the_numbers_of_steps(engine: Engine, address: str) -> None:
    """The numbers are white on the accent, which printers leave out by default."""
    engine.goto(f"{address}cancellations/cancel-an-order/")
    assert engine.sheets() in (1, None)
    rules = "(rule) => rule.cssRules?.length ? [...rule.cssRules].flatMap(flat) : [rule]"
    kept = engine.run(f"""const flat = {rules};
        const found = [...document.styleSheets].flatMap(flat).filter(({{selectorText, style}}) =>
          selectorText?.includes("::before") && selectorText.includes(".count b") && style);
        return found.map(({{style}}) => style.printColorAdjust || style.webkitPrintColorAdjust);""")
    assert kept == ["exact"]


def test_links_to_values_are_underlined(engine: Engine, address: str) -> None:
    engine.goto(address + REFUND)
    line = "getComputedStyle(document.querySelector('.row')).textDecorationLine"
    assert engine.run(f"return {line}") == "underline"


def test_nothing_was_logged_as_an_error(engine: Engine) -> None:
    """Of all tests that were run before in this browser; the next one shows that it would be."""
    assert [error for error in engine.errors if "404" not in error] == []


def test_what_is_wrong_on_purpose_is_logged(engine: Engine, address: str) -> None:
    if not engine.reports_errors:
        pytest.skip("its driver does not say what a page logs")
    engine.goto(address)
    engine.run("""console.error("on purpose");
        const refused = new Promise((resolve) => addEventListener("securitypolicyviolation", resolve));
        new Image().src = "https://elsewhere.invalid/picture.png";
        await refused;""")
    wrong = ("on purpose", "Content.Security.Policy", "elsewhere.invalid")
    for _ in range(100):
        if all(re.search(words, "\n".join(engine.errors)) for words in wrong):
            return
        engine.run("await new Promise((resolve) => setTimeout(resolve, 100))")  # it is on its way
    pytest.fail(f"not logged: {engine.errors}")
