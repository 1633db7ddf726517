"""The one day that a build is made for."""

import os
from datetime import date, datetime
from functools import cache
from zoneinfo import ZoneInfo

VARIABLE = "SITE_AS_OF"


@cache
def today(zone: str) -> date:
    """Return the day in `zone`, an IANA time zone, or the day that SITE_AS_OF names, for a preview.

    Answers the same for as long as the program runs, so that all pages of a build see one day.
    Raises ValueError if SITE_AS_OF is not a day such as 2027-01-15.
    """
    told = os.environ.get(VARIABLE)
    if not told:
        return datetime.now(ZoneInfo(zone)).date()
    try:
        return date.fromisoformat(told)
    except ValueError as error:
        raise ValueError(f"expected a day such as 2027-01-15, found '{told}'") from error
