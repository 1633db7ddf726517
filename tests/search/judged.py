"""Questions with the pages that answer them, and how well a search engine finds those."""

import json
import random
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import mean

FILE = Path(__file__).parent / "judged.jsonl"
CONTACT = "contact/"


@dataclass(frozen=True)
class Question:
    """One question, as somebody typed it."""

    text: str
    pages: Sequence[str]
    """Addresses of the pages that answer it, best first."""
    intent: str
    """What was meant; figures are means over intents, so that a large one weighs no more."""
    answered: bool
    group: str
    """How it was written: for a search box, as in forums, as in data of intents, or mixed."""


def read(file: Path = FILE) -> list[Question]:
    """Return the project's own judged questions."""
    return [
        Question(
            line["q"],
            line["pages"],
            line.get("intent", line["pages"][0]),
            not line.get("unanswered"),
            line["group"],
        )
        for line in map(json.loads, file.read_text(encoding="utf-8").splitlines())
    ]


@dataclass(frozen=True)
class Score:
    """Of 100 questions."""

    first: float
    """have a right page first"""
    top_three: float
    """have one among the first three"""
    nothing: float
    """have no result at all"""
    contact: float
    """have the page about customer care among the first three"""
    contact_first: float
    """have it first"""


def score(questions: Sequence[Question], found: Sequence[Sequence[str]]) -> Score:
    """Return the score of an engine that found those pages for those questions."""
    by_intent: dict[str, list[tuple[bool, ...]]] = defaultdict(list)
    for question, pages in zip(questions, found, strict=True):
        by_intent[question.intent].append(
            (
                bool(pages) and pages[0] in question.pages,
                any(page in question.pages for page in pages[:3]),
                not pages,
                CONTACT in pages[:3],
                CONTACT in pages[:1],
            )
        )
    means = [
        100 * mean(mean(one[i] for one in each) for each in by_intent.values()) for i in range(5)
    ]
    return Score(*means)


def misspelt(questions: Iterable[Question]) -> list[str]:
    """Return the texts with one random mistake each, in a word of at least four letters."""
    chance = random.Random(5)
    return [_misspelt(question.text, chance) for question in questions]


def _misspelt(text: str, chance: random.Random) -> str:
    words = list(re.finditer("[A-Za-z]{4,}", text))
    if not words:
        return text
    word = chance.choice(words)
    at = chance.randrange(word.start(), word.end())
    letter = chance.choice("abcdefghijklmnopqrstuvwxyz")
    kind = chance.choice(("leave out", "add", "change", "swap"))
    if kind == "leave out":
        return text[:at] + text[at + 1 :]
    if kind == "add":
        return text[:at] + letter + text[at:]
    if kind == "change" or at + 1 == word.end():
        return text[:at] + letter + text[at + 1 :]
    return text[:at] + text[at + 1] + text[at] + text[at + 2 :]
