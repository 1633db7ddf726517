"""What is due to be checked again: values and pages. A warning, never a failed build."""

from datetime import timedelta

from checks.content import Content
from macros import policy
from macros.problem import Problem


def check(content: Content) -> list[Problem]:
    """Return a problem for each value and page whose next check was to be before `content.day`."""
    overdue = []
    for stated in content.policy:
        if stated.due < content.day:
            line = content.history.line_of(stated.name)
            message = (
                f"'{stated.name}' was to be checked by {stated.due}: {stated.owner}, set 'checked'"
            )
            overdue.append(Problem(policy.FILE, line, message))
    for page in content.pages.values():
        front = page.front_matter
        due = front.reviewed + timedelta(days=front.review_every)
        if due < content.day:
            message = f"the page was to be reviewed by {due}: read it, and set 'reviewed'"
            overdue.append(Problem(page.file, page.line_of_key("reviewed"), message))
    return sorted(overdue)
