"""What must not be published: one rule a module, whose name is its id.

A rule's `check` yields a Problem for each thing that breaks it. A new rule is a new module, named
in one of the lists below.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path
from types import ModuleType

from helpcentre import content
from helpcentre.content.project import Project
from helpcentre.lint import (
    descriptions,
    files,
    flows,
    hard_coded,
    headings,
    markup,
    navigation,
    notices,
    overdue,
    pictures,
    plain_words,
    redirects,
    references,
    search_phrases,
    synonyms,
    values,
    wording,
    worked_examples,
)
from macros.problem import Problem, ProblemsError

VALUE_RULES = (wording,)
"""Each judges the values, by `check(project)`. Other rules fill values in, and need them worded."""
PAGE_RULES = (values, descriptions, hard_coded, headings, worked_examples, markup)
"""Each judges one page at a time, by `check(page, project)`. Every build applies them."""
PROJECT_RULES = (
    search_phrases,
    synonyms,
    flows,
    files,
    pictures,
    references,
    navigation,
    redirects,
)
"""Each judges the whole project, by `check(project)`. Every build applies them."""
EDITORIAL_RULES = (notices, plain_words)
"""The same, applied by `make check` only, so that no day stops an unedited site from building."""
WARNINGS = (overdue,)
"""The same, for `make overdue`: they never fail."""


def load(root: Path, previous: Project | None = None) -> Project:
    """Return the content of the project at `root`, in which there is no error.

    Raises ProblemsError with all errors. Pages that are unchanged since `previous`, in which there
    was no error and since which nothing but pages has changed, are not judged again.
    """
    project = content.read(root, previous)
    if problems := check(project, previous):
        raise ProblemsError(problems)
    return project


def check(project: Project, previous: Project | None = None) -> list[Problem]:
    """Return what keeps `project` from being published, including what could not be read."""
    known = previous.pages if previous and previous.day == project.day else {}
    problems = [*project.problems, *check_by(VALUE_RULES, project)]
    if len(problems) > len(project.problems):
        return problems
    for source, page in project.pages.items():
        if page is not known.get(source):
            for rule in PAGE_RULES:
                problems += _with_id(rule, rule.check(page, project))
    return problems + check_by(PROJECT_RULES, project)


def check_by(rules: Iterable[ModuleType], project: Project) -> list[Problem]:
    """Return what breaks these rules, each of which judges the whole project."""
    return [problem for rule in rules for problem in _with_id(rule, rule.check(project))]


def _with_id(rule: ModuleType, problems: Iterable[Problem]) -> Iterator[Problem]:
    id_ = rule.__name__.rpartition(".")[2].replace("_", "-")
    return (problem._replace(rule=id_) for problem in problems)
