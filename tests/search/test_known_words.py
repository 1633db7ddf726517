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


@pytest.mark.parametrize(
    "tag", [path.parent.name for path in (ROOT / LANGUAGES).glob(f"*/{KNOWN}")]
)
def test_the_file_is_the_one_that_the_command_makes(tag: str) -> None:
    lists = language(ROOT / LANGUAGES / tag)
    assert known_words.encoded(known_words.stems(lists)) == lists.known


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
