"""The day that a build is made for."""

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest

from macros import clock as module
from macros.clock import VARIABLE, today


@pytest.fixture(autouse=True)
def no_memory() -> Iterator[None]:
    today.cache_clear()
    yield
    today.cache_clear()


@pytest.mark.parametrize(
    ("now", "day"),
    [
        (datetime(2020, 3, 15, 15, 59, 59, tzinfo=UTC), date(2020, 3, 15)),
        (datetime(2020, 3, 15, 16, 0, 0, tzinfo=UTC), date(2020, 3, 16)),
    ],
    ids=["the second before midnight in China", "midnight in China"],
)
def test_the_day_is_the_marketplaces(
    monkeypatch: pytest.MonkeyPatch, now: datetime, day: date
) -> None:
    class Clock(datetime):
        @classmethod
        def now(cls, tz: object = None) -> datetime:  # type: ignore[override]
            return now.astimezone(tz)  # type: ignore[arg-type]

    monkeypatch.delenv(VARIABLE, raising=False)
    monkeypatch.setattr(module, "datetime", Clock)
    assert today("Asia/Shanghai") == day


def test_a_preview_names_its_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, "2027-01-15")
    assert today("Asia/Shanghai") == date(2027, 1, 15)


@pytest.mark.parametrize("value", ["soon", "2027-02-30", "15/01/2027", "2027-1-5"])
def test_what_is_not_a_day_is_refused(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv(VARIABLE, value)
    with pytest.raises(ValueError, match=f"expected a day such as 2027-01-15, found '{value}'"):
        today("Asia/Shanghai")


@pytest.mark.parametrize(
    ("value", "possible"),
    [("2019-12-31", False), ("2020-01-01", True), ("2999-12-31", True), ("3000-01-01", False)],
)
def test_a_day_without_calendars_is_refused(
    monkeypatch: pytest.MonkeyPatch, value: str, possible: bool
) -> None:
    monkeypatch.setenv(VARIABLE, value)
    if possible:
        assert str(today("Asia/Shanghai")) == value
    else:
        with pytest.raises(ValueError, match="expected a day from 2020-01-01 to 2999-12-31"):
            today("Asia/Shanghai")


def test_one_build_sees_one_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, "2027-01-15")
    first = today("Asia/Shanghai")
    monkeypatch.setenv(VARIABLE, "2027-01-16")
    assert today("Asia/Shanghai") == first
