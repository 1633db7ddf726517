"""The index as files: parts made of columns, in one file for a small site, else a file each.

    terms-0, terms-1 ...     terms in order of their names, with all that ranking needs
    words-97, words-98 ...   names and words, by the first letter's number, to correct misspelt ones
    pages-0, pages-1 ...     what results show, in JSON, PAGES_PER_PART pages each

A column holds one kind of thing for all terms of its part, because like things compress well.
Numbers are variable-length: seven bits a byte, the lowest first, the eighth set if more follow.
theme/search/index.js reads all this.
"""

import gzip
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from heapq import nlargest
from itertools import groupby
from typing import Any

import zopfli.gzip

from helpcentre.content.hashed import digest
from helpcentre.search.index import COUNTS, Term
from helpcentre.search.language import Language, words
from helpcentre.search.pages import SearchPage

ONE_FILE = 500
"""A site of at most this many pages has one file."""
ROUNDS, EFFORT = 15, 2_000_000
"""How often that file is compressed at most, and bytes times rounds: a second at most."""
BLOCK, BLOCKS = 2_900, 15
"""Bytes for which it may have a block, and how many at most. Without the first it would take five
times as long, and be half of a percent smaller."""
PAGES_PER_PART = 8
PART = 3_500
"""About how many bytes a part of terms has: small parts cost little for a rare word."""
COMMON = 300
"""How many of the most common terms a large site's manifest names. Questions of many words leave
them out first: they tell few pages apart, and their parts are large."""
MAX_WORDS = 5_000
"""Words of one first letter by which misspelt ones are corrected: those on most pages."""
_NONE_SHARED = "0"
"""Means that a name shares no letter with the previous one; the next character means one."""
_MAX_SHARED = 60
_NO_WORDS = "-"
"""For a term that only misspelt words have, or that is no word."""


@lru_cache(maxsize=1 << 14)  # most numbers are small and frequent
def number(value: int) -> bytes:
    """Return `value`, which is not negative, in as many bytes as it needs."""
    coded = bytearray()
    while value > 127:
        coded.append(value & 127 | 128)
        value >>= 7
    coded.append(value)
    return bytes(coded)


def column(content: bytes) -> bytes:
    """Return `content` with its length before it."""
    return number(len(content)) + content


def _numbers(values: Iterable[int]) -> bytes:
    values = list(values)
    is_small = max(values, default=0) < 128  # as most columns are
    return column(bytes(values) if is_small else b"".join(map(number, values)))


def _lines(lines: Iterable[str]) -> bytes:
    return column("\n".join(lines).encode())


def _steps(values: Iterable[int]) -> Iterator[int]:
    last = 0
    for value in values:
        yield value - last
        last = value


def _shared(one: str, other: str) -> int:
    """Return how many letters two words share from their beginnings."""
    if other.startswith(one):
        return len(one)
    for place, (a, b) in enumerate(zip(one, other, strict=False)):
        if a != b:
            return place
    return len(other)


def _names(names: Iterable[str]) -> Iterator[str]:
    """Yield each name as a character for the length that it shares with the last, and the rest."""
    last = ""
    for name in names:
        shared = min(_shared(last, name), _MAX_SHARED)
        yield chr(ord(_NONE_SHARED) + shared) + name[shared:]
        last = name


def _words(name: str, term: Term) -> str:
    """Return a term's words, shortest first: how much of the name to cut each time, what to add."""
    coded = []
    for word in sorted(term.words, key=lambda word: (len(word), word)):
        shared = _shared(name, word)
        coded.append(f"{len(name) - shared or ''}{word[shared:]}")
    return ",".join(coded) if coded else _NO_WORDS


def _named(terms: Mapping[str, Term]) -> bytes:
    """Return the columns that name `terms`: names, words and groups."""
    return (
        _lines(_names(terms))
        + _lines(_words(name, term) for name, term in terms.items())
        + _numbers(term.group for term in terms.values())
    )


def words_part(terms: Mapping[str, Term]) -> bytes:
    """Return what corrects misspelt words: names, words, and how often each is used."""
    return _named(terms) + _numbers(term.frequency for term in terms.values())


