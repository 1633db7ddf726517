"""The kinds of values that pages state: typed, validated, frozen, and worded.

A value's text is its words with markup, `.plain` the same words without, and its own fields
(`.min`, `.max`) are its parts.
"""

import re
from collections.abc import Mapping
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

from macros.phrases import Country, PartOfYear, Unit
from macros.strict_yaml import WORDS
from macros.wording import Wording

Text = Annotated[str, Field(min_length=1, pattern=WORDS)]
"""Words on one line, with no space before or after them."""
Whole = Annotated[int, Field(ge=0, le=10_000)]


SHOP_LANGUAGE = "en"
"""The language of labels: the shop has one for all."""

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


def on_clocks(at: datetime, zone: str) -> datetime:
    """Return when the clocks of `zone` show `at`. Raises ValueError if they skip or repeat it."""
    moment = at.replace(tzinfo=ZoneInfo(zone))
    if moment.astimezone(UTC).astimezone(moment.tzinfo).replace(tzinfo=None) != at:
        raise ValueError(f"the clocks of {zone} skip {at.isoformat()}")
    if moment.utcoffset() != moment.replace(fold=1).utcoffset():
        raise ValueError(f"the clocks of {zone} show {at.isoformat()} twice")
    return moment


def verbatim(words: str) -> Markup:
    """Return `words` as HTML in which Markdown takes no letter for a mark."""
    marks = (f"&#{ord(mark)};" if mark in '*_`[]\\<>&"@|' else mark for mark in words)
    return Markup("".join(marks))  # noqa: S704 - escaped


class Value(Strict):
    """What all kinds of values share: their words, in the language they were loaded for."""

    FORMS: ClassVar[frozenset[str]] = frozenset({"plain", "capitalized"})
    """The forms that pages may name after the value's own name."""
    LEADS_TO_KEY_DATES: ClassVar[bool] = True
    """Whether pages make it a link to its row of the key dates."""

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
    def capitalized(self) -> str:
        """The words at the start of a sentence, without markup."""
        return self.plain[:1].upper() + self.plain[1:]

    @property
    def forms(self) -> frozenset[str]:
        """The forms of this value."""
        return self.FORMS | self._own_forms.keys()

    @property
    def _own_forms(self) -> Mapping[str, object]:
        """Those that are named elsewhere, by the value's cases or in its language."""
        return {}

    def __getattr__(self, name: str) -> Any:
        own = {} if name.startswith("_") else self._own_forms
        return own[name] if name in own else super().__getattr__(name)  # type: ignore[misc]

    def hint(self, form: str) -> str:
        """Return where a language would name the form `form`, which it does not have."""
        return ""

    @cached_property
    def numbers(self) -> frozenset[float]:
        """The numbers that the value states; those of a date as year, month and day."""
        stated = re.sub(r"T\d\d:\d\d:\d\d", "", self.model_dump_json())
        return frozenset(map(float, re.findall(r"\d+(?:\.\d+)?", stated)))

    def __html__(self) -> Markup:
        return self._with_change("_markup")

    def _with_change(self, form: str) -> Markup:
        """Return this form of the value, and of what it will change to while that is announced."""
        now = escape(getattr(self, form))
        if not self._change:
            return now
        day, later = self._change
        from_day = Markup('<time datetime="{}">{}</time>').format(
            day.isoformat(), self._wording.day(day, short=True)
        )
        sentence = Markup(self._wording.phrases.change)  # noqa: S704 - our own words
        return sentence.format(now=now, day=from_day, later=getattr(later, form))

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
        return Markup('<span class="value">{}</span>').format(verbatim(self._words(self._wording)))


class Counted(Value):
    """What is counted: it can stand before a noun, and verbs agree with it."""

    FORMS = Value.FORMS | {"adjective"}

    @property
    def _own_forms(self) -> Mapping[str, str]:
        """The verbs that agree with the number, without markup."""
        words, number = self._wording, self._agrees_with
        return {verb: words.plural(forms, number) for verb, forms in words.phrases.verbs.items()}

    def hint(self, form: str) -> str:
        """Return where a language would name the verb `form`."""
        return f": a verb is named in 'phrases.verbs.{form}' of {self._wording.file}"

    @property
    def _agrees_with(self) -> int:
        raise NotImplementedError

    @property
    def adjective(self) -> str:
        """The words before a noun, without markup."""
        return str(self._with_change("_adjective").striptags())


