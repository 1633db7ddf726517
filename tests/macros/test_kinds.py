"""Every kind of value: how CONTRIBUTING.md says it reads, its forms, and what it refuses."""

import re
from datetime import date
from pathlib import Path

import pytest
from pydantic import TypeAdapter

from helpcentre.content import template
from macros.kinds import AnyValue
from macros.linked import LinkedPolicy
from macros.policy import FILE, read
from tests.macros.test_policy import error, policy, thing
from tests.macros.test_policy import write as write_policy
from tests.macros.test_rows import FILE as ROWS
from tests.project import ROOT, Project

TABLE = re.findall(
    r"^\| `(\{kind: .*)` \| (.*) \|$", (ROOT / "CONTRIBUTING.md").read_text("utf-8"), re.MULTILINE
)
EXAMPLES = [value for value, _ in TABLE]
"""A value of each kind, as YAML."""

SIGN_UP = "{kind: number, count: 3, noun: {one: try, other: tries}}"
DAYS = "{kind: by case, heading: Country, cases: {DE: {value: {kind: duration, count: 14, unit: day}}, other: {label: Other countries, value: {kind: duration, count: 7, unit: day}}}}"
HOURS = "{kind: weekly hours, zone: UTC, hours: [%s]}"
WEEK = "{from: monday, to: friday, opens: 09:00, closes: 18:00}"


def add_every_kind(project: Project) -> None:
    """Give policy.yml a value of each kind: example_0 and so on."""
    entry = "  example_{}: {{means: Example {}, facts: [F1], source_quote: S, checked: 2026-11-23, value: {}}}\n"
    entries = (entry.format(n, n, value) for n, value in enumerate(EXAMPLES))
    with (project.root / FILE).open("a", encoding="utf-8") as file:
        file.write("\n" + "".join(entries))


def kind(value: str) -> str:
    return value.partition("kind: ")[2].partition(",")[0]


def test_the_table_has_every_kind() -> None:
    schema = TypeAdapter(AnyValue).json_schema()
    kinds = {
        model["properties"]["kind"]["const"]
        for model in schema["$defs"].values()
        if "kind" in model["properties"]
    }
    assert {kind(value) for value in EXAMPLES} == kinds


@pytest.mark.parametrize(("value", "words"), TABLE)
def test_a_value_reads_as_the_table_says(tmp_path: Path, value: str, words: str) -> None:
    assert thing(tmp_path, value).plain == words


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("{kind: duration, count: 1, unit: minute}", "1 minute"),
        ("{kind: duration, count: 15, unit: minute}", "15 minutes"),
        ("{kind: range, min: 1, max: 2, unit: week}", "1 to 2 weeks"),
        ("{kind: duration, count: 6, unit: month}", "6 months"),
        ("{kind: duration, count: 1, unit: year}", "1 year"),
        (SIGN_UP.replace("3", "1"), "1 try"),
        ("{kind: money, amount: 150, currency: EUR}", "€150"),
        ("{kind: money, amount: 1000.5, currency: USD}", "US$1,000.50"),
        ("{kind: money, amount: 500, currency: JPY}", "JP¥500"),
        ("{kind: money, amount: 20, currency: PLN}", "PLN 20"),
        ("{kind: percentage, percent: 2.9}", "2.9%"),
        ("{kind: percentage, percent: 0.125}", "0.125%"),
        ("{kind: measure, amount: 2.5, unit: megabyte}", "2.5 MB"),
        ("{kind: measure, amount: 500, unit: byte}", "500 byte"),
        ("{kind: size, sides: [30, 7.5], unit: inch}", "30 × 7.5 in"),
        ("{kind: time, at: 12:00, zone: UTC}", "noon (UTC)"),
        (HOURS % f"{WEEK}, {{from: saturday, to: saturday, opens: 10:00, closes: 00:00}}", "Monday to Friday 9am to 6pm and Saturday 10am to midnight (UTC)"),
        (HOURS % WEEK.replace("monday", "sunday"), "Sunday to Friday 9am to 6pm (UTC)"),
        ("{kind: phone, number: 0800 123 456}", "0800 123 456"),
        ("{kind: phone, number: '112'}", "112"),
        ("{kind: web, address: https://example.com/}", "example.com"),
    ],
)  # fmt: skip
def test_words_follow_the_number_and_the_unit(tmp_path: Path, value: str, words: str) -> None:
    assert thing(tmp_path, value).plain == words


@pytest.mark.parametrize(
    ("value", "html"),
    [
        ("{kind: phone, number: +44 20 7946 0018}", '<a href="tel:+442079460018">+44 20 7946 0018</a>'),
        ("{kind: email, address: my_help@example.com}", '<a href="mailto:my_help@example.com">my&#95;help&#64;example.com</a>'),
        ("{kind: web, address: 'https://example.com/a?b=1&c=2'}", '<a href="https://example.com/a?b=1&amp;c=2">example.com/a?b=1&#38;c=2</a>'),
        ("{kind: date, day: 2020-03-16}", '<time datetime="2020-03-16">16 March 2020</time>'),
        ("{kind: number, count: 2, noun: {one: <b>, other: '*b*'}}", '<span class="value">2 &#42;b&#42;</span>'),
    ],
)  # fmt: skip
def test_a_value_has_its_markup(tmp_path: Path, value: str, html: str) -> None:
    assert str(thing(tmp_path, value)) == html


