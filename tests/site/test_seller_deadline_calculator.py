"""Until when must the seller answer? The real page, compared with macros/cancellation.py."""

import random
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import pairwise
from zoneinfo import ZoneInfo, available_timezones

import pytest
from playwright.sync_api import Browser, Page, expect

from macros import examples, language
from macros.cancellation import seller_deadline
from macros.policy import read
from tests.project import DAY, ROOT
from tests.site.test_calculators import WITHOUT_DETOURS

pytestmark = [pytest.mark.site, pytest.mark.browser]

PAGE = "cancellations/after-you-request/"
REQUESTED, ENDS = "When you asked to cancel", "When the preparation period ends"
ZONE, BUTTON = "Your time zone", "Show the last moment"
WORDS = language.read(ROOT).words
CUTOFF, RESPONSE_TIME = examples.seller_limits(read(ROOT).on(DAY))
MARKET = ZoneInfo(CUTOFF.zone)
HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)


@pytest.fixture
def page(tab: Page, address: str) -> Page:
    tab.goto(address + PAGE)
    return tab


def ask(page: Page, requested: str, ends: str, zone: str | None = None) -> None:
    page.get_by_label(REQUESTED).fill(requested)
    page.get_by_label(ENDS).fill(ends)
    if zone is not None:
        page.get_by_label(ZONE).fill(zone)
    page.get_by_role("button", name=BUTTON).click()


def result(page: Page, words: str) -> None:
    """Wait until the result contains these words."""
    expect(page.locator("form").get_by_role("status")).to_contain_text(words)


def closes(page: Page) -> list[str]:
    """Return when the order closes, for the shopper and in China, once there is a result."""
    times = page.locator(".calculator__result time")
    expect(times).to_have_count(2)
    return [time.get_attribute("datetime") or "" for time in times.all()]


def error(page: Page, label: str) -> str:
    """Return the error beside a field, once there is one."""
    field = page.locator(".field", has=page.get_by_label(label))
    expect(field.get_by_role("alert")).not_to_be_empty()
    assert page.locator(".calculator__result").inner_text() == ""
    return field.get_by_role("alert").inner_text()


# Generated cases: all zones, around every change of their clocks.

FIRST, LAST = datetime(2020, 3, 16, tzinfo=UTC), datetime(DAY.year + 3, 1, 1, tzinfo=UTC)


@cache
def changes(zone: str) -> list[datetime]:
    """Return the instants, to the minute, from which the clocks of `zone` show another offset."""
    clocks, found = ZoneInfo(zone), []
    days = [FIRST + timedelta(day) for day in range((LAST - FIRST).days + 1)]
    offsets = [day.astimezone(clocks).utcoffset() for day in days]
    for (before, after), (earlier, later) in zip(pairwise(days), pairwise(offsets), strict=True):
        if earlier == later:
            continue
        while after - before > MINUTE:
            middle = before + (after - before) // 2
            middle -= timedelta(seconds=middle.second, microseconds=middle.microsecond)
            middle = max(middle, before + MINUTE)
            same = middle.astimezone(clocks).utcoffset() == before.astimezone(clocks).utcoffset()
            before, after = (middle, after) if same else (before, middle)
        found.append(after)
    return found


OFFSETS_IN_THE_PAGE = """(instants) => Object.fromEntries(Object.entries(instants).map(([zone, all]) => {
  let format;
  try {
    format = new Intl.DateTimeFormat("en", {timeZone: zone, timeZoneName: "longOffset"});
  } catch {
    return [zone, null];
  }
  return [zone, all.map((instant) => {
    const name = format.formatToParts(instant).find(({type}) => type === "timeZoneName").value;
    const [, sign, hours, minutes] = /^GMT(?:([-+])(\\d+):(\\d+))?/.exec(name);
    return sign ? Number(sign + 1) * (hours * 60 + +minutes) : 0;
  })];
}))"""


