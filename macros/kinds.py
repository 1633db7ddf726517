"""All kinds of values, and the kind that differs by case."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Literal, Self

from markupsafe import Markup
from pydantic import Field, field_validator

from macros.amounts import Count, Measure, Money, Percentage, Size
from macros.contacts import Email, Phone, Web
from macros.hours import ClockTime, WeeklyHours
from macros.phrases import known_country
from macros.strict_yaml import CASE
from macros.values import (
    CalendarDate,
    Countries,
    Duration,
    Instant,
    Label,
    OpeningHours,
    PartOfAYear,
    Place,
    Range,
    Strict,
    Text,
    Value,
    verbatim,
)

AnyCase = Annotated[
    Range
    | Duration
    | Instant
    | Label
    | Place
    | OpeningHours
    | PartOfAYear
    | Count
    | Money
    | Percentage
    | Measure
    | Size
    | ClockTime
    | WeeklyHours
    | CalendarDate
    | Phone
    | Email
    | Web
    | Countries,
    Field(discriminator="kind"),
]
"""A value of any kind that is the same for everyone."""


class Case(Strict):
    """One case, such as a country or a kind of seller."""

    label: Text | None = None
    """What shoppers call it; a country has its own name."""
    value: AnyCase


class ByCase(Value):
    """A value for each case: pages state one, `policy.name.DE`, or all in a table."""

    FORMS = Value.FORMS | {"table"}
    LEADS_TO_KEY_DATES = False  # each case does, or is a link itself

    kind: Literal["by case"]
    heading: Text
    """What the cases are: Country, Kind of seller."""
    cases: Annotated[dict[Annotated[str, Field(pattern=CASE)], Case], Field(min_length=2)]
    """By the country's ISO 3166 code, or by another name in small letters."""

    @field_validator("cases")
    @classmethod
    def _named(cls, cases: dict[str, Case]) -> dict[str, Case]:
        for name, case in cases.items():
            if name in cls.FORMS:
                raise ValueError(f"expected another name for the case '{name}', which is a form")
            if name.isupper():
                known_country(name)
            elif not case.label:
                raise ValueError(f"expected a 'label' for the case '{name}'")
        return cases

    def announcing(self, day: date, later: Value) -> Self:
        """Return this value with the announcement in each case that changes on `day`."""
        assert isinstance(later, ByCase)  # noqa: S101 - rows have one kind
        cases = {}
        for name, case in self.cases.items():
            after = later.cases[name].value
            changing = case.value if case.value == after else case.value.announcing(day, after)
            cases[name] = case.model_copy(update={"value": changing})
        return self.model_copy(update={"cases": cases})

    @property
    def _own_forms(self) -> Mapping[str, Value]:
        """The value of each case."""
        return {name: case.value for name, case in self.__dict__.get("cases", {}).items()}

    def _label(self, name: str) -> str:
        return self.cases[name].label or self._wording.country(name)

    def _html(self) -> Markup:
        pattern = Markup(self._wording.phrases.case)  # noqa: S704 - our own words
        return Markup("; ").join(
            pattern.format(case=verbatim(self._label(name)), value=case.value)
            for name, case in self.cases.items()
        )

    @property
    def table(self) -> Markup:
        """All cases as a table."""
        row = Markup('<tr><th scope="row">{}</th><td>{}</td></tr>')
        rows = (row.format(self._label(name), case.value) for name, case in self.cases.items())
        head = Markup('<thead><tr><th scope="col">{}</th><td></td></tr></thead>')
        return Markup("<table>{}<tbody>{}</tbody></table>").format(
            head.format(self.heading), Markup("").join(rows)
        )


AnyValue = Annotated[AnyCase | ByCase, Field(discriminator="kind")]
"""A value of any kind; `kind` tells which."""
