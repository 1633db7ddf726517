"""Descriptions, as they stand in search results: long enough to say something, and not cut."""

from collections.abc import Iterator

from checks import names
from checks.page import Page
from macros.policy import Policy
from macros.problem import Problem

SHORTEST, LONGEST = 50, 160
"""In characters, with values filled in."""


def check(page: Page, policy: Policy) -> Iterator[Problem]:
    """Yield a problem if the description is too short or too long once its values are filled in."""
    line = page.line_of_key("description")
    try:
        length = len(names.fill(page.front_matter.description, policy).striptags())
    except Exception as error:  # a mistake in macros/, not in the page
        yield Problem(page.file, line, f"a value cannot say itself: {error!r}")
        return
    if not SHORTEST <= length <= LONGEST:
        message = f"expected a description of {SHORTEST} to {LONGEST} characters, found {length}"
        yield Problem(page.file, line, message)
