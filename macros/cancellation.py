"""Until when the seller must answer a request to cancel: pure rules, no clock, no text.

The source, facts F11 to F13: for requests made after 00:00 China time on 16 March 2020, the order
is closed automatically if the seller has not responded after 72 hours; if less than 72 hours of
the preparation period remain, the seller must respond within what remains.

Two readings are ours, because the source leaves them open:
- the rule holds from the cut-off on, that instant included;
- the 72 hours run from the request.
What held before the cut-off, and for a request after the preparation period, the source does not
say; nor do we.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta


@dataclass(frozen=True)
class Deadline:
    """When the order closes by itself unless the seller answers first."""

    at: datetime
    """In UTC."""
    by_response_time: bool
    """Whether that decides, rather than the preparation period; also when both end at once."""


def seller_deadline(
    requested: datetime, preparation_ends: datetime, *, cutoff: datetime, response_time: timedelta
) -> Deadline:
    """Return the earlier of `response_time` after the request and the preparation period's end.

    All datetimes are aware, in any zones; time is counted in UTC, so a clock change adds nothing.
    Raises ValueError for what the source does not cover, and for a datetime without a zone.
    """
    requested, preparation_ends, cutoff = map(_utc, (requested, preparation_ends, cutoff))
    if requested < cutoff:
        raise ValueError(f"the request, {requested}, is before the cut-off, {cutoff}")
    if preparation_ends <= requested:
        raise ValueError(f"the preparation period ended at {preparation_ends}, before the request")
    answer_by = after(requested, response_time)
    return Deadline(min(answer_by, preparation_ends), answer_by <= preparation_ends)


def after(moment: datetime, time: timedelta) -> datetime:
    """Return, in UTC, when `time` has passed since the aware `moment`, whatever clocks do."""
    return _utc(moment) + time


def _utc(moment: datetime) -> datetime:
    if moment.utcoffset() is None:
        raise ValueError(f"{moment} names no time zone")
    return moment.astimezone(UTC)
