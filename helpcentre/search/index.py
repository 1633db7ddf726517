"""The index: how much each page is about a term, and how many of its search phrases have it.

Two things rank a page (theme/search/ranking.js): how much its title and text are about each word of
the question (BM25F), and how often its phrases have each word, small words included (naive Bayes).
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import Any

from helpcentre.search import known_words
from helpcentre.search.language import Language, words
from helpcentre.search.pages import SearchPage

TITLE_WEIGHT, TEXT_WEIGHT = 2.0, 1.0
SATURATION = 1.2
"""k1 of BM25: how soon a repeated word adds no more."""
LENGTH_SHARE = 0.5
"""b of BM25: how much the length of a page lowers the weight of its words."""
LEVELS = 15
"""Steps in which a page's impact for a word, from 0 to 1, is kept."""
COUNTS = tuple(1 << level for level in range(8))
"""How many phrases of a page have a term: the highest of these that is not above the number."""
GROUP, SMALL = "#", "~"
"""How the names of a group of synonyms, and of a stop word, begin. A stop word counts in phrases
only. For numbers, dates and codes see Language.amounts."""


@dataclass(slots=True)
class Term:
    """A stem, or several stems separated by spaces, and where it occurs."""

    group: int = 0
    """The number of its group of synonyms, counted from 1; 0 for none."""
    words: set[str] = field(default_factory=set)
    """The words with that stem, as pages and synonyms spell them; of phrases, known words only."""
    impacts: dict[int, int] = field(default_factory=dict)
    """By page, in order: from 1 to LEVELS."""
    counts: dict[int, int] = field(default_factory=dict)
    """By page, in order: one of COUNTS. A title is a phrase, too."""

    @property
    def frequency(self) -> int:
        """How often it is used: in how many texts and phrases."""
        return len(self.impacts) + sum(self.counts.values())


@dataclass(frozen=True)
class Index:
    """The index of `pages`, of which some are special."""

    pages: Sequence[SearchPage]
    """What stands for customer care comes last, if anything does."""
    language: Language
    terms: Mapping[str, Term]
    """By name, in order."""
    contact: int
    """The number of the page about customer care; -1 if there is no such page."""
    person: int
    """The number of what stands for customer care; -1 if nothing does."""
    stems: Mapping[str, str]
    """The stems of plain words that are not those of the words as they stand, by word."""

    @classmethod
    def of(
        cls,
        pages: Sequence[SearchPage],
        person: SearchPage | None,
        language: Language,
        synonyms: Iterable[Sequence[str]],
    ) -> "Index":
        """Return the index of `pages`, and of what stands for customer care, in a language."""
        found, synonyms = [*pages, *([person] if person else [])], list(synonyms)
        spelt = spellings(found, language, synonyms)
        made = terms(found, language, synonyms, spelt)
        stems = {word: language.stem(own) for word, own in sorted(spelt.items())}
        return cls(
            found,
            language,
            made,
            next((n for n, page in enumerate(pages) if person and page.url == person.url), -1),
            len(pages) if person else -1,
            {
                word: stem
                for word, stem in stems.items()
                if stem in made and stem != language.stem(word)
            },
        )

    def about(self) -> dict[str, Any]:
        """Return what the browser knows of the whole index."""
        counts, kinds = evidence(self.terms, len(self.pages))
        return {
            "pages": len(self.pages),
            "contact": self.contact,
            "person": self.person,
            "minor": [number for number, page in enumerate(self.pages) if page.is_reference],
            "counts": counts,
            "kinds": kinds,
            "stems": self.stems,
            "longest": max((name.count(" ") + 1 for name in self.terms), default=1),
        }


def spellings(
    pages: Iterable[SearchPage], language: Language, synonyms: Iterable[Sequence[str]]
) -> dict[str, str]:
    """Return how each plain word is spelt, for those that somebody spells with accents.

    Stems are made of words with their accents, but many people type none.
    """
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for text in _texts(pages, synonyms):
        for word, spelt in language.spelt(text).items():
            counts[word][spelt] += 1
    return {word: max(spelt, key=lambda own: (spelt[own], own)) for word, spelt in counts.items()}


def _texts(pages: Iterable[SearchPage], synonyms: Iterable[Sequence[str]]) -> Iterator[str]:
    for page in pages:
        yield from (page.title, page.text, *page.phrases)
    for members in synonyms:
        yield from members


