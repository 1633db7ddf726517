"""Made-up articles of a help centre, as many as are wanted: for measures of size and of time."""

import random
from collections.abc import Iterator
from itertools import accumulate

from search.pages import Searched

WORDS_A_PAGE = 270
_SYLLABLES = [consonant + vowel for consonant in "bcdfghjklmnprstvwz" for vowel in "aeio"]


def articles(count: int, vocabulary: int = 40_000, asks: int = 12) -> Iterator[Searched]:
    """Yield `count` articles, the same ones each time.

    Words are as rare as in a language: the n-th most common one by 1/n. An article has a few words
    of its own, rarer than the rest, which its title and its asks say too.
    """
    chance = random.Random(7)  # noqa: S311 - the same each time, and no secret
    words = [
        "".join(chance.choice(_SYLLABLES) for _ in range(chance.choice((2, 2, 3, 3, 3, 4))))
        for _ in range(vocabulary)
    ]
    weights = list(accumulate(1 / (rank + 3) for rank in range(vocabulary)))
    for number in range(count):
        about = [words[int(vocabulary ** chance.uniform(0.45, 1)) - 1] for _ in range(6)]
        text = chance.choices(words, cum_weights=weights, k=WORDS_A_PAGE - 30) + about * 5
        chance.shuffle(text)
        phrasings = tuple(
            " ".join([*chance.sample(about, 3), *chance.choices(words, cum_weights=weights, k=2)])
            for _ in range(asks)
        )
        yield Searched(
            f"topic-{number % 50}/article-{number}/",
            " ".join(about[:4]).capitalize(),
            " ".join(text[:20]),
            (("what-to-do", " ".join(about[4:])),),
            " ".join(text),
            phrasings,
        )
