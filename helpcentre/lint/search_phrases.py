"""Answers have search phrases; these name no amount of time or date, and each is on one page."""

import re
from collections.abc import Iterator

from helpcentre.content import phrases
from helpcentre.content.page import LISTS
from helpcentre.content.project import Project
from helpcentre.content.translation import amounts_in
from helpcentre.lint import hard_coded
from macros.problem import Problem

MIN_PHRASES = 12
"""With fewer, search does not know what shoppers call an answer."""
_DIGIT = re.compile(r"\d")


def check(project: Project) -> Iterator[Problem]:
    """Yield a problem for an answer with few phrases, and for each phrase that cannot stay."""
    files = {phrases.out_of_scope(project.language): project.out_of_scope}
    for page in project.pages.values():
        file = phrases.file_of(page.file)
        files[file] = page.phrases
        front = page.front_matter
        is_answer = front.template is None and not front.draft
        if is_answer and len(page.phrases) < MIN_PHRASES:
            message = f"found {len(page.phrases)} search phrases; expected at least {MIN_PHRASES}"
            yield Problem(file, 1, f"{message}; add ways in which shoppers put the question")
        if front.template in LISTS and page.phrases:
            yield Problem(file, 1, "a page that lists others is never found: remove its phrases")
    first: dict[str, str] = {}
    for file, own in files.items():
        for text, line in own:
            for amount in _amounts(text, project) if _DIGIT.search(text) else ():
                if _DIGIT.search(amount):
                    message = f"the search phrase '{text}' names '{amount}'; leave the number out"
                    yield Problem(file, line, message)
            words = " ".join(re.findall(r"\w+", text.casefold()))
            if not words:
                yield Problem(file, line, f"the search phrase '{text}' has no word")
            elif words in first:
                message = f"the search phrase '{text}' is already in {first[words]}; remove one"
                yield Problem(file, line, message)
            first.setdefault(words, f"{file}:{line}")


def _amounts(text: str, project: Project) -> Iterator[str]:
    """Yield the amounts of time in a phrase; in a translation each number may be one."""
    if project.original:
        return amounts_in(text, project.language)
    return iter(hard_coded.amounts_of_time(text))
