"""Words of the language are known, whatever browsers ask."""

import pytest

from helpcentre.search import known_words
from helpcentre.search.language import KNOWN, language
from macros.layout import LANGUAGES
from tests.project import ROOT

ENGLISH = language(ROOT / LANGUAGES / "en")
COMMON = [
    "watch",
    "dress",
    "coat",
    "car",
    "phone",
    "lamp",
    "shoes",
    "jacket",
    "bottle",
    "printer",
    "kettle",
    "mirror",
    "curtain",
    "bicycle",
    "guitar",
    "helmet",
    "camera",
    "charger",
    "battery",
    "necklace",
    "earring",
    "perfume",
    "blanket",
    "pillow",
    "mattress",
    "carpet",
    "colour",
    "favourite",
    "centre",
    "cheque",
    "tyre",
    "jewellery",
    "organise",
    "catalogue",
    "website",
    "login",
    "wifi",
    "paypal",
]
MISSPELT = [
    "refnd",
    "recieve",
    "adress",
    "parcle",
    "disptue",
    "trakcing",
    "cancle",
    "packge",
    "shiped",
    "sellr",
]


TAGS = [path.parent.name for path in sorted((ROOT / LANGUAGES).glob(f"*/{KNOWN}"))]


@pytest.mark.slow
@pytest.mark.parametrize("tag", TAGS)
def test_the_files_are_those_that_the_command_makes(tag: str) -> None:
    lists = language(ROOT / LANGUAGES / tag)
    known = known_words.encoded(known_words.stems(lists))
    assert known == lists.known
    assert known_words.encoded(known_words.stems_of_names(lists, known)) == lists.names


def test_common_words_are_known_and_misspelt_ones_are_not() -> None:
    knows = known_words.knows(ENGLISH.known)
    assert [word for word in COMMON if not knows(ENGLISH.stem(word))] == []
    assert [word for word in MISSPELT if knows(ENGLISH.stem(word))] == []


def test_every_stem_that_was_encoded_is_known_and_few_others_are() -> None:
    knows = known_words.knows(ENGLISH.known)
    assert all(map(knows, known_words.stems(ENGLISH)))
    taken_for_known = sum(knows(f"{number}x") for number in range(10_000))
    assert taken_for_known / 10_000 < 1 / 40


def test_a_language_without_a_dictionary_has_no_file() -> None:
    assert language(ROOT / LANGUAGES / "zh-hans").known == b""


@pytest.mark.parametrize("word", ["voucher", "password", "iphone", "promo", "swap", "machine"])
def test_ordinary_words_may_be_counted(word: str) -> None:
    assert known_words.is_ordinary(word, ENGLISH)


@pytest.mark.parametrize(
    ("tag", "words"),
    [("en", "rebeccas mohammeds smiths sarahs jennifers garcias"), ("ru", "сергею екатерине")],
)
def test_a_name_in_any_form_is_no_ordinary_word(tag: str, words: str) -> None:
    lists = language(ROOT / LANGUAGES / tag)
    assert [word for word in words.split() if known_words.is_ordinary(word, lists)] == []


@pytest.mark.slow
def test_no_name_of_any_country_may_be_counted() -> None:
    names = known_words.names(ENGLISH)
    assert len(names) > 50_000
    assert [name for name in names if known_words.is_ordinary(name, ENGLISH)] == []


def test_of_a_language_without_lists_no_word_is_ordinary() -> None:
    assert not known_words.is_ordinary("haus", language(ROOT / LANGUAGES / "de"))
