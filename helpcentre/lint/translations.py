"""A translation has the parts, values and links of its original."""

from collections.abc import Iterator

from helpcentre.content import translation
from helpcentre.content.page import Page
from helpcentre.content.project import Project
from helpcentre.lint import values
from macros.problem import Problem


def check(page: Page, project: Project) -> Iterator[Problem]:
    """Yield a problem for each part that `page`, if it is a translation, drops or adds."""
    if not page.translation:
        return
    if not any(values.check(page, project)):  # else it is not known what the page states
        for line, message in translation.differences(page, project.forms):
            yield Problem(page.file, line, message)
    for line in translation.untitled(page):
        message = 'its title would be English: write !!! note "Title", here and in the original'
        yield Problem(page.file, line, message)
