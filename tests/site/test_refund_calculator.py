"""When will my refund arrive? The real page, compared with macros/refund.py."""

import random
import re
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from macros import examples, language
from macros.business_days import Calendar, calendar, countries
from macros.policy import read
from macros.refund import arrival
from tests.project import DAY, ROOT
from tests.site.test_calculators import WITHOUT_DETOURS

pytestmark = [pytest.mark.site, pytest.mark.browser]

PAGE = "refunds/when-will-i-receive-my-refund/"
PROCESSED, COUNTRY = "Date the refund was processed", "Country of your bank"
WORDS = language.read(ROOT).words
TAKES = examples.refund_takes(read(ROOT).on(DAY))
COUNTRIES = countries()
YEARS = range(2020, DAY.year + 3)
WEEKENDS_ONLY = Calendar(YEARS, {year: frozenset({5, 6}) for year in YEARS}, {}, frozenset())


@pytest.fixture
def page(tab: Page, address: str) -> Page:
    tab.goto(address + PAGE)
    return tab


def ask(page: Page, processed: str, country: str) -> None:
    page.get_by_label(PROCESSED).fill(processed)
    page.get_by_label(COUNTRY).select_option(country)
    page.get_by_role("button", name="Show the dates").click()


def test_it_works_though_the_script_of_the_site_did_not_come(tab: Page, address: str) -> None:
    tab.route("**/assets/site.*.js", lambda route: route.abort())
    tab.goto(address + PAGE)
    ask(tab, "2026-11-20", "US")
    assert days(tab)


def days(page: Page) -> list[str]:
    """Return the days of the answer, once it is there."""
    times = page.locator(".calculator__answer time")
    expect(times).to_have_count(2)
    return [time.get_attribute("datetime") or "" for time in times.all()]


def error(page: Page, label: str) -> str:
    """Return the error beside a field, once there is one."""
    field = page.locator(".field", has=page.get_by_label(label))
    expect(field.get_by_role("alert")).not_to_be_empty()
    expect(page.get_by_label(label)).to_have_attribute("aria-invalid", "true")
    assert page.locator(".calculator__result").inner_text() == ""
    assert page.locator(".calculator__count").inner_text() == ""
    return field.get_by_role("alert").inner_text()


@pytest.mark.parametrize(
    ("country", "latest", "words"),
    [
        ("United States", "2020-04-13", "Monday 13 April 2020"),
        ("China", "2020-04-14", "Tuesday 14 April 2020"),
        ("United Kingdom (England)", "2020-04-15", "Wednesday 15 April 2020"),
    ],
)
def test_the_answer_is_two_days_in_words_and_for_programs(
    page: Page, country: str, latest: str, words: str
) -> None:
    page.get_by_label(PROCESSED).fill("2020-03-16")
    page.get_by_label(COUNTRY).select_option(label=country)
    page.get_by_role("button", name="Show the dates").click()
    assert days(page) == ["2020-03-19", latest]
    expect(page.get_by_role("status").filter(has_text="between")).to_contain_text(
        f"between Thursday 19 March and {words}."
    )


CASES_IN_THE_PAGE = """async (cases) => {
  const form = document.querySelector("[data-calculator=refund]");
  const found = [];
  for (const [processed, country] of cases) {
    for (const [name, value] of Object.entries({processed, country})) {
      form.elements[name].value = value;
      form.elements[name].dispatchEvent(new Event("input", {bubbles: true}));
    }
    form.requestSubmit();
    while (!form.querySelector("[role=status] time")) {
      await scheduler.postTask(() => {});
    }
    found.push([
      [...form.querySelectorAll(".calculator__answer time")].map((time) => [time.dateTime, time.textContent]),
      form.querySelectorAll(".count b").length,
      form.querySelectorAll(".count td:not(:empty)").length,
      [...form.querySelectorAll("[role=status] p")].map((p) => p.textContent).join(" "),
    ]);
  }
  return found;
}"""


