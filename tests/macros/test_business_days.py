"""Business days: the day of processing is day zero; weekends and public holidays do not count."""

from datetime import date, timedelta

import holidays
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from macros.business_days import Calendar, after, calendar, countries

YEARS = range(2020, 2029)
COUNTRIES = sorted(holidays.list_supported_countries(include_aliases=False))
MONDAY_TO_FRIDAY = Calendar(
    YEARS,
    {year: frozenset({5, 6}) for year in YEARS},
    {date(2020, 4, 10): "Good Friday"},
    frozenset(),
)
PROCESSED = date(2020, 3, 16)
"""A Monday."""


@pytest.mark.parametrize(
    ("country", "earliest", "latest"),
    [
        ("US", date(2020, 3, 19), date(2020, 4, 13)),
        ("CN", date(2020, 3, 19), date(2020, 4, 14)),
        ("GB-ENG", date(2020, 3, 19), date(2020, 4, 15)),
    ],
)
def test_three_and_twenty_business_days_in_three_countries(
    country: str, earliest: date, latest: date
) -> None:
    known = calendar(country, YEARS)
    assert after(PROCESSED, 3, known) == earliest
    assert after(PROCESSED, 20, known) == latest


@pytest.mark.parametrize(
    ("start", "count", "expected"),
    [
        (date(2020, 3, 16), 0, date(2020, 3, 16)),
        (date(2020, 3, 16), 1, date(2020, 3, 17)),
        (date(2020, 3, 20), 1, date(2020, 3, 23)),  # over a weekend
        (date(2020, 3, 21), 1, date(2020, 3, 23)),  # from a Saturday
        (date(2020, 4, 9), 1, date(2020, 4, 13)),  # over Good Friday
        (date(2020, 2, 28), 1, date(2020, 3, 2)),  # a leap year
        (date(2020, 12, 31), 1, date(2021, 1, 1)),
    ],
)
def test_days_are_counted_from_the_day_after(start: date, count: int, expected: date) -> None:
    assert after(start, count, MONDAY_TO_FRIDAY) == expected


def test_a_negative_count_and_a_day_beyond_the_calendar_are_refused() -> None:
    with pytest.raises(ValueError, match="from 0 on, found -1"):
        after(PROCESSED, -1, MONDAY_TO_FRIDAY)
    with pytest.raises(OverflowError):
        after(date(9999, 12, 31), 1, MONDAY_TO_FRIDAY)


# However slow the machine is.
@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.dates(date(2019, 1, 1), date(2030, 1, 1)), st.integers(0, 60))
def test_one_more_day_is_later_and_a_business_day(start: date, count: int) -> None:
    one, more = (after(start, n, MONDAY_TO_FRIDAY) for n in (count, count + 1))
    assert one < more
    assert MONDAY_TO_FRIDAY.counts(more)


def test_beyond_the_known_years_only_weekends_are_known() -> None:
    known = calendar("US", YEARS)
    assert not known.counts(date(2028, 7, 4))
    assert known.counts(date(2029, 7, 4))
    assert not known.counts(date(2029, 7, 7))


def test_a_weekend_day_that_is_worked_counts() -> None:
    assert calendar("CN", YEARS).counts(date(2020, 5, 9))  # a Saturday, for the Labour Day break


def test_a_weekend_may_be_other_days_and_may_change() -> None:
    emirates = calendar("AE", YEARS)
    friday, sunday = 4, 6
    assert friday in emirates.weekends[2021]
    assert sunday in emirates.weekends[2022]


def test_a_country_that_is_not_known_is_refused() -> None:
    with pytest.raises(NotImplementedError):
        calendar("XX", YEARS)


@pytest.mark.slow
def test_every_country_counts_as_the_library_does() -> None:
    for country in COUNTRIES:
        ours = calendar(country, YEARS)
        theirs = holidays.country_holidays(country, years=YEARS)
        day = date(YEARS[0], 1, 1)
        while day.year in YEARS:
            assert ours.counts(day) == theirs.is_working_day(day), (country, day)
            day += timedelta(days=1)


def test_every_country_of_the_library_has_a_calendar() -> None:
    assert {code.partition("-")[0] for code in countries()} == set(COUNTRIES)
