"""`python -m helpcentre.lint`: print the errors of the content, or what is overdue for a check.

Values, pages and drafts that are overdue are warnings, printed where there are no errors; it fails
on errors only. In a GitHub workflow both become annotations on their lines.
"""

import os
import sys
from collections.abc import Iterable
from pathlib import Path

from helpcentre import lint
from helpcentre.lint import overdue
from macros.problem import Problem, ProblemsError


def main() -> int:
    """Return the exit status."""
    try:
        project, problems = lint.read(Path.cwd(), show_drafts=True)
    except ProblemsError as error:
        report(error.problems, "error")
        return 1
    report(problems, "error")
    if not problems:
        found = lint.check_by([overdue], project)
        report(found, "warning")
        print(f"overdue: {len(found)}")
    return int(bool(problems))


def report(problems: Iterable[Problem], level: str) -> None:
    """Print problems, in order, for people or for GitHub. `level` is "error" or "warning"."""
    for problem in sorted(problems):
        print(problem.annotation(level) if os.environ.get("GITHUB_ACTIONS") else problem)


if __name__ == "__main__":
    sys.exit(main())
