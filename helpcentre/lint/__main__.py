"""`python -m helpcentre.lint`: print every error in what writers write; exit 1 if there is one.

It also applies the editorial rules, which no build does. What is wrong with a draft is a warning.
In a GitHub workflow both become annotations on their lines. `python -m helpcentre.lint overdue`
prints what is overdue for a check, and fails on errors only.
"""

import argparse
import os
import sys
from collections.abc import Iterable
from pathlib import Path

from helpcentre import lint
from helpcentre.lint import plain_words
from macros.problem import Problem, ProblemsError


def main(command: str) -> int:
    """Run `command`, which is "check" or "overdue", and return its exit status."""
    try:
        project = lint.load(Path.cwd(), show_drafts=True)
    except ProblemsError as error:
        _report(error.problems, "error")
        errors = "1 error" if len(error.problems) == 1 else f"{len(error.problems)} errors"
        print(errors, file=sys.stderr)
        return 1
    if command == "overdue":
        overdue = lint.check_by(lint.WARNINGS, project)
        _report(overdue, "warning")
        print(f"overdue: {len(overdue)}")
        return 0
    problems = lint.check_by(lint.SHOWN_RULES, project.without(project.drafts))
    problems += lint.check_by(lint.EDITORIAL_RULES, project)
    _report(plain_words.suggestions(project), "warning")
    _report([*project.problems, *filter(project.in_draft, problems)], "warning")
    problems = [problem for problem in problems if not project.in_draft(problem)]
    _report(problems, "error")
    if not problems:
        print("pages, values and facts: no errors")
    return int(bool(problems))


def _report(problems: Iterable[Problem], level: str) -> None:
    """Print problems, for people or for GitHub. `level` is "error" or "warning"."""
    for problem in problems:
        print(problem.annotation(level) if os.environ.get("GITHUB_ACTIONS") else problem)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m helpcentre.lint", description=__doc__)
    parser.add_argument("command", nargs="?", choices=["check", "overdue"], default="check")
    sys.exit(main(parser.parse_args().command))
