"""Questions that shoppers asked: what of them can be read, and which are alike."""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Mapping
from functools import cache

from helpcentre.content.project import Project
from helpcentre.insights.events import Days, Event
from helpcentre.search.asking import Search
from helpcentre.search.index import Index
from helpcentre.search.known_words import is_ordinary
from helpcentre.search.language import language, primary, words
from macros.layout import LANGUAGES

Concepts = Mapping[str | int, float]
"""Stems, or numbers of groups of synonyms, with how much each counts."""
NO_CONCEPT: Concepts = {"": 1.0}
"""Of a question without a word that says anything."""
ALIKE = 0.5
"""The share of their concepts, by weight, above which two questions are of one group."""


def readable(events: Mapping[Event, Days], index: Index) -> dict[Event, Days]:
    """Return the events with "…" for words that no page of this site could have sent.

    Whoever forges events could send others, which search would take long to correct.
    """
    lists, stems = index.language, _stems(index)

    @cache
    def is_readable(token: str) -> bool:
        return any(
            word in lists.stop or lists.stem(word) in stems or is_ordinary(word, lists)
            for word in words(lists.plain(token))
        )

    made: dict[Event, Days] = defaultdict(Counter)
    for event, days in events.items():
        text = event.question
        if primary(event.language) == primary(lists.tag):
            text = " ".join(token if is_readable(token) else "…" for token in text.split())
            text = re.sub("…(?: …)+", "…", text)
        made[event._replace(question=text)].update(days)
    return made


def _stems(index: Index) -> frozenset[str]:
    """Return every stem of the index, alone or in a compound."""
    return frozenset(stem for name in index.terms for stem in name.split())


def without_pages(tag: str, project: Project) -> Search:
    """Return a search of no pages in a language that the site may not have, such as pt."""
    index = Index.of([], None, language(project.root / LANGUAGES / tag), [])
    return Search(index, project.root)


def _concepts(question: str, search: Search, stems: frozenset[str]) -> Concepts:
    """Return the concepts of a question, as search, whose index has these `stems`, reads it.

    Words are not corrected: they were before they were sent.
    """
    lists = search.index.language
    tokens = [(token, lists.stem(token)) for token in lists.tokens(question)]
    known = "".join(f"{token} " for token, stem in tokens if stem in stems)
    found: dict[str | int, float] = {
        stem: 1.0 for _, stem in tokens if stem not in stems and stem not in lists.light
    }
    for name, group, weight in search.rank(known).concepts if known else ():
        found[group or name] = weight
    return found or NO_CONCEPT


def grouped(asked: Mapping[str, int], search: Search) -> list[list[str]]:
    """Return the questions, by how often they were asked, in groups of those that are alike.

    The first of a group was asked most. A concept counts by how few questions have it.
    """
    stems = _stems(search.index)
    often = sorted(asked, key=lambda text: (-asked[text], text))
    read = {text: _concepts(text, search, stems) for text in often}
    frequency = Counter(concept for own in read.values() for concept in own)
    groups: list[list[str]] = []
    sums: list[float] = []
    having: dict[str | int, list[int]] = defaultdict(list)
    for text in often:
        own = {
            concept: weight * math.log(1 + len(often) / frequency[concept])
            for concept, weight in read[text].items()
        }
        shared: dict[int, float] = defaultdict(float)
        for concept, weight in own.items():
            for number in having[concept]:
                shared[number] += weight
        total = sum(own.values())
        shares = ((both / (total + sums[n] - both), -n) for n, both in shared.items())
        share, number = max(shares, default=(0.0, 0))
        if share > ALIKE:
            groups[-number].append(text)
            continue
        for concept in own:
            having[concept].append(len(groups))
        groups.append([text])
        sums.append(total)
    return groups