def zones_in_common(page: Page) -> list[str]:
    """Return the zones that the browser knows as tzdata does. The others are warned of by name."""
    zones = sorted(available_timezones() - {"Factory", "localtime"})
    sampled = {
        zone: [
            *(FIRST + timedelta(days) for days in range(0, (LAST - FIRST).days, 10)),
            *(change + step for change in changes(zone) for step in (-MINUTE, timedelta())),
        ]
        for zone in zones
    }
    asked = {zone: [at.timestamp() * 1000 for at in all_] for zone, all_ in sampled.items()}
    found = page.evaluate(OFFSETS_IN_THE_PAGE, asked)
    unknown = [zone for zone in zones if found[zone] is None]
    different = [
        zone
        for zone in zones
        if found[zone] is not None
        and found[zone]
        != [
            (at.astimezone(ZoneInfo(zone)).utcoffset() or timedelta()) // MINUTE
            for at in sampled[zone]
        ]
    ]
    if unknown or different:
        warnings.warn(
            f"zones that this browser does not know: {', '.join(unknown) or 'none'};"
            f" zones whose clocks it takes for others than tzdata does: {', '.join(different)}",
            stacklevel=1,
        )
    assert len(unknown) + len(different) <= 20, (unknown, different)
    return [zone for zone in zones if zone not in unknown and zone not in different]


@dataclass(frozen=True)
class Case:
    """What is typed, and which instant each of the two clock times means."""

    zone: str
    requested: datetime
    """On the clocks of the zone, without one; as all times here."""
    ends: datetime


def cases(zones: list[str]) -> Iterator[Case]:
    """Yield cases around the cut-off, each change of clocks, ends of years, a leap day."""
    guess = random.Random(72)
    for zone in zones:
        clocks = ZoneInfo(zone)
        known = changes(zone)
        moments = [
            CUTOFF.moment + guess.choice((-MINUTE, timedelta(), MINUTE)),
            datetime(2023, 12, 30, 12, tzinfo=UTC) + guess.randrange(48) * HOUR,
            datetime(2024, 2, 27, tzinfo=UTC) + guess.randrange(72) * HOUR,
            *(
                change - guess.randrange(80) * HOUR
                for change in guess.sample(known, min(3, len(known)))
            ),
        ]
        for moment in moments:
            local = moment.astimezone(clocks).replace(tzinfo=None)
            yield Case(zone, local, local + guess.randrange(1, 120) * HOUR)
        for change in guess.sample(known, min(2, len(known))):
            # What clocks show within two hours of the change, whether they skip or repeat it.
            local = (change - HOUR).astimezone(clocks).replace(tzinfo=None)
            yield Case(zone, local + guess.randrange(180) * MINUTE, local + timedelta(days=9))


def meanings(local: datetime, zone: str) -> list[datetime]:
    """Return the instants at which the clocks of `zone` show `local`, in order."""
    both = {local.replace(tzinfo=ZoneInfo(zone), fold=fold).astimezone(UTC) for fold in (0, 1)}
    return sorted(at for at in both if at.astimezone(ZoneInfo(zone)).replace(tzinfo=None) == local)


def expected(case: Case, choices: tuple[int, int]) -> list[object]:
    """Return what the page must tell: an error beside a field, or a result."""
    found = [meanings(local, case.zone) for local in (case.requested, case.ends)]
    for name, instants in zip(("requested", "preparation_ends"), found, strict=True):
        if not instants:
            return [name, "skipped"]
    (requested, ends) = (
        instants[choice] if len(instants) > 1 else instants[0]
        for instants, choice in zip(found, choices, strict=True)
    )
    if requested < CUTOFF.moment:
        return ["not covered"]
    if ends <= requested:
        return ["preparation_ends", "over"]
    deadline = seller_deadline(requested, ends, cutoff=CUTOFF.moment, response_time=RESPONSE_TIME)
    own, market = (deadline.at.astimezone(zone) for zone in (ZoneInfo(case.zone), MARKET))
    return [
        [own.isoformat(), _without_zone(WORDS.moment(own))],
        [market.isoformat(), _without_zone(WORDS.moment(market))],
        "decide." if deadline.by_response_time else "decides.",
    ]


def _without_zone(words: str) -> str:
    """Return a moment without the name of its zone, which Babel's CLDR and the browser's differ in."""
    return words.partition(",")[0]


CASES_IN_THE_PAGE = """async (cases) => {
  const form = document.querySelector("[data-calculator=seller-deadline]");
  const settled = async () => {
    while (!form.querySelector("[role=status] p, [role=alert]:not(:empty)")) await scheduler.postTask(() => {});
  };
  const found = [];
  for (const [zone, requested, preparation_ends, choices] of cases) {
    for (const [name, value] of Object.entries({zone, requested, preparation_ends})) {
      form.elements[name].value = value;
      form.elements[name].dispatchEvent(new Event("input", {bubbles: true}));
    }
    form.requestSubmit();
    await settled();
    let asked = 0;
    for (const [name, choice] of [["requested", choices[0]], ["preparation_ends", choices[1]]]) {
      const which = form.elements[name + "-which"];
      if (which[0].closest("fieldset").hidden) continue;
      asked += 1;
      which[choice].click();
      form.requestSubmit();
      await settled();
    }
    const field = form.querySelector("[role=alert]:not(:empty)");
    const times = [...form.querySelectorAll("[role=status] time")].map((time) => [time.dateTime, time.textContent.split(",")[0]]);
    const text = form.querySelector("[role=status]").textContent;
    if (field) {
      const words = field.textContent;
      const error = words.includes("skipped") ? "skipped" : words.includes("not after your request") ? "over" : words;
      found.push([asked, [field.parentNode.querySelector("[name]").name, error]]);
    } else if (text.includes("does not cover")) found.push([asked, ["not covered"]]);
    else found.push([asked, [...times, text.includes("after your request decide.") ? "decide." : "decides."]]);
  }
  return found;
}"""


