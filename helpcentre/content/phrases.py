"""How shoppers put questions, in their own words: one a line of a file beside the page.

Questions that no page answers are in a file of their own; search leads them to customer care.
"""

from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from macros import strict_yaml
from macros.language import Language
from macros.problem import Problem, ProblemsError

SUFFIX = ".phrases.txt"
"""docs/orders/track-parcel.phrases.txt has the phrases of docs/orders/track-parcel.md."""
OUT_OF_SCOPE = f"out_of_scope{SUFFIX}"
MAX_PHRASES, MAX_PHRASE = 2_000, 500
"""Phrases of a file, and characters of a phrase: far more than help search."""


class Phrase(NamedTuple):
    """One way to put a question, and the line of its file."""

    text: str
    line: int


def file_of(page: str) -> str:
    """Return the path of the phrases of the page at the path `page`."""
    return page.removesuffix(".md") + SUFFIX


def out_of_scope(language: Language) -> str:
    """Return the path of the questions that no page answers, from the project's root."""
    return f"{language.folder}/{OUT_OF_SCOPE}"


def page_of(file: str) -> str:
    """Return the path of the page to which `file` belongs: itself, if it has no phrases."""
    return f"{file.removesuffix(SUFFIX)}.md" if file.endswith(SUFFIX) else file


def read(root: Path, file: str) -> tuple[Phrase, ...]:
    """Return the phrases in `file`; an empty tuple if it does not exist.

    Empty lines and those that begin with # are left out. Raises ProblemsError.
    """
    if not (root / file).exists():
        return ()
    return parse(file, strict_yaml.read_text(root, file))


@lru_cache(maxsize=1 << 14)  # under `serve` most files are as they were
def parse(file: str, text: str) -> tuple[Phrase, ...]:
    """Return the phrases in the `text` of `file`, as `read` does."""
    lines = enumerate(text.split("\n"), 1)
    phrases = [Phrase(" ".join(words.split()), line) for line, words in lines]
    phrases = [phrase for phrase in phrases if phrase.text and not phrase.text.startswith("#")]
    if len(phrases) > MAX_PHRASES:
        message = f"expected at most {MAX_PHRASES} phrases, found {len(phrases)}"
        raise ProblemsError([Problem(file, phrases[MAX_PHRASES].line, message)])
    for words, line in phrases:
        if len(words) > MAX_PHRASE:
            message = f"expected a phrase of at most {MAX_PHRASE} characters, found {len(words)}"
            raise ProblemsError([Problem(file, line, message)])
        if not words.isprintable():
            message = f"the phrase {words!r} has a character that nobody can see: remove it"
            raise ProblemsError([Problem(file, line, message)])
    return tuple(phrases)
