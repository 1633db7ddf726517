"""Questions that nobody means, to see what a search engine does with them."""

import random
from collections.abc import Iterator

QUESTIONS = [
    "x" * 100_000,
    "refund " * 15_000,
    "a" * 29 + " " + "ab" * 500,
    "refundparcel" * 3_000,
    "\u0000refund\u0000",
    "refund\ufffd\ud7ff",
    "(((((.*+?^${}|[]\\",
    "[a-z]+$ (?<=refund)",
    "<script>alert(1)</script>",
    "__proto__ constructor toString hasOwnProperty",
    "constructor",
    "#1",
    "\u202erefund\u202c",
    "أين استرداد أموالي",
    "我的退款在哪里" * 500,
    "👩‍👩‍👧‍👦" * 1_000,
    "the of and to",
    "'" * 500,
    "re\u0301fund \u0130 ß ﬀ",
    "\n\t\r refund \u2028",
    "-refund +refund ~refund refund^2 refund*",
    "ʼʼʼ",
]


_WORDS = [
    "refund",
    "order",
    "cancel",
    "parcel",
    "seller",
    "where",
    "is",
    "my",
    "the",
    "not",
    "123",
    "dispute",
    "trakcing",
]
_LETTERS = [*map(chr, range(1, 0x250)), *map(chr, range(0x600, 0x640)), "\u200f", "😀", "我", "ก"]


def random_questions(count: int) -> Iterator[str]:
    """Yield questions of words in any order, and of letters, spaces and signs in any order."""
    chance = random.Random(4)
    for _ in range(count):
        if chance.random() < 0.5:
            yield " ".join(chance.choices(_WORDS, k=chance.randint(1, 12)))
        else:
            yield "".join(chance.choices(_LETTERS, k=chance.randint(1, 60))) + "x"
