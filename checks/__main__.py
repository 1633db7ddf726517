"""`python -m checks`: print every mistake in what writers write; exit 1 if there is one.

Here pages are also held to plain words, which no build is. In a GitHub workflow the mistakes become
annotations on their lines. `python -m checks due` warns
of what is due to be checked again, and fails only on a mistake.
"""

import os
import sys
from pathlib import Path

import checks
from checks import due, notices, plain_words
from macros.problem import Problem, ProblemsError


def tell(problem: Problem, level: str) -> None:
    """Print `problem`, for people or for GitHub. `level` is "error" or "warning"."""
    print(problem.annotation(level) if os.environ.get("GITHUB_ACTIONS") else problem)


def main(words: list[str]) -> int:
    """Run the command that `words` say, and return its exit status."""
    try:
        content = checks.read(Path.cwd())
    except ProblemsError as error:
        for problem in error.problems:
            tell(problem, "error")
        print(f"{len(error.problems)} mistake{'s'[: len(error.problems) > 1]}")
        return 1
    if words not in ([], ["due"]):
        print(f"expected 'due' or nothing, found '{' '.join(words)}'")
        return 2
    if words == ["due"]:
        overdue = due.check(content)
        for problem in overdue:
            tell(problem, "warning")
        print(f"due to be checked again: {len(overdue)}")
        return 0
    problems = [
        *(
            problem
            for page in content.pages.values()
            for problem in notices.check(page, content.day)
        ),
        *plain_words.check(content),
    ]
    for note in plain_words.notes(content):
        tell(note, "warning")
    for problem in problems:
        tell(problem, "error")
    if not problems:
        print("pages, values and facts: no mistakes")
    return int(bool(problems))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
