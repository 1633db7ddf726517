"""The business days of every country, for the browser: one small file each, fetched when chosen.

{
  "first": 2020,                              the first year that is known
  "last": 2028,                               the last
  "weekends": {"2020": [5, 6]},               days of the week that do not count, 0 for Monday
  "holidays": {"New Year's Day": ["2020-01-01"]},
  "workdays": ["2020-05-09"]                  days of a weekend that count all the same
}
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache

from helpcentre.content.hashed import digest
from macros.business_days import FIRST_YEAR, Calendar, calendar, countries

YEARS_AHEAD = 2
FOLDER = "calendars"
"""In the built site."""


@dataclass(frozen=True)
class Calendars:
    """The files of all countries."""

    files: Mapping[str, bytes]
    """By code: US, or GB-ENG for a nation."""

    @property
    def countries(self) -> list[str]:
        """Their codes, without those of nations; browsers know their names."""
        return [code for code in self.files if "-" not in code]

    @property
    def nations(self) -> list[str]:
        """The codes of nations, whose names browsers do not know."""
        return [code for code in self.files if "-" in code]

    @property
    def folder(self) -> str:
        """Their folder in the built site, with a hash of them all: calendars/1a2b3c4d5e."""
        return f"{FOLDER}/{digest(b''.join(self.files.values()))}"


def make(day: date) -> Calendars:
    """Return the calendars of all countries, from 2020 to two years after `day`."""
    return _make(day.year + YEARS_AHEAD)


@cache
def _make(last_year: int) -> Calendars:
    years = range(FIRST_YEAR, last_year + 1)
    return Calendars({code: _file(calendar(code, years)) for code in sorted(countries())})


def _file(known: Calendar) -> bytes:
    by_name: dict[str, list[date]] = {}
    for day, name in known.holidays.items():
        by_name.setdefault(name, []).append(day)
    content = {
        "first": known.years[0],
        "last": known.years[-1],
        "weekends": {year: sorted(days) for year, days in known.weekends.items()},
        "holidays": by_name,
        "workdays": sorted(known.workdays),
    }
    return json.dumps(content, default=str, ensure_ascii=False, separators=(",", ":")).encode()
