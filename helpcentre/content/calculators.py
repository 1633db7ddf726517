"""The calculators that pages can show; each is one entry of CALCULATORS, and named nowhere else.

A calculator works out a shopper's own answer. Its rule is in macros/; the browser has the same rule
in theme/calculators/, and the words are in its template.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from macros.examples import RefundExample, SellerDeadlineExample, refund_takes, seller_limits
from macros.policy import Policy


@dataclass(frozen=True)
class Calculator:
    """One calculator, and what it needs."""

    key: str
    """The front matter key by which a page shows it; its value is the worked example."""
    example: type[RefundExample | SellerDeadlineExample]
    """The model of that example, whose work_out(policy) returns the result.

    It raises ValueError or OverflowError for an example that has no result.
    """
    values: Callable[[Policy], Any]
    """Returns the policy's values that the browser needs. Raises ValueError if one is missing."""
    texts: str
    """How the names of its texts begin."""
    template: str
    """Its template, below theme/."""
    script: str
    """Its script, below theme/calculators/."""


CALCULATORS = (
    Calculator(
        key="refund_example",
        example=RefundExample,
        values=refund_takes,
        texts="refund_",
        template="partials/refund.html",
        script="refund.js",
    ),
    Calculator(
        key="seller_deadline_example",
        example=SellerDeadlineExample,
        values=seller_limits,
        texts="deadline_",
        template="partials/seller_deadline.html",
        script="seller_deadline.js",
    ),
)
