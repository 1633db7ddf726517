"""Facts F11 to F13: until when the seller must answer a request to cancel."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from macros.cancellation import Deadline, seller_deadline

CUTOFF = datetime(2020, 3, 16, 0, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
RESPONSE_TIME = timedelta(hours=72)
SECOND = timedelta(seconds=1)


def deadline(requested: datetime, preparation_ends: datetime) -> Deadline:
    return seller_deadline(requested, preparation_ends, cutoff=CUTOFF, response_time=RESPONSE_TIME)


def test_a_request_one_second_before_the_cutoff_is_not_covered() -> None:
    with pytest.raises(ValueError, match="is before the cut-off"):
        deadline(CUTOFF - SECOND, CUTOFF + RESPONSE_TIME)


@pytest.mark.parametrize("after", [timedelta(0), SECOND, timedelta(days=2000)])
def test_a_request_at_the_cutoff_or_later_is_covered(after: timedelta) -> None:
    requested = CUTOFF + after
    assert deadline(requested, requested + 2 * RESPONSE_TIME).at == requested + RESPONSE_TIME


def test_the_cutoff_is_one_instant_for_everyone() -> None:
    in_london = datetime(2020, 3, 15, 16, 0, tzinfo=ZoneInfo("Europe/London"))
    assert in_london == CUTOFF
    assert deadline(in_london, in_london + 2 * RESPONSE_TIME).by_response_time
    with pytest.raises(ValueError, match="is before the cut-off"):
        deadline(in_london - SECOND, in_london + RESPONSE_TIME)


@pytest.mark.parametrize(
    ("remains", "closes_after", "by_response_time"),
    [
        (RESPONSE_TIME + SECOND, RESPONSE_TIME, True),
        (RESPONSE_TIME, RESPONSE_TIME, True),
        (RESPONSE_TIME - SECOND, RESPONSE_TIME - SECOND, False),
        (SECOND, SECOND, False),
    ],
    ids=["longer", "equal", "shorter", "a second"],
)
def test_the_earlier_limit_decides(
    remains: timedelta, closes_after: timedelta, by_response_time: bool
) -> None:
    requested = CUTOFF + timedelta(days=30)
    expected = Deadline(requested + closes_after, by_response_time)
    assert deadline(requested, requested + remains) == expected


@pytest.mark.parametrize("remains", [timedelta(0), -SECOND])
def test_a_preparation_period_that_has_ended_is_not_covered(remains: timedelta) -> None:
    requested = CUTOFF + timedelta(days=30)
    with pytest.raises(ValueError, match="preparation period ended"):
        deadline(requested, requested + remains)


@pytest.mark.parametrize(
    ("requested", "closes"),
    [
        # Clocks go forward an hour on 29 March 2020 and back an hour on 25 October in Berlin.
        (datetime(2020, 3, 28, 12, 0), datetime(2020, 3, 31, 13, 0)),
        (datetime(2020, 10, 24, 12, 0), datetime(2020, 10, 27, 11, 0)),
    ],
    ids=["forward", "back"],
)
def test_a_clock_change_neither_adds_nor_takes_an_hour(
    requested: datetime, closes: datetime
) -> None:
    berlin = ZoneInfo("Europe/Berlin")
    asked = requested.replace(tzinfo=berlin)
    found = deadline(asked, asked + timedelta(days=9))
    assert found.at.astimezone(berlin).replace(tzinfo=None) == closes


def test_the_deadline_is_in_utc() -> None:
    assert deadline(CUTOFF, CUTOFF + RESPONSE_TIME).at.tzinfo is UTC


@pytest.mark.parametrize("naive", ["requested", "preparation_ends", "cutoff"])
def test_a_time_without_a_zone_is_refused(naive: str) -> None:
    times = {"requested": CUTOFF, "preparation_ends": CUTOFF + RESPONSE_TIME, "cutoff": CUTOFF}
    times[naive] = times[naive].replace(tzinfo=None)
    with pytest.raises(ValueError, match="no time zone"):
        seller_deadline(**times, response_time=RESPONSE_TIME)
