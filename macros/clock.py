"""The day that a build is made for."""

import os
from datetime import date, datetime
from functools import cache
from zoneinfo import ZoneInfo

from macros.problem import Problem, ProblemsError

VARIABLE = "SITE_AS_OF"
_FIRST, _LAST = date(2020, 1, 1), date(2999, 12, 31)
"""No calendar of public holidays begins earlier; nobody plans for later."""


@cache
def today(zone: str) -> date:
    """Return the day in `zone`, an IANA time zone, or the day in SITE_AS_OF, for a preview.

    The result stays the same while the program runs, so that all pages of a build use one day.
    Raises ProblemsError if SITE_AS_OF is not a day such as 2027-01-15, or is out of range.
    """
    as_of = os.environ.get(VARIABLE)
    if not as_of:
        return datetime.now(ZoneInfo(zone)).date()
    try:
        day, expected = date.fromisoformat(as_of), f"from {_FIRST} to {_LAST}"
    except ValueError:
        day, expected = date.min, "such as 2027-01-15"
    if not _FIRST <= day <= _LAST:
        raise ProblemsError([Problem(VARIABLE, 1, f"expected a day {expected}, found '{as_of}'")])
    return day
