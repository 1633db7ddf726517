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
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import holidays

from macros.business_days import Calendar, calendar
from macros.wording import Wording
from publish import assets

FIRST_YEAR = 2020
YEARS_AHEAD = 2
FOLDER = "calendars"
"""In the built site."""


@dataclass(frozen=True)
class Calendars:
    """The files of all countries."""

    countries: tuple[tuple[str, str], ...]
    """Code and name of each, by name: ("GB-ENG", "United Kingdom (England)")."""
    files: Mapping[str, bytes]
    """By code."""

    @property
    def folder(self) -> str:
        """Where they stand in the built site, with a hash of them all: calendars/1a2b3c."""
        return f"{FOLDER}/{assets.digest(b''.join(self.files.values()))}"


def make(day: date, words: Wording) -> Calendars:
    """Return the calendars, from 2020 to two years after `day`, of all countries with known ones.

    A country whose nations have holidays of their own, and names in `words`, is there as those.
    """
    apart: dict[str, list[str]] = {}
    for nation in words.phrases["nations"]:
        apart.setdefault(nation.partition("-")[0], []).append(nation)
    known = holidays.list_supported_countries(include_aliases=False)
    codes = [code for country in known for code in apart.get(country, [country])]
    names = {code: words.country(code) for code in codes}
    years = range(FIRST_YEAR, day.year + YEARS_AHEAD + 1)
    return Calendars(
        tuple(sorted(names.items(), key=lambda named: _letters(named[1]))),
        {code: _file(calendar(code, years)) for code in sorted(codes)},
    )


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


def _letters(name: str) -> str:
    """Return `name` without accents and capitals, so that Åland stands under A."""
    return unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().casefold()
