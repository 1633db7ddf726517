"""Examples that calculators work out by their rules and the values of policy.yml."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Self
from zoneinfo import ZoneInfo

from pydantic import field_validator, model_validator

from macros import cancellation, refund
from macros.business_days import FIRST_YEAR, calendar, countries
from macros.policy import Day, Policy
from macros.values import Duration, Instant, Range, Strict, Zone, on_clocks


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


class RefundExample(Strict):
    """A refund whose arrival is worked out, to show how days are counted."""

    processed: Day
    country: str
    """The bank's: US, or GB-ENG for a nation of a country."""

    @field_validator("country")
    @classmethod
    def _is_known(cls, country: str) -> str:
        if country not in countries():
            raise ValueError(f"expected a country such as US or GB-ENG, found '{country}'")
        return country

    def work_out(self, policy: Policy) -> refund.Arrival:
        """Return when the refund arrives.

        Raises ValueError for a day whose holidays are not known, and as `refund_takes` does.
        """
        if self.processed.year < FIRST_YEAR:
            raise ValueError(f"expected a day from {FIRST_YEAR} on, found {self.processed}")
        known = calendar(self.country, range(FIRST_YEAR, self.processed.year + 2))
        return refund.arrival(self.processed, refund_takes(policy), known)


class SellerDeadlineExample(Strict):
    """A request to cancel for which the seller's deadline is worked out."""

    requested: datetime
    preparation_ends: datetime
    """Both on the clocks of `zone`."""
    zone: Zone

    @model_validator(mode="after")
    def _has_no_offsets(self) -> Self:
        if self.requested.tzinfo or self.preparation_ends.tzinfo:
            raise ValueError("expected times without an offset, on the clocks of 'zone'")
        return self

    def work_out(self, policy: Policy) -> WorkedDeadline:
        """Return the result for the request.

        Raises ValueError if the rule does not cover it, for a time that the clocks of `zone` skip
        or show twice, and as `seller_limits` does.
        """
        cutoff, response_time = seller_limits(policy)
        clocks = ZoneInfo(self.zone)
        asked, ends = (on_clocks(at, self.zone) for at in (self.requested, self.preparation_ends))
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
