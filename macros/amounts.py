"""Values that are amounts: a number of things, money, a percentage, a weight, a size."""

from collections.abc import Mapping
from functools import cache
from typing import Annotated, Literal, Self

from babel import Locale
from babel.core import get_global
from babel.numbers import get_currency_precision
from babel.units import format_unit
from pydantic import AfterValidator, Field, ValidationInfo, field_validator, model_validator

from macros.strict_yaml import did_you_mean
from macros.values import Counted, Text, Value
from macros.wording import Wording


def _worded_in_full(number: float) -> float:
    if not 0 <= number <= 1e9 or round(number, 3) != number:
        raise ValueError(f"expected 0 to 1,000,000,000, with 3 decimals at most, found {number}")
    return number


Number = Annotated[float, AfterValidator(_worded_in_full)]


CURRENCIES = frozenset(
    code
    for country in get_global("territory_currencies").values()
    for code, _, until, is_legal_tender in country
    if is_legal_tender and not until
)
"""The ISO 4217 codes of today's currencies."""


class Count(Counted):
    """A number of things, with their name in each plural form: 3 tries."""

    kind: Literal["number"]
    count: Annotated[int, Field(ge=0, le=1_000_000_000)]
    noun: dict[str, Text]
    """By the CLDR plural categories of the language: one, other."""

    @field_validator("noun")
    @classmethod
    def _all_plurals(cls, noun: dict[str, str], info: ValidationInfo) -> dict[str, str]:
        for message in info.context["wording"].plural_errors(noun):  # type: ignore[index]
            raise ValueError(message)
        return noun

    def _words(self, words: Wording) -> str:
        return words.counted(self.count, self.noun)

    @property
    def _agrees_with(self) -> int:
        return self.count

    @property
    def _adjective(self) -> str:
        return self._wording.adjective(self.count, self._wording.plural(self.noun, 1))


class Money(Value):
    """An amount of money, with the ISO 4217 code of its currency: €150."""

    kind: Literal["money"]
    amount: Number
    currency: str

    @field_validator("currency")
    @classmethod
    def _known_currency(cls, code: str) -> str:
        if code not in CURRENCIES:
            raise ValueError(f"expected an ISO 4217 currency code such as EUR, found '{code}'")
        return code

    @model_validator(mode="after")
    def _no_part_of_a_cent(self) -> Self:
        digits = get_currency_precision(self.currency)
        if round(self.amount, digits) != self.amount:
            raise ValueError(
                f"expected at most {digits} decimals for {self.currency}, found {self.amount}"
            )
        return self

    def _words(self, words: Wording) -> str:
        return words.money(self.amount, self.currency)


class Percentage(Value):
    """A share in percent: 5%."""

    kind: Literal["percentage"]
    percent: Number

    def _words(self, words: Wording) -> str:
        return words.percent(self.percent)


@cache
def _symbols() -> Mapping[str, str]:
    """Return the symbol of each CLDR unit, but for those of time: kg for kilogram."""
    return {
        id_: str(format_unit(1, id_, "short", locale="en")).removeprefix("1").strip()
        for category, _, id_ in (str(id_).partition("-") for id_ in Locale("en").unit_display_names)
        if category != "duration"
    }


def _known_unit(unit: str) -> str:
    """Refuse what is no CLDR unit, or one of time, which is a duration."""
    known = _symbols()
    if unit in known:
        return unit
    by_symbol = {symbol: id_ for id_, symbol in known.items()}
    near = (
        f" (did you mean '{by_symbol[unit]}'?)" if unit in by_symbol else did_you_mean(unit, known)
    )
    raise ValueError(f"expected a CLDR unit such as kilogram or megabyte, found '{unit}'{near}")


CldrUnit = Annotated[str, AfterValidator(_known_unit)]


class Measure(Value):
    """A weight, a length, or another amount of a CLDR unit: 20 kg."""

    kind: Literal["measure"]
    amount: Number
    unit: CldrUnit

    def _words(self, words: Wording) -> str:
        return words.measure((self.amount,), self.unit)


class Size(Value):
    """The sides of a thing, in a CLDR unit: 60 by 40 by 40 cm."""

    kind: Literal["size"]
    sides: Annotated[tuple[Number, ...], Field(strict=False, min_length=2, max_length=3)]
    unit: CldrUnit

    def _words(self, words: Wording) -> str:
        return words.measure(self.sides, self.unit)
