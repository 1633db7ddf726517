"""How words of a language are told apart, weighed and brought to their stems.

search/browser/language.js does the same to what shoppers type; a test holds the two together.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import snowballstemmer

from macros import strict_yaml
from macros.values import Strict

SEPARATORS = (
    r"\u0000-\u002f\u003a-\u0040\u005b-\u0060\u007b-\u00a9\u00ab-\u00b4\u00b6-\u00b9\u00bb-\u00bf\u00d7\u00f7"
    r"\u2000-\u203e\u2041-\u2053\u2055-\u206f\u20a0-\u20cf\u2190-\u2bff\u2e00-\u2e7f\u3000-\u3004"
    r"\u3007-\u3020\u3030\u303d-\u303f\ufe10-\ufe1f\ufe30-\ufe6f\uff00-\uff0f\uff1a-\uff20"
    r"\uff3b-\uff40\uff5b-\uff65\ufff0-\uffff\U0001f000-\U0001faff"
)
"""Characters between words, as a class of regular expressions; digits are apart."""

UNSPACED = r"\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\U00020000-\U0003ffff"
"""Letters of scripts that put no spaces between words: Thai to Khmer, Japanese and Chinese."""

_WORDS = re.compile(rf"[{UNSPACED}]+|[^{SEPARATORS}{UNSPACED}0-9]+")
_MARKS = re.compile("[\u0300-\u036f]")
_APOSTROPHES = re.compile("['\u2018\u2019\u02bc`\u00b4]")
LONGEST_WORD = 40


def plain(text: str) -> str:
    """Return `text` in small letters, without accents and apostrophes, in Unicode's form NFKC."""
    text = _APOSTROPHES.sub("", text)
    text = _MARKS.sub("", unicodedata.normalize("NFKD", text))
    return unicodedata.normalize("NFKC", text).lower()


def words(text: str) -> Iterator[str]:
    """Yield the words of `text`, plain. Numbers are none: a shopper's are of orders and amounts.

    Where a script puts no spaces between words, every two neighbouring letters are a word.
    """
    for found in _WORDS.finditer(plain(text)):
        run = found[0]
        if not re.match(rf"[{UNSPACED}]", run):
            yield run[:LONGEST_WORD]
        elif len(run) == 1:
            yield run
        else:
            for start in range(len(run) - 1):
                yield run[start : start + 2]


class _File(Strict):
    """One of languages/; what a language does not say is said in English."""

    stop: str = ""
    light: str = ""
    stemmer: str = ""
    """An algorithm of the Snowball project; languages/ has the same in JavaScript."""
    texts: Mapping[str, str] = {}


@dataclass(frozen=True)
class Language:
    """One language's lists and stemmer."""

    tag: str
    stop: frozenset[str]
    """Plain words that are not searched."""
    light: frozenset[str]
    """Stems that count little beside others."""
    stem: Callable[[str], str]
    texts: Mapping[str, str]
    """What the search box says by itself, by names that search/browser/worker.js gives them."""

    def pairs(self, text: str) -> list[tuple[str, str]]:
        """Return the words of `text` with their stems, without stop words, in their order."""
        return [(word, self.stem(word)) for word in words(text) if word not in self.stop]

    def terms(self, text: str) -> list[str]:
        """Return the stems alone."""
        return [stem for _, stem in self.pairs(text)]


@cache
def language(tag: str) -> Language:
    """Return the language of `tag`, such as en-GB or en_GB.

    One that has no file in languages/ is searched without lists and stems.
    """
    tag = re.split("[-_]", tag.lower())[0]
    file = _read(tag)
    stem = cache(snowballstemmer.stemmer(file.stemmer).stemWord) if file.stemmer else str
    return Language(
        tag,
        frozenset(file.stop.split()),
        frozenset(map(stem, file.light.split())),
        stem,
        {**_read("en").texts, **file.texts},
    )


def _read(tag: str) -> _File:
    folder = Path(__file__).parent / "languages"
    name = f"{tag}.yml"
    return strict_yaml.read_file(folder, name, _File) if (folder / name).exists() else _File()
