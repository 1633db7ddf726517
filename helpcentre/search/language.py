"""How text becomes words and stems, and which words of a language count less or not at all.

theme/search/language.js does the same to what shoppers type; a test compares the two.
"""

import json
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Annotated

import regex
import Stemmer
from babel import Locale
from pydantic import AfterValidator, Field

from helpcentre.content import plain_text
from macros import strict_yaml
from macros.values import Strict

FILE = "search.yml"
KNOWN = "common.words"
NAMES = "common.names"
"""The common words of a language, and those that are people's names, coded by known_words.py."""

_WORDS = regex.compile(
    rf"(?<unspaced>(?:(?=[\p{{L}}\p{{M}}])[{plain_text.UNSPACED}])+)|(?:(?![{plain_text.UNSPACED}])[\p{{L}}\p{{M}}])+"
)
_ASCII_WORDS = re.compile("[a-z]+")
"""The same for plain ASCII text, and some times faster."""
_FOLDED = re.compile(
    "(?<=[A-Za-z\u0370-\u03ff\u0415\u0435])[\u0300-\u036f]+|[\u0640\u064b-\u0655\u0670]"
)
"""Accents of Latin and Greek letters and of the Cyrillic E, and the optional marks of Arabic."""
_SAME = str.maketrans("\u0649\u0629", "\u064a\u0647")
"""Arabic letters that people type for one another."""
_APOSTROPHES = re.compile("['\u2018\u2019\u02bc`\u00b4]")
_DIGIT = re.compile("[0-9]")
_BEFORE_DIGIT = 40
"""At most so many letters of a number, date or code come before its first digit."""
_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
"""Characters that nobody sees."""
LONGEST_WORD = 40
_LONG_WORD = re.compile(f"[a-z]{{{LONGEST_WORD + 1}}}")


@cache
def snowball() -> Path:
    """Return the folder of Snowball's own scripts, which Sphinx has."""
    return Path(str(files("sphinx"))) / "search/non-minified-js"


def folded(text: str) -> str:
    """Return `text` in Unicode's form NFKC and lower case, without what many people do not type."""
    if text.isascii():
        return text.lower()
    text = _FOLDED.sub("", unicodedata.normalize("NFKD", text)).translate(_SAME)
    return unicodedata.normalize("NFKC", text).lower()


def words(text: str) -> list[str]:
    """Return the words of `text`, which is plain; for numbers see Language.amounts.

    In a script without spaces between words, each letter and every two neighbouring ones are words.
    """
    if text.isascii():
        found = _ASCII_WORDS.findall(text)
        is_long = _LONG_WORD.search(text)
        return [word[:LONGEST_WORD] for word in found] if is_long else found
    found = []
    for match in _WORDS.finditer(text):
        run = match[0]
        if not match["unspaced"]:
            found.append(run[:LONGEST_WORD])
            continue
        for place, letter in enumerate(run):
            found += [letter, run[place : place + 2]][: 2 if place + 1 < len(run) else 1]
    return found


Folded = Annotated[str, AfterValidator(folded)]


class _File(Strict):
    """How search reads a language: languages/TAG/search.yml."""

    stop: Folded = ""
    light: str = ""
    units: Mapping[str, Folded] = Field(default_factory=dict)
    """By how many of what they are, such as "24 h": the words for a unit of time."""
    between: Folded = ""
    """Words that may stand before a unit and change nothing."""
    of: Folded = ""
    """The word that may stand between a day and its month."""
    rare: Annotated[int, Field(ge=1, le=20)] = 3
    """A word in fewer phrases, and in no text, is left out: it is one shopper's circumstance."""
    elides: bool = False
    """Whether an apostrophe ends a word, as in French, or is a part of it."""
    months: Sequence[Folded] = ()
    """The words for each, in order."""
    also: str = ""
    """Words that its dictionary in pyspellchecker lacks."""