def cases() -> Iterator[tuple[date, str]]:
    """Yield for every country year ends, a leap day, a spring, its longest break, random days."""
    guess = random.Random(20200316)
    for country in COUNTRIES:
        known = calendar(country, YEARS)
        off = sorted(known.holidays) or [date(2020, 5, 1)]
        run = max(off, key=lambda day: sum(day + timedelta(n) in known.holidays for n in range(9)))
        weekend = next((day for day in off if day.weekday() in known.weekends[day.year]), run)
        yield date(2020, 3, 16), country
        yield date(guess.choice(YEARS[:-1]), 12, guess.randint(15, 31)), country
        yield run - timedelta(days=1), country
        yield weekend - timedelta(days=2), country
        yield date(2024, 2, guess.randint(20, 29)), country
        yield date(2020, 1, 1) + timedelta(days=guess.randrange(365 * len(YEARS))), country
    for day in (date(1990, 1, 1), date(2019, 12, 10), date(YEARS[-1], 12, 20), date(2100, 11, 1)):
        for country in ("US", "CN", "GB-SCT", "AE", "unlisted"):
            yield day, country


def test_the_page_has_the_results_of_the_rule(tab: Page, address: str) -> None:
    """Every country, year ends, leap days, long breaks, holidays on weekends, unknown years."""
    tab.add_init_script(WITHOUT_DETOURS)
    tab.goto(address + PAGE)
    asked = list(cases())
    assert len(asked) >= 1500
    found = tab.evaluate(CASES_IN_THE_PAGE, [[str(day), country] for day, country in asked])
    calendars = {country: calendar(country, YEARS) for country in COUNTRIES}
    calendars["unlisted"] = WEEKENDS_ONLY
    for (processed, country), (times, counted, shown, words) in zip(asked, found, strict=True):
        known = calendars[country]
        earliest, latest = arrival(processed, TAKES, known)
        expected = [
            [str(earliest), WORDS.first_day(earliest, latest)],
            [str(latest), WORDS.day(latest)],
        ]
        assert times[:2] == expected, (processed, country)
        assert counted == TAKES.max
        assert shown == (latest - processed).days + 1
        knows = processed.year in known.years and latest.year in known.years
        assert ("may add days" in words) == (country == "unlisted" or not knows), processed


@pytest.mark.parametrize(
    ("zone", "today"),
    [
        ("America/Los_Angeles", "2020-03-31"),
        ("Europe/London", "2020-03-31"),
        ("Asia/Shanghai", "2020-04-01"),
        ("Australia/Sydney", "2020-04-01"),
    ],
)
def test_today_is_the_shoppers_own(browser: Browser, address: str, zone: str, today: str) -> None:
    context = browser.new_context(timezone_id=zone)
    page = context.new_page()
    page.clock.set_fixed_time(datetime(2020, 3, 31, 20, 0, tzinfo=UTC))
    page.goto(address + PAGE)
    expect(page.get_by_label(PROCESSED)).to_have_value(today)
    ask(page, "2020-03-16", "US")
    assert days(page) == ["2020-03-19", "2020-04-13"]
    context.close()


@pytest.mark.parametrize(
    ("now", "advice"),
    [
        (datetime(2020, 3, 15, 12), "still to come"),
        (datetime(2020, 4, 12, 12), "Wait until Monday 13 April 2020."),
        (datetime(2020, 4, 13, 12), "Wait until Monday 13 April 2020."),
        (datetime(2020, 4, 14, 12), "Those days have passed."),
    ],
    ids=["before the processing", "the day before the latest", "the latest day", "the day after"],
)
def test_the_result_advises_what_to_do(tab: Page, address: str, now: datetime, advice: str) -> None:
    tab.clock.set_fixed_time(now)
    tab.goto(address + PAGE)
    ask(tab, "2020-03-16", "US")
    days(tab)
    result = tab.get_by_role("status").filter(has_text="between")
    expect(result).to_contain_text(advice)
    expect(result).to_contain_text(
        "check with your bank. If that does not help, ask customer care."
    )


