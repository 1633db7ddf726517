"""A page in another language: its own words, and everything else the original's.

A translation has the blocks of its original in the same order, and in each the same values and
links. It names the hash of the words that it was made from, so that a later change shows; so do
flows, texts, proofs of facts, and what values mean.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import zip_longest
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from helpcentre.content import commonmark, links, plain_text, template
from helpcentre.content.page import COMMENT, Page, Words, split, with_phrases
from helpcentre.content.phrases import Phrase
from macros import strict_yaml
from macros.language import Language
from macros.problem import Problem, ProblemsError
from macros.values import Strict, Text

# YAML reads one that is all digits as a number.
_Words = BeforeValidator(lambda value: str(value) if isinstance(value, int) else value)
Hash = Annotated[str, Field(pattern=strict_yaml.HASH), _Words]

_WORDS = frozenset({"plain", "capitalized", "adjective", "in_full"})
_MARK = re.compile(
    r"~~|`[^`\n]+`|\[\^[^\]\n]+\](?!:)|^\[[ xX]\]|\{:[^}\n]*\}|(?<![(<\"'])https?://[^\s)>]+",
    re.MULTILINE,
)
_READ = re.compile(r"\b(?:title|alt|aria-label)=\"[^\"]*\"")
"""Attributes that are read, and so are translated."""
_TWO_WORDS = re.compile(r"[^\W\d_]{2,}\W+[^\W\d_]{2,}")


class State(Strict):
    """Where a translation comes from."""

    of: Hash | None = None
    """The hash of the original's words when it was translated."""
    by: Literal["machine", "person"]
    read_by: Text | None = None
    """Who speaks the language and has read it."""
    read: Hash | None = None
    """The hash of the translation's own words when it was read."""


class _FrontMatter(Words):
    translation: State


@dataclass(frozen=True)
class Translation:
    """How a page stands to its original."""

    original: Page
    state: State


@dataclass(frozen=True)
class Forms:
    """The forms of values that sentences of two languages need, and that state nothing more."""

    verbs: frozenset[str]
    """Those that agree with a value: the value is stated beside them."""
    words: frozenset[str]
    """Those that are the value itself, in other words."""

    @classmethod
    def of(cls, *languages: Language) -> "Forms":
        """Return the forms of these languages."""
        phrases = [language.phrases for language in languages]
        verbs = frozenset(verb for own in phrases for verb in own.verbs)
        places = {form for own in phrases for forms in own.places.values() for form in forms}
        return cls(verbs, _WORDS | places)


@dataclass
class _Block:
    """One block of a page."""

    kind: str
    depth: int
    line: int
    """From 0."""
    is_untitled: bool
    """Whether it is a note whose title would be an English word."""
    text: str = ""
    """Its own words."""


@lru_cache(maxsize=1 << 14)  # under `serve` most pages are as they were
def _parse(file: str, text: str, own_phrases: tuple[Phrase, ...], original: Page) -> Page:
    """Return a translation; the same object again if it and its original are unchanged."""
    front, body, body_line = split(file, text, _FrontMatter)
    if problems := list(strict_yaml.directions(file, text)):
        raise ProblemsError(problems)
    words = {"title": front.title, "description": front.description, "menu": front.menu}
    front_matter = original.front_matter.model_copy(update=words)
    how = Translation(original, front.translation)
    return Page(file, front_matter, body, body_line, text, own_phrases, how)


def read_all(
    root: Path, language: Language, originals: Mapping[str, Page]
) -> tuple[dict[str, Page], list[Problem]]:
    """Return the pages of `language` by path under its docs/, and what is wrong with others."""
    files = {source: f"{language.docs}/{source}" for source in originals}
    files = {source: file for source, file in files.items() if (root / file).exists()}

    def read(source: str, own_phrases: tuple[Phrase, ...]) -> Page:
        text = strict_yaml.read_text(root, files[source])
        return _parse(files[source], text, own_phrases, originals[source])

    return with_phrases(root, files, read)


def differences(page: Page, forms: Forms) -> Iterator[tuple[int, str]]:
    """Yield the line and the message of what a translation drops or adds, its first block first."""
    if not page.translation:
        return
    original = page.translation.original
    yield from _differences_of_keys(page, original, forms)
    found, expected = _blocks(page.body), _blocks(original.body)
    last = page.body_line
    for own_block, other_block in zip_longest(found, expected):
        last = page.body_line + own_block.line if own_block else last
        kinds = [block.kind if block else "nothing more" for block in (own_block, other_block)]
        if kinds[0] != kinds[1] or not (own_block and other_block):
            line = original.body_line + other_block.line if other_block else original.body_line
            message = f"found {kinds[0]} where {original.file}:{line} has {kinds[1]}"
            yield last, f"{message}: a translation has the same parts in the same order"
            return
        where = f"see {original.file}:{original.body_line + other_block.line}"
        if own_block.depth != other_block.depth:
            yield last, f"{kinds[0]} is inside of another part than in the original; {where}"
            return
        for message in _differences_of_blocks(own_block, other_block, forms):
            yield last, f"this part {message}; {where}"
    for message in _compared(_listed(page.body), _listed(original.body), "link"):
        yield page.body_line, f"the page {message}; see {original.file}"


