"""The phrases of a language, and what each may have: `phrases` of languages/TAG/language.yml."""

import re
import string
from collections.abc import Mapping
from typing import Annotated, Literal

from babel.core import get_global
from pydantic import AfterValidator, BaseModel, ConfigDict, Field

Unit = Literal["minute", "hour", "day", "business day", "week", "month", "year"]
PartOfYear = Literal["early", "mid", "late"]
FormName = Annotated[str, Field(pattern=r"^[a-z][a-z_]*$")]

_LETTERS = ("EEEE", "MMMM", "M", "d", "y", "HH", "H", "h", "mm", "a")
"""All that patterns of dates and times may have: theme/calculators/words.js knows these."""


def known_country(code: str) -> str:
    """Return `code`, or raise ValueError if it is no ISO 3166 code of a country."""
    if code == "ZZ" or code not in get_global("territory_zones"):
        raise ValueError(f"expected an ISO 3166 country code such as CN, found '{code}'")
    return code


Country = Annotated[str, AfterValidator(known_country)]


def _numbers(*allowed: str) -> AfterValidator:
    """Refuse a phrase that states a number of its own, but for those `allowed`."""

    def check(phrase: str) -> str:
        if typed := [number for number in re.findall(r"\d+", phrase) if number not in allowed]:
            raise ValueError(f"states {typed[0]}: expected no number of its own")
        return phrase

    return AfterValidator(check)


def _slots(*expected: str) -> AfterValidator:
    """Refuse a phrase that does not have each of these slots once, and nothing else."""

    def check(phrase: str) -> str:
        try:
            parts = string.Formatter().parse(phrase)
            found = sorted(slot for _, slot, _, _ in parts if slot is not None)
        except ValueError:  # a brace without its other half
            found = []
        if found != sorted(expected):
            slots = ", ".join(f"{{{slot}}}" for slot in expected)
            raise ValueError(f"must have {slots}, each once")
        return phrase

    return AfterValidator(check)


def _in_order(first: str, second: str) -> AfterValidator:
    """Refuse a phrase that has the second of these slots before the first."""

    def check(phrase: str) -> str:
        if phrase.index(first) > phrase.index(second):
            raise ValueError(f"must have {first} before {second}")
        return phrase

    return AfterValidator(check)


def _pattern(*needed: str) -> AfterValidator:
    """Refuse a pattern of Unicode CLDR without these parts of a date or time."""

    def check(pattern: str) -> str:
        letters = [run[0] for run in re.finditer(r"([A-Za-z])\1*", re.sub(r"'[^']*'", "", pattern))]
        if unknown := [run for run in letters if run not in _LETTERS]:
            expected = f"expected {', '.join(_LETTERS)}, and other words in 'quotes'"
            raise ValueError(f"has {unknown[0]}: {expected}")
        if lost := [part for part in needed if sum(map(letters.count, part.split("|"))) != 1]:
            raise ValueError(f"must have {' and '.join(lost).replace('|', ' or ')} once")
        if "h" in letters and "a" not in letters:
            raise ValueError("must have a, which tells morning from evening, beside h")
        return pattern

    return AfterValidator(check)


Phrase = Annotated[str, _numbers()]
Forms = Mapping[str, Phrase]
"""Words by plural category of Unicode CLDR."""


class Phrases(BaseModel):
    """The phrases of one language."""

    model_config = ConfigDict(frozen=True, strict=True, extra="forbid")

    units: Mapping[Unit, Forms]
    """Of {count}: those that CLDR has no words for, or not with a number."""
    counted: Annotated[Phrase, _slots("count", "noun")]
    adjective: Annotated[Phrase, _slots("count", "unit")]
    """An amount before a noun, of the {unit} in the singular."""
    verbs: Mapping[FormName, Forms]
    """By the name of the form that pages use."""
    range: Annotated[Phrase, _slots("min", "max"), _in_order("{min}", "{max}")]
    date: Annotated[Phrase, _pattern("EEEE", "d", "MMMM|M", "y")]
    date_in_year: Annotated[Phrase, _pattern("EEEE", "d", "MMMM|M")]
    """A date beside another of the same year."""
    short_date: Annotated[Phrase, _pattern("d", "MMMM|M", "y")]
    time: Annotated[Phrase, _pattern("HH|H|h", "mm")]
    time_on_the_hour: Annotated[Phrase, _pattern("HH|H|h")]
    noon: Annotated[str, _numbers("12", "00")]
    midnight: Annotated[str, _numbers("0", "00", "12", "24")]
    """The end of a day, after which nobody answers."""
    in_zone: Annotated[Phrase, _slots("time", "zone")]
    zone_of_region: Phrase = ""
    """How a zone is called after its region, {place}, where Babel knows summer time's name only."""
    opening_days: Annotated[Phrase, _slots("days", "hours")]
    moment: Annotated[Phrase, _slots("time", "date", "zone")]
    start_of_day: Annotated[str, _numbers("0", "00"), _slots("date", "zone")]
    always: Phrase
    opening_hours: Annotated[Phrase, _slots("hours", "days")]
    nation: Annotated[Phrase, _slots("country", "nation")]
    """A part of a country with public holidays of its own."""
    nations: Mapping[str, Phrase]
    """By ISO 3166-2 code; Babel knows countries only."""
    part_of_year: Annotated[
        Mapping[PartOfYear, Annotated[Phrase, _slots("year")]], Field(min_length=3)
    ]
    case: Annotated[Phrase, _slots("case", "value")]
    change: Annotated[Phrase, _slots("now", "day", "later"), _in_order("{now}", "{later}")]
    places: Mapping[Country, Mapping[FormName, Phrase]]
    """By ISO 3166 code: forms of a country's name that sentences need, by the name pages use."""
