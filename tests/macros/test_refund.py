"""Fact F6: between which days a refund arrives."""

from datetime import date

import pytest

from macros import language
from macros.business_days import calendar
from macros.refund import Arrival, arrival
from macros.values import Range
from tests.project import ROOT

AMERICA = calendar("US", range(2020, 2022))
PROCESSED = date(2020, 3, 16)


def takes(least: int, most: int, unit: str) -> Range:
    value = {"kind": "range", "min": least, "max": most, "unit": unit}
    return Range.model_validate(value, context={"wording": language.read(ROOT).words})


def test_business_days_are_counted_by_the_calendar() -> None:
    expected = Arrival(date(2020, 3, 19), date(2020, 4, 13))
    assert arrival(PROCESSED, takes(3, 20, "business day"), AMERICA) == expected


def test_days_are_counted_as_they_come() -> None:
    expected = Arrival(date(2020, 3, 19), date(2020, 4, 5))
    assert arrival(PROCESSED, takes(3, 20, "day"), AMERICA) == expected


def test_hours_make_no_day() -> None:
    with pytest.raises(ValueError, match="not hours"):
        arrival(PROCESSED, takes(3, 20, "hour"), AMERICA)