@pytest.mark.filterwarnings("default:zones that this browser:UserWarning")
def test_the_page_has_the_results_of_the_rule(tab: Page, address: str) -> None:
    """All zones, both sides of the cut-off, hours that clocks skip and repeat."""
    tab.goto(address + PAGE)
    zones = zones_in_common(tab)
    tab.add_init_script(WITHOUT_DETOURS)
    tab.reload()
    guess = random.Random(1)
    asked = [(case, (guess.randrange(2), guess.randrange(2))) for case in cases(zones)]
    assert len(asked) >= 2000
    found = tab.evaluate(
        CASES_IN_THE_PAGE,
        [
            [case.zone, case.requested.isoformat()[:16], case.ends.isoformat()[:16], choices]
            for case, choices in asked
        ],
    )
    outcomes: dict[str, int] = {}
    for (case, choices), (times_asked, shown) in zip(asked, found, strict=True):
        assert shown == expected(case, choices), (case, choices)
        skipped = shown[-1] == "skipped"
        twice = [len(meanings(local, case.zone)) > 1 for local in (case.requested, case.ends)]
        assert skipped or times_asked == sum(twice), case
        kind = "asked which" if times_asked else str(shown[-1])
        outcomes[kind] = outcomes.get(kind, 0) + 1
    assert set(outcomes) >= {"asked which", "skipped", "not covered", "decide.", "decides."}, (
        outcomes
    )
    assert min(outcomes.values()) >= 20, outcomes


@pytest.mark.parametrize(
    ("zone", "requested", "ends", "at"),
    [
        ("America/Los_Angeles", "2020-03-15T08:59", "2020-03-20T00:00", None),
        ("America/Los_Angeles", "2020-03-15T09:00", "2020-03-20T00:00", "2020-03-18T09:00:00-07:00"),
        ("Europe/London", "2020-03-15T15:59", "2020-03-20T00:00", None),
        ("Europe/London", "2020-03-15T16:00", "2020-03-20T00:00", "2020-03-18T16:00:00+00:00"),
        ("Asia/Shanghai", "2020-03-15T23:59", "2020-03-20T00:00", None),
        ("Asia/Shanghai", "2020-03-16T00:00", "2020-03-20T00:00", "2020-03-19T00:00:00+08:00"),
        ("Australia/Sydney", "2020-03-16T02:59", "2020-03-20T00:00", None),
        ("Australia/Sydney", "2020-03-16T03:00", "2020-03-17T00:00", "2020-03-17T00:00:00+11:00"),
    ],
)  # fmt: skip
def test_the_shoppers_own_zone_is_shown_and_used(
    browser: Browser, address: str, zone: str, requested: str, ends: str, at: str | None
) -> None:
    context = browser.new_context(timezone_id=zone)
    page = context.new_page()
    page.goto(address + PAGE)
    expect(page.get_by_label(ZONE)).to_have_value(zone)
    ask(page, requested, ends)
    if at is None:
        result(page, "This rule does not cover your request.")
        result(page, "requests made from the start of Monday 16 March 2020, China Time")
        result(page, "Ask customer care.")
        assert page.locator(".calculator__result time[datetime*='2020-03-1'] ").count() == 2
    else:
        own, market = closes(page)
        assert own == at
        assert datetime.fromisoformat(market) == datetime.fromisoformat(at)
        assert market.endswith("+08:00")
    context.close()


