"""Which pages answer a question: the same as theme/search/ranking.js, which explains how.

For `make phrasings`, and to compare rankings without a browser. The index is one of a small site,
as index.terms() gives it. A test asks both everything.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import regex

from helpcentre.search import known_words, weights
from helpcentre.search.index import LEVELS, SMALL, Term, evidence, spellings, terms
from helpcentre.search.language import Language, words
from helpcentre.search.pages import SearchPage

_HYPHENED = regex.compile(r"(\p{L}+)[-\u2010\u2011](\p{L}+)")


class Concept(NamedTuple):
    """A word, compound or number of a question: its term, if the index has one, and its weight."""

    name: str | None
    weight: float


@dataclass(frozen=True)
class Index:
    """The index of a small site: `terms` of pages, of which some are special."""

    terms: Mapping[str, Term]
    language: Language
    urls: Sequence[str]
    """The addresses of the pages, by number."""
    minor: frozenset[int]
    contact: int
    """The page about customer care; -1 if there is no such page."""
    person: int
    """What stands for customer care, after all pages; -1 if nothing does."""
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
            made,
            language,
            [page.url for page in found],
            frozenset(n for n, page in enumerate(found) if page.is_reference),
            next((n for n, page in enumerate(pages) if person and page.url == person.url), -1),
            len(pages) if person else -1,
            {
                word: stem
                for word, stem in stems.items()
                if stem in made and stem != language.stem(word)
            },
        )

    @cached_property
    def _spelt(self) -> dict[str, str]:
        return {}

    def stem(self, word: str) -> str:
        """Return the stem of a plain word of the question that read() reads."""
        return self.stems.get(word) or self.language.stem(self._spelt.get(word, word))

    @cached_property
    def longest(self) -> int:
        """How many stems the longest compound has."""
        return max((name.count(" ") + 1 for name in self.terms), default=1)

    @cached_property
    def groups(self) -> Mapping[int, Sequence[str]]:
        """The names of the terms of each group of synonyms."""
        groups = defaultdict(list)
        for name, term in self.terms.items():
            groups[term.group].append(name)
        return groups

    @cached_property
    def evidence(self) -> tuple[list[int], int]:
        """What index.evidence() gives."""
        return evidence(self.terms, len(self.urls))

    @cached_property
    def _spellings(self) -> Sequence[tuple[str, str, int]]:
        """Each word with its term and how often that is used."""
        return [
            (word, name, term.frequency)
            for name, term in self.terms.items()
            for word in _shortest_first(term.words)
        ]

    @cached_property
    def _corrections(self) -> dict[str, tuple[str, float] | None]:
        return {}

    def correct(self, word: str) -> tuple[str, float] | None:
        """Return the term that a misspelt word most likely means, and the changes it takes."""
        if word not in self._corrections:
            self._corrections[word] = self._correct(word)
        return self._corrections[word]

    def _correct(self, word: str) -> tuple[str, float] | None:
        most = (len(word) >= 4) + (len(word) >= 8)
        best, least = None, math.inf
        for meant, name, uses in self._spellings if most else ():
            changes = changes_between(word, meant, most)
            begins = word[0] == meant[0]
            is_near = word[0] == meant[1:2] or (changes < 2 and len(word) > 4)
            cost = changes + (0 if begins else 0.3) - min(uses, 90) / 100
            if changes <= most and len(meant) > 3 and (begins or is_near) and cost < least:
                best, least = (name, changes), cost
        return best

    def completion(self, start: str) -> str | None:
        """Return the term of the most frequent word that begins with `start`."""
        found = [(-uses, name) for word, name, uses in self._spellings if word.startswith(start)]
        found = [(uses, name) for uses, name in found if " " not in name]
        return min(found, key=lambda row: row[0])[1] if found else None

    def has(self, word: str) -> bool:
        """Return whether a page has `word` as it is, or search knows that it means little."""
        stem = self.stem(word)
        if word in self.language.stop or stem in self.language.light:
            return True
        return len(word) > 2 and stem in self.terms and word in self.terms[stem].words

    def split(self, word: str, failed: set[str] | None = None) -> list[str] | None:
        """Return the words that were run together, if all are known; the longest first.

        `failed` has the ends of the word that are none.
        """
        failed = set() if failed is None else failed
        for at in range(min(len(word), weights.MOST_SPLIT), 0, -1):
            if word not in failed and self.has(word[:at]):
                rest = self.split(word[at:], failed) if at < len(word) else []
                if rest is not None:
                    return [word[:at], *rest]
        failed.add(word)
        return None

    def occurrences(self, name: str) -> tuple[Mapping[int, float], Mapping[int, int]]:
        """Return by page where a term occurs, with its synonyms.

        The first are its impacts, from 0 to 1; the others count the phrases that have it.
        """
        group = self.terms[name].group
        impacts: dict[int, float] = defaultdict(float)
        counts: Counter[int] = Counter()
        for member in {name, *(self.groups[group] if group else ())}:
            share = (1 if member == name else weights.SYNONYM_WEIGHT) / LEVELS
            counts.update(self.terms[member].counts)
            for page, impact in self.terms[member].impacts.items():
                impacts[page] = max(impacts[page], impact * share)
        rounded = {page: 2 ** int(math.log2(count)) for page, count in counts.items()}
        return {**dict.fromkeys(counts, 0.0), **impacts}, rounded


def _shortest_first(spellings: Iterable[str]) -> list[str]:
    return sorted(spellings, key=lambda word: (len(word), word))


def changes_between(one: str, other: str, most: int) -> float:
    """Return how many letters to change, add, drop or swap; infinity if more than `most`."""
    if abs(len(one) - len(other)) > most:
        return math.inf
    before: list[float] = []
    row: list[float] = [*range(len(other) + 1)]
    for i, letter in enumerate(one, 1):
        following: list[float] = [i]
        for j, meant in enumerate(other, 1):
            cost = min(row[j] + 1, following[j - 1] + 1, row[j - 1] + (letter != meant))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == meant:
                cost = min(cost, before[j - 2] + weights.SWAP)
            following.append(cost)
        if min(following) > most:
            return math.inf
        before, row = row, following
    return row[-1]


def read(question: str, index: Index) -> tuple[list[Concept], list[str]]:
    """Return the concepts of a question, and the names of the terms of its small words."""
    lists, stem = index.language, index.stem
    concepts: dict[str | int, Concept] = {}

    def add(word: str, name: str | None, weight: float = 1) -> None:
        if (name or word) in lists.light:
            weight *= weights.LIGHT_WEIGHT
        key = (index.terms[name].group or name) if name else word
        concepts.setdefault(key, Concept(name, weight))

    asked = question[-weights.MOST_LETTERS :]
    index._spelt.clear()
    index._spelt.update(lists.spelt(asked))
    text = lists.plain(asked)
    for whole, names in lists.amounts(text):
        name = next((name for name in names if name in index.terms or name == "=code"), None)
        if name in index.terms:
            add(whole, name)
        text = text.replace(whole, " ", 1) if name else text
    text = _HYPHENED.sub(lambda pair: _joined(pair, index), text)
    all_words = words(text)
    stop_words = [word for word in dict.fromkeys(all_words) if word in lists.stop]
    small = [SMALL + word for word in stop_words[: weights.MOST_WORDS]]
    left = [word for word in all_words if word not in lists.stop][-weights.MOST_WORDS :]
    is_known = known_words.knows(lists.known) if lists.known else lambda stem: False
    while left:
        word = left[0]
        compounds = (" ".join(map(stem, left[:count])) for count in range(index.longest, 0, -1))
        name = next(filter(index.terms.__contains__, compounds), None)
        if name:
            add(word, name)
            del left[: name.count(" ") + 1]
            continue
        del left[0]
        if stem(word) in lists.light:
            continue
        completion = index.completion(word) if not left and text.endswith(word) else None
        if completion or is_known(stem(word)):
            add(word, completion)
        else:
            meant = index.correct(word)
            parts = None if meant and meant[1] <= 1 else index.split(word)
            if parts:
                left[:0] = [part for part in parts if part not in lists.stop]
            elif meant:
                add(word, meant[0], weights.CORRECTED_WEIGHT ** meant[1])
            else:
                add(word, None)
    return list(concepts.values()), [name for name in small if name in index.terms]


def _joined(pair: regex.Match[str], index: Index) -> str:
    joined = f"{pair[1]}{pair[2]}"
    return joined if index.has(joined) else str(pair[0])


def rank(question: str, index: Index) -> tuple[list[tuple[float, int]], float]:
    """Return score and page of each page found, best first; and the known share of the question."""
    concepts, small = read(question, index)
    text: dict[int, float] = defaultdict(float)
    has: dict[int, float] = defaultdict(float)
    counted: list[Mapping[int, int]] = [index.terms[name].counts for name in small]
    known = unknown = 0.0
    for concept in concepts:
        if not concept.name:
            unknown += _rarity(0, index)
            continue
        impacts, counts = index.occurrences(concept.name)
        if counts:
            counted.append(counts)
        weight = concept.weight * _rarity(len(impacts), index)
        known += weight
        for page, impact in impacts.items():
            text[page] += weight * impact
            has[page] += weight
    likely = _evidence(counted, index)
    ranked = []
    for page in text:
        score = likely(page) * (text[page] / known + weights.LEAST_TEXT) ** weights.TEXT_EXPONENT
        score *= (has[page] / known) ** weights.COVERAGE_EXPONENT
        score *= weights.MINOR_WEIGHT if page in index.minor else 1
        score *= weights.PERSON_WEIGHT if page == index.person else 1
        ranked.append((float(f"{score:.{weights.DIGITS - 1}e}"), page))
    return sorted(ranked, key=lambda row: (-row[0], row[1])), known / (known + unknown or 1)


def _rarity(pages: int, index: Index) -> float:
    idf = math.log(1 + (len(index.urls) - pages + 0.5) / (pages + 0.5))
    return float(idf**weights.RARITY_EXPONENT)


def _evidence(counted: Sequence[Mapping[int, int]], index: Index) -> Callable[[int], float]:
    """Return how likely the phrases of a page make the words of a question: naive Bayes."""
    counts, kinds = index.evidence
    everywhere = sum(counts) + kinds / 2
    bases = [math.log((sum(row.values()) + 0.5) / everywhere) for row in counted]

    def likely(page: int) -> float:
        own = counts[page] + kinds / 2
        total = 0.0
        for row, base in zip(counted, bases, strict=True):
            total += math.log((row.get(page, 0) + 0.5) / own) - base
        return math.exp(total / math.sqrt(len(counted) or 1))

    return likely


def answer(question: str, index: Index) -> list[str]:
    """Return the addresses that search shows, best first; customer care is where it is shown."""
    ranked, known = rank(question, index)
    ranked = [row for row in ranked if row[0] > ranked[0][0] * weights.NOISE]
    persons = (index.contact, index.person)
    pages = [page for _, page in ranked if page not in persons]
    place = next((n for n, (_, page) in enumerate(ranked) if page in persons), None)
    if known < weights.LEAST_KNOWN and index.person >= 0:
        pages.insert(0, index.person)
    elif place is not None:
        is_near = ranked[place][0] >= ranked[0][0] * weights.NEARLY
        pages.insert(place if is_near else max(place, weights.PERSON_PLACE), ranked[place][1])
    return [index.urls[page] for page in pages[: weights.RESULTS]]
