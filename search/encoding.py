"""The index as files: parts of columns, all in one file for a small site, a file each otherwise.

    terms-0, terms-1 ...     terms in order of their names, with all that ranking needs
    words-97, words-98 ...   names and words, by the first letter's number, to mend misspelt ones
    pages-0, pages-1 ...     what results show, in JSON, PAGES_A_PART pages each

A column holds one kind of thing for all terms of its part, because like things compress well.
Numbers are variable-length: seven bits a byte, the lowest first, the eighth says that more follow.
search/browser/index.js reads all this.
"""

import gzip
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

import zopfli.gzip

from search.index import ASKS_OF_PAGE, ASKS_OF_SIZE, GROUP, Term
from search.language import plain, words
from search.pages import Searched

ONE_FILE = 500
"""A site of at most so many pages is searched by one file."""
EFFORT = 2_000_000
"""Bytes times rounds of compression of that file, which then takes a second at most."""
PAGES_A_PART = 8
PART = 3_500
"""Bytes, about, after which a new part of terms begins: small parts cost little for a rare word."""
COMMON = 300
"""How many of the most common terms a large site's manifest names. Questions of many words leave
them out first: they tell few pages apart, and their parts are large."""
MOST_WORDS = 5_000
"""Words of one first letter that mend misspelt ones on a large site: those on most pages."""
_NONE_SHARED = "0"
"""Says that a name shares no letter with the one before; the next character says one, and so on."""
_MOST_SHARED = 60


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
    return column(b"".join(map(number, values)))


def _lines(lines: Iterable[str]) -> bytes:
    return column("\n".join(lines).encode())


def _steps(values: Iterable[int]) -> Iterator[int]:
    last = 0
    for value in values:
        yield value - last
        last = value


def _shared(one: str, other: str) -> int:
    """Return how many letters two words share from their beginnings."""
    pairs = zip(one, other, strict=False)
    return next((i for i, (a, b) in enumerate(pairs) if a != b), min(len(one), len(other)))


def _names(names: Iterable[str]) -> Iterator[str]:
    """Yield each name as a character for the length that it shares with the last, and the rest."""
    last = ""
    for name in names:
        shared = min(_shared(last, name), _MOST_SHARED)
        yield chr(ord(_NONE_SHARED) + shared) + name[shared:]
        last = name


def _words(name: str, term: Term) -> str:
    """Return a term's words, shortest first: how much of the name to cut each time, what to add."""
    coded = []
    for word in sorted(term.words, key=lambda word: (len(word), word)):
        shared = _shared(name, word)
        coded.append(f"{len(name) - shared or ''}{word[shared:]}")
    return ",".join(coded)


def _named(terms: Mapping[str, Term]) -> bytes:
    """Return the columns that name `terms`: names, words and groups."""
    return (
        _lines(_names(terms))
        + _lines(_words(name, term) for name, term in terms.items())
        + _numbers(term.group for term in terms.values())
    )


def words_part(terms: Mapping[str, Term]) -> bytes:
    """Return what mends misspelt words: names, words, and how many pages have each."""
    return _named(terms) + _numbers(len(term.pages) for term in terms.values())


def terms_part(terms: Mapping[str, Term], asks: Sequence[Sequence[int]]) -> bytes:
    """Return all columns of `terms`, with `asks` for each."""
    impacts = [dict(sorted(term.impacts.items())) for term in terms.values()]
    return (
        _named(terms)
        + _numbers(map(len, impacts))
        + _numbers(step for each in impacts for step in _steps(each))
        + _numbers(impact for each in impacts for impact in each.values())
        + _numbers(map(len, asks))
        + _numbers(step for each in asks for step in _steps(each))
    )


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def _heading(anchor: str, heading: str) -> list[str]:
    """Return a heading, with its anchor only where that is not made of its words."""
    return [heading] if anchor == "-".join(words(plain(heading))) else [heading, anchor]


def pages_part(pages: Iterable[Searched]) -> bytes:
    """Return what results show of `pages`; of one that explains words, its headings too."""
    shown = []
    for page in pages:
        headings = [_heading(*each) for each in page.headings] if page.minor else []
        shown.append([page.url, page.title, page.answer, headings])
    return _json(shown)


def one_file(
    pages: Sequence[Searched], terms: Mapping[str, Term], about: Mapping[str, Any]
) -> bytes:
    """Return the whole index: what it is `about`, how long each part is, and the parts.

    Asks are numbered without gaps here, which makes them small; the manifest says how many there
    are of each page and size.
    """
    asks = sorted({ask for term in terms.values() for ask in term.asks})
    counts = Counter(ask // ASKS_OF_SIZE for ask in asks)
    dense = {ask: place for place, ask in enumerate(asks)}
    written = {
        "terms-0": terms_part(terms, [[dense[a] for a in term.asks] for term in terms.values()]),
        "pages-0": pages_part(pages),
    }
    manifest = {
        **about,
        "first": [""],
        "chunk": len(pages),
        "sizes": {name: len(part) for name, part in written.items()},
        "asks": [counts[n] for n in range(len(pages) * ASKS_OF_PAGE // ASKS_OF_SIZE)],
    }
    content = column(_json(manifest)) + b"".join(written.values())
    iterations = max(1, min(100, EFFORT // len(content)))
    small: bytes = zopfli.gzip.compress(content, numiterations=iterations)
    return small


def parts(pages: Sequence[Searched], terms: Mapping[str, Term]) -> Iterator[tuple[str, bytes]]:
    """Yield the name and the compressed content of each part of a large site's index."""
    for place, chosen in enumerate(_divided(terms)):
        asks = [term.asks for term in chosen.values()]
        yield f"terms-{place}", _gzip(terms_part(chosen, asks))
    words = (name for name in terms if " " not in name and not name.startswith(GROUP))
    for letter, names in groupby(words, lambda name: name[0]):
        often = sorted(names, key=lambda name: -len(terms[name].pages))[:MOST_WORDS]
        part = words_part({name: terms[name] for name in sorted(often)})
        yield f"words-{ord(letter)}", _gzip(part)
    for start in range(0, len(pages), PAGES_A_PART):
        part = pages_part(pages[start : start + PAGES_A_PART])
        yield f"pages-{start // PAGES_A_PART}", _gzip(part)


def manifest(
    pages: Sequence[Searched], terms: Mapping[str, Term], about: Mapping[str, Any]
) -> bytes:
    """Return what a large site's index is `about`, and what is in which part, compressed."""
    often = sorted(terms, key=lambda name: -len(terms[name].pages))
    whole = {
        **about,
        "first": [next(iter(chosen)) for chosen in _divided(terms)],
        "chunk": PAGES_A_PART,
        "words": "".join(sorted({name[0] for name in terms})),
        "common": often[:COMMON],
    }
    return _gzip(column(_json(whole)))


def _divided(terms: Mapping[str, Term]) -> Iterator[dict[str, Term]]:
    """Yield `terms` in parts of about PART bytes; a phrase stays with its first word."""
    part: dict[str, Term] = {}
    size = 0
    for name, term in terms.items():
        if size > PART and " " not in name:
            yield part
            part, size = {}, 0
        part[name] = term
        size += len(name) + 2 * len(term.impacts) + 2 * len(term.asks)
    yield part


def _gzip(content: bytes) -> bytes:
    return gzip.compress(content, 9, mtime=0)
