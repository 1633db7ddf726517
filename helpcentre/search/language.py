"""How text becomes words and stems, and which words of a language count less or not at all.

theme/search/language.js does the same to what shoppers type; a test compares the two.
"""

import json
import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import regex
import Stemmer
from pydantic import Field

from macros import strict_yaml
from macros.values import Strict

FOLDER = Path(__file__).parent / "languages"

UNSPACED = "".join(
    rf"\p{{scx={script}}}" for script in ("Hani", "Hira", "Kana", "Thai", "Laoo", "Khmr", "Mymr")
)
"""Scripts without spaces between words: Chinese, Japanese, Thai, Lao, Khmer and Burmese."""

_WORDS = regex.compile(
    rf"(?<unspaced>(?:(?=[\p{{L}}\p{{M}}])[{UNSPACED}])+)|(?:(?![{UNSPACED}])[\p{{L}}\p{{M}}])+"
)
_ASCII_WORDS = re.compile("[a-z]+")
"""The same for plain ASCII text, and some times faster."""
_MARKS = re.compile("[\u0300-\u036f]")
_UNSEEN = re.compile("['\u2018\u2019\u02bc`\u00b4\u00ad\u200b-\u200f\u2060\ufeff]")
"""Apostrophes, and characters that nobody sees."""
LONGEST_WORD = 40
_LONG_WORD = re.compile(f"[a-z]{{{LONGEST_WORD + 1}}}")


def plain(text: str) -> str:
    """Return `text` in lower case and Unicode's form NFKC, without accents and apostrophes.

    Characters that nobody sees, such as soft hyphens, are left out, too.
    """
    text = _UNSEEN.sub("", text)
    if text.isascii():
        return text.lower()
    text = _MARKS.sub("", unicodedata.normalize("NFKD", text))
    return unicodedata.normalize("NFKC", text).lower()


def words(text: str) -> list[str]:
    """Return the words of `text`, which is plain; for numbers see Language.amounts.

    In a script without spaces between words, every two neighbouring letters are a word.
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
        elif len(run) == 1:
            found.append(run)
        else:
            found += (run[start : start + 2] for start in range(len(run) - 1))
    return found


class _File(Strict):
    """One file of languages/."""

    stop: str = ""
    light: str = ""
    stemmer: str = ""
    """An algorithm of the Snowball project; theme/search/ has the same in JavaScript."""
    units: Mapping[str, str] = Field(default_factory=dict)
    """By how many of what they are, such as "24 h": the words for a unit of time."""
    between: str = ""
    """Words that may stand before a unit and change nothing."""
    months: Sequence[str] = ()
    """The words for each, in order."""
    dictionary: str = ""
    """The name of a dictionary of pyspellchecker."""
    also: str = ""
    """Words that it lacks."""


def _amounts(file: _File) -> re.Pattern[str]:
    """Return what finds numbers, dates and codes in plain text."""

    def any_of(lists: Iterable[str]) -> str:
        return "|".join(" ".join(lists).split()) or "\0"

    day, year, dash = "([0-9]{1,2})", "[0-9]{4}", "[-/.]"
    month = f"({any_of(file.months)})"
    unit = f"(?:{any_of(file.units.values())})(?![a-z])"
    patterns = (
        "(?<![a-z0-9])(?=[a-z0-9]*[0-9]{6})[a-z0-9]{8,40}(?![a-z0-9])",
        f"(?<![0-9]){year}{dash}{day}{dash}{day}(?![0-9])",
        f"(?<![0-9]){day}{dash}{day}{dash}(?:{year}|[0-9]{{2}})(?![0-9])",
        f"(?<![0-9]){day}[a-z]{{0,2}} ?(?:of )?{month}(?![a-z])",
        f"(?<![a-z]){month} ?{day}(?![0-9])(?! ?{unit})",
        f"([0-9]+)[- ]?(?:(?:{any_of([file.between])}) )?({unit})",
        "[0-9]+",
    )
    return re.compile("|".join(patterns))


def _date(month: int, day: int) -> list[str]:
    return [f"={month}-{day}"] if 0 < month < 13 and 0 < day < 32 else []


@dataclass(frozen=True)
class Language:
    """One language's lists and stemmer."""

    tag: str
    stop: frozenset[str]
    """Plain words that are not searched."""
    light: frozenset[str]
    """Stems that count little beside others."""
    stem: Callable[[str], str]
    file: _File
    _pattern: re.Pattern[str]

    def amounts(self, text: str) -> list[tuple[str, list[str]]]:
        """Return each number, date and code in `text`, which is plain, with its names.

        The likeliest name comes first: "=72h" for 72 hours and for 3 days, then "=72" or "=3";
        "=3-16" for 16 March, in any year; "=code" for the number of a parcel or order.
        """
        return [(match[0], self._names(match)) for match in self._pattern.finditer(text)]

    def _names(self, found: re.Match[str]) -> list[str]:
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
        return next(n for n, words in enumerate(self.file.months, 1) if name in words.split())

    def tokens(self, text: str) -> list[str]:
        """Return the words of `text` without stop words, in their order."""
        return [word for word in words(plain(text)) if word not in self.stop]

    def terms(self, text: str) -> list[str]:
        """Return the stems of these words."""
        return [self.stem(word) for word in self.tokens(text)]

    def as_json(self) -> str:
        """Return the lists for the browser, as JSON."""
        lists = {
            "tag": self.tag,
            "stop": " ".join(sorted(self.stop)),
            "light": " ".join(sorted(self.light)),
            "units": dict(self.file.units),
            "between": self.file.between,
            "months": list(self.file.months),
        }
        return json.dumps(lists, ensure_ascii=False)


@cache
def language(tag: str) -> Language:
    """Return the language of `tag`, such as en-GB or en_GB.

    One that has no file in languages/ is searched without lists and stems.
    """
    tag = re.split("[-_]", tag.lower())[0]
    file = _read(tag)
    stem = cache(Stemmer.Stemmer(file.stemmer).stemWord) if file.stemmer else str
    return Language(
        tag,
        frozenset(file.stop.split()),
        frozenset(map(stem, file.light.split())),
        stem,
        file,
        _amounts(file),
    )


def _read(tag: str) -> _File:
    name = f"{tag}.yml"
    return strict_yaml.read_file(FOLDER, name, _File) if (FOLDER / name).exists() else _File()
