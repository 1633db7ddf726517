"""The calculators that pages can show; each is one entry of CALCULATORS, and named nowhere else.

A calculator works out a shopper's own answer. Its rule is in macros/; the browser has the same rule
in theme/calculators/, and the words are in its template.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Self

from pydantic import field_validator, model_validator

from macros import business_days, examples
from macros.policy import Day, Policy
from macros.values import Strict, Zone


@dataclass(frozen=True)
class Calculator:
    """One calculator, and what it needs."""

    key: str
    """The front matter key by which a page shows it; its value is the worked example."""
    example: type[Strict]
    """The model of that example."""
    work_out: Callable[[Any, Policy], Any]
    """Returns the result for an example. Raises ValueError or OverflowError if there is none."""
    values: Callable[[Policy], Any]
    """Returns the policy's values that the browser needs. Raises ValueError if one is missing."""
    texts: str
    """How the names of its texts begin."""
    template: str
    """Its template, below theme/."""
    script: str
    """Its script, below theme/calculators/."""


class RefundExample(Strict):
    """A refund whose arrival the page works out, to show how days are counted."""

    processed: Day
    country: str
    """The bank's: US, or GB-ENG for a nation of a country."""

    @field_validator("country")
    @classmethod
    def _is_known(cls, country: str) -> str:
        if country not in business_days.countries():
            raise ValueError(f"expected a country such as US or GB-ENG, found '{country}'")
        return country


class SellerDeadlineExample(Strict):
    """A request to cancel for which the page works out the seller's deadline."""

    requested: datetime
    preparation_ends: datetime
    """Both on the clocks of `zone`."""
    zone: Zone

    @model_validator(mode="after")
    def _has_no_offsets(self) -> Self:
        if self.requested.tzinfo or self.preparation_ends.tzinfo:
            raise ValueError("expected times without an offset, on the clocks of 'zone'")
        return self


CALCULATORS = (
    Calculator(
        key="refund_example",
        example=RefundExample,
        work_out=lambda example, policy: examples.refund_arrival(
            example.processed, example.country, policy
        ),
        values=examples.refund_takes,
        texts="refund_",
        template="partials/refund.html",
        script="refund.js",
    ),
    Calculator(
        key="seller_deadline_example",
        example=SellerDeadlineExample,
        work_out=lambda example, policy: examples.seller_deadline(
            example.requested, example.preparation_ends, example.zone, policy
        ),
        values=examples.seller_limits,
        texts="deadline_",
        template="partials/seller_deadline.html",
        script="seller_deadline.js",
    ),
)
