"""Values and pages that are overdue for a check. A warning, never a failed build."""

from collections.abc import Iterator
from datetime import timedelta

from helpcentre.content.project import Project
from macros import policy
from macros.problem import Problem


def check(project: Project) -> list[Problem]:
    """Return a problem for each value and page whose next check was due before `project.day`."""
    return sorted([*_values(project), *_pages(project)])


def _values(project: Project) -> Iterator[Problem]:
    for current in project.policy:
        if current.due < project.day:
            line = project.history.line_of(current.name)
            message = f"'{current.name}' was due for a check on {current.due} by {current.owner}"
            yield Problem(policy.FILE, line, f"{message}: check it, and update 'checked'")


def _pages(project: Project) -> Iterator[Problem]:
    for page in project.pages.values():
        front = page.front_matter
        due = front.reviewed + timedelta(days=front.review_every)
        if due < project.day:
            message = f"the page was due for a review on {due}: read it, and update 'reviewed'"
            yield Problem(page.file, page.line_of_key("reviewed"), message)
