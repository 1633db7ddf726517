"""Numbers that a translation types: in digits, and in the number words of its language.

A translation states numbers by values, so that they are the same in all languages.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import chain

from babel import Locale

from helpcentre.content import template
from macros.language import Language

_JOINED = {"Arab": "(?:[\u0648\u0641\u0628\u0643]|\u0644(?!\u0633\u062a(?!\\w)))?(?:\u0627\u0644)?"}
"""By script: and, so, by, for, as, and the, which are written as one with the word that follows.

But "for six" is also how "I am not" is written.
"""
_NO_NUMBER = "(?<![\u540c\u6bcf\u7b2c\u53e6\u67d0\u4efb\u552f\u7edf])"
"""Chinese letters after which one is no number: the same, every, the first, another, only."""
_ARABIC_MARKS = re.compile("[\u064b-\u0652\u0640]")
"""Marks of vowels, which few write, and the stroke that makes a word longer."""


def numbers_in(text: str, language: Language, *, alone: bool = True) -> Iterator[tuple[int, str]]:
    """Yield the line in `text`, from 0, of each number in digits or in words, and the number.

    Unless words may stand `alone`, they are numbers before a unit of time only.
    """
    words = unicodedata.normalize("NFKC", template.without_values(text))
    found = [re.finditer(r"\w*\d[\d.,:/]*\w*", words)]
    lists = (language.numbers, language.also_numbers, language.time_units)
    if all(map(str.strip, (language.numbers, language.time_units))):
        pattern = _in_words(*lists, locale=language.locale, script=language.script, alone=alone)
        found.append(pattern.finditer(_small(words)))
    for match in chain(*found):
        yield match.string.count("\n", 0, match.start()), " ".join(match[0].split())


def _small(words: str) -> str:
    """Return `words` in small letters, without marks of Arabic vowels, and with one form of ie."""
    words = words.casefold().replace("\u0451", "\u0435")  # Cyrillic io and ie
    return _ARABIC_MARKS.sub("", words)


def _months(locale: str) -> list[str]:
    """Return the names of months in all their forms; none where they are numbers."""
    names = Locale.parse(locale).months
    forms = (names[form]["wide"].values() for form in ("format", "stand-alone"))
    return [name for form in forms for name in form if not re.search(r"\d", name)]


@cache
def _in_words(
    numbers: str, also: str, time_units: str, *, locale: str, script: str, alone: bool
) -> re.Pattern[str]:
    """Return what finds a number in words before a unit of time; or `alone`, or a month's name."""
    number, unit = _any(numbers.split()), _any(time_units.split())
    also = _any(also.split()) if also.split() else number
    if script == "Hani":  # without spaces between words, so a letter is no word
        return re.compile(rf"{_NO_NUMBER}(?:{number}+[\s\S]?{unit}|{also}{unit})")
    number = f"{_JOINED.get(script, '')}{number}"
    found = rf"{number}(?:\s\w+){{0,2}}\s{unit}"
    if alone:
        found += rf"|{_any(_months(locale))}|{number}|{also}[\s-](?:\w+[\s-])?{unit}"
        found += rf"|{unit}\s{also}" if script in _JOINED else ""  # there one stands after a noun
    return re.compile(rf"(?<!\w)(?:{found})(?!\w)")


def _any(words: Iterable[str]) -> str:
    return f"(?:{'|'.join(map(re.escape, map(_small, words)))})"
