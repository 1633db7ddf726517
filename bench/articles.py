"""Generated articles of a help centre, in any number, for benchmarks of size and time."""

import random
from collections.abc import Iterator
from itertools import accumulate

from helpcentre.search.pages import SearchPage

WORDS_PER_PAGE = 270
_SYLLABLES = [consonant + vowel for consonant in "bcdfghjklmnprstvwz" for vowel in "aeio"]


def articles(count: int, vocabulary: int = 40_000, phrases: int = 12) -> Iterator[SearchPage]:
    """Yield `count` articles, the same ones on every call.

    Words are as rare as in a natural language: the n-th most common word has frequency 1/n. Each
    article has six rarer words of its own, which its title and its search phrases use too.
    """
    chance = random.Random(7)  # noqa: S311 - reproducible, and not a secret
    words = [
        "".join(chance.choice(_SYLLABLES) for _ in range(chance.choice((2, 2, 3, 3, 3, 4))))
        for _ in range(vocabulary)
    ]
    weights = list(accumulate(1 / (rank + 3) for rank in range(vocabulary)))
    for number in range(count):
        topic_words = [words[int(vocabulary ** chance.uniform(0.45, 1)) - 1] for _ in range(6)]
        text = chance.choices(words, cum_weights=weights, k=WORDS_PER_PAGE - 30) + topic_words * 5
        chance.shuffle(text)
        search_phrases = tuple(
            " ".join(
                [*chance.sample(topic_words, 3), *chance.choices(words, cum_weights=weights, k=2)]
            )
            for _ in range(phrases)
        )
        yield SearchPage(
            url=f"topic-{number % 50}/article-{number}/",
            title=" ".join(topic_words[:4]).capitalize(),
            answer=" ".join(text[:20]),
            headings=(("what-to-do", " ".join(topic_words[4:])),),
            text=" ".join(text),
            phrases=search_phrases,
        )
