"""What is published leads to no draft."""

from collections.abc import Iterator

from helpcentre.content import flow, links
from helpcentre.content.page import Page
from helpcentre.content.project import Project
from macros.layout import DOCS
from macros.problem import Problem
from macros.strict_yaml import problem_at


def check(project: Project) -> Iterator[Problem]:
    """Yield a problem for each page or flow that leads to a draft which `project` does not show."""
    if not project.hidden:
        return
    for page in project.pages.values():
        for line, source in _links(page) if not page.front_matter.draft else ():
            if source in project.hidden:
                yield Problem(page.file, line, _message(source))
    for name, steps in project.flows.items():
        file = flow.file_of(project.language, name)
        for key, outcome in steps.outcomes.items():
            if outcome.link in project.hidden:
                message = _message(outcome.link)
                yield problem_at(project.root, file, ("outcomes", key, "link"), message)


def _links(page: Page) -> Iterator[tuple[int, str]]:
    """Yield line and path under docs/ of each page that `page` may lead to."""
    for related in page.front_matter.related:
        yield page.line_of_key("related"), related
    for start, target in links.targets(page.body):
        yield page.line_at(start), page.source_of(target)


def _message(source: str) -> str:
    return f"{DOCS}/{source} is a draft, which is not shown: finish it, or remove the link"
