"""Values and pages that are overdue for a check, and drafts. A warning, never a failed build."""

from collections.abc import Iterator
from datetime import timedelta

from helpcentre.content.project import Project
from macros import policy
from macros.layout import DOCS
from macros.problem import Problem
from macros.strict_yaml import problem_at


def check(project: Project) -> list[Problem]:
    """Return a problem for each value and page whose next check was due before `project.day`.

    Drafts are due at any time.
    """
    return sorted(_overdue(project))


def _overdue(project: Project) -> Iterator[Problem]:
    for current in project.policy:
        if current.due < project.day:
            message = f"'{current.name}' was due for a check on {current.due} by {current.owner}"
            advice = f"{message}: check it, and update 'checked'"
            yield problem_at(project.root, policy.FILE, ("values", current.name), advice)
    for page in project.pages.values():
        front = page.front_matter
        due = front.reviewed + timedelta(days=front.review_every)
        if due < project.day and not front.draft:
            message = f"the page was due for a review on {due}: read it, and update 'reviewed'"
            yield Problem(page.file, page.line_of_key("reviewed"), message)
    for source in project.drafts:
        draft = project.pages.get(source)
        line = draft.line_of_key("draft") if draft else 1
        message = "the page is a draft: finish it, and remove 'draft: true'"
        yield Problem(f"{DOCS}/{source}", line, message)
