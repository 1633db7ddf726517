"""What the marketplace promises: policy.yml, and which values hold on a day.

A value has one row, or several, each with the day from which it holds until the next begins. So
there is neither gap nor overlap; a day before the first row is an error, never a silent guess.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from types import MappingProxyType
from typing import Annotated, Any, ClassVar, Self
from zoneinfo import ZoneInfo

from pydantic import BeforeValidator, Field, PrivateAttr, model_validator

from macros import strict_yaml
from macros.kinds import AnyValue
from macros.language import Language
from macros.language import read as read_language
from macros.layout import CONTENT
from macros.problem import Problem, ProblemsError
from macros.values import Strict, Text, Zone

FILE = f"{CONTENT}/policy.yml"

Name = Annotated[str, Field(pattern=strict_yaml.NAME)]
FactId = Annotated[str, Field(pattern=strict_yaml.FACT_ID)]


def _unquoted(day: object) -> object:
    """Return a day in quotes as a day, and anything else as it is."""
    try:
        return date.fromisoformat(day) if isinstance(day, str) and len(day) == 10 else day
    except ValueError:
        return day


Day = Annotated[date, Field(ge=date(1990, 1, 1), le=date(3000, 1, 1)), BeforeValidator(_unquoted)]
Days = Annotated[int, Field(ge=1, le=3660)]


class Row(Strict):
    """A value from a day on, which begins at midnight in `zone`, or in the marketplace's."""

    begins: Day = Field(alias="from")
    zone: Zone | None = None
    value: AnyValue


class Entry(Strict):
    """One value in policy.yml."""

    means: Text
    """What the value means, for shoppers."""
    facts: Annotated[tuple[FactId, ...], Field(min_length=1, strict=False)]
    """The facts of facts.yml that it comes from."""
    source_quote: Text
    """The source's own words."""
    note: Text | None = None
    """For writers: how we read those words, where they leave it open."""
    owner: Text | None = None
    """Who is responsible for it; by default the whole file's owner."""
    checked: Day
    """When it was last compared with the source."""
    check_every: Days | None = None
    """In days; by default the whole file's."""
    notice: Annotated[int, Field(ge=0, le=366)] = 0
    """For how many days before a change pages announce it."""
    value: AnyValue | None = None
    rows: Annotated[tuple[Row, ...], Field(strict=False)] = ()

    @model_validator(mode="after")
    def _one_value_or_rows_in_order(self) -> Self:
        if (self.value is None) == (not self.rows):
            raise ValueError("expected either 'value' or 'rows'")
        days = [row.begins for row in self.rows]
        if days != sorted(set(days)):
            raise ValueError("expected 'rows' in order of their 'from', each day once")
        kinds = {(row.value.kind, *sorted(getattr(row.value, "cases", ()))) for row in self.rows}
        if len(kinds) > 1:
            raise ValueError("expected all 'rows' to have the same kind of value and cases")
        return self


@dataclass(frozen=True)
class CurrentValue:
    """A value on one day."""

    name: str
    entry: Entry
    value: AnyValue
    owner: str
    check_every: int
    """In days."""
    since: date | None
    """The first day of the row in force; None if the value has only ever been this."""
    next: Row | None
    """The row that follows."""

    @property
    def due(self) -> date:
        """The day by which it must be compared with the source again."""
        return self.entry.checked + timedelta(days=self.check_every)


class Policy:
    """The values of one day by name, read-only: `policy.refund_arrival`.

    Iterates over CurrentValue.
    """

    def __init__(self, values: Mapping[str, CurrentValue]) -> None:
        self._values = MappingProxyType(dict(values))

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_") or name not in self._values:
            raise AttributeError(f"unknown value 'policy.{name}'")
        return self._values[name].value

    def __dir__(self) -> list[str]:
        return list(self._values)

    def __iter__(self) -> Iterator[CurrentValue]:
        return iter(self._values.values())


class History(Strict):
    """policy.yml with all its rows."""

    RENAMED: ClassVar = {"says": "source_quote"}

    zone: Zone
    """The marketplace's IANA time zone, in which days begin."""
    owner: Text
    check_every: Days
    entries: dict[Name, Entry] = Field(alias="values")
    """By the names of the values."""
    _text: str = PrivateAttr()

    def model_post_init(self, context: Any) -> None:
        """Keep the text of the file, for the lines of errors."""
        self._text = context["source"]

    def with_means(self, means: Mapping[str, str]) -> Self:
        """Return the same with what values mean in another language, by their names."""
        entries = {
            name: entry.model_copy(update={"means": means.get(name, entry.means)})
            for name, entry in self.entries.items()
        }
        return self.model_copy(update={"entries": entries})

    def days_of_change(self, after: date) -> list[date]:
        """Return the days after `after` on which a row begins, in order."""
        days = {row.begins for entry in self.entries.values() for row in entry.rows}
        return sorted(day for day in days if day > after)

    def on(self, day: date, *, announce: bool = True, partly: bool = False) -> Policy:
        """Return the values that hold when `day` begins in the marketplace's zone.

        With `announce`, a value in its notice period includes what it will change to.
        Raises ProblemsError for each value whose first row begins later; `partly` leaves it out.
        """
        problems, values = [], {}
        for name, entry in self.entries.items():
            begun = [row for row in entry.rows if self._has_begun(row, day)]
            if entry.rows and not begun:
                line = strict_yaml.line_of(self._text, ("values", name))
                first = entry.rows[0].begins
                message = f"'{name}' has no value on {day}: its first row begins on {first}"
                problems.append(Problem(FILE, line, message))
                continue
            value = begun[-1].value if begun else entry.value
            assert value is not None  # noqa: S101 - Entry has either a value or rows
            upcoming = next(iter(entry.rows[len(begun) :]), None)
            if announce and upcoming and (upcoming.begins - day).days <= entry.notice:
                value = value.announcing(upcoming.begins, upcoming.value)
            values[name] = CurrentValue(
                name,
                entry,
                value,
                entry.owner or self.owner,
                entry.check_every or self.check_every,
                begun[-1].begins if begun else None,
                upcoming,
            )
        if problems and not partly:
            raise ProblemsError(problems)
        return Policy(values)

    def _has_begun(self, row: Row, day: date) -> bool:
        return _midnight(row.begins, row.zone or self.zone) <= _midnight(day, self.zone)


def _midnight(day: date, zone: str) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=ZoneInfo(zone))


def read(root: Path, language: Language | None = None) -> History:
    """Return all rows of all values of `root`'s policy.yml, in `language` or in the original one.

    Raises ProblemsError, naming file, line, key and what was expected.
    """
    language = language or read_language(root)
    text = strict_yaml.read_text(root, FILE)
    return strict_yaml.read(text, History, FILE, wording=language.words, source=text)
