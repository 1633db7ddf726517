"""The ways in which shoppers put a question: no digits, and each on one page only."""

import re
from collections.abc import Iterable, Iterator

from checks.page import Page
from macros.problem import Problem

CONTACT = "contact.md"
"""Where search sends those who ask what no page answers."""


def check(pages: Iterable[Page]) -> Iterator[Problem]:
    """Yield a problem for each ask that holds a digit, or that was asked already."""
    first: dict[str, str] = {}
    for page in pages:
        if page.front_matter.unanswered and page.source != CONTACT:
            line = page.line_of_key("unanswered")
            yield Problem(page.file, line, f"'unanswered' belongs to docs/{CONTACT} alone")
        for ask in (*page.front_matter.asks, *page.front_matter.unanswered):
            line = page.line_of(ask)
            if re.search(r"\d", ask):
                yield Problem(page.file, line, f"the ask '{ask}' holds a digit")
            spoken = " ".join(re.findall(r"\w+", ask.casefold()))
            if spoken in first:
                message = f"the ask '{ask}' stands in {first[spoken]} already: keep one of them"
                yield Problem(page.file, line, message)
            first.setdefault(spoken, page.file)
