"""Values that are times of a day: a time, and the hours of a week."""

import re
from datetime import time
from typing import Annotated, Literal, Self, get_args

from pydantic import BeforeValidator, Field, field_validator, model_validator

from macros.values import Strict, Value, Zone
from macros.wording import Wording


def _time_of_day(found: object) -> time:
    if isinstance(found, str) and re.fullmatch(r"(?:[01]\d|2[0-3]):[0-5]\d", found):
        return time.fromisoformat(found)
    raise ValueError(f"expected a time such as 09:00, found {found!r}")


TimeOfDay = Annotated[time, BeforeValidator(_time_of_day)]
Weekday = Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]


class ClockTime(Value):
    """A time of every day, on the clocks of `zone`: 4pm (China Time)."""

    kind: Literal["time"]
    at: TimeOfDay
    zone: Zone

    @field_validator("at")
    @classmethod
    def _on_one_day(cls, at: time) -> time:
        if at == time(0):
            raise ValueError("midnight ends one day and begins another: write 23:59 or 00:01")
        return at

    def _words(self, words: Wording) -> str:
        return words.in_zone(self.at, self.zone)


class OpenDays(Strict):
    """Days of the week with the same hours; `closes` may be 00:00, the end of the day."""

    first: Weekday = Field(alias="from")
    last: Weekday = Field(alias="to")
    opens: TimeOfDay
    closes: TimeOfDay

    @property
    def days(self) -> tuple[int, ...]:
        """The days, from 0 for a Monday."""
        first, last = (get_args(Weekday).index(day) for day in (self.first, self.last))
        return tuple(day % 7 for day in range(first, first + (last - first) % 7 + 1))


class WeeklyHours(Value):
    """When somebody answers, by days: Monday to Friday 9am to 6pm (China Time)."""

    kind: Literal["weekly hours"]
    hours: Annotated[tuple[OpenDays, ...], Field(strict=False, min_length=1)]
    zone: Zone

    @model_validator(mode="after")
    def _each_day_once(self) -> Self:
        days = [day for part in self.hours for day in part.days]
        if len(days) > len(set(days)):
            raise ValueError("expected each day of the week once in 'hours'")
        if any(part.opens == part.closes for part in self.hours):
            raise ValueError("expected 'closes' to differ from 'opens'")
        return self

    def _words(self, words: Wording) -> str:
        parts = (
            words.opening_days((part.days[0], part.days[-1]), (part.opens, part.closes))
            for part in self.hours
        )
        return words.in_zone(words.listed(parts), self.zone)
