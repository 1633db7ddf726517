"""What a writer must hear before publishing: from `python -m checks`, and from every build."""

from pathlib import Path

from checks import facts, names, page, references
from macros import policy
from macros.problem import Problem, ProblemsError


def content(root: Path) -> list[Problem]:
    """Return every mistake in policy.yml, facts.yml and the pages of the project at `root`.

    Reads what writers write, not what is built from it. Where policy.yml or facts.yml cannot be
    used, only that is told: no page can be judged without them.
    """
    try:
        values = policy.load(root)
        known_facts = facts.load(root)
    except ProblemsError as error:
        return list(error.problems)
    pages: dict[str, page.Page] = {}
    problems: list[Problem] = []
    for file in page.files(root):
        try:
            readable = page.read(root, file)
        except ProblemsError as error:
            problems += error.problems
        else:
            pages[readable.source] = readable
            problems += names.check(readable, values)
    problems += references.check(pages, known_facts, root)
    return sorted(problems)
