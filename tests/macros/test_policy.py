"""policy.yml becomes typed, frozen values, or an error that names file, line and key."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from pydantic import ValidationError

from macros.policy import FILE, Policy, read
from macros.problem import ProblemsError
from macros.values import Duration, Instant, Label, Range, Value
from tests.project import DAY, ROOT, with_language

ENTRY = """\
zone: Asia/Shanghai
owner: Editors
check_every: 180
values:
  thing:
    means: What it means
    facts: [F1]
    source_quote: "the source's words"
    checked: 2026-11-23
    value: {value}
"""


def write(root: Path, text: str) -> None:
    """Make `text` the policy.yml of the project at `root`."""
    (with_language(root) / FILE).parent.mkdir(exist_ok=True)
    (root / FILE).write_text(text, encoding="utf-8", newline="")


def policy(tmp_path: Path, value: str, text: str = ENTRY) -> Policy:
    write(tmp_path, text.replace("{value}", value))
    return read(tmp_path).on(DAY)


def thing(tmp_path: Path, value: str) -> Value:
    found: Value = policy(tmp_path, value).thing
    return found


def error(tmp_path: Path, value: str, text: str = ENTRY) -> str:
    with pytest.raises(ProblemsError) as caught:
        policy(tmp_path, value, text)
    return str(caught.value)


def test_the_modules_of_values_know_nothing_of_mkdocs() -> None:
    code = (
        "import sys, macros.policy, macros.wording, macros.cancellation;"
        "print([name for name in sys.modules if name.startswith(('mkdocs', 'material', 'jinja2'))])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"


def test_a_range_reads_in_words_and_gives_its_parts(tmp_path: Path) -> None:
    value = thing(tmp_path, "{kind: range, min: 3, max: 20, unit: business day}")
    assert isinstance(value, Range)
    assert str(value) == '<span class="value">3 to 20 business days</span>'
    assert (value.plain, value.min, value.max) == ("3 to 20 business days", 3, 20)


def test_a_duration_reads_in_words_and_counts_exact_hours(tmp_path: Path) -> None:
    value = thing(tmp_path, "{kind: duration, count: 72, unit: hour}")
    assert isinstance(value, Duration)
    assert value.plain == "72 hours"
    assert value.timedelta.total_seconds() == 72 * 3600


def test_a_duration_in_days_has_no_exact_length(tmp_path: Path) -> None:
    value = thing(tmp_path, "{kind: duration, count: 1, unit: day}")
    assert isinstance(value, Duration)
    with pytest.raises(ValueError, match="1 day"):
        _ = value.timedelta


def test_an_instant_reads_in_its_own_zone_with_utc_beside_it(tmp_path: Path) -> None:
    value = thing(tmp_path, "{kind: instant, at: 2020-03-16T00:00:00, zone: Asia/Shanghai}")
    assert isinstance(value, Instant)
    assert str(value) == (
        '<time datetime="2020-03-16T00:00:00+08:00">the start of Monday 16 March 2020, China Time</time>'
        ' (<time datetime="2020-03-15T16:00:00Z">4pm on Sunday 15 March 2020, UTC</time>)'
    )
    assert value.plain == (
        "the start of Monday 16 March 2020, China Time (4pm on Sunday 15 March 2020, UTC)"
    )


def test_an_instant_in_utc_reads_once(tmp_path: Path) -> None:
    value = thing(tmp_path, "{kind: instant, at: 2020-03-15T16:30:00, zone: UTC}")
    assert value.plain == "4:30pm on Sunday 15 March 2020, UTC"


def test_a_label_reads_as_shoppers_see_it(tmp_path: Path) -> None:
    value = thing(tmp_path, "{kind: label, text: Cancel Order}")
    assert str(value) == '<strong class="label" translate="no">Cancel Order</strong>'
    assert value.plain == "Cancel Order"


def test_a_label_cannot_bring_markup_into_a_page(tmp_path: Path) -> None:
    value = thing(tmp_path, '{kind: label, text: "<script>"}')
    assert "<script>" not in str(value)
    assert value.plain == "<script>"


def test_markdown_takes_no_letter_of_a_label_for_markup(tmp_path: Path) -> None:
    value = thing(tmp_path, '{kind: label, text: "Sub*mit* now_ [x]"}')
    assert not re.search(r"[*_\[\]`]", str(value))
    assert value.plain == "Sub*mit* now_ [x]"


def test_a_range_of_one_number_is_an_amount(tmp_path: Path) -> None:
    assert thing(tmp_path, "{kind: range, min: 3, max: 3, unit: day}").plain == "3 days"


@pytest.mark.parametrize("text", ["[" * 100_000, "- " * 100_000, "a: {" * 100_000])
def test_a_file_nested_too_deeply_is_an_error(tmp_path: Path, text: str) -> None:
    assert "not valid YAML" in error(tmp_path, "", text)


def test_one_wrong_entry_is_one_error(tmp_path: Path) -> None:
    text = ENTRY.replace("[F1]", "[1]")
    assert len(error(tmp_path, "{kind: label, text: Submit}", text).splitlines()) == 1


def test_a_place_is_named_by_its_country_code(tmp_path: Path) -> None:
    assert thing(tmp_path, "{kind: place, country: CN}").plain == "China"


@pytest.mark.parametrize(
    ("hours", "days", "words"),
    [
        (24, 7, "round the clock"),
        (24, 6, "24 hours a day, 6 days a week"),
        (23, 7, "23 hours a day, 7 days a week"),
        (1, 1, "1 hour a day, 1 day a week"),
    ],
)
def test_only_every_hour_of_every_day_is_round_the_clock(
    tmp_path: Path, hours: int, days: int, words: str
) -> None:
    value = f"{{kind: opening hours, hours_a_day: {hours}, days_a_week: {days}}}"
    assert thing(tmp_path, value).plain == words


def test_a_part_of_a_year_is_as_exact_as_the_source(tmp_path: Path) -> None:
    assert thing(tmp_path, "{kind: part of a year, year: 2020, part: early}").plain == "early 2020"


def test_values_cannot_be_changed(tmp_path: Path) -> None:
    loaded = policy(tmp_path, "{kind: label, text: Submit}")
    assert isinstance(loaded.thing, Label)
    with pytest.raises(ValidationError, match="frozen"):
        loaded.thing.text = "Send"  # type: ignore[misc]
    with pytest.raises(AttributeError, match=r"policy\.nothing"):
        _ = loaded.nothing


def test_every_value_has_a_meaning_and_a_source() -> None:
    for current in read(ROOT).on(DAY):
        entry = current.entry
        assert all((entry.means, entry.facts, entry.source_quote, entry.checked)), current.name
        assert all((current.owner, current.check_every, current.value.plain)), current.name


def test_the_misprint_of_the_source_is_kept_as_a_note() -> None:
    hours = read(ROOT).entries["customer_care_hours"]
    assert "27/7" in hours.source_quote
    assert "misprint" in str(hours.note)


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ("{kind: range, min: 21, max: 20, unit: day}", "'values.thing.value': expected min to be at most max, found min 21, max 20"),
        ("{kind: range, min: three, max: 20, unit: day}", "'values.thing.value.min': expected a whole number, found 'three'"),
        ("{kind: range, min: 3.5, max: 20, unit: day}", "'values.thing.value.min': expected a whole number, found 3.5"),
        ("{kind: range, min: true, max: 20, unit: day}", "'values.thing.value.min': expected a whole number, found True"),
        ("{kind: range, min: -3, max: 20, unit: day}", "'values.thing.value.min': expected at least 0, found -3"),
        ("{kind: range, min: 3, max: 20000000000, unit: day}", "'values.thing.value.max': expected at most 10000, found 20000000000"),
        ("{kind: range, min: 3, max: 20, unit: fortnight}", "'values.thing.value.unit': expected 'minute', 'hour', 'day', 'business day', 'week', 'month' or 'year', found 'fortnight'"),
        ("{kind: range, min: 3, unit: day}", "'values.thing.value.max' is missing"),
        ("{kind: range, mim: 3, max: 20, unit: day}", "unknown key 'values.thing.value.mim' (did you mean 'min'?)"),
        ("{kind: rnge, min: 3, max: 20, unit: day}", "'values.thing.value': expected one of 'range', "),
        ("{min: 3, max: 20, unit: day}", "'values.thing.value': expected a kind, found"),
        ("20 days", "'values.thing.value': expected "),
        ("{kind: instant, at: 2020-03-16T00:00:00, zone: Asia/Shanghia}", "'values.thing.value.zone': expected an IANA time zone such as Asia/Shanghai, found 'Asia/Shanghia'"),
        ("{kind: instant, at: 2020-03-16T00:00:00, zone: ../etc/passwd}", "'values.thing.value.zone': expected an IANA time zone"),
        ("{kind: instant, at: 2020-03-16T00:00:00, zone: ''}", "'values.thing.value.zone': expected an IANA time zone"),
        ("{kind: instant, at: 2020-03-16, zone: Asia/Shanghai}", "'values.thing.value.at': expected a date and time such as 2020-03-16T00:00:00"),
        ("{kind: instant, at: 2020-02-30T00:00:00, zone: Asia/Shanghai}", "not valid YAML: day is out of range for month, in '2020-02-30T00:00:00'"),
        ("{kind: instant, at: 2020-03-16T00:00:00+08:00, zone: Asia/Shanghai}", "'values.thing.value': expected 'at' without an offset"),
        ("{kind: instant, at: 2020-03-29T02:30:00, zone: Europe/Berlin}", "'values.thing.value': the clocks of Europe/Berlin skip 2020-03-29T02:30:00"),
        ("{kind: instant, at: 2020-10-25T02:30:00, zone: Europe/Berlin}", "'values.thing.value': the clocks of Europe/Berlin show 2020-10-25T02:30:00 twice"),
        ("{kind: instant, at: 2020-03-16T00:00:30, zone: Asia/Shanghai}", "'values.thing.value': expected 'at' to be a whole minute between 1990 and 2100"),
        ("{kind: instant, at: 0001-01-01T00:00:00, zone: Asia/Shanghai}", "'values.thing.value': expected 'at' to be a whole minute between 1990 and 2100"),
        ("{kind: instant, at: 2020-03-16T00:00:00, zone: localtime}", "'values.thing.value.zone': expected an IANA time zone"),
        ("{kind: instant, at: 2020-03-16T00:00:00, zone: Etc/GMT-8}", "'values.thing.value.zone': expected an IANA time zone"),
        ("{kind: place, country: ZZ}", "'values.thing.value.country': expected an ISO 3166 country code"),
        ("{kind: place, country: EU}", "'values.thing.value.country': expected an ISO 3166 country code"),
        ("{kind: range, min: 3, max: 020, unit: day}", "'values.thing.value.max': expected a whole number, found '020'"),
        ("{kind: range, min: 3, max: 1:30, unit: day}", "'values.thing.value.max': expected a whole number, found '1:30'"),
        ("{kind: range, min: 3, max: 0x20, unit: day}", "'values.thing.value.max': expected a whole number, found '0x20'"),
        ("{kind: label, text: ' Submit '}", "'values.thing.value.text': expected words on one line, without spaces before or after, found ' Submit '"),
        ("{kind: label, text: ''}", "'values.thing.value.text' is empty"),
        ("{kind: label, text: 404}", "'values.thing.value.text': expected words in quotes, found 404"),
        ("{kind: place, country: China}", "'values.thing.value.country': expected an ISO 3166 country code such as CN, found 'China'"),
        ("{kind: place, country: XX}", "'values.thing.value.country': expected an ISO 3166 country code such as CN, found 'XX'"),
        ("{kind: opening hours, hours_a_day: 27, days_a_week: 7}", "'values.thing.value.hours_a_day': expected at most 24, found 27"),
        ("{kind: label, text: a, text: b}", "duplicate key 'text'"),
        ("{kind: label, text: [}", "not valid YAML"),
    ],
)  # fmt: skip
def test_a_bad_value_is_reported_with_file_line_and_key(
    tmp_path: Path, value: str, message: str
) -> None:
    assert message in error(tmp_path, value)
    assert error(tmp_path, value).startswith(f"{FILE}:10: ")


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("    means: What it means\n", "", "content/policy.yml:5: 'values.thing.means' is missing"),
        ("facts: [F1]", "facts: []", "content/policy.yml:7: 'values.thing.facts' is empty"),
        ("facts: [F1]", "facts: [one]", "content/policy.yml:7: 'values.thing.facts.0': expected the id of a fact, such as F6, found 'one'"),
        ("    means:", "    maens:", "content/policy.yml:6: unknown key 'values.thing.maens' (did you mean 'means'?)"),
        ("  thing:", "  Thing One:", "content/policy.yml:5: 'values.Thing One"),
        ("values:", "vales:", "content/policy.yml:1: 'values' is missing"),
        (ENTRY, "", "content/policy.yml:1: the file: expected keys with values, found None"),
        (ENTRY, "- a\n", "content/policy.yml:1: the file: expected keys with values, found ['a']"),
        ("  thing:", "\tthing:", "content/policy.yml:5: not valid YAML"),
    ],
)  # fmt: skip
def test_a_bad_entry_is_reported_with_file_line_and_key(
    tmp_path: Path, old: str, new: str, message: str
) -> None:
    text = ENTRY.replace(old, new)
    assert message in error(tmp_path, "{kind: label, text: Submit}", text)


def test_all_errors_are_reported_at_once(tmp_path: Path) -> None:
    text = ENTRY.replace("    means: What it means\n", "")
    errors = error(tmp_path, "{kind: range, min: x, max: y, unit: day}", text).splitlines()
    assert len(errors) == 3


def test_a_missing_policy_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(ProblemsError, match=r"^content/policy\.yml:1: cannot be read"):
        read(with_language(tmp_path))