def test_the_result_has_both_times_the_time_left_and_the_reason(
    browser: Browser, address: str
) -> None:
    context = browser.new_context(timezone_id="Europe/Berlin")
    page = context.new_page()
    page.clock.install(time=datetime(2020, 3, 28, 11, 59, 30, tzinfo=UTC))
    page.goto(address + PAGE)
    ask(page, "2020-03-28T12:00", "2020-04-09T12:00")
    result(
        page, "the order closes by itself at 1pm on Tuesday 31 March 2020, Central European Time."
    )
    result(page, "That is 7pm on Tuesday 31 March 2020, China")
    result(page, "Time left: 2 days and 23 hours.")
    result(page, "The 72 hours after your request decide.")
    page.clock.run_for(61 * 60 * 1000)
    result(page, "Time left: 2 days, 21 hours and 59 minutes.")
    page.clock.run_for(3 * 24 * 60 * 60 * 1000)
    result(page, "The seller’s time ended at 1pm on Tuesday 31 March 2020")
    result(page, "If the order is still open, ask customer care.")
    assert "Time left" not in page.locator(".calculator__result").inner_text()
    context.close()


def test_a_preparation_period_that_has_ended_is_mentioned(page: Page) -> None:
    ask(page, "2020-05-04T09:00", "2020-05-06T12:00", "Europe/London")
    result(page, "The seller’s time ended at noon on Wednesday 6 May 2020, United Kingdom Time.")
    result(page, "The end of the preparation period decides.")
    result(page, "The preparation period has already ended.")


def test_a_request_in_the_future_is_questioned(page: Page) -> None:
    ask(page, "2090-05-04T09:00", "2090-05-06T12:00", "Europe/London")
    result(page, "The time at which you asked is still to come. Is it right?")


def test_a_time_that_clocks_show_twice_must_be_chosen(page: Page) -> None:
    ask(page, "2020-10-25T02:30", "2020-11-09T12:00", "Europe/Berlin")
    assert "showed this time twice" in error(page, REQUESTED)
    first = page.get_by_label("The first, Central European Summer Time, GMT+2")
    second = page.get_by_label("The second, Central European Standard Time, GMT+1")
    expect(first).to_be_focused()
    first.check()
    page.get_by_role("button", name=BUTTON).click()
    assert closes(page)[0] == "2020-10-28T01:30:00+01:00"
    second.check()
    page.get_by_role("button", name=BUTTON).click()
    assert closes(page)[0] == "2020-10-28T02:30:00+01:00"
    page.get_by_label(REQUESTED).fill("2020-10-25T04:30")
    expect(first).not_to_be_visible()


def test_a_choice_stays_while_another_field_is_corrected(page: Page) -> None:
    ask(page, "2020-10-25T02:30", "2020-10-24T12:00", "Europe/Berlin")
    page.get_by_label("The second, Central").check()
    page.get_by_role("button", name=BUTTON).click()
    assert "not after your request" in error(page, ENDS)
    page.get_by_label(ENDS).fill("2020-11-09T12:00")
    page.get_by_role("button", name=BUTTON).click()
    assert closes(page)[0] == "2020-10-28T02:30:00+01:00"


@pytest.mark.parametrize(
    ("zone", "name"),
    [
        ("UTC", "UTC"),
        ("Europe/London", "United Kingdom Time"),
        ("America/Los_Angeles", "Pacific Time"),
    ],
)
def test_a_zone_has_the_name_that_pages_give_it(page: Page, zone: str, name: str) -> None:
    assert WORDS.moment(datetime(2020, 5, 7, 9, tzinfo=ZoneInfo(zone))).endswith(f", {name}")
    ask(page, "2020-05-04T09:00", "2020-06-06T12:00", zone)
    result(page, f"9am on Thursday 7 May 2020, {name}.")


def test_a_browser_without_general_names_of_zones_uses_those_of_the_season(
    browser: Browser, address: str
) -> None:
    context = browser.new_context(timezone_id="Europe/Berlin")
    page = context.new_page()
    page.add_init_script(
        """const Real = Intl.DateTimeFormat;
        Intl.DateTimeFormat = function (language, options = {}) {
          if (/Generic|Offset/.test(options.timeZoneName)) throw new RangeError("unknown");
          return new Real(language, options);
        };
        delete Intl.supportedValuesOf;"""
    )
    page.goto(address + PAGE)
    ask(page, "2020-05-04T09:00", "2020-06-06T12:00")
    result(page, "9am on Thursday 7 May 2020, Central European Summer Time.")
    context.close()


def test_a_time_in_an_hour_that_comes_twice_names_its_season(page: Page) -> None:
    ask(page, "2020-10-22T02:30", "2020-11-09T12:00", "Europe/Berlin")
    result(page, "2:30am on Sunday 25 October 2020, Central European Summer Time.")


