"""What a writer must hear before publishing: from `python -m checks`, and from every build."""

from pathlib import Path

from checks import (
    asks,
    descriptions,
    examples,
    facts,
    flow,
    flows,
    folders,
    hard_coded,
    headings,
    markup,
    names,
    navigation,
    page,
    redirects,
    references,
)
from checks.content import Content
from macros import policy
from macros.clock import VARIABLE, today
from macros.problem import Problem, ProblemsError
from search import synonyms
from search.language import language


def read(root: Path, before: Content | None = None) -> Content:
    """Return policy.yml, facts.yml and all pages of the project at `root`, checked.

    Reads what writers write, not what is built from it. Raises ProblemsError with every mistake;
    where policy.yml or facts.yml cannot be used, only with that: no page can be judged then.
    `before` is what this returned last, if nothing but pages can have changed since; pages that
    are still the same are then not judged again by themselves.
    """
    history = policy.read(root)
    try:
        day = today(history.zone)
    except ValueError as error:
        raise ProblemsError([Problem(VARIABLE, 1, str(error))]) from error
    known = before.pages if before and before.day == day else {}
    pages, problems = page.read_all(root, known)
    made, misread = flow.read_all(root)
    problems += misread
    content = Content(
        root,
        day,
        history,
        history.on(day),
        history.on(day, announce=False),
        facts.load(root),
        pages,
        made,
        redirects.read(root),
        synonyms.read(root, language(history.language)),
    )
    for source, each in pages.items():
        if each is not known.get(source):
            problems += _of_page(each, content)
    problems += asks.check(pages.values())
    problems += flows.check(content)
    problems += folders.check(root)
    problems += references.check(content)
    problems += navigation.check(content)
    problems += redirects.check(content.redirects, pages, root)
    if problems:
        raise ProblemsError(problems)
    return content


def _of_page(each: page.Page, content: Content) -> list[Problem]:
    misnamed = list(names.check(each, content.policy))
    return [
        *misnamed,
        *([] if misnamed else descriptions.check(each, content)),
        *hard_coded.check(each, content.policy),
        *headings.check(each),
        *examples.check(each, content.policy),
        *markup.check(each),
    ]
