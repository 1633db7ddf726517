"""What flows name exists, their words state no number by hand, and a page shows each."""

from collections.abc import Iterator, Sequence

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
    pages: dict[str, list[Page]] = {}
    for page in project.pages.values():
        if name := page.front_matter.flow:
            pages.setdefault(name, []).append(page)
    original = project.original
    for name, steps in project.flows.items():
        file = flow.file_of(project.language, name)
        has_values = True
        for keys, words in steps.texts():
            unknown = [*template.errors(words, project.policy)]
            has_values = has_values and not unknown
            for _, message in (*unknown, *hard_coded.typed_in(words, project)):
                yield problem_at(project.root, file, keys, message)
        if not original:
            yield from _in_steps(name, pages.get(name, []), project)
        elif name not in original.flows:
            yield Problem(file, 1, "the original has no such flow: remove it")
        elif name in pages and has_values:
            yield from withdrawn.flow_differences(name, project)
    unreadable = {problem.file for problem in project.problems}
    for name in sorted(pages.keys() - project.flows.keys()):
        file = flow.file_of(project.language, name)
        if original and name in original.flows and file not in unreadable:
            source = flow.file_of(original.language, name)
            yield Problem(file, 1, f"is missing: translate {source}")
        for page in pages[name] if not original else ():
            message = f"there is no {file}, or it has errors{did_you_mean(name, project.flows)}"
            yield Problem(page.file, page.line_of_key("flow"), message)


def _in_steps(name: str, shown_on: Sequence[Page], project: Project) -> Iterator[Problem]:
    """Yield a problem for what steps of the original name wrongly, or do not lead to."""
    steps = project.flows[name]
    file = flow.file_of(project.language, name)
    for keys, message in steps.errors():
        yield problem_at(project.root, file, keys, message)
    if not shown_on:
        yield Problem(file, 1, f"no page shows it: write 'flow: {name}' at the top of one")
    for key, outcome in steps.outcomes.items():
        unknown = [fact for fact in outcome.facts if fact not in project.facts]
        wrong = [("facts", f"unknown fact '{fact}': see {facts.FILE}") for fact in unknown]
        if outcome.link not in project.sources - {page.source for page in shown_on}:
            near = did_you_mean(outcome.link, project.pages)
            wrong.append(("link", f"there is no other page docs/{outcome.link}{near}"))
        if not outcome.facts and outcome.link != CONTACT:
            message = f"an outcome without 'facts' must link to {CONTACT}: the source is silent"
            wrong.append(("link", message))
        for part, message in wrong:
            yield problem_at(project.root, file, ("outcomes", key, part), message)
    for page in shown_on:
        if missing := sorted(steps.facts & set(project.facts) - set(page.front_matter.sources)):
            message = f"{file}, which the page shows, states {', '.join(missing)}: claim it here"
            yield Problem(page.file, page.line_of_key("sources"), message)
