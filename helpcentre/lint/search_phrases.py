"""Answers have search phrases; these name no amount of time or date, and each is on one page."""

import re
from collections.abc import Iterator
from functools import lru_cache

import regex

from helpcentre.content import phrases
from helpcentre.content.number_words import numbers_in
from helpcentre.content.page import LISTS
from helpcentre.content.plain_text import UNSPACED
from helpcentre.content.project import Project
from helpcentre.lint import hard_coded
from helpcentre.search.language import errors, folded
from macros.problem import Problem

MIN_PHRASES, MIN_TRANSLATED = 12, 20
"""With fewer, search does not know what shoppers call an answer; translations have more."""
_BETWEEN_LETTERS = regex.compile(f"(?<=[{UNSPACED}]) (?=[{UNSPACED}])")
_DIGIT = re.compile(r"\d")


def check(project: Project) -> Iterator[Problem]:
    """Yield a problem for an answer with few phrases, and for each phrase that cannot stay."""
    pages = project.original.pages.values() if project.original else ()
    original = {_plain(phrase.text) for page in pages for phrase in page.phrases}
    files = {phrases.out_of_scope(project.language): project.out_of_scope}
    for page in project.pages.values():
        file = phrases.file_of(page.file)
        files[file] = page.phrases
        front = page.front_matter
        is_answer = front.template is None and not front.draft
        count = sum(_plain(phrase.text) not in original for phrase in page.phrases)
        least = MIN_TRANSLATED if project.original else MIN_PHRASES
        if is_answer and count < least:
            message = f"found {count} search phrases; expected at least {least}"
            in_own = " in their language" if project.original else ""
            yield Problem(
                file, 1, f"{message}; add ways in which shoppers put the question{in_own}"
            )
        if front.template in LISTS and page.phrases:
            yield Problem(file, 1, "a page that lists others is never found: remove its phrases")
    yield from (Problem(*error) for error in errors(project.root / project.language.folder))
    first: dict[str, str] = {}
    for file, own in files.items():
        for text, line in own:
            for amount in _amounts(text, project) if _DIGIT.search(text) else ():
                if _DIGIT.search(amount):
                    message = f"the search phrase '{text}' names '{amount}'; leave the number out"
                    yield Problem(file, line, message)
            words = _plain(text)
            if not words:
                yield Problem(file, line, f"the search phrase '{text}' has no word")
            elif words in first:
                message = f"the search phrase '{text}' is already in {first[words]}; remove one"
                yield Problem(file, line, message)
            first.setdefault(words, f"{file}:{line}")


@lru_cache(maxsize=1 << 15)  # those of the original are compared with every language's
def _plain(phrase: str) -> str:
    """Return a phrase without what few people type; words without spaces between stay so."""
    plain: str = _BETWEEN_LETTERS.sub("", " ".join(re.findall(r"\w+", folded(phrase))))
    return plain


def _amounts(text: str, project: Project) -> list[str]:
    """Return the amounts of time in a phrase; in a translation any digits, too."""
    if project.original:
        return [amount for _, amount in numbers_in(text, project.language, alone=False)]
    return hard_coded.amounts_of_time(text)