def test_what_is_a_link_itself_does_not_lead_to_the_key_dates(tmp_path: Path) -> None:
    number = "{kind: phone, number: 0800 123 456}"
    linked = LinkedPolicy(policy(tmp_path, number), "orders/")
    assert str(linked.thing).count("<a ") == 1


@pytest.mark.parametrize(
    ("value", "is_whole"),
    [
        ("{kind: phone, number: 0800 123 456}", True),
        ("{kind: email, address: help@example.com}", True),
        (DAYS, True),
        ("{kind: label, text: Submit}", False),
        ("{kind: place, country: CN}", False),
    ],
)
def test_a_value_with_markup_of_its_own_says_where_it_ends(
    tmp_path: Path, value: str, is_whole: bool
) -> None:
    """So that Markdown can show its plain words in code and links."""
    html = str(LinkedPolicy(policy(tmp_path, value), "orders/").thing)
    assert html.startswith("<bdi ") == is_whole
    assert html.endswith("</bdi>") == is_whole


@pytest.mark.parametrize(
    ("value", "form", "words"),
    [
        ("{kind: opening hours, hours_a_day: 24, days_a_week: 7}", "capitalized", "Round the clock"),
        ("{kind: part of a year, year: 2020, part: early}", "capitalized", "Early 2020"),
        ("{kind: money, amount: 5, currency: EUR}", "capitalized", "€5"),
        ("{kind: duration, count: 72, unit: hour}", "adjective", "72-hour"),
        ("{kind: duration, count: 3, unit: business day}", "adjective", "3-business-day"),
        ("{kind: range, min: 3, max: 20, unit: day}", "adjective", "3- to 20-day"),
        ("{kind: range, min: 3, max: 3, unit: day}", "adjective", "3-day"),
        (SIGN_UP, "adjective", "3-try"),
        ("{kind: duration, count: 72, unit: hour}", "remain", "remain"),
        ("{kind: duration, count: 1, unit: hour}", "remain", "remains"),
        ("{kind: range, min: 0, max: 1, unit: day}", "are", "is"),
        ("{kind: range, min: 1, max: 2, unit: day}", "pass", "pass"),
        (SIGN_UP, "have", "have"),
    ],
)  # fmt: skip
def test_a_form_fits_its_place_in_the_sentence(
    tmp_path: Path, value: str, form: str, words: str
) -> None:
    loaded = policy(tmp_path, value)
    assert template.render(f"{{{{ policy.thing.{form} }}}}", loaded) == words


@pytest.mark.parametrize(
    "value", ["{kind: label, text: submit}", "{kind: email, address: a@b.example}"]
)
def test_what_is_spelt_exactly_has_no_capital(tmp_path: Path, value: str) -> None:
    assert template.error_in("thing", "capitalized", policy(tmp_path, value))


def test_an_adjective_announces_a_change(tmp_path: Path) -> None:
    write_policy(tmp_path, ROWS)
    wait = read(tmp_path).on(date(2027, 2, 28)).wait
    assert template.render("{{ policy.wait.adjective }}", read(tmp_path).on(date(2027, 2, 28))) == (
        "3- to 20-business-day (from 1 March 2027: 3- to 15-business-day)"
    )
    verbs = {"are", "have", "pass", "remain"}
    assert wait.forms == {"plain", "capitalized", "adjective", "min", "max", *verbs}


def test_pages_state_one_case_or_all_in_a_table(tmp_path: Path) -> None:
    loaded = policy(tmp_path, DAYS)
    linked = LinkedPolicy(loaded, "orders/")
    assert template.render("{{ policy.thing.DE }}", loaded) == '<span class="value">14 days</span>'
    assert str(linked.thing.other) == (
        '<a class="row" href="../key-dates/#thing"><span class="value">7 days</span></a>'
    )
    assert str(linked.thing).count("<a ") == 0
    assert (
        str(linked.thing.table)
        == template.render("{{ policy.thing.table }}", loaded)
        == (
            '<table><thead><tr><th scope="col">Country</th><td></td></tr></thead><tbody>'
            '<tr><th scope="row">Germany</th><td><span class="value">14 days</span></td></tr>'
            '<tr><th scope="row">Other countries</th><td><span class="value">7 days</span></td></tr>'
            "</tbody></table>"
        )
    )
    for text in ("{{ policy.thing.table }}", "Wait:\n\n{{ policy.thing.table }}\n \nThen go."):
        assert not list(template.errors(text, loaded))
    for text in ("It is {{ policy.thing.table }}", "Wait:\n{{ policy.thing.table }}\n"):
        (problem,) = template.errors(text, loaded)
        assert (
            problem[1] == "'{{ policy.thing.table }}' needs a line of its own, between blank lines"
        )
    assert (
        template.error_in("thing", "FR", loaded)
        == "unknown value 'policy.thing.FR' (did you mean 'policy.thing.DE'?)"
    )