def _differences_of_keys(page: Page, original: Page, forms: Forms) -> Iterator[tuple[int, str]]:
    ours, theirs = page.front_matter, original.front_matter
    for key in ("title", "description", "menu"):
        own, other = getattr(ours, key) or "", getattr(theirs, key) or ""
        for message in values_differ(own, other, forms):
            yield page.line_of_key(key), f"the {key} {message}"
        if is_copied(own, other):
            yield page.line_of_key(key), f"the {key} is not translated: see {original.file}"
    if bool(ours.menu) != bool(theirs.menu):
        message = "is missing" if theirs.menu else "has no original"
        yield page.line_of_key("menu"), f"'menu' {message}: see {original.file}"


def _differences_of_blocks(own: _Block, other: _Block, forms: Forms) -> Iterator[str]:
    yield from values_differ(own.text, other.text, forms)
    yield from _compared(_targets(own.text), _targets(other.text), "link")
    yield from _compared(Counter(_marks(own.text)), Counter(_marks(other.text)), "mark")
    if _has_words(other.text) and not _has_words(own.text):
        yield "is empty"
    if own.kind != "code" and is_copied(own.text, other.text):
        yield "is not translated"


def _targets(text: str) -> Counter[str]:
    return Counter(target for _, target in links.targets(text))


def _listed(body: str) -> Counter[str]:
    """Return the targets of the links that are listed apart from the words."""
    targets = _targets(body)
    for block in _blocks(body):
        if block.kind != commonmark.NAMES["pre"]:  # in which there are none
            targets.subtract(_targets(block.text))
    return targets


def untitled(page: Page) -> Iterator[int]:
    """Yield the line of each note of a translation whose title would be an English word."""
    yield from (page.body_line + block.line for block in _blocks(page.body) if block.is_untitled)


def is_copied(own: str, other: str) -> bool:
    """Return whether a text has the words of its original, of which there are two or more."""
    own, other = (" ".join(plain_text.words(text).split()) for text in (own, other))
    return own == other and bool(_TWO_WORDS.search(own))


def values_differ(own: str, other: str, forms: Forms) -> Iterator[str]:
    """Yield which values a text drops and adds, compared with its original."""
    return _compared(_values(own, forms), _values(other, forms), "value")


def _compared(own: Counter[str], other: Counter[str], what: str) -> Iterator[str]:
    for name in sorted(other - own):
        yield f"drops the {what} {name}"
    for name in sorted(own - other):
        yield f"adds the {what} {name}"


def _values(text: str, forms: Forms) -> Counter[str]:
    """Return the values that a text states, and the parts of values, such as one case."""
    stated = [value for value in template.stated(text) if value[1] not in forms.verbs]
    return Counter(
        f"policy.{name}" if form is None or form in forms.words else f"policy.{name}.{form}"
        for name, form in stated
    )


@lru_cache(maxsize=1 << 10)  # each language is compared with the original
def _blocks(body: str) -> list[_Block]:
    blocks: list[_Block] = []
    line = 0
    without_comments = COMMENT.sub(lambda comment: "\n" * comment[0].count("\n"), body)
    for token in commonmark.parse(without_comments):
        line = token.map[0] if token.map else line
        is_note = token.type == "admonition_open"
        if token.nesting >= 0 and (kind := commonmark.NAMES.get(commonmark.kind(token))):
            if is_note and token.info.strip().startswith('"'):
                kind = "a tab"
            elif is_note:
                kind += f" of the kind '{token.markup} {token.meta['tag']}'"
            blocks.append(_Block(kind, token.level, line, is_note and '"' not in token.info))
        if blocks and token.content and not is_note:  # whose title follows
            kinds = [block.kind for block in blocks[-2:]]
            if kinds == [commonmark.NAMES["blockquote"], commonmark.NAMES["p"]]:
                blocks[-1].is_untitled = token.content.startswith("[!")
            blocks[-1].text += f"{token.content}\n"
    return blocks


def _marks(text: str) -> Iterator[str]:
    """Yield what hides words or shows them as they are, and the ids of headings."""
    for mark in _MARK.findall(text):
        if mark.startswith("{:"):
            yield _READ.sub("", mark[2:-1]).strip()
        else:
            yield template.without_values(mark).casefold()


def _has_words(text: str) -> bool:
    return bool(template.stated(text) or re.search(r"[^\W_]", plain_text.words(text)))
