"""A page has the lists, steps, paragraphs and code that GitHub and editors show."""

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from itertools import zip_longest
from typing import Any

from selectolax.lexbor import LexborHTMLParser

from helpcentre.content import commonmark
from helpcentre.content.commonmark import NAMES
from helpcentre.content.page import Page
from macros.problem import Problem

_WITHOUT_BLOCKS = (
    "admonition_title",
    "table",
    "footnote_block",
    "footnote_reference",
    "dt",
    "heading",
)
"""Tokens in which blocks are not compared."""
_NOTES = {"admonition", "tabbed-content"}
_SKIPPED = {"admonition-title", "footnote"}
"""Classes that Python-Markdown gives."""
_TRANSPARENT = frozenset(
    (
        "div",
        "section",
        "figure",
        "figcaption",
        "aside",
        "header",
        "footer",
        "main",
        "nav",
        "details",
    )
)
_CALLOUT = re.compile(r"\[![\w-]+")


def check_rendered(page: Page, markdown: str, html: str) -> Iterator[Problem]:
    """Yield a problem for the first block that differs between the two."""
    meant = list(blocks_of_markdown(markdown))
    shown = list(blocks(LexborHTMLParser(html).body))
    line = 1
    for theirs, ours in zip_longest(meant, shown):
        line = theirs[1] if theirs else line
        if (theirs and theirs[0]) != ours:
            place = _line_in_source(page, markdown, line)
            what, instead = (
                NAMES[block[1]] if block else "nothing more"
                for block in (theirs and theirs[0], ours)
            )
            if what == instead:
                what, instead = f"{what} inside something else", f"{instead} on its own"
            yield Problem(
                page.file,
                place,
                f"GitHub and editors show {what} here, this site {instead}: put a blank line before"
                " and after it, and indent by four spaces what belongs to an item, a note or a tab",
            )
            return


def blocks_of_markdown(text: str) -> Iterator[tuple[tuple[int, str], int]]:
    """Yield depth and kind of each block of Markdown, with its line from 0."""
    depth, skip, line, callout = 0, 0, 0, False
    tokens = commonmark.parse(commonmark.without_values(text)[0])
    for at, token in enumerate(tokens):
        line = token.map[0] if token.map else line
        base = token.type.removesuffix("_open").removesuffix("_close")
        kind = commonmark.kind(token)
        if skip or base in _WITHOUT_BLOCKS:
            if not skip and token.nesting > 0 and kind in NAMES and kind != "footnote":
                yield (depth, kind), line
            skip += token.nesting
            continue
        if token.type == "html_block":
            for block in blocks(LexborHTMLParser(token.content).body, depth):
                yield block, line
        elif token.nesting < 0:
            depth -= kind in NAMES and kind != "p"
        elif kind in NAMES:
            inline = (token.content for token in tokens[at:] if token.type == "inline")
            if kind == "blockquote" and _CALLOUT.match(next(inline, "")):
                kind, callout = "note", True
            if kind == "p" and callout:
                callout = False
                if "\n" not in tokens[at + 1].content:
                    continue
            yield (depth, kind), line
            depth += token.nesting if kind != "p" else 0


def blocks(node: Any, depth: int = 0) -> Iterator[tuple[int, str]]:
    """Yield depth and kind of each block inside an element; words of its own are a paragraph."""
    in_words = False
    for child in node.iter(include_text=True) if node else ():
        tag = child.tag
        classes = {*(child.attributes.get("class") or "").split()} if tag != "-text" else set()
        is_tab = tag == "label" and "tabbed-set" in (node.attributes.get("class") or "")
        if tag in ("summary", "-comment") or is_tab or classes & _SKIPPED:
            continue
        if tag in ("-text", "input") and not in_words and not child.text().strip():
            continue
        is_note = classes & _NOTES or (tag == "details" and classes)  # raw ones have no class
        kind = "note" if is_note else tag
        if kind in NAMES:
            in_words = False
            yield depth, kind
            if kind not in ("p", "pre", "table", "hr", "dt") and not kind.startswith("h"):
                yield from blocks(child, depth + 1)
        elif tag in _TRANSPARENT:
            in_words = False
            yield from blocks(child, depth)
        elif not in_words:
            in_words = True
            yield depth, "p"


def _line_in_source(page: Page, markdown: str, line: int) -> int:
    """Return the line of the page's file that became `line`, from 0, of the filled-in Markdown."""
    blocks = SequenceMatcher(
        None, page.body.split("\n"), markdown.split("\n"), autojunk=False
    ).get_matching_blocks()
    near = max(
        (block for block in blocks if block.b <= line), key=lambda block: block.b, default=None
    )
    return page.body_line + (near.a + line - near.b if near else 0)
