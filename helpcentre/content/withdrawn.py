"""Translations that are not shown, because they say something else than their original does now.

Where only words of the original have changed, the page has a note. Where its steps, values, links
or facts have, links lead to the original until the page is translated again.
"""

from collections.abc import Iterator

from helpcentre.content import facts, flow, translation
from helpcentre.content.page import Page
from helpcentre.content.project import Project
from macros.problem import Problem
from macros.strict_yaml import problem_at


def reasons(page: Page, project: Project) -> Iterator[Problem]:
    """Yield why `page`, a translation whose original has changed since, cannot be shown."""
    own_facts = [fact for fact in project.facts.values() if page.source in fact.pages]
    if not project.is_stale(page) and all(fact.proof for fact in own_facts):
        return
    for line, message in translation.differences(page, project.forms):
        yield Problem(page.file, line, message)
    file = facts.proofs_of(project.language)
    for id_, words in facts.missing(page, project):
        if words:
            yield Problem(page.file, page.body_line, f"does not state the fact {id_} as it is now")
        else:
            yield facts.unproven(project.facts[id_], id_, project.root, file)
    if page.front_matter.flow:
        yield from flow_differences(page.front_matter.flow, project)


def flow_differences(name: str, project: Project) -> Iterator[Problem]:
    """Yield what the flow `name` of a translation drops, adds or leaves as in its original."""
    original = project.original
    if not original or name not in project.flows.keys() & original.flows.keys():
        return
    file = flow.file_of(project.language, name)
    for keys, message in project.flows[name].differences(original.flows[name], project.forms):
        source = flow.file_of(original.language, name)
        yield problem_at(project.root, file, keys, f"{message}; see {source}")
