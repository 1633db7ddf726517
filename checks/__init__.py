"""What a writer must hear before publishing: from `python -m checks`, and from every build."""

from datetime import date
from pathlib import Path

from checks import (
    asks,
    descriptions,
    facts,
    hard_coded,
    markup,
    names,
    notices,
    page,
    references,
)
from macros import policy
from macros.clock import VARIABLE, today
from macros.policy import Policy
from macros.problem import Problem, ProblemsError


def content(root: Path) -> list[Problem]:
    """Return every mistake in policy.yml, facts.yml and the pages of the project at `root`.

    Reads what writers write, not what is built from it. Where policy.yml or facts.yml cannot be
    used, only that is told: no page can be judged without them.
    """
    try:
        history = policy.read(root)
        day = today(history.zone)
        values = history.on(day)
        known_facts = facts.load(root)
    except ProblemsError as error:
        return list(error.problems)
    except ValueError as error:
        return [Problem(VARIABLE, 1, str(error))]
    pages, problems = page.read_all(root)
    for each in pages.values():
        problems += _of_page(each, values, day)
    problems += asks.check(pages.values())
    problems += references.check(pages, known_facts, root)
    return sorted(problems)


def _of_page(each: page.Page, values: Policy, day: date) -> list[Problem]:
    misnamed = list(names.check(each, values))
    return [
        *misnamed,
        *([] if misnamed else descriptions.check(each, values)),
        *hard_coded.check(each, values),
        *markup.check(each),
        *notices.check(each, day),
    ]