def test_the_days_are_shown_as_a_calendar_that_can_be_read_aloud(page: Page) -> None:
    ask(page, "2020-04-08", "GB-ENG")
    table = page.get_by_role("table", name="How we counted")
    expect(table.get_by_role("columnheader")).to_have_text(
        ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
    )
    for name in (
        "Wednesday 8 April 2020: refund processed",
        "Thursday 9 April 2020: counted as day 1",
        "Friday 10 April 2020: Good Friday, not counted",
        "Saturday 11 April 2020: weekend, not counted",
        "Tuesday 14 April 2020: counted as day 2",
    ):
        expect(table.get_by_role("cell", name=name)).to_have_count(1)
    expect(page.get_by_role("listitem").filter(has_text="Easter Monday")).to_have_text(
        "Monday 13 April 2020: Easter Monday, not counted"
    )


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ("", "Enter the date on which Aleigro processed the refund."),
        ("0001-01-01", "Check the year."),
        ("1989-12-31", "Check the year."),
        ("2101-01-01", "Check the year."),
        ("9999-12-31", "Check the year."),
    ],
)
def test_an_error_in_the_date_is_shown_beside_it_and_the_date_stays(
    page: Page, typed: str, message: str
) -> None:
    ask(page, "2020-03-16", "US")
    days(page)
    ask(page, typed, "US")
    assert error(page, PROCESSED).startswith(message)
    expect(page.get_by_label(PROCESSED)).to_have_value(typed)
    expect(page.get_by_label(PROCESSED)).to_be_focused()
    ask(page, "2020-03-16", "US")
    assert days(page)[1] == "2020-04-13"
    expect(page.get_by_label(PROCESSED)).to_have_attribute("aria-invalid", "false")


@pytest.mark.parametrize(
    "keys", ["02302020", "03", "0316"], ids=["30 February", "a month", "no year"]
)
def test_an_incomplete_or_impossible_date_is_an_error(page: Page, keys: str) -> None:
    page.get_by_label(COUNTRY).select_option("US")
    field = page.get_by_label(PROCESSED)
    field.fill("")
    field.press_sequentially(keys)
    page.keyboard.press("Enter")
    assert "whole date that exists" in error(page, PROCESSED)


def test_the_country_must_be_chosen(page: Page) -> None:
    page.get_by_role("button", name="Show the dates").click()
    assert "Choose the country of your bank" in error(page, COUNTRY)
    expect(page.get_by_label(COUNTRY)).to_be_focused()


def test_all_that_is_missing_is_shown_at_once(page: Page) -> None:
    ask(page, "", "")
    error(page, PROCESSED)
    error(page, COUNTRY)
    expect(page.get_by_label(PROCESSED)).to_be_focused()


def test_a_changed_field_removes_the_old_result(page: Page) -> None:
    ask(page, "2020-03-16", "US")
    days(page)
    page.get_by_label(COUNTRY).select_option("CN")
    assert page.locator(".calculator__result").inner_text() == ""
    assert page.locator(".calculator__count").inner_text() == ""


@pytest.mark.parametrize(
    "answer",
    [
        lambda route: route.abort(),
        lambda route: route.fulfill(status=404, body="<h1>Not here</h1>"),
        lambda route: route.fulfill(status=200, body="<h1>Pay for the network first</h1>"),
        lambda route: route.fulfill(status=200, body="{}"),
    ],
    ids=["no network", "missing", "another page", "another file"],
)
def test_a_calendar_that_cannot_be_loaded_is_reported_and_fetched_again(
    page: Page, answer: Callable[[Route], None]
) -> None:
    page.route("**/calendars/**", answer)
    ask(page, "2020-03-16", "US")
    assert "could not be loaded" in error(page, COUNTRY)
    expect(page.get_by_label(PROCESSED)).to_have_value("2020-03-16")
    expect(page.get_by_label(COUNTRY)).to_have_value("US")
    page.unroute("**/calendars/**")
    page.get_by_role("button", name="Show the dates").click()
    assert days(page)[1] == "2020-04-13"


def test_a_slow_calendar_does_not_overtake_a_later_question(page: Page) -> None:
    held: list[Route] = []
    page.route("**/calendars/**/CN.json", lambda route: held.append(route))
    ask(page, "2020-03-16", "CN")
    ask(page, "2020-03-16", "US")
    assert days(page)[1] == "2020-04-13"
    with page.expect_response("**/CN.json") as response:
        held[0].continue_()
    response.value.finished()
    page.evaluate("new Promise((resolve) => setTimeout(resolve))")  # what waits for it comes first
    assert days(page)[1] == "2020-04-13"


