"""What the marketplace promises: policy.yml, loaded into typed, validated, frozen values.

A value knows how it reads. In a page, `{{ policy.refund_arrival }}` is its words with markup,
`.plain` the same words without, and its own fields (`.min`, `.max`) are its parts.
"""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import MappingProxyType
from typing import Annotated, Any, Literal, Self
from zoneinfo import ZoneInfo, available_timezones

from babel import Locale
from markupsafe import Markup, escape
from pydantic import BaseModel, ConfigDict, Field, PrivateAttr, field_validator, model_validator

from macros import strict_yaml
from macros.wording import PartOfYear, Unit, Wording, wording

FILE = "policy.yml"
DEFAULT_LOCALE = "en_GB"

Text = Annotated[str, Field(min_length=1, pattern=r"^\S(.*\S)?$")]
"""Words on one line, with no space before or after them."""
Count = Annotated[int, Field(ge=0, le=10_000)]
FactId = Annotated[str, Field(pattern=r"^F[1-9][0-9]*$")]


class Strict(BaseModel):
    """A model that is never changed, guesses no types and knows no other keys."""

    model_config = ConfigDict(frozen=True, strict=True, extra="forbid")


class Value(Strict):
    """What all kinds of values share: their words, in the language they were loaded for."""

    _wording: Wording = PrivateAttr()

    def model_post_init(self, context: Any) -> None:
        """Take the words from the validation context, which `load` gives."""
        self._wording = context["wording"]

    @property
    def plain(self) -> str:
        """The words, without markup."""
        return self._say(self._wording)

    def _say(self, words: Wording) -> str:
        raise NotImplementedError

    def __html__(self) -> Markup:
        return Markup('<span class="value">{}</span>').format(self.plain)

    def __str__(self) -> str:
        return str(self.__html__())


class Range(Value):
    """At least `min` and at most `max` of a unit: 3 to 20 business days."""

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

    def _say(self, words: Wording) -> str:
        return words.range(self.min, self.max, self.unit)


class Duration(Value):
    """A length of time: 72 hours."""

    kind: Literal["duration"]
    count: Count
    unit: Unit

    def _say(self, words: Wording) -> str:
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
    zone: str

    @field_validator("zone")
    @classmethod
    def _known_zone(cls, zone: str) -> str:
        if zone not in available_timezones():
            raise ValueError(f"expected an IANA time zone such as Asia/Shanghai, found '{zone}'")
        return zone

    @model_validator(mode="after")
    def _once(self) -> Self:
        if self.at.tzinfo:
            raise ValueError("expected 'at' without an offset, on the clocks of 'zone'")
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

    def _say(self, words: Wording) -> str:
        return str(self.__html__().striptags())

    def __html__(self) -> Markup:
        own, utc = self._time(self.moment), self._time(self.moment.astimezone(UTC))
        return own if self.zone == "UTC" else Markup("{} ({})").format(own, utc)

    def _time(self, moment: datetime) -> Markup:
        machine = moment.isoformat().replace("+00:00", "Z")
        return Markup('<time datetime="{}">{}</time>').format(machine, self._wording.moment(moment))


class Label(Value):
    """Words that shoppers see in the shop, exactly as they stand there: a button, a status."""

    kind: Literal["label"]
    text: Text

    def _say(self, words: Wording) -> str:
        return self.text

    def __html__(self) -> Markup:
        return Markup('<strong class="label">{}</strong>').format(self.text)


class Place(Value):
    """A country, by its ISO 3166 code: CN."""

    kind: Literal["place"]
    country: str

    @field_validator("country")
    @classmethod
    def _known_country(cls, code: str) -> str:
        if not re.fullmatch("[A-Z]{2}", code) or code not in Locale("en").territories:
            raise ValueError(f"expected an ISO 3166 country code such as CN, found '{code}'")
        return code

    def _say(self, words: Wording) -> str:
        return words.country(self.country)

    def __html__(self) -> Markup:
        return escape(self.plain)


class OpeningHours(Value):
    """How much of the week somebody answers."""

    kind: Literal["opening hours"]
    hours_a_day: Annotated[int, Field(ge=1, le=24)]
    days_a_week: Annotated[int, Field(ge=1, le=7)]

    def _say(self, words: Wording) -> str:
        always = (self.hours_a_day, self.days_a_week) == (24, 7)
        return words.phrases["always"] if always else self.in_full

    @property
    def in_full(self) -> str:
        """The hours and days, without markup."""
        return self._wording.opening_hours(self.hours_a_day, self.days_a_week)


class PartOfAYear(Value):
    """A time known no closer than this: early 2020."""

    kind: Literal["part of a year"]
    year: Annotated[int, Field(ge=1990, le=2100)]
    part: PartOfYear

    def _say(self, words: Wording) -> str:
        return words.part_of_year(self.year, self.part)


class Entry(Strict):
    """A value with what it means and where it comes from."""

    means: Text
    """What the value says, for shoppers."""
    facts: Annotated[tuple[FactId, ...], Field(min_length=1, strict=False)]
    """The facts of facts.yml that it comes from."""
    says: Text
    """The source's own words."""
    note: Text | None = None
    """For writers: how we read those words, where they leave it open."""
    value: Annotated[
        Range | Duration | Instant | Label | Place | OpeningHours | PartOfAYear,
        Field(discriminator="kind"),
    ]


class _File(Strict):
    """The whole of policy.yml."""

    values: dict[Annotated[str, Field(pattern="^[a-z][a-z0-9_]*$")], Entry]


class Policy:
    """All values by name, read-only: `policy.refund_arrival`. Iterates over (name, Entry)."""

    def __init__(self, entries: dict[str, Entry]) -> None:
        self._entries = MappingProxyType(dict(entries))

    def __getattr__(self, name: str) -> Value:
        if name.startswith("_") or name not in self._entries:
            raise AttributeError(f"unknown value 'policy.{name}'")
        return self._entries[name].value

    def __dir__(self) -> list[str]:
        return list(self._entries)

    def __iter__(self) -> Iterator[tuple[str, Entry]]:
        return iter(self._entries.items())


def load(root: Path, locale: str = DEFAULT_LOCALE) -> Policy:
    """Return the values of `root`'s policy.yml, worded for `locale`.

    Raises ProblemsError, naming file, line, key and what was expected.
    """
    return Policy(strict_yaml.read_file(root, FILE, _File, wording=wording(locale)).values)
