"""Pages use plain words: short sentences, an everyday reading grade, the answer first.

They are measured with values filled in, so that a value which grows long is noticed. Of languages
other than the original only the length of sentences is measured: grades are of English.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

import regex

from helpcentre.content import flow, plain_text, template
from helpcentre.content.page import Page
from helpcentre.content.project import Project
from macros.problem import Problem
from macros.strict_yaml import line_of, read_text

MAX_MEAN = 15
"""Words of the mean sentence of a page."""
MAX_GRADE, MAX_HOME_GRADE = 8, 6
"""Years of school that a reader needs, by the formula of Flesch and Kincaid."""

SHARED = 0.4
"""The share of the description's content words that the first two sentences have too."""

_SPACED, _WIDE = r"?!:\u061f", r"\u3002\uff01\uff1f\uff1a"
"""Marks that end a sentence before a space, the Arabic one included; and of Chinese, anywhere."""
_ENDS = regex.compile(
    rf"(?:[{_SPACED}]|\.(?!\s+\p{{Ll}}))[”’\"')\]»]*(?=\s|$)|[{_WIDE}]|{plain_text.GAP}"
)
"""The end of a sentence, quotes included. After a full stop small letters do not begin one."""
_ABBREVIATION = re.compile(
    r"\b(?:\w\.\w|[Ee]tc|vs|approx|Mrs?|Ms|Dr|St|Inc|Ltd|Co|(?:[Nn]os?|[Aa]rt|pp?)(?=\.\s\d))(?=\.)"
)
_HEADING = re.compile(r"^(?:#+[ \t].*|[!?]{3}\+?[ \t]+\w+)", re.MULTILINE)
_MARKER = r"[ \t]*(?:\d+[.)]|[-+*])[ \t]+"
_END = rf"[.{_SPACED}{_WIDE}]"
_NO_END = rf"(?<!{_END})(?<!{_END}[”’\"')*_])(?<!{_END}\*\*)"
_NO_PROSE = regex.compile(
    r"^[ \t]*(?P<fence>`{3,}|~{3,}).*?^[ \t]*(?P=fence)`*~*[ \t]*$"  # code
    r"|<table\b.*?</table>"
    r"|^[^\n]*\|[^\n]*\n[ \t]*\|?[ \t]*:?-+:?[ \t]*\|[-:| \t]*(?:\n[^\n]*\|[^\n]*)*"  # a table
    rf"|^{_MARKER}[^\n]*(?:\n(?![ \t]*\n|{_MARKER})[^\n]+)*+{_NO_END}[ \t]*$",  # an item
    regex.MULTILINE | regex.DOTALL,
)
"""Code, tables, and list items that are no sentences."""
_LETTERS = rf"(?:(?![{plain_text.UNSPACED}])[^\W_])+"
_WORD = regex.compile(
    rf"(?=\p{{L}})[{plain_text.UNSPACED}]|{_LETTERS}(?:[’'.,-]{_LETTERS})*", regex.VERSION1
)
"""A word; or a letter, where words have no spaces between them."""
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
        """Its words, in order; or its letters, where words have no spaces between them."""
        return list(_WORD.findall(self.text))


def check(project: Project) -> Iterator[Problem]:
    """Yield a problem for each sentence that is too long, and each page that is hard to read."""
    for page in project.pages.values():
        yield from _of_page(page, project)
    for edition in project.editions:
        yield from _long_sentences(edition)


def _long_sentences(project: Project) -> Iterator[Problem]:
    texts = [(page.file, page.body_line, page.body) for page in project.pages.values()]
    for name, steps in project.flows.items():
        file = flow.file_of(project.language, name)
        lines = read_text(project.root, file)
        texts += [(file, line_of(lines, keys), words) for keys, words in steps.texts()]
    limit = project.language.max_sentence
    what = "characters" if project.language.script == "Hani" else "words"
    for file, first_line, text in texts:
        for sentence in sentences(text, first_line, project):
            if (length := len(sentence.words)) > limit:
                begins = " ".join(sentence.text.split()[:6])[:60]
                message = f"a sentence of {length} {what}: expected at most {limit}"
                yield Problem(file, sentence.line, f"{message}: '{begins} ...'")


def suggestions(project: Project) -> Iterator[Problem]:
    """Yield a suggestion for each passive verb and idiom: often there is a plainer way.

    Those of the facts are the source's own, and pages must use them.
    """
    facts = " ".join(f"{fact.fact} {' '.join(fact.proof)}" for fact in project.facts.values())
    for page in project.pages.values():
        for line, text in sentences(page.body, page.body_line, project):
            for match in _PASSIVE.finditer(text):
                if not re.search(rf"\b{match[1]}\b", facts):
                    message = f"'{match[0]}' is passive: can it say who does it?"
                    yield Problem(page.file, line, message)
            for match in _IDIOMS.finditer(text):
                if match[0].lower() not in facts:
                    message = f"'{match[0]}' is an idiom: use plain words"
                    yield Problem(page.file, line, message)


def _of_page(page: Page, project: Project) -> Iterator[Problem]:
    text = list(sentences(page.body, page.body_line, project))
    words = [word for sentence in text for word in sentence.words]
    if not words:
        return
    if (mean := len(words) / len(text)) > MAX_MEAN:
        message = f"sentences have {mean:.1f} words on average: expected at most {MAX_MEAN}"
        yield Problem(page.file, page.body_line, message)
    limit = MAX_HOME_GRADE if page.source == "index.md" else MAX_GRADE
    if (reached := grade(words, len(text))) > limit:
        message = f"the reading grade is {reached:.1f}: expected at most {limit}"
        yield Problem(page.file, page.body_line, f"{message}; use shorter words and sentences")
    front = page.front_matter
    is_answer = front.template is None and not front.reference and not front.draft
    if is_answer and not _answers_first(page, text, project):
        message = "the first two sentences do not give the description's answer: answer first"
        yield Problem(page.file, page.body_line, message)


def sentences(markdown: str, first_line: int, project: Project) -> Iterator[Sentence]:
    """Yield the sentences of `markdown` as they are read, without headings.

    `first_line` is the line of the file on which `markdown` begins.
    """
    markdown = _NO_PROSE.sub(
        lambda found: plain_text.GAP + "\n" * found[0].count("\n"),
        template.render(markdown, project.plain_policy),
    )
    text = _HEADING.sub("", plain_text.words(markdown))
    start = 0
    abbreviations = {found.end() for found in _ABBREVIATION.finditer(text)}
    ends = (end for end in _ENDS.finditer(text) if end.start() not in abbreviations)
    for end in [*ends, None]:
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


def _answers_first(page: Page, text: list[Sentence], project: Project) -> bool:
    """Return whether the first two sentences give most of the description's answer."""
    answer = project.answer(page).striptags()
    beginning = " ".join(sentence.text for sentence in text[:2])
    expected, found = _content_words(answer), _content_words(beginning)
    return len(expected & found) >= SHARED * len(expected)


def _content_words(text: str) -> set[str]:
    return {word.lower() for word in _WORD.findall(text) if len(word) > 3 or word.isdigit()}
