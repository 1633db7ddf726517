"""Worked examples, and the rules that calculators follow: from policy values of the right kinds."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from checks.page import Page, RefundExample, SellerDeadlineExample
from macros import cancellation, refund
from macros.business_days import calendar
from macros.cancellation import Limit
from macros.policy import Policy
from macros.problem import Problem
from macros.values import Duration, Instant, Range


@dataclass(frozen=True)
class SellerDeadline:
    """A request to cancel, worked out. The times are on the shopper's clocks."""

    requested: datetime
    preparation_ends: datetime
    response_time_ends: datetime
    closes: datetime
    closes_at_the_market: datetime
    """The same instant on the clocks of the marketplace's rule."""
    by_response_time: bool
    """Whether that limit decides, and not the preparation period."""


def check(page: Page, policy: Policy) -> Iterator[Problem]:
    """Yield a problem for each example of `page` that its rule cannot work out."""
    front = page.front_matter
    key = "refund_example"
    try:
        if front.refund_example:
            refund_arrival(front.refund_example, policy)
        key = "seller_deadline_example"
        if front.seller_deadline_example:
            seller_deadline(front.seller_deadline_example, policy)
    except (ValueError, OverflowError, AttributeError) as error:  # the last: no such value
        yield Problem(page.file, page.line_of_key(key), f"'{key}': {error}")


def refund_takes(policy: Policy) -> Range:
    """Return how long a refund takes. Raises ValueError if policy.yml says no range of days."""
    takes = policy.refund_arrival
    if not isinstance(takes, Range) or takes.unit == "hour":
        raise ValueError("refund_arrival in policy.yml is no range of days or business days")
    return takes


def seller_limits(policy: Policy) -> tuple[Instant, timedelta]:
    """Return from when the rule holds, and how long the seller has.

    Raises ValueError if policy.yml says no instant, or no number of hours.
    """
    cutoff, response_time = policy.cancellation_cutoff, policy.seller_response_time
    if not isinstance(cutoff, Instant):
        raise ValueError("cancellation_cutoff in policy.yml is no instant")
    if not isinstance(response_time, Duration):
        raise ValueError("seller_response_time in policy.yml is no duration")
    return cutoff, response_time.timedelta


def refund_arrival(example: RefundExample, policy: Policy) -> refund.Arrival:
    """Return when the refund of `example` arrives. Raises ValueError as `refund_takes` does."""
    processed = example.processed
    known = calendar(example.country, range(processed.year, processed.year + 2))
    return refund.arrival(processed, refund_takes(policy), known)


def seller_deadline(example: SellerDeadlineExample, policy: Policy) -> SellerDeadline:
    """Return `example` worked out. Raises ValueError where the rule covers no such request."""
    cutoff, response_time = seller_limits(policy)
    zone = ZoneInfo(example.zone)
    requested, ends = (
        at.replace(tzinfo=zone) for at in (example.requested, example.preparation_ends)
    )
    found = cancellation.seller_deadline(
        requested, ends, cutoff=cutoff.moment, response_time=response_time
    )
    return SellerDeadline(
        requested,
        ends,
        cancellation.after(requested, response_time).astimezone(zone),
        found.at.astimezone(zone),
        found.at.astimezone(ZoneInfo(cutoff.zone)),
        found.limit is Limit.RESPONSE_TIME,
    )
