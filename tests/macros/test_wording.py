"""How values read: in English, and in another language by words alone."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import yaml

from macros import language
from macros.language import Language
from macros.policy import read
from macros.problem import ProblemsError
from tests.macros.test_policy import ENTRY, write
from tests.project import DAY, ROOT, with_language

ENGLISH = language.read(ROOT).words
PHRASES = {
    "units": {
        "business day": {"one": "{count} Werktag", "other": "{count} Werktage"},
    },
    "counted": "{count} {noun}",
    "adjective": "{count}-{unit}",
    "verbs": {"remain": {"one": "bleibt", "other": "bleiben"}},
    "range": "{min} bis {max}",
    "date": "EEEE, d. MMMM y",
    "date_in_year": "EEEE, d. MMMM",
    "short_date": "d. MMMM y",
    "time": "H:mm 'Uhr'",
    "time_on_the_hour": "H 'Uhr'",
    "noon": "12 Uhr mittags",
    "midnight": "Mitternacht",
    "in_zone": "{time} ({zone})",
    "opening_days": "{days} {hours}",
    "moment": "{date}, {time}, {zone}",
    "start_of_day": "Beginn von {date}, {zone}",
    "always": "rund um die Uhr",
    "opening_hours": "{hours} an {days} der Woche",
    "nation": "{nation} ({country})",
    "nations": {"GB-ENG": "England"},
    "part_of_year": {"early": "Anfang {year}", "mid": "Mitte {year}", "late": "Ende {year}"},
    "case": "{case}: {value}",
    "change": "{now} (ab {day}: {later})",
    "places": {"DE": {"outside": "außerhalb Deutschlands"}},
}
GERMAN = {
    "tag": "de",
    "locale": "de",
    "name": "Deutsch",
    "phrases": PHRASES,
    "numbers": "zwei",
    "time_units": "Tage",
}


def german(**changes: object) -> Language:
    """Return German with these keys of its phrases instead of its own."""
    return Language.model_validate({**GERMAN, "phrases": {**PHRASES, **changes}})


def read_german(root: Path, **changes: object) -> Language:
    """Return the same, read from a file. Raises ProblemsError."""
    file = root / "languages/de/language.yml"
    file.parent.mkdir(parents=True)
    file.write_text(yaml.safe_dump({**GERMAN, "phrases": {**PHRASES, **changes}}))
    return language.read(root, "de")


@pytest.mark.parametrize(
    ("count", "words"),
    [(0, "0 hours"), (1, "1 hour"), (2, "2 hours"), (72, "72 hours"), (1000, "1,000 hours")],
)
def test_amounts_have_their_plural(count: int, words: str) -> None:
    assert ENGLISH.amount(count, "hour") == words


def test_a_range_takes_the_plural_of_its_end() -> None:
    assert ENGLISH.range(0, 1, "business day") == "0 to 1 business day"
    assert ENGLISH.range(1, 2, "business day") == "1 to 2 business days"


def test_a_day_spells_its_month_without_a_comma() -> None:
    assert ENGLISH.day(date(2020, 3, 19)) == "Thursday 19 March 2020"


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        (datetime(2020, 3, 15, 23, 59, tzinfo=UTC), "11:59pm on Sunday 15 March 2020, UTC"),
        (datetime(2020, 3, 16, 0, 0, tzinfo=UTC), "the start of Monday 16 March 2020, UTC"),
        (datetime(2020, 3, 16, 0, 1, tzinfo=UTC), "12:01am on Monday 16 March 2020, UTC"),
        (datetime(2020, 3, 16, 9, 0, tzinfo=UTC), "9am on Monday 16 March 2020, UTC"),
        (datetime(2020, 3, 16, 12, 0, tzinfo=UTC), "noon on Monday 16 March 2020, UTC"),
        (
            datetime(2020, 7, 1, 16, 0, tzinfo=ZoneInfo("America/Los_Angeles")),
            "4pm on Wednesday 1 July 2020, Pacific Time",
        ),
    ],
)
def test_a_moment_is_never_called_midnight(moment: datetime, words: str) -> None:
    assert ENGLISH.moment(moment) == words


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("{kind: range, min: 3, max: 20, unit: business day}", "3 bis 20 Werktage"),
        ("{kind: duration, count: 1, unit: hour}", "1 Stunde"),
        ("{kind: opening hours, hours_a_day: 24, days_a_week: 7}", "rund um die Uhr"),
        ("{kind: opening hours, hours_a_day: 8, days_a_week: 1}", "8 Stunden an 1 Tag der Woche"),
        ("{kind: part of a year, year: 2020, part: early}", "Anfang 2020"),
        ("{kind: place, country: DE}", "Deutschland"),
        ("{kind: range, min: 0, max: 1, unit: month}", "0 bis 1 Monat"),
        ("{kind: money, amount: 1150, currency: EUR}", "1.150 €"),
        ("{kind: money, amount: 12.5, currency: CHF}", "12,50 CHF"),
        ("{kind: percentage, percent: 2.5}", "2,5 %"),
        ("{kind: measure, amount: 2.5, unit: kilogram}", "2,5 kg"),
        ("{kind: number, count: 3, noun: {one: Versuch, other: Versuche}}", "3 Versuche"),
        ("{kind: countries, countries: [DE, FR, IT]}", "Deutschland, Frankreich und Italien"),
        ("{kind: date, day: 2020-03-16}", "16. März 2020"),
        ("{kind: time, at: 14:30, zone: UTC}", "14:30 Uhr (UTC)"),
        (
            "{kind: weekly hours, hours: [{from: monday, to: friday, opens: 09:00, closes: 00:00}], zone: UTC}",
            "Montag bis Freitag 9 Uhr bis Mitternacht (UTC)",
        ),
        (
            "{kind: instant, at: 2020-03-16T00:00:00, zone: Asia/Shanghai}",
            "Beginn von Montag, 16. März 2020, Chinesische Zeit (Sonntag, 15. März 2020, 16 Uhr, UTC)",
        ),
    ],
)
def test_another_language_changes_words_and_no_code(tmp_path: Path, value: str, words: str) -> None:
    write(tmp_path, ENTRY.replace("{value}", value))
    assert read(tmp_path, german()).on(DAY).thing.plain == words


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"range": "{min} bis"}, "'phrases.range': must have {min}, {max}, each once"),
        ({"range": "{min} bis {"}, "'phrases.range': must have {min}, {max}, each once"),
        (
            {"units": {"business day": {"other": "{count} Werktage"}}},
            "'phrases.units.business day' lacks the plural one",
        ),
        (
            {"verbs": {"remain": {"one": "a", "few": "b", "other": "c"}}},
            "'phrases.verbs.remain' has the plural few, which the language does not have: expected one, other",
        ),
        ({"date": "EEEE, d. MMMM"}, "'phrases.date': must have y once"),
        ({"short_date": "d. LLLL y"}, "'phrases.short_date': has LLLL: expected EEEE, MMMM, M, d, y"),
        ({"short_date": "d. y"}, "'phrases.short_date': must have MMMM or M once"),
        ({"time": "h:mm"}, "'phrases.time': must have a, which tells morning from evening, beside h"),
        ({"part_of_year": {"early": "Anfang"}}, "'phrases.part_of_year.early': must have {year}, each once"),
        ({"part_of_year": {"early": "{year}"}}, "'phrases.part_of_year': expected at least 3 entries, found 1"),
    ],
)  # fmt: skip
def test_a_wrong_phrase_is_refused_with_what_is_expected(
    tmp_path: Path, changes: dict[str, object], message: str
) -> None:
    with pytest.raises(ProblemsError) as raised:
        read_german(tmp_path, **changes)
    messages = [problem.message for problem in raised.value.problems]
    assert [found for found in messages if found.startswith(message)], messages


def test_right_phrases_have_no_errors(tmp_path: Path) -> None:
    assert read_german(tmp_path) == german()


def test_a_place_has_the_forms_that_its_language_needs(tmp_path: Path) -> None:
    write(tmp_path, ENTRY.replace("{value}", "{kind: place, country: DE}"))
    thing: Any = read(tmp_path, german()).on(DAY).thing
    assert thing.outside == "außerhalb Deutschlands"
    assert "outside" in thing.forms
    assert "outside" not in read(tmp_path).on(DAY).thing.forms


def test_a_folder_has_the_name_of_its_language(tmp_path: Path) -> None:
    (with_language(tmp_path) / "languages/en").rename(tmp_path / "languages/it")
    with pytest.raises(ProblemsError, match=r"languages/it/language\.yml:3: the tag en belongs"):
        language.read(tmp_path, "it")