def errors(folder: Path) -> Iterator[tuple[str, int, str]]:
    """Yield file, line and message of what does not fit the language in `folder`."""
    own = language(folder)
    if (count := len(own.file.months)) not in (0, 12):
        file = f"{folder.parent.name}/{folder.name}/{FILE}"
        line = strict_yaml.line_of((folder / FILE).read_text(encoding="utf-8"), ("months",))
        yield file, line, f"'months' names {count} months: expected 12"


def _any_of(lists: Iterable[str]) -> str:
    """Return the regular expression of any word of some lists; without words, of none."""
    return "|".join(" ".join(lists).split()) or "\0"


def _amounts(file: _File) -> str:
    """Return the regular expression of numbers, dates and codes in plain text, for browsers too."""
    day, year, dash, letter = "([0-9]{1,2})", "[0-9]{4}", "[-/.]", r"[\p{L}\p{M}]"
    month = f"({_any_of(file.months)})"
    units = _any_of(file.units.values())
    # Where words have no spaces between them, a letter may follow.
    ends = "" if regex.search(f"[{plain_text.UNSPACED}]", units) else f"(?!{letter})"
    unit = f"(?:{units}){ends}"
    of = f"(?:{file.of} )?" if file.of else ""
    patterns = (
        "(?<![a-z0-9])(?=[a-z0-9]*[0-9]{6})[a-z0-9]{8,40}(?![a-z0-9])",
        f"(?<![0-9]){year}{dash}{day}{dash}{day}(?![0-9])",
        f"(?<![0-9]){day}{dash}{day}{dash}(?:{year}|[0-9]{{2}})(?![0-9])",
        f"(?<![0-9]){day}[a-z]{{0,2}} ?{of}{month}{ends}",
        f"(?<!{letter}){month} ?{day}(?![0-9])(?! ?{unit})",  # "may" is a verb before 3 days
        f"([0-9]+)[- ]?(?:(?:{_any_of([file.between])}) )?({unit})",
        "[0-9]+",
    )
    return "|".join(patterns)


def _date(month: int, day: int) -> list[str]:
    return [f"={month}-{day}"] if 0 < month < 13 and 0 < day < 32 else []


