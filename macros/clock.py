"""The one day that a build is made for."""

import os
from datetime import date, datetime
from functools import cache
from zoneinfo import ZoneInfo

VARIABLE = "SITE_AS_OF"
_FIRST, _LAST = date(2020, 1, 1), date(2999, 12, 31)
"""No calendar begins earlier (calculators/); later ones are beyond all that anybody plans."""


@cache
def today(zone: str) -> date:
    """Return the day in `zone`, an IANA time zone, or the day that SITE_AS_OF names, for a preview.

    Answers the same for as long as the program runs, so that all pages of a build see one day.
    Raises ValueError if SITE_AS_OF is not a day such as 2027-01-15, or is too far away.
    """
    told = os.environ.get(VARIABLE)
    if not told:
        return datetime.now(ZoneInfo(zone)).date()
    try:
        day = date.fromisoformat(told)
    except ValueError as error:
        raise ValueError(f"expected a day such as 2027-01-15, found '{told}'") from error
    if not _FIRST <= day <= _LAST:
        raise ValueError(f"expected a day from {_FIRST} to {_LAST}, found '{told}'")
    return day
