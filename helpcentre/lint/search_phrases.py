"""Search phrases name no amount of time or date in digits, and each is on one page only."""

import re
from collections.abc import Iterator

from helpcentre.content.page import CONTACT
from helpcentre.content.project import Project
from helpcentre.lint import hard_coded
from macros.problem import Problem


def check(project: Project) -> Iterator[Problem]:
    """Yield a problem for each phrase with such a number, and for each that is on two pages."""
    first: dict[str, str] = {}
    for page in project.pages.values():
        front = page.front_matter
        if front.out_of_scope and page.source != CONTACT:
            line = page.line_of_key("out_of_scope")
            yield Problem(page.file, line, f"'out_of_scope' belongs to docs/{CONTACT} alone")
        for phrase in (*front.search_phrases, *front.out_of_scope):
            line = page.line_of(phrase)
            for amount in hard_coded.amounts_of_time(phrase):
                if re.search(r"\d", amount):
                    message = f"the search phrase '{phrase}' names '{amount}'; leave the number out"
                    yield Problem(page.file, line, message)
            words = " ".join(re.findall(r"\w+", phrase.casefold()))
            if words in first:
                message = f"the search phrase '{phrase}' is already in {first[words]}; remove one"
                yield Problem(page.file, line, message)
            first.setdefault(words, page.file)
