"""The index: how much each page is about a term, and which of its search phrases have the term.

Two things rank a page, which the browser adds up (theme/search/ranking.js): how much its title and
text are about each word of the question (BM25F), and how well the best of its search phrases fits
the question as a whole.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from helpcentre.search.language import Language, plain, words
from helpcentre.search.pages import SearchPage

TITLE_WEIGHT, TEXT_WEIGHT = 2.0, 1.0
SATURATION = 1.2
"""k1 of BM25: how soon a repeated word adds no more."""
LENGTH_SHARE = 0.5
"""b of BM25: how much the length of a page lowers the weight of its words."""
LEVELS = 15
"""Steps in which a page's impact for a word, from 0 to 1, is kept."""
PHRASES_PER_PAGE, PHRASES_PER_SIZE = 512, 64
"""A phrase's number is page * 512 + size * 64 + place: its size is how many of its terms count, at
most 7, and its place is among the page's phrases of that size. A title is a phrase, too."""
MAX_PHRASES = 3_000
"""A term in more phrases than this distinguishes none of them: it is searched in texts only."""
GROUP = "#"
"""The first character of the name of a term that stands for a group of synonyms."""


@dataclass
class Term:
    """A stem, or several stems separated by spaces, and where it occurs."""

    group: int = 0
    """The number of its group of synonyms, counted from 1; 0 for none."""
    words: set[str] = field(default_factory=set)
    """The words with that stem, as pages, phrases and synonyms spell them."""
    impacts: dict[int, int] = field(default_factory=dict)
    """By page: from 1 to LEVELS."""
    phrases: list[int] = field(default_factory=list)
    """Numbers of phrases, in order."""

    @cached_property
    def frequency(self) -> int:
        """The number of pages that have it, in their text or in a phrase; of a finished index."""
        return len({*self.impacts, *(phrase // PHRASES_PER_PAGE for phrase in self.phrases)})


def terms(
    pages: Sequence[SearchPage], language: Language, synonyms: Iterable[Sequence[str]]
) -> dict[str, Term]:
    """Return every term of `pages` and of `synonyms`, by name, in order."""
    found: dict[str, Term] = defaultdict(Term)
    compounds: dict[str, list[list[str]]] = defaultdict(list)
    """Synonyms of several words, by their first stem."""
    for number, members in enumerate(synonyms, 1):
        for member in members:
            stems = language.terms(member)
            found[" ".join(stems)].group = number
            found[" ".join(stems)].words.add(member)
            if len(stems) > 1:
                compounds[stems[0]].append(stems)

    class Stems(dict[str, str]):
        """The stem of each word seen so far; empty for words that are not searched."""

        def __missing__(self, word: str) -> str:
            stem = self[word] = "" if word in language.stop else language.stem(word)
            if stem:
                found[stem].words.add(word)
            return stem

    stem_of = Stems().__getitem__

    def count(text: str) -> Counter[str]:
        """Count the terms of `text`."""
        stems = list(filter(None, map(stem_of, words(plain(text)))))
        counts = Counter(stems)
        if not compounds.keys().isdisjoint(counts):
            for at, first in enumerate(stems):
                for compound in compounds.get(first, ()):
                    if stems[at : at + len(compound)] == compound:
                        counts[" ".join(compound)] += 1
        return counts

    counted = [(count(page.title), count(page.text)) for page in pages]
    lengths = [(title.total(), text.total()) for title, text in counted]
    means = [max(1.0, sum(column) / len(lengths)) for column in zip(*lengths, strict=True)]
    for number, (counts, length) in enumerate(zip(counted, lengths, strict=True)):
        title, text = counts
        title_weight, text_weight = _weights(length, means)
        for name in {**text, **title}:
            weight = title_weight * title.get(name, 0) + text_weight * text.get(name, 0)
            impact = round(LEVELS * weight / (weight + SATURATION))
            found[name].impacts[number] = impact or 1
    phrases = [{frozenset(count(text)) for text in (page.title, *page.phrases)} for page in pages]
    frequency = Counter(name for own in phrases for phrase in own for name in phrase)

    def commonest_first(phrase: Iterable[str]) -> list[tuple[int, str]]:
        return sorted((-frequency[name], name) for name in phrase)

    for number, own in enumerate(phrases):
        places: Counter[int] = Counter()
        # Phrases that share common words get consecutive numbers, which makes the index smaller.
        for phrase in sorted(own, key=commonest_first):
            size = min(7, sum(" " not in name and name not in language.light for name in phrase))
            if places[size] < PHRASES_PER_SIZE:
                coded = number * PHRASES_PER_PAGE + size * PHRASES_PER_SIZE + places[size]
                for name in phrase:
                    found[name].phrases.append(coded)
                places[size] += 1
    for term in found.values():
        term.phrases = sorted(term.phrases) if len(term.phrases) <= MAX_PHRASES else []
    return dict(sorted(found.items()))


def _weights(length: tuple[int, int], means: Sequence[float]) -> list[float]:
    """Return how much a word counts in the title and in the text of a page of that length."""
    return [
        weight / (1 - LENGTH_SHARE + LENGTH_SHARE * own / mean)
        for weight, own, mean in zip((TITLE_WEIGHT, TEXT_WEIGHT), length, means, strict=True)
    ]


def with_groups(found: Mapping[str, Term]) -> dict[str, Term]:
    """Return `found` with a term for each group of synonyms, named # and its number, in order.

    It has the best of its members; on a large site it is looked up instead of all of them.
    """
    whole: dict[str, Term] = defaultdict(Term)
    for term in found.values():
        if term.group:
            group = whole[f"{GROUP}{term.group}"]
            group.words |= term.words
            group.phrases = sorted({*group.phrases, *term.phrases})
            for page, impact in term.impacts.items():
                group.impacts[page] = max(impact, group.impacts.get(page, 0))
    return dict(sorted((whole | dict(found)).items()))
