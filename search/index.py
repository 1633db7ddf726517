"""What is searched: which page says a word how much, and which of its asks have it.

A page is ranked by two things, which the browser adds up (search/browser/ranking.js): how much its
title and text are about each word of the question (BM25F), and how well the best of its asks, the
shopper's own phrasings, fits the question as a whole.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from search.language import Language
from search.pages import Searched

TITLE_WEIGHT, TEXT_WEIGHT = 2.0, 1.0
SATURATION = 1.2
"""k1 of BM25: how soon a word said again adds no more."""
LENGTH_SHARE = 0.5
"""b of BM25: how much a longer page has to say a word more often."""
LEVELS = 15
"""Steps in which a page's impact for a word, from 0 to 1, is kept."""
ASKS_OF_PAGE, ASKS_OF_SIZE = 512, 64
"""An ask's number is page * 512 + size * 64 + place: its size is how many of its terms count, at
most 7, and its place is among the page's asks of that size. A page's title is one of its asks."""
MOST_ASKS = 3_000
"""A term that more asks have tells none of them apart, and is looked for in texts only."""
GROUP = "#"
"""How the name of a term begins that stands for a whole group of synonyms."""


@dataclass
class Term:
    """A word's stem, or several stems with spaces between them, and where it occurs."""

    group: int = 0
    """The number of its group of synonyms, counted from 1; 0 for none."""
    words: set[str] = field(default_factory=set)
    """The words that it stands for, as pages, asks and synonyms have them."""
    impacts: dict[int, int] = field(default_factory=dict)
    """By page: from 1 to LEVELS."""
    asks: list[int] = field(default_factory=list)
    """Numbers of asks, in order."""

    @property
    def pages(self) -> set[int]:
        """All pages that have it, in their text or in an ask."""
        return {*self.impacts, *(ask // ASKS_OF_PAGE for ask in self.asks)}


def terms(
    pages: Sequence[Searched], language: Language, synonyms: Iterable[Sequence[str]]
) -> dict[str, Term]:
    """Return every term of `pages` and of `synonyms`, by name, in order."""
    found: dict[str, Term] = defaultdict(Term)
    phrases: dict[str, list[list[str]]] = defaultdict(list)
    for number, members in enumerate(synonyms, 1):
        for member in members:
            stems = language.terms(member)
            found[" ".join(stems)].group = number
            found[" ".join(stems)].words.add(member)
            if len(stems) > 1:
                phrases[stems[0]].append(stems)

    def spoken(text: str) -> Counter[str]:
        """Count the terms of `text`."""
        pairs = language.pairs(text)
        for word, stem in pairs:
            found[stem].words.add(word)
        stems = [stem for _, stem in pairs]
        counts = Counter(stems)
        if phrases:
            for at, stem in enumerate(stems):
                for phrase in phrases.get(stem, ()):
                    if stems[at : at + len(phrase)] == phrase:
                        counts[" ".join(phrase)] += 1
        return counts

    counted = [(spoken(page.title), spoken(page.text)) for page in pages]
    lengths = [(title.total(), text.total()) for title, text in counted]
    means = [max(1.0, sum(column) / len(lengths)) for column in zip(*lengths, strict=True)]
    for number, (counts, length) in enumerate(zip(counted, lengths, strict=True)):
        for name, impact in _impacts(counts, length, means):
            found[name].impacts[number] = impact
    asks = [{frozenset(spoken(ask)) for ask in (page.title, *page.asks)} for page in pages]
    often = Counter(name for each in asks for said in each for name in said)
    for number, each in enumerate(asks):
        places: Counter[int] = Counter()
        # Asks with common words in common get numbers in a row, which makes the index smaller.
        for said in sorted(each, key=lambda said: sorted((-often[name], name) for name in said)):
            size = min(7, sum(" " not in name and name not in language.light for name in said))
            if places[size] < ASKS_OF_SIZE:
                coded = number * ASKS_OF_PAGE + size * ASKS_OF_SIZE + places[size]
                for name in said:
                    found[name].asks.append(coded)
                places[size] += 1
    for term in found.values():
        term.asks = sorted(term.asks) if len(term.asks) <= MOST_ASKS else []
    return dict(sorted(found.items()))


def _impacts(
    counts: tuple[Counter[str], Counter[str]], length: tuple[int, int], means: Sequence[float]
) -> Iterable[tuple[str, int]]:
    """Yield how much a page is about each of its terms."""
    weights = [
        weight / (1 - LENGTH_SHARE + LENGTH_SHARE * own / mean)
        for weight, own, mean in zip((TITLE_WEIGHT, TEXT_WEIGHT), length, means, strict=True)
    ]
    title, text = counts
    for name in title | text:
        said = weights[0] * title[name] + weights[1] * text[name]
        yield name, max(1, round(LEVELS * said / (said + SATURATION)))


def with_groups(found: Mapping[str, Term]) -> dict[str, Term]:
    """Return `found` and a term for each group of synonyms, named # and its number, in order.

    It is the best of its members. A large site's search asks for it instead of for all of them.
    """
    whole: dict[str, Term] = defaultdict(Term)
    for term in found.values():
        if term.group:
            group = whole[f"{GROUP}{term.group}"]
            group.words |= term.words
            group.asks = sorted({*group.asks, *term.asks})
            for page, impact in term.impacts.items():
                group.impacts[page] = max(impact, group.impacts.get(page, 0))
    return dict(sorted((whole | dict(found)).items()))
