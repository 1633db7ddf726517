"""What flows name exists, their words state no number by hand, and a page shows each."""

from collections.abc import Iterator

from helpcentre.content import facts, flow, template, withdrawn
from helpcentre.content.page import CONTACT, Page
from helpcentre.content.project import Project
from helpcentre.lint import hard_coded
from macros.problem import Problem
from macros.strict_yaml import did_you_mean, problem_at


def check(project: Project) -> Iterator[Problem]:
    """Yield a problem for each value, page or fact that a flow names wrongly or may not name.

    A translation is compared with its original, if a page of its language shows it.
    """
    shown = {page.front_matter.flow for page in project.pages.values()}
    for name in project.flows:
        wrong = list(_template_errors(name, project))
        yield from wrong
        yield from _typed(name, project)
        if not project.original:
            yield from _in_steps(name, project)
        elif name not in project.original.flows:
            file = flow.file_of(project.language, name)
            yield Problem(file, 1, "the original has no such flow: remove it")
        elif name in shown and not wrong:
            yield from withdrawn.flow_differences(name, project)
    for page in project.pages.values():
        if page.front_matter.flow not in (None, *project.flows):
            yield from _missing(page, project)


def _missing(page: Page, project: Project) -> Iterator[Problem]:
    """Yield a problem for a flow that `page` names, and that is not there."""
    name = page.front_matter.flow or ""
    file = flow.file_of(project.language, name)
    if not project.original:
        message = f"there is no {file}, or it has errors{did_you_mean(name, project.flows)}"
        yield Problem(page.file, page.line_of_key("flow"), message)
    elif name in project.original.flows and file not in {
        problem.file for problem in project.problems
    }:
        source = flow.file_of(project.original.language, name)
        yield Problem(file, 1, f"is missing: translate {source}")


def _typed(name: str, project: Project) -> Iterator[Problem]:
    file = flow.file_of(project.language, name)
    for keys, words in project.flows[name].texts():
        for _, message in hard_coded.typed_in(words, project):
            yield problem_at(project.root, file, keys, message)


def _template_errors(name: str, project: Project) -> Iterator[Problem]:
    file = flow.file_of(project.language, name)
    for keys, words in project.flows[name].texts():
        for _, message in template.errors(words, project.policy):
            yield problem_at(project.root, file, keys, message)


def _in_steps(name: str, project: Project) -> Iterator[Problem]:
    steps = project.flows[name]
    file = flow.file_of(project.language, name)
    for keys, message in steps.errors():
        yield problem_at(project.root, file, keys, message)
    shown_on = [page for page in project.pages.values() if page.front_matter.flow == name]
    if not shown_on:
        yield Problem(file, 1, f"no page shows it: write 'flow: {name}' at the top of one")
    for key, outcome in steps.outcomes.items():
        wrong = []
        if outcome.link not in project.sources - {page.source for page in shown_on}:
            near = did_you_mean(outcome.link, project.pages)
            wrong.append(("link", f"there is no other page docs/{outcome.link}{near}"))
        if not outcome.facts and outcome.link != CONTACT:
            message = f"an outcome without 'facts' must link to {CONTACT}: the source is silent"
            wrong.append(("link", message))
        for fact in outcome.facts:
            if fact not in project.facts:
                wrong.append(("facts", f"unknown fact '{fact}': see {facts.FILE}"))
        for part, message in wrong:
            yield problem_at(project.root, file, ("outcomes", key, part), message)
    for page in shown_on:
        if missing := sorted(steps.facts & set(project.facts) - set(page.front_matter.sources)):
            message = f"{file}, which the page shows, states {', '.join(missing)}: claim it here"
            yield Problem(page.file, page.line_of_key("sources"), message)
