"""Notices that hold for a time only: one that is over is kept, and says that it is archived.

A build archives it by itself from the day after its last; only `python -m checks` asks for the
mark, so that no day stops a site that nobody edits.
"""

from collections.abc import Iterator
from datetime import date

from checks.page import Page
from macros.problem import Problem


def check(page: Page, today: date) -> Iterator[Problem]:
    """Yield a problem for a notice past its last day that is not marked `archived: true`."""
    last = page.front_matter.last_day
    if last and last < today and not page.front_matter.archived:
        message = f"the notice is over since {last}: add 'archived: true'"
        yield Problem(page.file, page.line_of_key("last_day"), message)
