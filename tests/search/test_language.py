"""Words, stems and lists are the same in Python, which writes the index, and in the browser."""

import gzip
import random
import unicodedata
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from helpcentre import search
from helpcentre.search.language import language, words
from macros.layout import LANGUAGES, THEME
from tests.project import ROOT

HERE = Path(__file__).parent
VOCABULARY = gzip.decompress((HERE / "vocabulary.txt.gz").read_bytes()).decode().split()
"""The words on which the Snowball project tests its English stemmers."""
ENGLISH = language(ROOT / LANGUAGES / "en")


@pytest.fixture(scope="module")
def in_browser(browser: Browser) -> Page:
    """A tab with the parts of the worker that turn text into words and stems."""
    tab = browser.new_page()
    for part in search.worker_parts(ENGLISH, ROOT / THEME / search.FOLDER)[:3]:
        tab.add_script_tag(content=part)
    return tab


@pytest.mark.browser
def test_stems_are_the_same_over_the_published_vocabulary(in_browser: Page) -> None:
    stems = in_browser.evaluate("(words) => words.map(stemOf)", VOCABULARY)
    different = [
        (word, ENGLISH.stem(word), stem)
        for word, stem in zip(VOCABULARY, stems, strict=True)
        if ENGLISH.stem(word) != stem
    ]
    assert len(VOCABULARY) > 29_000
    assert not different


ENDINGS = [
    "ational",
    "tional",
    "ization",
    "ing",
    "ingly",
    "edly",
    "eed",
    "eedly",
    "ied",
    "ies",
    "sses",
    "ness",
    "ful",
    "ative",
    "ical",
    "ogist",
    "ogi",
    "li",
    "bli",
    "lessli",
    "ion",
    "ement",
    "ment",
    "ent",
    "e",
    "l",
    "ll",
    "y",
    "s",
    "us",
    "ss",
    "ed",
    "'",
    "'s",
]


@pytest.mark.browser
def test_stems_are_the_same_for_made_up_words(in_browser: Page) -> None:
    chance = random.Random(1)
    made = [
        "".join(chance.choices("aeiouybcdlnrstgmp'", k=chance.randint(0, 6)))
        + chance.choice(ENDINGS)
        for _ in range(30_000)
    ]
    stems = in_browser.evaluate("(words) => words.map(stemOf)", made)
    assert stems == [ENGLISH.stem(word) for word in made]


TEXTS = [
    "I can't find my parcel, where's it?",
    "I can’t find my parcel",
    "UPPER Case, and-hyphens_and/slashes",
    "Où est mon remboursement à l’étranger ?",
    "Straße, naïve, Åse, İstanbul, ΣΊΣΥΦΟΣ",
    "ﬁnd the ligature, ２ full-width ｗｏｒｄｓ",
    "order00123842 and $1499, 72h",
    "我的包裹在哪里？ order 123",
    "荷物はどこですか",
    "พัสดุของฉันอยู่ที่ไหน",
    "내 소포는 어디에 있나요",
    "أين طردي؟ हिन्दी में मदद",
    "emoji 😀😀 between🎁words",
    "zero\u200bwidth and\u00a0no-break \u2028 lines",
    '\u0000 null \ufffd <img src=x onerror=alert(1)> & "quotes"',
    "e\u0301 combined, \ud7ff\ue000 private",
    "x" * 500,
    "",
    "123 456",
]


@pytest.mark.browser
def test_texts_have_the_same_words(in_browser: Page) -> None:
    found = in_browser.evaluate("(texts) => texts.map((text) => wordsOf(plain(text)))", TEXTS)
    assert found == [list(words(ENGLISH.plain(text))) for text in TEXTS]


NUMBERS = [
    "72 hours, 72hrs, 3 days, 3-20 business days, 20 working days, 2 weeks, 10 min",
    "16 March 2020, March 16th, 16th of march, 2020-03-16, 16/03/2020, 3.16.20, 31/31/2020",
    "LP00123456789CN, 8123456789012345, 1Z999AA10123456784, order00123842, 123456",
    "error 404, 1.5 kg, 00:00, ７２ hours, 2h30, 9 maybe, 12 ",
    "",
]


@pytest.mark.browser
def test_texts_have_the_same_numbers(in_browser: Page) -> None:
    found = in_browser.evaluate("(texts) => texts.map((text) => amountsOf(plain(text)))", NUMBERS)
    assert [[(whole, names) for whole, names in amounts] for amounts in found] == [
        ENGLISH.amounts(ENGLISH.plain(text)) for text in NUMBERS
    ]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("72 hours", ["=72h", "=72"]),
        ("3 days", ["=72h", "=3"]),
        ("20 working days", ["=480h", "=20"]),
        ("16 March 2020", ["=3-16"]),
        ("March 16th", ["=3-16"]),
        ("16/03/2020", ["=3-16"]),
        ("04/03/2020", ["=3-4", "=4-3"]),
        ("LP00123456789CN", ["=code"]),
        ("8123456789012345", ["=code"]),
        ("404", ["=404"]),
    ],
)
def test_a_number_has_these_names(text: str, names: list[str]) -> None:
    assert ENGLISH.amounts(ENGLISH.plain(text))[0][1] == names


@pytest.mark.parametrize("text", ["re\u00adfund", "re\u200bfund", "ｒｅｆｕｎｄ", "ref\u2060und"])
def test_what_nobody_sees_makes_no_difference(text: str) -> None:
    assert words(ENGLISH.plain(text)) == ["refund"]


@pytest.mark.browser
def test_texts_of_any_script_have_the_same_words(in_browser: Page) -> None:
    chance = random.Random(2)
    letters = [*range(0x20, 0x600), *range(0xE00, 0xE80), *range(0x1100, 0x1200)]
    letters += [*range(0x2000, 0x2C00), *range(0x3000, 0x3100), *range(0x4E00, 0x4F00)]
    letters += [*range(0xAC00, 0xAD00), *range(0xFF00, 0xFFF0), *range(0x1F300, 0x1F400)]
    letters = [letter for letter in letters if unicodedata.category(chr(letter)) != "Cn"]
    texts = ["".join(map(chr, chance.choices(letters, k=40))) for _ in range(3_000)]
    found = in_browser.evaluate("(texts) => texts.map((text) => wordsOf(plain(text)))", texts)
    assert found == [list(words(ENGLISH.plain(text))) for text in texts]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Where's my parcel?", ["wheres", "my", "parcel"]),
        ("Café au lait", ["cafe", "au", "lait"]),
        ("order 00123842 of $20", ["order", "of"]),
        ("order123", ["order"]),
        ("我的包裹", ["我", "我的", "的", "的包", "包", "包裹", "裹"]),
        ("พัสดุ", ["พ", "พั", "ั", "ัส", "ส", "สด", "ด", "ดุ", "ุ"]),
        ("荷", ["荷"]),
        ("", []),
    ],
)
def test_a_text_has_these_words(text: str, expected: list[str]) -> None:
    assert list(words(ENGLISH.plain(text))) == expected


def test_stop_words_are_not_terms_and_others_lose_their_endings() -> None:
    assert ENGLISH.terms("I am cancelling the cancelled orders") == ["cancel", "cancel", "order"]


def test_a_language_without_a_file_has_no_lists_and_no_stems() -> None:
    assert language(ROOT / LANGUAGES / "xx").terms("Der Hund, die Hunde") == [
        "der",
        "hund",
        "die",
        "hunde",
    ]