def test_a_case_announces_its_own_change_alone(tmp_path: Path) -> None:
    rows = f"rows:\n      - {{from: 2020-01-01, value: {DAYS}}}\n      - {{from: 2027-03-01, value: {DAYS.replace('14', '30')}}}\n    notice: 366"
    write_policy(tmp_path, ROWS[: ROWS.index("    notice")] + "    " + rows + "\n")
    wait = read(tmp_path).on(date(2027, 2, 28)).wait
    assert wait.plain == "Germany: 14 days (from 1 March 2027: 30 days); Other countries: 7 days"
    assert read(tmp_path).on(date(2027, 3, 1)).wait.plain.startswith("Germany: 30 days; ")


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ("{kind: money, amount: 5, currency: EURO}", "value.currency': expected an ISO 4217 currency code such as EUR, found 'EURO'"),
        ("{kind: money, amount: 5, currency: DEM}", "value.currency': expected an ISO 4217 currency code such as EUR, found 'DEM'"),
        ("{kind: money, amount: 5.005, currency: EUR}", "expected at most 2 decimals for EUR, found 5.005"),
        ("{kind: money, amount: 5.5, currency: JPY}", "expected at most 0 decimals for JPY, found 5.5"),
        ("{kind: money, amount: EUR 5, currency: EUR}", "value.amount': expected a number, found 'EUR 5'"),
        ("{kind: money, amount: -5, currency: EUR}", "value.amount': expected 0 to 1,000,000,000, with 3 decimals at most, found -5"),
        ("{kind: percentage, percent: 5%}", "value.percent': expected a number, found '5%'"),
        ("{kind: percentage, percent: 5.1234}", "value.percent': expected 0 to 1,000,000,000, with 3 decimals at most, found 5.1234"),
        ("{kind: measure, amount: 5, unit: kg}", "value.unit': expected a CLDR unit such as kilogram or megabyte, found 'kg' (did you mean 'kilogram'?)"),
        ("{kind: measure, amount: 5, unit: MB}", "found 'MB' (did you mean 'megabyte'?)"),
        ("{kind: measure, amount: 5, unit: centimetre}", "found 'centimetre' (did you mean 'centimeter'?)"),
        ("{kind: measure, amount: 5, unit: hour}", "value.unit': expected a CLDR unit"),
        ("{kind: size, sides: [60], unit: centimeter}", "value.sides': expected at least 2 entries, found 1"),
        ("{kind: number, count: 3, noun: tries}", "value.noun': expected keys with values, found 'tries'"),
        ("{kind: number, count: 3, noun: {one: try}}", "value.noun': lacks the plural other"),
        ("{kind: date, day: 2020-03-16T00:00:00}", "value.day': "),
        ("{kind: date, day: March}", "value.day': expected a day such as 2020-03-16, found 'March'"),
        ("{kind: time, at: 9:00, zone: UTC}", "value.at': expected a time such as 09:00, found '9:00'"),
        ("{kind: time, at: 00:00, zone: UTC}", "value.at': midnight ends one day and begins another: write 23:59 or 00:01"),
        ("{kind: time, at: 09:00}", "value.zone' is missing"),
        (HOURS % f"{WEEK}, {WEEK}", "expected each day of the week once in 'hours'"),
        (HOURS % WEEK.replace("18:00", "09:00"), "expected 'closes' to differ from 'opens'"),
        (HOURS % WEEK.replace("monday", "Mon"), "value.hours.0.from': expected 'monday', 'tuesday'"),
        ("{kind: phone, number: 0800-CALL}", "value.number': expected 3 to 15 digits, with single spaces between them, such as +44 20 7946 0018, found '0800-CALL'"),
        ("{kind: phone, number: 112}", "value.number': expected words in quotes, found 112"),
        ("{kind: email, address: help at example.com}", "value.address': expected an e-mail address such as help@example.com, found"),
        ("{kind: web, address: http://example.com}", "value.address': expected a web address such as https://example.com/help, found"),
        ("{kind: web, address: 'https://example.com/\">'}", "value.address': expected a web address"),
        ("{kind: countries, countries: [DE, XX]}", "value.countries.1': expected an ISO 3166 country code such as CN, found 'XX'"),
        ("{kind: countries, countries: [DE, DE]}", "value.countries': expected each country once"),
        (DAYS.replace("DE:", "XX:"), "value.cases': expected an ISO 3166 country code such as CN, found 'XX'"),
        (DAYS.replace("other:", "table:"), "value.cases': expected another name for the case 'table', which is a form"),
        (DAYS.replace("label: Other countries, ", ""), "value.cases': expected a 'label' for the case 'other'"),
        (DAYS.replace("DE:", "De:"), "a country code such as DE, or a name of small letters such as brand_shops"),
        (DAYS.replace("kind: duration", "kind: by case"), "value': expected one of 'range', "),
    ],
)  # fmt: skip
def test_a_bad_value_says_what_was_expected(tmp_path: Path, value: str, message: str) -> None:
    found = error(tmp_path, value)
    assert message in found
    assert found.startswith("content/policy.yml:10: ")
