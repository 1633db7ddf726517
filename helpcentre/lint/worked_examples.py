"""The rule of a calculator can work out the example that a page gives."""

from collections.abc import Iterator

from helpcentre.content.page import Page
from helpcentre.content.project import Project
from macros.problem import Problem


def check(page: Page, project: Project) -> Iterator[Problem]:
    """Yield a problem for each example of `page` that cannot be worked out."""
    for calculator, example in page.front_matter.calculators if not page.translation else ():
        try:
            example.work_out(project.policy)
        except (ValueError, OverflowError) as error:
            line = page.line_of_key(calculator.key)
            yield Problem(page.file, line, f"'{calculator.key}': {error}")