def terms_part(terms: Mapping[str, Term]) -> bytes:
    """Return all columns of `terms`."""
    impacts = [term.impacts for term in terms.values()]
    counts = [term.counts for term in terms.values()]
    return (
        _named(terms)
        + _numbers(map(len, impacts))
        + _numbers(step for pages in impacts for step in _steps(pages))
        + _numbers(impact for pages in impacts for impact in pages.values())
        + _numbers(map(len, counts))
        + _numbers(coded for pages in counts for coded in _coded(pages))
    )


def _coded(counts: Mapping[int, int]) -> Iterator[int]:
    """Yield the step to each page and its count as one number, mostly of one byte."""
    last = 0
    for page, exact in counts.items():
        yield (page - last) * len(COUNTS) + COUNTS.index(exact)
        last = page


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def _heading(anchor: str, heading: str, language: Language) -> list[str]:
    """Return a heading, with its anchor only where that is not made of its words."""
    is_made = anchor == "-".join(words(language.plain(heading)))
    return [heading] if is_made else [heading, anchor]


def pages_part(pages: Iterable[SearchPage], language: Language) -> bytes:
    """Return what results show of `pages`; of a reference page, its headings too."""
    shown = []
    for page in pages:
        own = page.headings if page.is_reference else ()
        headings = [_heading(*row, language) for row in own]
        shown.append([page.url, page.title, page.answer, headings])
    return _json(shown)


def one_file(
    pages: Sequence[SearchPage],
    terms: Mapping[str, Term],
    about: Mapping[str, Any],
    language: Language,
) -> bytes:
    """Return the whole index: what it is `about`, how long each part is, and the parts."""
    written = {"terms-0": terms_part(terms), "pages-0": pages_part(pages, language)}
    manifest = {
        **about,
        "first": [""],
        "chunk": len(pages),
        "sizes": {name: len(part) for name, part in written.items()},
    }
    content = column(_json(manifest)) + b"".join(written.values())
    small: bytes = zopfli.gzip.compress(
        content,
        numiterations=max(1, min(ROUNDS, EFFORT // len(content))),
        blocksplittingmax=max(1, min(BLOCKS, len(content) // BLOCK)),
    )
    return small


def many_files(
    pages: Sequence[SearchPage],
    terms: Mapping[str, Term],
    about: Mapping[str, Any],
    language: Language,
) -> tuple[bytes, dict[str, bytes]]:
    """Return a large site's manifest: what the index is `about`, what is where; and the parts.

    The parts are by path; their folder has a hash of them all in its name.
    """
    divided = list(_divided(terms))
    parts = {f"terms-{place}": terms_part(chosen) for place, chosen in enumerate(divided)}
    words = [name for name in terms if name[:1].isalpha()]
    single = [name for name in words if " " not in name]
    for letter, names in groupby(single, lambda name: name[0]):
        often = nlargest(MAX_WORDS, names, lambda name: terms[name].frequency)
        parts[f"words-{ord(letter)}"] = words_part({name: terms[name] for name in sorted(often)})
    for start in range(0, len(pages), PAGES_PER_PART):
        part = pages_part(pages[start : start + PAGES_PER_PART], language)
        parts[f"pages-{start // PAGES_PER_PART}"] = part
    small = {name: _gzip(part) for name, part in parts.items()}
    folder = digest(b"".join(small.values()))
    manifest = {
        **about,
        "folder": folder,
        "first": [next(iter(chosen)) for chosen in divided],
        "chunk": PAGES_PER_PART,
        "words": "".join(sorted({name[0] for name in single})),
        "common": nlargest(COMMON, words, lambda name: terms[name].frequency),
    }
    written = {f"{folder}/{name}.bin": part for name, part in small.items()}
    return _gzip(column(_json(manifest))), written


def _divided(terms: Mapping[str, Term]) -> Iterator[dict[str, Term]]:
    """Yield `terms` in parts of about PART bytes; a compound stays with its first word."""
    part: dict[str, Term] = {}
    size = 0
    for name, term in terms.items():
        if size > PART and " " not in name:
            yield part
            part, size = {}, 0
        part[name] = term
        size += len(name) + 2 * len(term.impacts) + 2 * len(term.counts)
    yield part


def _gzip(content: bytes) -> bytes:
    return gzip.compress(content, 9, mtime=0)