def test_a_time_that_is_skipped_is_refused(page: Page) -> None:
    ask(page, "2020-03-29T02:30", "2020-04-09T12:00", "Europe/Berlin")
    assert "skipped this time" in error(page, REQUESTED)
    expect(page.get_by_label(REQUESTED)).to_have_value("2020-03-29T02:30")
    ask(page, "2020-03-29T03:00", "2020-04-09T12:00")
    assert closes(page)[0] == "2020-04-01T03:00:00+02:00"


def test_a_day_that_a_zone_skipped_is_refused(page: Page) -> None:
    """Samoa had no 30 December in 2011; such a request is before the cut-off besides."""
    ask(page, "2011-12-30T12:00", "2020-04-09T12:00", "Pacific/Apia")
    assert "skipped this time" in error(page, REQUESTED)


@pytest.mark.parametrize(
    ("requested", "ends", "field", "words"),
    [
        ("", "2020-05-06T12:00", REQUESTED, "Enter the date and the time at which you asked to cancel."),
        ("2020-05-04T09:00", "", ENDS, "If you do not know it, ask the seller."),
        ("2020-05-04T09:00", "2020-05-04T09:00", ENDS, "This is not after your request."),
        ("2020-05-04T09:00", "2020-05-04T08:59", ENDS, "This is not after your request."),
        ("0001-01-01T00:00", "2020-05-06T12:00", REQUESTED, "Check the year."),
        ("2020-05-04T09:00", "9999-12-31T23:59", ENDS, "Check the year."),
    ],
)  # fmt: skip
def test_errors_in_times_are_shown_beside_their_field_and_the_times_stay(
    page: Page, requested: str, ends: str, field: str, words: str
) -> None:
    ask(page, requested, ends)
    assert words in error(page, field)
    expect(page.get_by_label(field)).to_be_focused()
    expect(page.get_by_label(REQUESTED)).to_have_value(requested)
    expect(page.get_by_label(ENDS)).to_have_value(ends)


def test_an_incomplete_or_impossible_time_is_an_error(page: Page) -> None:
    page.get_by_label(REQUESTED).press_sequentially("05042020")
    page.get_by_label(ENDS).press_sequentially("02302020\t0900AM")
    page.get_by_role("button", name=BUTTON).click()
    assert "whole date and time that exist" in error(page, REQUESTED)
    assert "whole date and time that exist" in error(page, ENDS)


@pytest.mark.parametrize(
    ("typed", "zone"),
    [
        ("Berlin", "Europe/Berlin"),
        ("new york ", "America/New_York"),
        ("St. Johns", "America/St_Johns"),
        ("kolkata", "Asia/Kolkata"),
        ("europe/london", "Europe/London"),
        ("UTC", "UTC"),
    ],
)
def test_a_zone_is_found_by_its_city(page: Page, typed: str, zone: str) -> None:
    ask(page, "2020-05-04T09:00", "2020-06-06T12:00", typed)
    closes(page)
    expect(page.get_by_label(ZONE)).to_have_value(zone)


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("Mars/Olympus", "We do not know this time zone."),
        ("", "Enter your time zone"),
        ("   ", "Enter your time zone"),
        ("<b>", "We do not know this time zone."),
    ],
)
def test_an_unknown_zone_is_an_error_and_stays(page: Page, typed: str, words: str) -> None:
    ask(page, "2020-05-04T09:00", "2020-06-06T12:00", typed)
    assert words in error(page, ZONE)
    expect(page.get_by_label(ZONE)).to_have_value(typed)


def test_the_zones_are_offered_by_name(page: Page) -> None:
    page.get_by_label(ZONE).focus()
    names = page.locator("#zones option").evaluate_all("options => options.map((one) => one.value)")
    assert {"Europe/London", "Asia/Shanghai", "Australia/Sydney"} <= set(names)


def test_nothing_typed_leaves_the_browser(page: Page) -> None:
    requests: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    before = page.url
    ask(page, "2020-05-04T09:00", "2020-05-06T12:00", "Europe/London")
    closes(page)
    assert requests == []
    assert page.url == before


def test_without_javascript_there_is_the_rule_and_an_example_and_no_form(
    browser: Browser, address: str
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address + PAGE)
    expect(page.get_by_role("button", name=BUTTON)).to_have_count(0)
    example = page.locator(".example")
    expect(example).to_contain_text("noon on Wednesday 6 May 2020, United Kingdom Time")
    expect(example).to_contain_text("7pm on Wednesday 6 May 2020, China Time")
    expect(page.get_by_text("So the earlier of the two limits decides.")).to_be_visible()
    context.close()
