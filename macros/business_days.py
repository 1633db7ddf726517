"""Business days: which days count in a country, and on which day a number of them has passed.

The source, fact F6, says that a refund usually takes some business days, varying with the bank. It
does not say which days count. Weekends and national public holidays of the bank's country are our
estimate, and the page that uses it says so.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

import holidays
from holidays.registry import EntityLoader

FIRST_YEAR = 2020
"""The first year whose holidays we know; of years before, only weekends are."""

NATIONS = {"GB": ("ENG", "NIR", "SCT", "WLS")}
"""Countries whose parts have public holidays of their own; there is no calendar of the whole."""


@dataclass(frozen=True)
class Calendar:
    """Which days count in one country, for some years."""

    years: range
    """The years whose holidays are known; of others only weekends are, those of the nearest."""
    weekends: Mapping[int, frozenset[int]]
    """By year: days of the week that do not count, 0 for Monday to 6 for Sunday."""
    holidays: Mapping[date, str]
    """Public holidays, with their names in English where they have one."""
    workdays: frozenset[date]
    """Days of a weekend that count all the same, as China's make-up days do."""

    def counts(self, day: date) -> bool:
        """Return whether `day` is a business day."""
        year = min(max(day.year, self.years[0]), self.years[-1])
        if day in self.workdays:
            return True
        return day.weekday() not in self.weekends[year] and day not in self.holidays


def after(day: date, count: int, calendar: Calendar) -> date:
    """Return the day on which `count` business days have passed since `day`, which is day zero.

    Raises ValueError for a negative count, OverflowError beyond the year 9999.
    """
    if count < 0:
        raise ValueError(f"expected a number of days from 0 on, found {count}")
    while count:
        day += timedelta(days=1)
        count -= calendar.counts(day)
    return day


def countries() -> list[str]:
    """Return the codes of all that have a calendar: countries, or their nations where these differ.

    A country is US, a nation GB-ENG.
    """
    known = sorted(EntityLoader.get_country_codes(include_aliases=False))  # without their modules
    return [
        code
        for country in known
        for code in ([f"{country}-{nation}" for nation in NATIONS.get(country, ())] or [country])
    ]


def calendar(country: str, years: range) -> Calendar:
    """Return the calendar of a country, such as US, or of a nation of one, such as GB-ENG.

    Raises NotImplementedError for a country whose holidays are not known.
    """
    code, _, nation = country.partition("-")
    known = holidays.country_holidays(code, nation or None, years=years, language="en_US")
    # No country here has changed its weekend within a year since 2020.
    first_weeks = {year: [date(year, 1, day) for day in range(1, 8)] for year in years}
    weekends = {
        year: frozenset(day.weekday() for day in week if known.is_weekend(day))
        for year, week in first_weeks.items()
    }
    return Calendar(
        years,
        weekends,
        {day: name for day, name in sorted(known.items()) if day.year in years},
        frozenset(
            day
            for day in known.weekend_workdays
            if day.year in years and day.weekday() in weekends[day.year]
        ),
    )
