"""The kinds of values that pages state: typed, validated, frozen, and worded.

A value's text is its words with markup, `.plain` the same words without, and its own fields
(`.min`, `.max`) are its parts.
"""

from datetime import UTC, date, datetime, timedelta
from functools import cached_property
from typing import Annotated, Any, ClassVar, Literal, Self
from zoneinfo import ZoneInfo, reset_tzpath

from babel.core import get_global
from markupsafe import Markup, escape
from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    PrivateAttr,
    field_validator,
    model_validator,
)

from macros.strict_yaml import WORDS
from macros.wording import PartOfYear, Unit, Wording

Text = Annotated[str, Field(min_length=1, pattern=WORDS)]
"""Words on one line, with no space before or after them."""
Count = Annotated[int, Field(ge=0, le=10_000)]


reset_tzpath(())  # the zones of the tzdata package, and so the same on every machine


class Strict(BaseModel):
    """A model that is never changed, guesses no types and knows no other keys."""

    model_config = ConfigDict(frozen=True, strict=True, extra="forbid")


def _known_zone(zone: str) -> str:
    """Refuse what Babel cannot name: old aliases, and "zones" such as localtime or Etc/GMT+3."""
    nameless = ("001", "ZZ")  # the world, and nowhere
    if zone != "UTC" and get_global("zone_territories").get(zone, "ZZ") in nameless:
        raise ValueError(f"expected an IANA time zone such as Asia/Shanghai, found '{zone}'")
    return zone


Zone = Annotated[str, AfterValidator(_known_zone)]


class Value(Strict):
    """What all kinds of values share: their words, in the language they were loaded for."""

    FORMS: ClassVar[frozenset[str]] = frozenset({"plain"})
    """The forms that pages may name after the value's own name."""

    _wording: Wording = PrivateAttr()
    _change: "tuple[date, Value] | None" = PrivateAttr(default=None)

    def model_post_init(self, context: Any) -> None:
        """Take the words from the validation context."""
        self._wording = context["wording"]

    def announcing(self, day: date, later: "Value") -> Self:
        """Return this value with the announcement that `later` holds from `day` on."""
        changing = self.model_copy()
        changing._change = (day, later)
        return changing

    @property
    def plain(self) -> str:
        """The words, without markup."""
        return str(self.__html__().striptags())

    @property
    def numbers(self) -> frozenset[int]:
        """The numbers that the value states; those of a date as year, month and day."""
        return frozenset()

    def __html__(self) -> Markup:
        if not self._change:
            return self._markup
        day, later = self._change
        from_day = Markup('<time datetime="{}">{}</time>').format(
            day.isoformat(), self._wording.day(day, short=True)
        )
        sentence = Markup(self._wording.phrases["change"])  # noqa: S704 - our own words
        return sentence.format(now=self._markup, day=from_day, later=later)

    def __str__(self) -> str:
        return str(self.__html__())

    def _words(self, words: Wording) -> str:
        """Return the words of the value itself, without markup."""
        raise NotImplementedError

    @cached_property
    def _markup(self) -> Markup:
        """The same as _html() returns, for many pages state one value."""
        return self._html()

    def _html(self) -> Markup:
        """Return the words of the value itself, with markup."""
        return Markup('<span class="value">{}</span>').format(self._words(self._wording))


class Range(Value):
    """At least `min` and at most `max` of a unit: 3 to 20 business days."""

    FORMS = frozenset({"plain", "min", "max"})

    kind: Literal["range"]
    min: Count
    max: Count
    unit: Unit

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.min > self.max:
            raise ValueError(
                f"expected min to be at most max, found min {self.min}, max {self.max}"
            )
        return self

    @property
    def numbers(self) -> frozenset[int]:
        """The numbers that the value states."""
        return frozenset((self.min, self.max))

    def _words(self, words: Wording) -> str:
        if self.min == self.max:
            return words.amount(self.max, self.unit)
        return words.range(self.min, self.max, self.unit)


class Duration(Value):
    """A length of time: 72 hours."""

    kind: Literal["duration"]
    count: Count
    unit: Unit

    @property
    def numbers(self) -> frozenset[int]:
        """The numbers that the value states."""
        return frozenset((self.count,))

    def _words(self, words: Wording) -> str:
        return words.amount(self.count, self.unit)

    @property
    def timedelta(self) -> timedelta:
        """The exact time that passes. Raises ValueError for days, whose length depends on where."""
        if self.unit != "hour":
            raise ValueError(f"only hours have an exact length, not {self.plain}")
        return timedelta(hours=self.count)


