"""The files from which the browser counts business days."""

import json
from datetime import date, timedelta
from pathlib import Path

import pytest

from helpcentre.site.calendars import KEPT, Calendars, make
from macros import language
from macros.business_days import calendar
from macros.layout import WORK
from tests.project import DAY, ROOT


@pytest.fixture(scope="module")
def calendars() -> Calendars:
    """The calendars of all countries on the day that tests build for."""
    return make(DAY, ROOT / WORK)


def test_there_are_all_countries_and_the_nations_of_the_united_kingdom(
    calendars: Calendars,
) -> None:
    assert len(calendars.countries) >= 60
    assert {"US", "CN", "DE", "BR", "IN"} <= set(calendars.countries)
    assert "GB" not in calendars.countries
    assert calendars.nations == ["GB-ENG", "GB-NIR", "GB-SCT", "GB-WLS"]
    assert language.read(ROOT).words.country("GB-ENG") == "United Kingdom (England)"


@pytest.mark.parametrize(
    ("day", "last"), [(date(2026, 12, 31), 2028), (date(2027, 1, 1), 2029), (DAY, DAY.year + 2)]
)
def test_they_reach_from_2020_to_two_years_after_the_build(
    day: date, last: int, tmp_path: Path
) -> None:
    content = json.loads(make(day, tmp_path).files["US"])
    assert (content["first"], content["last"]) == (2020, last)
    assert list(content["weekends"]) == [str(year) for year in range(2020, last + 1)]


@pytest.mark.parametrize("country", ["US", "CN", "GB-ENG", "GB-SCT", "AE", "IL", "NP", "DE"])
def test_a_file_has_what_the_calendar_knows(country: str, calendars: Calendars) -> None:
    content = json.loads(calendars.files[country])
    known = calendar(country, range(2020, DAY.year + 3))
    holidays = {day: name for name, days in content["holidays"].items() for day in days}
    day = date(2020, 1, 1)
    while day <= date(DAY.year + 2, 12, 31):
        weekend = day.weekday() in content["weekends"][str(day.year)]
        counts = str(day) in content["workdays"] or not (weekend or str(day) in holidays)
        assert counts == known.counts(day), day
        day += timedelta(days=1)


def test_the_name_of_the_folder_changes_with_its_content(calendars: Calendars) -> None:
    changed = Calendars({**calendars.files, "US": b"{}"})
    assert changed.folder != calendars.folder


def test_each_file_is_small(calendars: Calendars) -> None:
    assert max(map(len, calendars.files.values())) < 8_000


def test_they_are_kept_for_the_next_build(calendars: Calendars, tmp_path: Path) -> None:
    work = tmp_path / "work"
    assert make(DAY, work) == calendars
    assert [path.name for path in work.iterdir()] == [KEPT]
    kept = json.loads((work / KEPT).read_text(encoding="utf-8"))
    kept["files"] = {"US": "{}"}
    (work / KEPT).write_text(json.dumps(kept), encoding="utf-8")
    assert make(DAY, work).files == {"US": b"{}"}


@pytest.mark.parametrize("kept", ["", "{", "[]", '{"made_from": "another version", "files": {}}'])
def test_what_is_kept_of_another_version_or_is_damaged_is_made_anew(
    kept: str, calendars: Calendars, tmp_path: Path
) -> None:
    (tmp_path / KEPT).write_text(kept, encoding="utf-8")
    assert make(DAY, tmp_path) == calendars
