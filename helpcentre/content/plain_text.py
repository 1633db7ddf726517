"""What shoppers read of a page's Markdown: its words, line by line, without the markup."""

import html
import re
from functools import partial

GAP = "\ufffc"
"""Separates words that do not belong together: at a value, between paragraphs."""

UNSPACED = "".join(
    rf"\p{{scx={script}}}" for script in ("Hani", "Hira", "Kana", "Thai", "Laoo", "Khmr", "Mymr")
)
"""Scripts without spaces between words: Chinese, Japanese, Thai, Lao, Khmer and Burmese."""

_STEPS = (
    # What a macro fills in is not typed by hand; its comments are not read.
    ("{", re.compile(r"\{\{.*?\}\}|\{%.*?%\}", re.DOTALL), GAP),
    ("{", re.compile(r"\{#.*?#\}", re.DOTALL), ""),
    ("<", re.compile(r"<!--.*?-->", re.DOTALL), ""),
    # Addresses are not read; attributes neither, but for those that are read aloud.
    ("](", re.compile(r"\]\((?:[^)\"\n]*?(\s\"[^\"\n]*\"))?[^)\n]*\)"), r"\1"),
    ("][", re.compile(r"\]\[[^\]\n]*\]"), ""),
    ("[^", re.compile(r"\[\^[^\]\n]+\](:[ \t]*)?"), ""),
    ("]:", re.compile(r"^[ \t]*\[[^\]\n]+\]:[^\n]*", re.MULTILINE), GAP),
    ("://", re.compile(r"<?\bhttps?://[^\s>)]+>?"), GAP),
    ("{", re.compile(r"\{:?[ \t]*[.#][^}\n]*\}"), ""),
    ("<", re.compile(r"<br\b[^>]*>"), " "),
    (
        "<",
        re.compile(r"<[^<>]*?\b(?:alt|title|aria-label)=(\"|')(.*?)\1[^<>]*>", re.DOTALL),
        r" \2 ",
    ),
    ("<", re.compile(r"</?[A-Za-z][^<>]*>"), ""),
    # Marks that are not words: list numbers, emphasis, escapes, characters without width.
    ("", re.compile(r"^[ \t>]*(?:\d+[.)]|[-+*])[ \t]+", re.MULTILINE), f"{GAP} "),
    ("", re.compile(r"[*_`~\\\u200b-\u200d\u2060\u00ad\ufeff]|!?\["), ""),
    ("  ", re.compile(r"[^\S\n]{2,}"), " "),
    ("\n", re.compile(r"\n(?=[ \t]*\n)"), f"\n{GAP}"),
)
"""For each step: what a text must contain for it to apply, the pattern, its replacement."""


def words(markdown: str) -> str:
    """Return the words of `markdown` on the lines they are on there, separated by GAP."""
    for mark, pattern, instead in _STEPS:
        if mark in markdown:
            markdown = pattern.sub(partial(_keep_lines, instead=instead), markdown)
    if "&" in markdown:
        markdown = re.sub(r"&#?\w+;", lambda entity: html.unescape(entity[0]), markdown)
    return markdown


def _keep_lines(found: re.Match[str], instead: str) -> str:
    lines = found[0].count("\n")
    replacement = found.expand(instead) if "\\" in instead else instead
    return replacement + "\n" * (lines - replacement.count("\n"))