class Instant(Value):
    """One moment, the same for everyone: `at` on the clocks of `zone`, an IANA time zone."""

    kind: Literal["instant"]
    at: datetime
    zone: Zone

    @model_validator(mode="after")
    def _once(self) -> Self:
        if self.at.tzinfo:
            raise ValueError("expected 'at' without an offset, on the clocks of 'zone'")
        if self.at.second or self.at.microsecond or not 1990 <= self.at.year <= 2100:
            raise ValueError("expected 'at' to be a whole minute between 1990 and 2100")
        if (
            self.moment.astimezone(UTC).astimezone(self.moment.tzinfo).replace(tzinfo=None)
            != self.at
        ):
            raise ValueError(f"the clocks of {self.zone} skip {self.at.isoformat()}")
        if self.moment.utcoffset() != self.moment.replace(fold=1).utcoffset():
            raise ValueError(f"the clocks of {self.zone} show {self.at.isoformat()} twice")
        return self

    @property
    def moment(self) -> datetime:
        """The aware datetime, in the value's own zone."""
        return self.at.replace(tzinfo=ZoneInfo(self.zone))

    @property
    def numbers(self) -> frozenset[int]:
        """The numbers that the value states."""
        return frozenset((self.at.year, self.at.month, self.at.day))

    def _html(self) -> Markup:
        own, utc = self._time(self.moment), self._time(self.moment.astimezone(UTC))
        return own if self.zone == "UTC" else Markup("{} ({})").format(own, utc)

    def _time(self, moment: datetime) -> Markup:
        machine = moment.isoformat().replace("+00:00", "Z")
        return Markup('<time datetime="{}">{}</time>').format(machine, self._wording.moment(moment))


class Label(Value):
    """Words that shoppers see in the shop, exactly as spelt there: a button, a status."""

    kind: Literal["label"]
    text: Text

    def _words(self, words: Wording) -> str:
        return self.text

    def _html(self) -> Markup:
        # As entities, so that Markdown takes no letter of it for a mark.
        text = "".join(f"&#{ord(mark)};" if mark in '*_`[]\\<>&"|' else mark for mark in self.text)
        return Markup(f'<strong class="label">{text}</strong>')  # noqa: S704 - escaped above


class Place(Value):
    """A country, by its ISO 3166 code: CN."""

    kind: Literal["place"]
    country: str

    @field_validator("country")
    @classmethod
    def _known_country(cls, code: str) -> str:
        if code == "ZZ" or code not in get_global("territory_zones"):
            raise ValueError(f"expected an ISO 3166 country code such as CN, found '{code}'")
        return code

    def _words(self, words: Wording) -> str:
        return words.country(self.country)

    def _html(self) -> Markup:
        return escape(self._words(self._wording))


class OpeningHours(Value):
    """How much of the week customer care answers."""

    FORMS = frozenset({"plain", "in_full"})

    kind: Literal["opening hours"]
    hours_a_day: Annotated[int, Field(ge=1, le=24)]
    days_a_week: Annotated[int, Field(ge=1, le=7)]

    @property
    def numbers(self) -> frozenset[int]:
        """The numbers that the value states."""
        return frozenset((self.hours_a_day, self.days_a_week))

    def _words(self, words: Wording) -> str:
        always = (self.hours_a_day, self.days_a_week) == (24, 7)
        return words.phrases["always"] if always else self.in_full

    @property
    def in_full(self) -> str:
        """The hours and days, without markup."""
        return self._wording.opening_hours(self.hours_a_day, self.days_a_week)


class PartOfAYear(Value):
    """A time that is not known more precisely: early 2020."""

    kind: Literal["part of a year"]
    year: Annotated[int, Field(ge=1990, le=2100)]
    part: PartOfYear

    @property
    def numbers(self) -> frozenset[int]:
        """The numbers that the value states."""
        return frozenset((self.year,))

    def _words(self, words: Wording) -> str:
        return words.part_of_year(self.year, self.part)


AnyValue = Annotated[
    Range | Duration | Instant | Label | Place | OpeningHours | PartOfAYear,
    Field(discriminator="kind"),
]
"""A value of any kind; `kind` tells which."""
