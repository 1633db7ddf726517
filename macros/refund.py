"""Between which days a refund usually arrives: fact F6, counted by a calendar."""

from datetime import date, timedelta
from typing import NamedTuple

from macros.business_days import Calendar, after
from macros.values import Range


class Arrival(NamedTuple):
    """Both days included; later is possible, because the source says "usually"."""

    earliest: date
    latest: date


def arrival(processed: date, takes: Range, calendar: Calendar) -> Arrival:
    """Return when a refund arrives that Aleigro processed on a day, which is day zero.

    `calendar` is of the country of the shopper's bank. Raises ValueError for a range in hours,
    OverflowError beyond the year 9999.
    """
    if takes.unit == "business day":
        return Arrival(*(after(processed, count, calendar) for count in (takes.min, takes.max)))
    if takes.unit == "day":
        return Arrival(*(processed + timedelta(days=count) for count in (takes.min, takes.max)))
    raise ValueError(f"a refund takes days or business days, not {takes.unit}s")
