"""A temporary notice that is over is marked as archived.

A build archives it by itself from the day after its last; only `make check` asks for the mark, so
that no day stops an unedited site from building.
"""

from collections.abc import Iterator

from helpcentre.content.project import Project
from macros.problem import Problem


def check(project: Project) -> Iterator[Problem]:
    """Yield a problem for each notice past its last day that is not marked `archived: true`."""
    for page in project.pages.values():
        last = page.front_matter.last_day
        if last and last < project.day and not page.front_matter.archived:
            message = f"the notice ended on {last}: add 'archived: true'"
            yield Problem(page.file, page.line_of_key("last_day"), message)
