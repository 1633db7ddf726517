"""A value with several rows: which one is in force on a day, and how a change is announced."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from macros.policy import Policy, read
from macros.problem import ProblemsError
from macros.values import Range
from tests.macros.test_policy import write

FIRST, SECOND = date(2020, 3, 16), date(2027, 3, 1)
DAY = timedelta(days=1)
FILE = """\
zone: Asia/Shanghai
owner: Editors
check_every: 180
values:
  wait:
    means: How long it takes
    facts: [F6]
    source_quote: "the source's words"
    checked: 2026-11-23
    notice: 30
    rows:
      - {from: 2020-03-16, value: {kind: range, min: 3, max: 20, unit: business day}}
      - {from: 2027-03-01, value: {kind: range, min: 3, max: 15, unit: business day}}
"""


def on(tmp_path: Path, day: date, text: str = FILE) -> Policy:
    write(tmp_path, text)
    return read(tmp_path).on(day)


@pytest.mark.parametrize(
    ("day", "longest"),
    [(FIRST, 20), (SECOND - DAY, 20), (SECOND, 15), (SECOND + DAY, 15), (date(9999, 12, 31), 15)],
)
def test_a_row_holds_from_its_day_until_the_next(tmp_path: Path, day: date, longest: int) -> None:
    value = on(tmp_path, day).wait
    assert isinstance(value, Range)
    assert value.max == longest


def test_a_day_before_the_first_row_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(ProblemsError) as caught:
        on(tmp_path, FIRST - DAY)
    assert str(caught.value) == (
        "content/policy.yml:5: 'wait' has no value on 2020-03-15: its first row begins on 2020-03-16"
    )


@pytest.mark.parametrize(
    ("day", "announced"),
    [
        (SECOND - 31 * DAY, False),
        (SECOND - 30 * DAY, True),
        (SECOND - DAY, True),
        (SECOND, False),
    ],
)
def test_a_change_is_announced_for_its_notice_period(
    tmp_path: Path, day: date, announced: bool
) -> None:
    words = on(tmp_path, day).wait.plain
    assert ("(from 1 March 2027: 3 to 15 business days)" in words) == announced


def test_an_announcement_reads_as_one_phrase_and_keeps_its_parts(tmp_path: Path) -> None:
    value = on(tmp_path, SECOND - DAY).wait
    assert isinstance(value, Range)
    assert value.plain == "3 to 20 business days (from 1 March 2027: 3 to 15 business days)"
    assert value.max == 20
    assert str(value) == (
        '<span class="value">3 to 20 business days</span>'
        ' (from <time datetime="2027-03-01">1 March 2027</time>:'
        ' <span class="value">3 to 15 business days</span>)'
    )


def test_without_a_notice_period_nothing_is_announced(tmp_path: Path) -> None:
    text = FILE.replace("    notice: 30\n", "")
    assert on(tmp_path, SECOND - DAY, text).wait.plain == "3 to 20 business days"


def test_a_value_has_its_first_day_and_the_row_that_follows(tmp_path: Path) -> None:
    (before,) = on(tmp_path, SECOND - DAY)
    assert before.since == FIRST
    assert before.next
    assert before.next.begins == SECOND
    (after,) = on(tmp_path, SECOND)
    assert (after.since, after.next) == (SECOND, None)


@pytest.mark.parametrize(
    ("zone", "day"),
    [
        # A day begins in Kiritimati before it does in China, and in New York after.
        ("Pacific/Kiritimati", SECOND),
        ("Asia/Shanghai", SECOND),
        ("America/New_York", SECOND + DAY),
    ],
)
def test_a_row_in_another_zone_holds_once_its_day_has_begun_there(
    tmp_path: Path, zone: str, day: date
) -> None:
    text = FILE.replace("{from: 2027-03-01,", f"{{from: 2027-03-01, zone: {zone},")
    (before,) = on(tmp_path, day - DAY, text)
    (then,) = on(tmp_path, day, text)
    assert (before.since, then.since) == (FIRST, SECOND)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("from: 2027-03-01", "from: 2020-03-15", "content/policy.yml:5: 'values.wait': expected 'rows' in order of their 'from', each day once"),
        ("from: 2027-03-01", "from: 2020-03-16", "content/policy.yml:5: 'values.wait': expected 'rows' in order of their 'from', each day once"),
        ("from: 2027-03-01", "from: next year", "content/policy.yml:13: 'values.wait.rows.1.from': expected a day such as 2020-03-16"),
        ("from: 2027-03-01", "from: 2027-02-29", "content/policy.yml:13: not valid YAML: day is out of range for month"),
        ("from: 2027-03-01, ", "", "content/policy.yml:13: 'values.wait.rows.1.from' is missing"),
        ("{from: 2027-03-01,", "{from: 2027-03-01, zone: China,", "content/policy.yml:13: 'values.wait.rows.1.zone': expected an IANA time zone"),
        ("{kind: range, min: 3, max: 15, unit: business day}", "{kind: label, text: Soon}", "content/policy.yml:5: 'values.wait': expected all 'rows' to have the same kind of value"),
        ("    rows:", "    value: {kind: label, text: Soon}\n    rows:", "content/policy.yml:5: 'values.wait': expected either 'value' or 'rows'"),
        ("notice: 30", "notice: a month", "content/policy.yml:10: 'values.wait.notice': expected a whole number"),
        ("checked: 2026-11-23", "checked: lately", "content/policy.yml:9: 'values.wait.checked': expected a day such as 2020-03-16"),
        ("zone: Asia/Shanghai", "zone: Asia/Peking", "content/policy.yml:1: 'zone': expected an IANA time zone"),
    ],
)  # fmt: skip
def test_rows_that_make_no_sense_are_errors(
    tmp_path: Path, old: str, new: str, message: str
) -> None:
    assert old in FILE
    with pytest.raises(ProblemsError) as caught:
        on(tmp_path, SECOND, FILE.replace(old, new, 1))
    assert message in str(caught.value)
