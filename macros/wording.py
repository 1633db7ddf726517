"""How values read in a language: Babel's dates, numbers and plurals, and a table of phrases.

A new language is a new entry in PHRASES; no code changes.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache
from typing import Literal, TypedDict
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date, format_datetime, get_timezone_name
from babel.numbers import format_decimal

Unit = Literal["hour", "day", "business day"]
PartOfYear = Literal["early", "mid", "late"]


class Phrases(TypedDict):
    """The phrases of one language. Patterns of dates and times are those of Unicode CLDR."""

    units: Mapping[Unit, Mapping[str, str]]
    """By CLDR plural category, of {count}."""
    range: str
    date: str
    date_in_year: str
    """A date beside another of the same year."""
    short_date: str
    time: str
    time_on_the_hour: str
    noon: str
    moment: str
    start_of_day: str
    always: str
    opening_hours: str
    nation: str
    """A part of a country with public holidays of its own."""
    nations: Mapping[str, str]
    """By ISO 3166-2 code; Babel knows countries only."""
    part_of_year: Mapping[PartOfYear, str]
    change: str


PHRASES: Mapping[str, Phrases] = {
    "en_GB": {
        "units": {
            "hour": {"one": "{count} hour", "other": "{count} hours"},
            "day": {"one": "{count} day", "other": "{count} days"},
            "business day": {"one": "{count} business day", "other": "{count} business days"},
        },
        "range": "{min} to {max}",
        "date": "EEEE d MMMM y",
        "date_in_year": "EEEE d MMMM",
        "short_date": "d MMMM y",
        "time": "h:mma",
        "time_on_the_hour": "ha",
        "noon": "noon",
        "moment": "{time} on {date}, {zone}",
        "start_of_day": "the start of {date}, {zone}",
        "always": "round the clock",
        "opening_hours": "{hours} a day, {days} a week",
        "nation": "{country} ({nation})",
        "nations": {
            "GB-ENG": "England",
            "GB-NIR": "Northern Ireland",
            "GB-SCT": "Scotland",
            "GB-WLS": "Wales",
        },
        "part_of_year": {
            "early": "early {year}",
            "mid": "the middle of {year}",
            "late": "late {year}",
        },
        "change": "{now} (from {day}: {later})",
    },
}


@dataclass(frozen=True)
class Wording:
    """The words of one language. Every method returns plain text, without markup."""

    locale: Locale
    phrases: Phrases

    def number(self, number: int) -> str:
        """Return 1,000 for 1000."""
        return str(format_decimal(number, locale=self.locale))

    def amount(self, count: int, unit: Unit) -> str:
        """Return "72 hours", or "1 hour"."""
        return self._of_unit(self.number(count), count, unit)

    def range(self, minimum: int, maximum: int, unit: Unit) -> str:
        """Return "3 to 20 business days". The plural follows the maximum, as in most languages."""
        span = self.phrases["range"].format(min=self.number(minimum), max=self.number(maximum))
        return self._of_unit(span, maximum, unit)

    def day(self, day: date, *, short: bool = False) -> str:
        """Return "Sunday 15 March 2020"; if `short`, without the day of the week."""
        pattern = self.phrases["short_date" if short else "date"]
        return str(format_date(day, pattern, locale=self.locale))

    def moment(self, moment: datetime) -> str:
        """Return "4pm on Sunday 15 March 2020, UTC" for an aware datetime, in its own zone.

        Midnight is the start of its day, because "midnight on Monday" can be either end.
        """
        midnight = moment.time().replace(tzinfo=None) == datetime.min.time()
        pattern = self.phrases["start_of_day" if midnight else "moment"]
        return pattern.format(
            time=self._time(moment), date=self.day(moment), zone=self._zone(moment)
        )

    def first_day(self, first: date, last: date) -> str:
        """Return how `first` reads before `last`: without the year, if they share it."""
        pattern = self.phrases["date_in_year" if first.year == last.year else "date"]
        return str(format_date(first, pattern, locale=self.locale))

    def country(self, code: str) -> str:
        """Return "China" for "CN", and "United Kingdom (England)" for "GB-ENG".

        Raises KeyError for what is neither an ISO 3166 country code nor in `nations`.
        """
        country = str(self.locale.territories[code.partition("-")[0]])
        if "-" not in code:
            return country
        return self.phrases["nation"].format(country=country, nation=self.phrases["nations"][code])

    def opening_hours(self, hours: int, days: int) -> str:
        """Return "24 hours a day, 7 days a week"."""
        return self.phrases["opening_hours"].format(
            hours=self.amount(hours, "hour"), days=self.amount(days, "day")
        )

    def part_of_year(self, year: int, part: PartOfYear) -> str:
        """Return "early 2020"."""
        return self.phrases["part_of_year"][part].format(year=year)

    def _of_unit(self, count: str, plural_of: int, unit: Unit) -> str:
        forms = self.phrases["units"][unit]
        return forms[self.locale.plural_form(plural_of)].format(count=count)

    def _time(self, moment: datetime) -> str:
        if (moment.hour, moment.minute) == (12, 0):
            return self.phrases["noon"]
        pattern = self.phrases["time" if moment.minute else "time_on_the_hour"]
        return str(format_datetime(moment, pattern, locale=self.locale))

    def _zone(self, moment: datetime) -> str:
        """Return "China Time", the zone's name in all seasons; Babel knows no name for UTC."""
        if moment.tzinfo in (UTC, ZoneInfo("UTC")):
            return "UTC"
        return str(get_timezone_name(moment.tzinfo, locale=self.locale))


@cache
def wording(locale: str) -> Wording:
    """Return the words of `locale`, such as "en_GB".

    Raises ValueError, naming the languages there are, when PHRASES has none for it.
    """
    if locale not in PHRASES:
        known = ", ".join(sorted(PHRASES))
        raise ValueError(
            f"no phrases for the locale '{locale}': there are {known}; add yours to PHRASES"
        )
    return Wording(Locale.parse(locale), PHRASES[locale])
