"""The common words of a language, which search never takes for misspelt ones, and which are names.

    python -m helpcentre.search.known_words

makes languages/TAG/common.words anew, from pyspellchecker's lists of how often words are used in
subtitles and from the words that search.yml adds; the development environment has them. A file has
a hash of each word's stem. The browser fetches it when a question has a word that no page has. One
of 64 misspelt words is taken for a known one, and so is not corrected.

languages/TAG/common.names are those of them that are names of people, by Faker's lists of all
countries, and names that are taken for known words. Sites that count questions never send these.
"""

import gzip
import json
import pkgutil
from collections.abc import Callable, Iterable
from functools import cache
from importlib import import_module
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from helpcentre.search.language import KNOWN, NAMES, Language, language, primary, words
from macros.layout import LANGUAGES

COUNT = 40_000
"""The commonest so many words are known."""
REMAINDER = 6
"""Bits of each step that are written as they are: Rice's coding."""


def hash_of(stem: str, size: int) -> int:
    """Return a number below `size` << REMAINDER, by FNV-1a. theme/search/index.js does the same."""
    value = 0x811C9DC5
    for byte in stem.encode():
        value = (value ^ byte) * 0x01000193 & 0xFFFFFFFF
    return int(value / 2**32 * (size << REMAINDER))


def dictionary(lists: Language) -> Traversable:
    """Return the file of a language in pyspellchecker, which may not be there."""
    return files("spellchecker") / f"resources/{primary(lists.tag)}.json.gz"


def stems(lists: Language) -> frozenset[str]:
    """Return the stems of the commonest words, by the dictionary of pyspellchecker."""
    counts = json.loads(gzip.decompress(dictionary(lists).read_bytes()))
    common = sorted(counts, key=lambda word: (-counts[word], word))[:COUNT]
    also = [*lists.file.also.split(), *lists.stop]
    stems = (stem for word in (*common, *also) for stem in lists.all_terms(word))
    return frozenset((*stems, *lists.light))


def encoded(known: Iterable[str]) -> bytes:
    """Return the stems for the browser: their number in 4 bytes, then the steps between hashes."""
    known = frozenset(known)
    bits, last = [], 0
    for value in sorted({hash_of(stem, len(known)) for stem in known}):
        step, last = value - last, value
        bits.append(f"{'1' * (step >> REMAINDER)}0{step % (1 << REMAINDER):0{REMAINDER}b}")
    line = "".join(bits)
    line += "1" * (-len(line) % 8)  # a step without an end
    return len(known).to_bytes(4, "big") + int(line, 2).to_bytes(len(line) // 8, "big")


def names(lists: Language) -> frozenset[str]:
    """Return the words of people's first and last names, of all countries that Faker has."""
    people = import_module("faker.providers.person")
    found: set[str] = set()
    for country in pkgutil.iter_modules(people.__path__):
        provider = import_module(f"{people.__name__}.{country.name}").Provider
        for attribute in dir(provider):
            if "name" in attribute and "format" not in attribute:
                values = getattr(provider, attribute)
                found |= {*values} if isinstance(values, (tuple, list, set, dict)) else set()
    texts = (name for name in found if isinstance(name, str))
    return frozenset(part for text in texts for part in words(lists.plain(text)))


def stems_of_names(lists: Language, known: bytes) -> frozenset[str]:
    """Return the stems of names that are among `known`, for which a name would pass as a word.

    By its stem a name is one in any form, such as "Rebecca's".
    """
    return frozenset(filter(knows(known), map(lists.stem, names(lists))))


def is_ordinary(word: str, lists: Language) -> bool:
    """Return whether a plain word is a common one of its language, and nobody's name.

    None is in a language that lacks either file.
    """
    if not lists.known or not lists.names:
        return False
    stem = lists.stem(word)
    return knows(lists.known)(stem) and not knows(lists.names)(stem)


@cache
def knows(content: bytes) -> Callable[[str], bool]:
    """Return what says whether a stem is one of `content`, which encoded() made."""
    size = int.from_bytes(content[:4], "big")
    line = "".join(f"{byte:08b}" for byte in content[4:])
    hashes, value, at = set(), 0, 0
    while (end := line.find("0", at)) >= 0:
        remainder = line[end + 1 : end + 1 + REMAINDER]
        value += ((end - at) << REMAINDER) + int(remainder, 2)
        hashes.add(value)
        at = end + 1 + REMAINDER
    return lambda stem: hash_of(stem, size) in hashes


def main(root: Path) -> None:
    """Write the files of each language of the project at `root` that has a dictionary."""
    for folder in sorted((root / LANGUAGES).iterdir()):
        lists = language(folder)
        if dictionary(lists).is_file():
            known = encoded(stems(lists))
            (folder / KNOWN).write_bytes(known)
            (folder / NAMES).write_bytes(encoded(stems_of_names(lists, known)))


if __name__ == "__main__":
    main(Path.cwd())
