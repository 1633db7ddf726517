"""Worked examples that front matter names: their rule must be able to work them out."""

from collections.abc import Iterator

from checks.page import Page
from macros import examples
from macros.policy import Policy
from macros.problem import Problem


def check(page: Page, policy: Policy) -> Iterator[Problem]:
    """Yield a problem for each example of `page` that its rule cannot work out."""
    front = page.front_matter
    if refund := front.refund_example:
        try:
            examples.refund_arrival(refund.processed, refund.country, policy)
        except (ValueError, OverflowError) as error:
            yield _problem(page, "refund_example", error)
    if request := front.seller_deadline_example:
        try:
            examples.seller_deadline(
                request.requested, request.preparation_ends, request.zone, policy
            )
        except ValueError as error:
            yield _problem(page, "seller_deadline_example", error)


def _problem(page: Page, key: str, error: Exception) -> Problem:
    return Problem(page.file, page.line_of_key(key), f"'{key}': {error}")
