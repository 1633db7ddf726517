"""How text becomes words and stems, and which words of a language count less or not at all.

theme/search/language.js does the same to what shoppers type; a test compares the two.
"""

import json
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import regex
import Stemmer

from macros import strict_yaml
from macros.values import Strict

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
_APOSTROPHES = re.compile("['\u2018\u2019\u02bc`\u00b4]")
LONGEST_WORD = 40
_LONG_WORD = re.compile(f"[a-z]{{{LONGEST_WORD + 1}}}")


def plain(text: str) -> str:
    """Return `text` in lower case, without accents and apostrophes, in Unicode's form NFKC."""
    text = _APOSTROPHES.sub("", text)
    if text.isascii():
        return text.lower()
    text = _MARKS.sub("", unicodedata.normalize("NFKD", text))
    return unicodedata.normalize("NFKC", text).lower()


def words(text: str) -> list[str]:
    """Return the words of `text`, which is plain; numbers are left out.

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


@dataclass(frozen=True)
class Language:
    """One language's lists and stemmer."""

    tag: str
    stop: frozenset[str]
    """Plain words that are not searched."""
    light: frozenset[str]
    """Stems that count little beside others."""
    stem: Callable[[str], str]

    def tokens(self, text: str) -> list[str]:
        """Return the words of `text` without stop words, in their order."""
        return [word for word in words(plain(text)) if word not in self.stop]

    def terms(self, text: str) -> list[str]:
        """Return the stems of these words."""
        return [self.stem(word) for word in self.tokens(text)]

    def as_json(self) -> str:
        """Return the lists for the browser, as JSON."""
        lists = {"stop": " ".join(sorted(self.stop)), "light": " ".join(sorted(self.light))}
        return json.dumps({"tag": self.tag, **lists}, ensure_ascii=False)


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
    )


def _read(tag: str) -> _File:
    folder = Path(__file__).parent / "languages"
    name = f"{tag}.yml"
    return strict_yaml.read_file(folder, name, _File) if (folder / name).exists() else _File()
