"""Descriptions, as they stand in search results: long enough to say something, and not cut."""

from collections.abc import Iterator

from checks import names
from checks.content import Content
from checks.page import Page
from macros.problem import Problem

SHORTEST, LONGEST = 50, 160
"""In characters, with values filled in."""


def check(page: Page, content: Content) -> Iterator[Problem]:
    """Yield a problem if the description is too short or too long with its values filled in.

    It is measured for today and for each day on which a value will change, so that no change
    stops a build on its own day.
    """
    line = page.line_of_key("description")
    history = content.history
    policies = [(content.day, content.plain_policy)]
    if names.used(page):
        days = history.days_of_change(content.day)
        policies += [(day, history.on(day, announce=False)) for day in days]
    for day, policy in policies:
        try:
            length = len(names.fill(page.front_matter.description, policy).striptags())
        except Exception as error:  # a mistake in macros/, not in the page
            yield Problem(page.file, line, f"a value cannot say itself: {error!r}")
            return
        if not SHORTEST <= length <= LONGEST:
            when = "" if day == content.day else f" from {day} on"
            message = f"expected a description of {SHORTEST} to {LONGEST} characters"
            yield Problem(page.file, line, f"{message}, found {length}{when}")
            return
