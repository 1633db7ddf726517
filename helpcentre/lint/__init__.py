"""What must not be published: one rule a module, whose name is its id.

A rule's `check` yields a Problem for each thing that breaks it. A new rule is a new module, named
in one of the lists below.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from types import ModuleType

from helpcentre import content
from helpcentre.content.page import Page
from helpcentre.content.project import Project
from helpcentre.lint import (
    descriptions,
    drafts,
    facts,
    files,
    flows,
    hard_coded,
    headings,
    languages,
    leftovers,
    link_targets,
    markup,
    navigation,
    notices,
    outline,
    pictures,
    plain_words,
    redirects,
    references,
    search_phrases,
    synonyms,
    translations,
    untranslated,
    values,
    wording,
    worked_examples,
)
from macros.layout import DOCS
from macros.problem import Problem, ProblemsError

PAGE_RULES = (
    values,
    descriptions,
    hard_coded,
    headings,
    worked_examples,
    markup,
    link_targets,
    facts,
    translations,
)
"""Each judges one page of any language, by `check(page, project)`. Every build applies them."""
RENDERED_RULES = (markup, outline, leftovers)
"""Each judges the finished HTML of one page, by `check_rendered(page, markdown, html)`."""
PROJECT_RULES = (languages, untranslated, search_phrases, synonyms, flows)
"""Each judges the whole project in one language, by `check(project)`. Every build applies them."""
ORIGINAL_RULES = (files, pictures, references, navigation, redirects)
"""The same, for the original language only."""
EDITORIAL_RULES = (notices, plain_words)
"""The same, applied by `make check` only, so that no day stops an unedited site from building."""
SHOWN_IN_DRAFTS = (
    "descriptions",
    "hard-coded",
    "headings",
    "link-targets",
    "pictures",
    "search-phrases",
)
"""Ids of rules whose errors do not keep a draft from being shown."""


def load(root: Path, previous: Project | None = None, *, show_drafts: bool = False) -> Project:
    """Return what `read` does, in which there is no error. Raises ProblemsError with all errors."""
    project, problems = read(root, previous, show_drafts=show_drafts)
    if problems:
        raise ProblemsError(problems)
    return project


def read(
    root: Path, previous: Project | None = None, *, show_drafts: bool = False
) -> tuple[Project, list[Problem]]:
    """Return the content of the project at `root`, and all errors of pages that are no drafts.

    With `show_drafts` it has the drafts that can be shown, and in `problems` what is wrong with
    any draft. Pages that are unchanged since `previous`, in which there was no error and since
    which nothing but pages has changed, are not judged again.
    """
    project = content.read(root)
    known = previous if previous and previous.day == project.day else None
    shown = project.without(project.drafts)
    problems = check(shown, known)
    if show_drafts and project.drafts and not problems:
        wrong = check(project, shown)
        unfit = {problem.file for problem in wrong if problem.rule not in SHOWN_IN_DRAFTS}
        shown = project.without({s for s in project.drafts if f"{DOCS}/{s}" in unfit})
        shown = replace(shown, problems=wrong)
    return shown, [*problems, *check_by([drafts], shown)]


def check(project: Project, known: Project | None = None) -> list[Problem]:
    """Return what keeps `project` from being published, including what could not be read.

    The pages in `known` have no errors, and are not judged again.
    """
    problems = [*project.problems, *check_by([wording], project)]
    if len(problems) > len(project.problems):
        return problems  # other rules fill values in, and need them worded
    for source, page in project.pages.items():
        if page is not (known.pages.get(source) if known else None):
            for rule in PAGE_RULES:
                problems += _with_id(rule, rule.check(page, project))
    problems += check_by(PROJECT_RULES, project)
    problems += check_by(ORIGINAL_RULES if not project.original else (), project)
    for tag, translation in project.translations.items():
        problems += check(translation, known.translations.get(tag) if known else None)
    return problems


def check_rendered(page: Page, markdown: str, html: str) -> list[Problem]:
    """Return what is wrong in the `html` of a page, made of its `markdown` with values in it."""
    return [
        problem
        for rule in RENDERED_RULES
        for problem in _with_id(rule, rule.check_rendered(page, markdown, html))
    ]


def check_by(rules: Iterable[ModuleType], project: Project) -> list[Problem]:
    """Return what breaks these rules, each of which judges the whole project."""
    return [problem for rule in rules for problem in _with_id(rule, rule.check(project))]


def _with_id(rule: ModuleType, problems: Iterable[Problem]) -> Iterator[Problem]:
    id_ = rule.__name__.rpartition(".")[2].replace("_", "-")
    return (problem._replace(rule=id_) for problem in problems)
