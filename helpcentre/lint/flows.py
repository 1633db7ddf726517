"""What flows name exists, their words state no number by hand, and a page shows each."""

from collections.abc import Iterator

from helpcentre.content import facts, flow, template
from helpcentre.content.page import CONTACT
from helpcentre.content.project import Project
from helpcentre.lint import hard_coded
from macros.problem import Problem
from macros.strict_yaml import did_you_mean, line_of, read_text


def check(project: Project) -> Iterator[Problem]:
    """Yield a problem for each value, page or fact that a flow names wrongly or may not name."""
    for name in project.flows:
        yield from _flow_problems(name, project)
    for page in project.pages.values():
        shown = page.front_matter.flow
        if shown and shown not in project.flows:
            near = did_you_mean(shown, project.flows)
            file = flow.file_of(project.language, shown)
            message = f"there is no {file}, or it has errors{near}"
            yield Problem(page.file, page.line_of_key("flow"), message)


def _flow_problems(name: str, project: Project) -> Iterator[Problem]:
    steps = project.flows[name]
    file = flow.file_of(project.language, name)
    text = read_text(project.root, file)
    for keys, message in steps.errors():
        yield Problem(file, line_of(text, keys), message)
    for keys, words in steps.texts():
        line = line_of(text, keys)
        for _, message in template.errors(words, project.policy):
            yield Problem(file, line, message)
        for typed, instead in hard_coded.in_words(words, project.policy):
            yield Problem(file, line, f"'{typed}' is typed by hand: {instead}")
    shown_on = [page for page in project.pages.values() if page.front_matter.flow == name]
    if not shown_on:
        yield Problem(file, 1, f"no page shows it: write 'flow: {name}' at the top of one")
    for key, outcome in steps.outcomes.items():
        line = line_of(text, ("outcomes", key, "link"))
        if outcome.link not in project.sources or outcome.link in [
            page.source for page in shown_on
        ]:
            near = did_you_mean(outcome.link, project.pages)
            yield Problem(file, line, f"there is no other page docs/{outcome.link}{near}")
        if not outcome.facts and outcome.link != CONTACT:
            message = f"an outcome without 'facts' must link to {CONTACT}: the source is silent"
            yield Problem(file, line, message)
        for fact in outcome.facts:
            if fact not in project.facts:
                message = f"unknown fact '{fact}': see {facts.FILE}"
                yield Problem(file, line_of(text, ("outcomes", key, "facts")), message)
    for page in shown_on:
        if missing := sorted(steps.facts & set(project.facts) - set(page.front_matter.sources)):
            message = f"{file}, which the page shows, states {', '.join(missing)}: claim it here"
            yield Problem(page.file, page.line_of_key("sources"), message)
