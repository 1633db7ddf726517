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
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from importlib.metadata import version
from pathlib import Path

from helpcentre.content.hashed import digest
from macros import business_days
from macros.business_days import FIRST_YEAR, Calendar, calendar, countries

YEARS_AHEAD = 2
FOLDER = "calendars"
"""In the built site."""
KEPT = "calendars.json"
"""In the folder of what builds keep."""


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

    @cached_property
    def folder(self) -> str:
        """Their folder in the built site, with a hash of them all: calendars/1a2b3c4d5e."""
        return f"{FOLDER}/{digest(b''.join(self.files.values()))}"


def make(day: date, work: Path) -> Calendars:
    """Return the calendars of all countries, from 2020 to two years after `day`.

    Counting them is slow, so they are kept in the folder `work`, with a hash of what they were made
    from: another year, another version of the library or other code makes them anew, and so does
    what a build that was killed has written of them.
    """
    years = range(FIRST_YEAR, day.year + YEARS_AHEAD + 1)
    code = b"".join(Path(file).read_bytes() for file in (__file__, business_days.__file__))
    made_from = digest(f"{version('holidays')} {years}".encode() + code)
    kept = work / KEPT
    with suppress(FileNotFoundError, KeyError, TypeError, ValueError):
        content = json.loads(kept.read_bytes())
        if content["made_from"] == made_from:
            return Calendars({country: text.encode() for country, text in content["files"].items()})
    files = {country: _text(calendar(country, years)) for country in sorted(countries())}
    work.mkdir(exist_ok=True)
    kept.write_text(json.dumps({"made_from": made_from, "files": files}), encoding="utf-8")
    return Calendars({country: text.encode() for country, text in files.items()})


def _text(known: Calendar) -> str:
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
    return json.dumps(content, default=str, ensure_ascii=False, separators=(",", ":"))