@dataclass(frozen=True, eq=False)
class Language:
    """One language's lists and stemmer: the same object as long as its files are the same."""

    tag: str
    """The folder's name."""
    stop: frozenset[str]
    """Plain words that are not searched."""
    light: frozenset[str]
    """Stems that count little beside others."""
    algorithm: str
    """The Snowball project's for this language, in Python and JavaScript; empty without one."""
    stemmed: Callable[[str], str]
    """Returns the stem of a word by that algorithm."""
    file: _File
    known: bytes
    """The common words, as the browser fetches them; empty if there are none."""
    names: bytes
    """The words that are people's names, likewise."""
    _pattern: regex.Pattern[str]

    def amounts(self, text: str) -> list[tuple[str, list[str]]]:
        """Return each number, date and code in `text`, which is plain, with its names.

        The likeliest name comes first: "=72h" for 72 hours and for 3 days, then "=72" or "=3";
        "=3-16" for 16 March, in any year; "=code" for the number of a parcel or order.
        """
        found, at = [], 0
        while digit := _DIGIT.search(text, at):
            match = self._pattern.search(text, max(at, digit.start() - _BEFORE_DIGIT))
            if not match:  # never: a digit is a number
                raise ValueError(text)
            found.append((match[0], self._names(match)))
            at = match.end()
        return found

    def _names(self, found: regex.Match[str]) -> list[str]:
        iso_month, iso_day, one, other, before, named, name, after, count, unit = found.groups()
        if iso_month:
            return _date(int(iso_month), int(iso_day))
        if one:
            return _date(int(other), int(one)) + _date(int(one), int(other))
        if before:
            return _date(self._month(named), int(before))
        if name:
            return _date(self._month(name), int(after))
        if count:
            units = self.file.units.items()
            scale, kind = next(key for key, words in units if unit in words.split()).split()
            return [f"={int(count) * int(scale)}{kind}", f"={int(count)}"]
        return [f"={int(found[0])}" if len(found[0]) < 8 else "=code"]

    def _month(self, name: str) -> int:
        months = enumerate(self.file.months, 1)
        return next(n for n, words in months if name in words.split())

    def plain(self, text: str) -> str:
        """Return `text` folded, and without apostrophes and characters that nobody sees."""
        return folded(self._seen(text))

    def _seen(self, text: str) -> str:
        instead = " " if self.file.elides else ""
        if text.isascii():
            return text.replace("'", instead).replace("`", instead)
        return _UNSEEN.sub("", _APOSTROPHES.sub(instead, text))

    def spelt(self, text: str) -> dict[str, str]:
        """Return how `text` spells each of its plain words that is spelt with accents."""
        if text.isascii():
            return {}
        text = self._seen(text)
        spelt = words(unicodedata.normalize("NFC", text).lower())
        plain = words(folded(text))
        if len(spelt) != len(plain):
            return {}
        return {word: own for word, own in zip(plain, spelt, strict=True) if word != own}

    def stem(self, word: str) -> str:
        """Return the stem of a word as it is spelt, folded."""
        return folded(self.stemmed(word))

    def tokens(self, text: str) -> list[str]:
        """Return the words of `text` without stop words, in their order."""
        return [word for word in words(self.plain(text)) if word not in self.stop]

    def terms(self, text: str) -> list[str]:
        """Return the stems of these words."""
        spelt = self.spelt(text)
        return [self.stem(spelt.get(word, word)) for word in self.tokens(text)]

    def all_terms(self, text: str) -> list[str]:
        """Return the stems of all words, stop words included."""
        spelt = self.spelt(text)
        return [self.stem(spelt.get(word, word)) for word in words(self.plain(text))]

    @staticmethod
    def is_unspaced(text: str) -> bool:
        """Return whether `text` has letters of a script without spaces between words."""
        return bool(regex.search(f"[{plain_text.UNSPACED}]", text))

    def as_json(self) -> str:
        """Return the lists for the browser, as JSON."""
        lists = {
            "stop": " ".join(sorted(self.stop)),
            "light": " ".join(sorted(self.light)),
            "amounts": self._pattern.pattern,
            "units": {name: _any_of([words]) for name, words in self.file.units.items()},
            "months": [_any_of([words]) for words in self.file.months],
            "elides": self.file.elides,
        }
        return json.dumps(lists, ensure_ascii=False)


def primary(tag: str) -> str:
    """Return the tag of a language without its region or script, in small letters: pt of pt-BR."""
    return tag.lower().partition("-")[0]


def language(folder: Path) -> Language:
    """Return how search reads the language in `folder`, languages/TAG of a project.

    One that has no file there is searched without lists. Raises ProblemsError.
    """
    file = f"{folder.parent.name}/{folder.name}/{FILE}"
    has_file = (folder / FILE).exists()
    text = strict_yaml.read_text(folder.parent.parent, file) if has_file else "{}"
    coded = [folder / name for name in (KNOWN, NAMES)]
    known, names = (path.read_bytes() if path.exists() else b"" for path in coded)
    return _language(folder.name, text, file, known, names)


@lru_cache(maxsize=16)
def _language(tag: str, text: str, name: str, known: bytes, names: bytes) -> Language:
    file = strict_yaml.read(text, _File, name)
    name = Locale("en").languages.get(primary(tag), "").lower().partition(" ")[0]
    has_script = (snowball() / f"{name}-stemmer.js").is_file()
    algorithm = name if name in Stemmer.algorithms() and has_script else ""
    stem = cache(Stemmer.Stemmer(algorithm).stemWord) if algorithm else str
    return Language(
        tag,
        frozenset(file.stop.split()),
        frozenset(folded(stem(word)) for word in file.light.lower().split()),
        algorithm,
        stem,
        file,
        known,
        names,
        regex.compile(_amounts(file)),
    )
