"""Every value has words, in each of its forms, on each day on which it holds."""

from collections.abc import Iterator

from helpcentre.content.project import Project
from macros import policy
from macros.problem import Problem


def check(project: Project) -> Iterator[Problem]:
    """Yield a problem for each value that cannot be worded: an error in macros/ or its data."""
    for name, entry in project.history.entries.items():
        values = [entry.value] if entry.value else [row.value for row in entry.rows]
        for value in values:
            try:
                _ = str(value), [getattr(value, form) for form in value.forms]
            except Exception as error:
                line = project.history.line_of(name)
                yield Problem(policy.FILE, line, f"'{name}' cannot be worded: {error!r}")