def test_nothing_is_fetched_before_a_country_is_chosen_and_then_one_file(
    tab: Page, address: str
) -> None:
    requests: list[str] = []
    tab.on("request", lambda request: requests.append(request.url))
    tab.goto(address + PAGE)
    tab.get_by_label(PROCESSED).fill("2020-03-16")
    before = len(requests)
    assert not [url for url in requests if "calendars" in url]
    ask(tab, "2020-03-16", "US")
    days(tab)
    ask(tab, "2021-03-16", "US")
    days(tab)
    (only,) = requests[before:]
    assert re.fullmatch(rf"{address}calendars/[0-9a-f]+/US\.json", only)


def test_the_countries_are_in_alphabetical_order_with_their_nations(page: Page) -> None:
    names = page.get_by_label(COUNTRY).locator("option").all_inner_texts()
    assert len(names) == len(COUNTRIES) + 2
    assert names[0] == "Choose a country"
    assert names[-1] == "My country is not in this list"
    order = [names.index(name) for name in ("Albania", "Åland Islands", "China", "United Kingdom (England)", "United States", "Zimbabwe")]  # fmt: skip
    assert order[2:] == sorted(order[2:])
    assert max(order[:2]) < 12
    assert [name for name in names if name.startswith("United Kingdom")] == [
        f"United Kingdom ({nation})"
        for nation in ("England", "Northern Ireland", "Scotland", "Wales")
    ]


def test_a_page_left_open_knows_that_days_have_passed(tab: Page, address: str) -> None:
    tab.clock.set_fixed_time(datetime(2020, 4, 13, 12))
    tab.goto(address + PAGE)
    tab.clock.set_fixed_time(datetime(2020, 4, 15, 12))
    ask(tab, "2020-03-16", "US")
    expect(tab.locator(".calculator__result")).to_contain_text("Those days have passed.")


def test_an_edit_while_the_calendar_loads_leaves_the_form_ready(page: Page) -> None:
    held: list[Route] = []
    page.route("**/calendars/**/CN.json", lambda route: held.append(route))
    ask(page, "2020-03-16", "CN")
    form = page.locator(".calculator__form")
    expect(form).to_have_attribute("aria-busy", "true")
    page.get_by_label(PROCESSED).fill("2020-03-17")
    expect(form).to_have_attribute("aria-busy", "false")


def test_a_browser_that_cannot_work_it_out_shows_so(browser: Browser, address: str) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.add_init_script("Intl.DateTimeFormat.prototype.formatToParts = undefined")
    page.goto(address + PAGE)
    ask(page, "2020-03-16", "US")
    expect(page.locator(".calculator__result")).to_contain_text("This browser cannot work it out.")
    expect(page.locator(".calculator__form")).to_have_attribute("aria-busy", "false")
    context.close()


def test_without_names_of_countries_their_codes_are_shown(browser: Browser, address: str) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.add_init_script("delete Intl.DisplayNames")
    page.goto(address + PAGE)
    ask(page, "2020-03-16", "US")
    assert days(page) == ["2020-03-19", "2020-04-13"]
    context.close()


def test_it_works_by_keyboard_alone(page: Page) -> None:
    page.get_by_label(PROCESSED).focus()
    page.keyboard.type("03162020")
    page.get_by_label(COUNTRY).focus()
    page.keyboard.type("United States")
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Show the dates")).to_be_focused()
    page.keyboard.press("Enter")
    assert days(page) == ["2020-03-19", "2020-04-13"]


def test_without_javascript_there_is_the_rule_and_an_example_and_no_form(
    browser: Browser, address: str
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address + PAGE)
    expect(page.get_by_role("button", name="Show the dates")).to_have_count(0)
    expect(page.get_by_text("This is our estimate")).to_be_visible()
    expect(page.locator(".example")).to_contain_text(
        "between Thursday 19 March and Monday 13 April 2020"
    )
    context.close()
