"""The rules of the calculators applied to the values of policy.yml."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from macros import cancellation, refund
from macros.business_days import FIRST_YEAR, calendar
from macros.policy import Policy
from macros.values import Duration, Instant, Range, on_clocks


@dataclass(frozen=True)
class WorkedDeadline:
    """The result for a request to cancel. The times are on the shopper's clocks."""

    requested: datetime
    preparation_ends: datetime
    response_time_ends: datetime
    closes: datetime
    closes_at_the_market: datetime
    """The same instant in the time zone of the marketplace's rule."""
    by_response_time: bool
    """Whether the response time decides, rather than the preparation period."""


def refund_takes(policy: Policy) -> Range:
    """Return how long a refund takes. Raises ValueError if policy.yml has no range of days."""
    takes = getattr(policy, "refund_arrival", None)
    if not isinstance(takes, Range) or takes.unit not in ("day", "business day"):
        raise ValueError("policy.yml has no refund_arrival that is a range of days")
    return takes


def seller_limits(policy: Policy) -> tuple[Instant, timedelta]:
    """Return when the rule begins, and how long the seller has.

    Raises ValueError if policy.yml has no instant, or no number of hours.
    """
    cutoff = getattr(policy, "cancellation_cutoff", None)
    response_time = getattr(policy, "seller_response_time", None)
    if not isinstance(cutoff, Instant):
        raise ValueError("policy.yml has no cancellation_cutoff that is an instant")
    if not isinstance(response_time, Duration):
        raise ValueError("policy.yml has no seller_response_time that is a duration")
    return cutoff, response_time.timedelta


def refund_arrival(processed: date, country: str, policy: Policy) -> refund.Arrival:
    """Return when a refund arrives at a bank of `country`.

    Raises ValueError for a day whose holidays are not known, and as `refund_takes` does.
    """
    if processed.year < FIRST_YEAR:
        raise ValueError(f"expected a day from {FIRST_YEAR} on, found {processed}")
    known = calendar(country, range(FIRST_YEAR, processed.year + 2))
    return refund.arrival(processed, refund_takes(policy), known)


def seller_deadline(
    requested: datetime, preparation_ends: datetime, zone: str, policy: Policy
) -> WorkedDeadline:
    """Return the result for a request, whose two times without an offset are in `zone`.

    Raises ValueError if the rule does not cover the request, for a time that the clocks of `zone`
    skip or show twice, and as `seller_limits` does.
    """
    cutoff, response_time = seller_limits(policy)
    clocks = ZoneInfo(zone)
    asked, ends = (on_clocks(at, zone) for at in (requested, preparation_ends))
    found = cancellation.seller_deadline(
        asked, ends, cutoff=cutoff.moment, response_time=response_time
    )
    return WorkedDeadline(
        asked,
        ends,
        cancellation.after(asked, response_time).astimezone(clocks),
        found.at.astimezone(clocks),
        found.at.astimezone(ZoneInfo(cutoff.zone)),
        found.by_response_time,
    )
