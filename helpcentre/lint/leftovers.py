"""Nothing that looks like markup is left in the finished text of a page."""

import re
from collections.abc import Iterator
from typing import Any

from selectolax.lexbor import LexborHTMLParser

from helpcentre.content.page import Page
from macros.problem import Problem

_KINDS = (
    (r"^[ \t]*(?:!!!|\?\?\?\+?|===|:::|~~~|```)[ \t]*\S*|--8<--",
     "this kind of block is not known here: CONTRIBUTING.md names those that are"),
    (r"!?\[[^\[\]\n]*\](?:\([^()\n]*\)|\s+\([^()\s]*[./#][^()\s]*\))",
     "write a link as [words](page.md), with nothing between ] and ("),
    (r"\[\^[^\[\]\n]+\]", "there is no footnote of this name: add '[^name]: Its text.'"),
    (r"\[[^\[\]\n]+\]\[[^\[\]\n]*\]|\[\]",
     "there is no address of this name: add '[name]: page.md'"),
    (r"\[![A-Za-z]+\]", "write '> [!NOTE]' as the first line of a quotation"),
    (r"^[ \t]*[-*+][ \t]+\[[ xX]?\]", "write a task as '- [ ] words'"),
    (r"^[ \t]*(?:[-*+•][ \t]|\d{1,3}[.)][ \t]+\D)",
     "put a blank line before a list, and begin steps with 1"),
    (r"^[ \t]*#{1,6}[ \t]", "put a blank line before a heading"),
    (r"^[ \t]*\|.*\||\|[ \t:-]*--",
     "a table needs a row of titles, a row of '---', and a blank line before"),
    (r"\*\*|__(?<![\w_]__)(?=\S)|__(?<=\S__)(?![\w_])",
     "end bold text where it begins, without spaces inside the marks"),
    (r"~~|==(?=\S)[^=\n]+==|\+\+[a-z][a-z+-]*\+\+",
     "these marks are not closed, or name no key"),
    (r"`", "end code with as many ` as it began with"),
    (r"\{[:#.%{]|%\}|\}\}", "these braces are not read as markup: see CONTRIBUTING.md"),
    (r":(?<!\w:)[a-z]+(?:-[a-z0-9]+)+:", "there is no icon of this name"),
    (r"</?[A-Za-z][^<>]*>|<!--|&(?:#\d+|[A-Za-z]{2,8});", "HTML is shown as it is typed here"),
    (r"\\[!-/:-@\[-`{-~]", "the backslash is shown: remove it"),
    (r"^\*\[[^\]\n]+\]:", "abbreviations are not supported: write the words"),
)  # fmt: skip
"""What it looks like, and how to write it so that it is read as markup, or is not needed."""
_LEFTOVER = re.compile("|".join(f"({pattern})" for pattern, _ in _KINDS), re.MULTILINE)
_PATTERNS = [re.compile(pattern, re.MULTILINE) for pattern, _ in _KINDS]
"""The same one by one: twice as fast on a page without leftovers, as nearly all are."""
_NO_TEXT = "code, pre, kbd, script, .value, .label"
"""What is shown as it is typed."""


def check_rendered(page: Page, markdown: str, html: str) -> Iterator[Problem]:
    """Yield a problem for the first of each kind of markup that a reader would see."""
    body: Any = LexborHTMLParser(html).body
    for typed in body.css(_NO_TEXT):
        typed.replace_with("\ufffc")
    text: str = body.text(separator="")
    if not any(pattern.search(text) for pattern in _PATTERNS):
        return
    known: set[str] = set()
    for leftover in _LEFTOVER.finditer(text):
        found = leftover[0].strip()
        _, advice = _KINDS[(leftover.lastindex or 1) - 1]
        if advice in known:
            continue
        known.add(advice)
        line = page.line_at(max(page.body.find(found), 0))
        yield Problem(page.file, line, f"'{found[:60]}' is shown to readers: {advice}")
