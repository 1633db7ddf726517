"""A translation has the parts, values and links of its original, and types no number or label."""

from collections.abc import Iterator

from helpcentre.content import number_words, translation
from helpcentre.content.page import Page
from helpcentre.content.project import Project
from helpcentre.content.translation import hash_of
from helpcentre.lint import hard_coded, values
from macros.problem import Problem


def check(page: Page, project: Project) -> Iterator[Problem]:
    """Yield a problem for each part that `page`, if it is a translation, drops, adds or types."""
    translated, language = page.translation, project.language
    if not translated:
        return
    if not translated.state.of:
        line, hash_ = page.line_of_key("translation"), hash_of(translated.original)
        message = f"name the original that was translated: translation: {{of: {hash_}, by: ...}}"
        yield Problem(page.file, line, message)
    if not any(values.check(page, project)):  # else it is not known what the page states
        for line, message in translation.differences(page):
            yield Problem(page.file, line, message)
    for line in translation.untitled(page):
        message = 'its title would be English: write !!! note "Title", here and in the original'
        yield Problem(page.file, line, message)
    for line, typed in number_words.typed(page, language):
        message = f"'{typed}' is typed by hand: state it by a value, or say it in other words"
        yield Problem(page.file, line, message)
    for first, text in page.texts():
        for line, message in hard_coded.labels_in(text, project.policy, language.script):
            yield Problem(page.file, first + line, message)