def terms(
    pages: Sequence[SearchPage],
    language: Language,
    synonyms: Iterable[Sequence[str]],
    spelt: Mapping[str, str],
) -> dict[str, Term]:
    """Return every term of `pages` and of `synonyms`, by name, in order.

    `spelt` is what spellings() gives.
    """
    found: dict[str, Term] = defaultdict(Term)
    compounds: dict[str, list[list[str]]] = defaultdict(list)
    """Synonyms of several words, by their first stem."""

    class Stems(dict[str, str]):
        """The stem of each word seen so far; of words that are not searched, their small term."""

        def __missing__(self, word: str) -> str:
            is_small = word in language.stop
            stem = SMALL + word if is_small else language.stem(spelt.get(word, word))
            self[word] = stem
            return stem

    stem_of, small_terms = Stems(), frozenset(SMALL + word for word in language.stop)
    for number, members in enumerate(synonyms, 1):
        for member in members:
            stems = list(map(stem_of.__getitem__, language.tokens(member)))
            found[" ".join(stems)].group = number
            found[" ".join(stems)].words.add(language.plain(member))
            if len(stems) > 1:
                compounds[stems[0]].append(stems)
    stem_of.clear()

    def names(text: str, *, small: bool) -> list[str]:
        """Return the terms of `text` as often as it has them, with or without small words."""
        text = language.plain(text)
        stems = list(map(stem_of.__getitem__, words(text)))
        searched = [stem for stem in stems if stem not in small_terms]
        found = stems if small else searched
        has_compounds = not compounds.keys().isdisjoint(searched)
        joined = [
            " ".join(compound)
            for at, first in enumerate(searched if has_compounds else ())
            for compound in compounds.get(first, ())
            if searched[at : at + len(compound)] == compound
        ]
        for _, amounts in language.amounts(text):
            joined += amounts
        return found + joined

    counted = [
        [Counter(names(text, small=False)) for text in (page.title, page.text)] for page in pages
    ]
    lengths = [(title.total(), text.total()) for title, text in counted]
    means = [max(1.0, sum(column) / len(lengths)) for column in zip(*lengths, strict=True)]
    for number, (own, length) in enumerate(zip(counted, lengths, strict=True)):
        (title, text), (title_weight, text_weight) = own, _weights(length, means)
        weights = {name: text_weight * times for name, times in text.items()}
        for name, times in title.items():
            weights[name] = weights.get(name, 0) + title_weight * times
        for name, weight in weights.items():
            impact = round(LEVELS * weight / (weight + SATURATION))
            found[name].impacts[number] = impact or 1
    in_texts = frozenset(stem_of)
    frequency: Counter[str] = Counter()
    for number, page in enumerate(pages):
        phrases = {frozenset(names(text, small=True)) for text in (page.title, *page.phrases)}
        counts = Counter(chain.from_iterable(phrases))
        frequency.update(counts)
        for name, exact in counts.items():
            found[name].counts[number] = _rounded(exact)
    is_known = known_words.knows(language.known) if language.known else None
    for word, stem in stem_of.items():
        is_spelt = word in in_texts or not is_known or is_known(stem)
        if is_spelt and not stem.startswith(SMALL):
            found[stem].words.add(word)
    return {
        name: term
        for name in sorted(found)
        if (term := found[name]).group or term.impacts or frequency[name] >= language.file.rare
    }


def _rounded(exact: int) -> int:
    """Return the highest of COUNTS that is not above `exact`."""
    return min(COUNTS[-1], 1 << exact.bit_length() - 1)


def evidence(found: Mapping[str, Term], pages: int) -> tuple[list[int], int]:
    """Return how often each page's phrases have a term, together, and how many terms they have.

    Synonyms are one term. A page with few phrases has half of the mean, so that it gains nothing.
    """
    totals: Counter[int] = Counter()
    for term in found.values():
        totals.update(term.counts)
    least = totals.total() // (2 * pages) if pages else 0
    kinds = {term.group or name for name, term in found.items() if term.counts}
    return [max(totals[page], least) for page in range(pages)], len(kinds)


def _weights(length: tuple[int, int], means: Sequence[float]) -> list[float]:
    """Return how much a word counts in the title and in the text of a page of that length."""
    return [
        weight / (1 - LENGTH_SHARE + LENGTH_SHARE * own / mean)
        for weight, own, mean in zip((TITLE_WEIGHT, TEXT_WEIGHT), length, means, strict=True)
    ]


def with_groups(found: Mapping[str, Term]) -> dict[str, Term]:
    """Return `found` with a term for each group of synonyms, named # and its number, in order.

    It has the best impacts of its members, and the sums of their counts; on a large site it is
    looked up instead of all of them.
    """
    whole: dict[str, Term] = defaultdict(Term)
    for term in found.values():
        if term.group:
            group = whole[f"{GROUP}{term.group}"]
            group.words |= term.words
            for page, impact in term.impacts.items():
                group.impacts[page] = max(impact, group.impacts.get(page, 0))
            for page, exact in term.counts.items():
                group.counts[page] = group.counts.get(page, 0) + exact
    for group in whole.values():
        group.impacts = dict(sorted(group.impacts.items()))
        group.counts = {page: _rounded(exact) for page, exact in sorted(group.counts.items())}
    return {name: whole.get(name) or found[name] for name in sorted((*whole, *found))}
