"""Plain words: short sentences, an everyday reading grade, the answer at once; measured as read.

Values are filled in first, so that a value which grows long is noticed, too.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from checks import flow, names, reading
from checks.content import Content
from checks.page import Page
from macros.problem import Problem
from macros.strict_yaml import line_of, read_text

LONGEST, MEAN = 25, 15
"""In words, of a sentence."""
GRADE, HOME_GRADE = 8, 6
"""Years of school that a reader needs, by the formula of Flesch and Kincaid."""

SHARED = 0.4
"""Of the telling words of the description, the share that the first two sentences say."""

_ENDS = re.compile(r"[.?!:](?=\s|$)|" + reading.GAP)
_HEADING = re.compile(r"^(?:#+[ \t].*|[!?]{3}\+?[ \t]+\w+)", re.MULTILINE)
_WORD = re.compile(r"[^\W_]+(?:[’'.,-][^\W_]+)*")
_PASSIVE = re.compile(
    r"\b(?:is|are|was|were|been|being)\s+(?:not\s+|\w+ly\s+)?(\w{2,}ed|sent|paid|made|given|done|shown"
    r"|told|seen|taken|written|found|held|lost|kept|put|sold|bought)\b"
)
_IDIOMS = re.compile(
    r"\b(?:at the end of the day|in a nutshell|rest assured|the ball is in|bear with us|hang tight"
    r"|on the same page|up to speed|touch base|no worries|piece of cake|out of the blue"
    r"|in the long run|get in touch|reach out|sort (?:it|this) out|in the meantime"
    r"|once in a while|as a rule of thumb)\b",
    re.IGNORECASE,
)


class Sentence(NamedTuple):
    """One sentence as it is read."""

    line: int
    """Of the file, on which it begins."""
    text: str

    @property
    def words(self) -> list[str]:
        """Its words, in order."""
        return _WORD.findall(self.text)


def check(content: Content) -> Iterator[Problem]:
    """Yield a problem for each sentence that is too long, and each page that is hard to read."""
    for page in content.pages.values():
        yield from _of_page(page, content)
    for name, each in content.flows.items():
        file = f"{flow.FOLDER}/{name}.yml"
        text = read_text(content.root, file)
        for keys, words in each.texts():
            for sentence in sentences(words, line_of(text, keys), content):
                yield from _too_long(file, sentence)


def notes(content: Content) -> Iterator[Problem]:
    """Yield a note for each passive verb and idiom: often there is a plainer way, not always.

    Those of the facts are the source's own, and pages must say them.
    """
    facts = " ".join(f"{each.fact} {' '.join(each.proof)}" for each in content.facts.values())
    for page in content.pages.values():
        for line, text in sentences(page.body, page.body_line, content):
            for found in _PASSIVE.finditer(text):
                if not re.search(rf"\b{found[1]}\b", facts):
                    message = f"'{found[0]}' is passive: can it say who does it?"
                    yield Problem(page.file, line, message)
            for found in _IDIOMS.finditer(text):
                if found[0].lower() not in facts:
                    message = f"'{found[0]}' is an idiom: say it in plain words"
                    yield Problem(page.file, line, message)


def _of_page(page: Page, content: Content) -> Iterator[Problem]:
    found = list(sentences(page.body, page.body_line, content))
    for sentence in found:
        yield from _too_long(page.file, sentence)
    words = [word for sentence in found for word in sentence.words]
    if not words:
        return
    if (mean := len(words) / len(found)) > MEAN:
        message = f"sentences have {mean:.1f} words on average: expected at most {MEAN}"
        yield Problem(page.file, page.body_line, message)
    most = HOME_GRADE if page.source == "index.md" else GRADE
    if (reached := grade(words, len(found))) > most:
        message = f"the reading grade is {reached:.1f}: expected at most {most}"
        yield Problem(page.file, page.body_line, f"{message}; use shorter words and sentences")
    front = page.front_matter
    if (
        front.template is None
        and not front.reference
        and not _answers_at_once(page, found, content)
    ):
        message = "the first two sentences do not say what the description says: answer first"
        yield Problem(page.file, page.body_line, message)


def _too_long(file: str, sentence: Sentence) -> Iterator[Problem]:
    if (length := len(sentence.words)) > LONGEST:
        begins = " ".join(sentence.text.split()[:6])
        message = f"a sentence of {length} words: expected at most {LONGEST}: '{begins} ...'"
        yield Problem(file, sentence.line, message)


def sentences(markdown: str, first_line: int, content: Content) -> Iterator[Sentence]:
    """Yield the sentences of `markdown` as they are read; headings are none.

    `first_line` is the line of the file on which `markdown` begins.
    """
    text = _HEADING.sub("", reading.words(names.render(markdown, content.plain_policy)))
    start = 0
    for end in [*_ENDS.finditer(text), None]:
        sentence = text[start : end.start() if end else len(text)]
        if _WORD.search(sentence):
            before = start + len(sentence) - len(sentence.lstrip())
            yield Sentence(first_line + text[:before].count("\n"), sentence.strip())
        start = end.end() if end else len(text)


def grade(words: list[str], count: int) -> float:
    """Return the reading grade of `words` in `count` sentences, by Flesch and Kincaid (1975)."""
    return 0.39 * len(words) / count + 11.8 * sum(map(syllables, words)) / len(words) - 15.59


def syllables(word: str) -> int:
    """Return how many syllables `word` has, by its vowels: near enough for English."""
    word = re.sub(r"[^a-z]", "", word.lower())
    found = len(re.findall(r"[aeiouy]+", word))
    if re.search(r"[^l]e$|[^td]ed$", word) and not re.search(r"[^aeiouy]le$", word):
        found -= 1
    return max(found, 1)


def _answers_at_once(page: Page, found: list[Sentence], content: Content) -> bool:
    """Return whether the first two sentences say most of what the description answers."""
    answer = names.fill(page.front_matter.description, content.plain_policy).striptags()
    meant, begins = _telling(answer), _telling(" ".join(text for _, text in found[:2]))
    return len(meant & begins) >= SHARED * len(meant)


def _telling(text: str) -> set[str]:
    return {word.lower() for word in _WORD.findall(text) if len(word) > 3 or word.isdigit()}