class Range(Counted):
    """At least `min` and at most `max` of a unit: 3 to 20 business days."""

    FORMS = Counted.FORMS | {"min", "max"}

    kind: Literal["range"]
    min: Whole
    max: Whole
    unit: Unit

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.min > self.max:
            raise ValueError(
                f"expected min to be at most max, found min {self.min}, max {self.max}"
            )
        return self

    def _words(self, words: Wording) -> str:
        if self.min == self.max:
            return words.amount(self.max, self.unit)
        return words.range(self.min, self.max, self.unit)

    @property
    def _agrees_with(self) -> int:
        return self.max

    @property
    def _adjective(self) -> str:
        words = self._wording
        return words.adjective(self.max, words.singular(self.unit), self.min)


class Duration(Counted):
    """A length of time: 72 hours."""

    kind: Literal["duration"]
    count: Whole
    unit: Unit

    def _words(self, words: Wording) -> str:
        return words.amount(self.count, self.unit)

    @property
    def _agrees_with(self) -> int:
        return self.count

    @property
    def _adjective(self) -> str:
        return self._wording.adjective(self.count, self._wording.singular(self.unit))

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
        on_clocks(self.at, self.zone)
        return self

    @property
    def moment(self) -> datetime:
        """The aware datetime, in the value's own zone."""
        return self.at.replace(tzinfo=ZoneInfo(self.zone))

    def _html(self) -> Markup:
        own, utc = self._time(self.moment), self._time(self.moment.astimezone(UTC))
        return own if self.zone == "UTC" else Markup("{} ({})").format(own, utc)

    def _time(self, moment: datetime) -> Markup:
        machine = moment.isoformat().replace("+00:00", "Z")
        return Markup('<time datetime="{}">{}</time>').format(machine, self._wording.moment(moment))


class CalendarDate(Value):
    """A day without a time: 16 March 2020."""

    kind: Literal["date"]
    day: Annotated[date, Field(ge=date(1990, 1, 1), le=date(2100, 12, 31))]

    def _html(self) -> Markup:
        return Markup('<time datetime="{}">{}</time>').format(
            self.day.isoformat(), self._wording.day(self.day, short=True)
        )


class Label(Value):
    """Words that shoppers see in the shop, exactly as spelt there: a button, a status."""

    FORMS = frozenset({"plain"})
    LEADS_TO_KEY_DATES = False  # a button that is a link would mislead

    kind: Literal["label"]
    text: Text

    def _words(self, words: Wording) -> str:
        return self.text

    def _html(self) -> Markup:
        is_other = self._wording.locale.language != SHOP_LANGUAGE
        marks = f' lang="{SHOP_LANGUAGE}" dir="ltr"' if is_other else ""
        label = Markup(f'<strong class="label"{marks} translate="no">{{}}</strong>')  # noqa: S704
        return label.format(verbatim(self.text))


class Place(Value):
    """A country, by its ISO 3166 code: CN."""

    LEADS_TO_KEY_DATES = False

    kind: Literal["place"]
    country: Country

    def hint(self, form: str) -> str:
        """Return where a language would name the form `form` of the country."""
        return f": name it in 'phrases.places.{self.country}.{form}' of {self._wording.file}"

    @property
    def _own_forms(self) -> Mapping[str, str]:
        """The country's name in other forms, such as "fora da China"."""
        return self._wording.phrases.places.get(self.country, {})

    def _words(self, words: Wording) -> str:
        return words.country(self.country)

    def _html(self) -> Markup:
        return escape(self._words(self._wording))


class Countries(Value):
    """Countries, by their ISO 3166 codes, in this order: France, Italy and Spain."""

    kind: Literal["countries"]
    countries: Annotated[tuple[Country, ...], Field(strict=False, min_length=2)]

    @field_validator("countries")
    @classmethod
    def _each_once(cls, codes: tuple[str, ...]) -> tuple[str, ...]:
        if len(codes) > len(set(codes)):
            raise ValueError("expected each country once")
        return codes

    def _words(self, words: Wording) -> str:
        return words.listed(map(words.country, self.countries))


class OpeningHours(Value):
    """How much of the week customer care answers."""

    FORMS = Value.FORMS | {"in_full"}

    kind: Literal["opening hours"]
    hours_a_day: Annotated[int, Field(ge=1, le=24)]
    days_a_week: Annotated[int, Field(ge=1, le=7)]

    def _words(self, words: Wording) -> str:
        always = (self.hours_a_day, self.days_a_week) == (24, 7)
        return words.phrases.always if always else self.in_full

    @property
    def in_full(self) -> str:
        """The hours and days, without markup."""
        return self._wording.opening_hours(self.hours_a_day, self.days_a_week)


class PartOfAYear(Value):
    """A time that is not known more precisely: early 2020."""

    kind: Literal["part of a year"]
    year: Annotated[int, Field(ge=1990, le=2100)]
    part: PartOfYear

    def _words(self, words: Wording) -> str:
        return words.part_of_year(self.year, self.part)
