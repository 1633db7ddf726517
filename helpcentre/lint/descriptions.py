"""Descriptions, which search results show, are neither too short nor cut off."""

from collections.abc import Iterator

from helpcentre.content import template
from helpcentre.content.page import Page
from helpcentre.content.project import Project
from macros.problem import Problem


def check(page: Page, project: Project) -> Iterator[Problem]:
    """Yield a problem if the description is too short or too long with its values filled in.

    It is measured for today and for each day on which a value will change, so that no change
    stops a build on its own day.
    """
    description, history = page.front_matter.description, project.history
    own = project.plain_policy_of(page)
    if any(template.errors(description, own)):
        return
    policies = [(project.day, own)]
    if template.values_in(description) and own is project.plain_policy:
        days = history.days_of_change(project.day)
        policies += [(day, history.on(day, announce=False)) for day in days]
    for day, policy in policies:
        length = len(template.fill(description, policy).striptags())
        least, most = project.language.description
        if not least <= length <= most:
            when = "" if day == project.day else f" from {day} on"
            message = f"expected a description of {least} to {most} characters"
            line = page.line_of_key("description")
            yield Problem(page.file, line, f"{message}, found {length}{when}")
            return
