"""A value that changes: the built site on both sides of its day, and before it is announced."""

from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

from macros.policy import read
from macros.wording import wording
from tests.project import ROOT, Project

pytestmark = [pytest.mark.site, pytest.mark.slow]

ROWS = """notice: 14
    rows:
      - {from: 2020-03-16, value: {kind: range, min: 4, max: 18, unit: business day}}
      - {from: 2027-03-01, value: {kind: range, min: 3, max: 15, unit: business day}}"""
NOW, LATER = "4 to 18 business days", "3 to 15 business days"


def pages(project: Project, as_of: str) -> dict[str, str]:
    """Return the words of each page, built as of that day."""
    text = (project.root / "policy.yml").read_text(encoding="utf-8")
    if "rows:\n      - {from: 2027" not in text and ROWS not in text:
        start = text.index("value:", text.index("  refund_arrival:"))
        text = text[:start] + ROWS + text[text.index("\n", start) :]
        (project.root / "policy.yml").write_text(text, encoding="utf-8")
    outcome = project.build(SITE_AS_OF=as_of)
    assert outcome.code == 0, outcome.output
    return {path.parent.name: _words(path) for path in (project.root / "site").rglob("index.html")}


def _words(path: Path) -> str:
    html = LexborHTMLParser(path.read_text(encoding="utf-8"))
    descriptions = [node.attributes["content"] for node in html.css("meta[name=description]")]
    return " ".join(f"{descriptions} {html.body.text() if html.body else ''}".split())


@pytest.mark.parametrize(
    ("as_of", "stated", "absent"),
    [
        ("2027-02-14", NOW, LATER),
        ("2027-02-15", f"{NOW} (from 1 March 2027: {LATER})", None),
        ("2027-02-28", f"{NOW} (from 1 March 2027: {LATER})", None),
        ("2027-03-01", LATER, NOW),
    ],
    ids=["not yet announced", "announced", "the day before", "the day"],
)
def test_every_page_states_the_row_of_the_day(
    project: Project, as_of: str, stated: str, absent: str | None
) -> None:
    built = pages(project, as_of)
    for name in ("when-will-i-receive-my-refund", "glossary", "key-dates"):
        assert stated in built[name], name
    if absent:
        assert not [name for name, words in built.items() if absent in words]


def test_a_preview_before_the_first_row_stops(project: Project) -> None:
    pages(project, "2027-03-01")
    outcome = project.build(SITE_AS_OF="2020-03-15")
    assert outcome.code != 0
    assert "'refund_arrival' has no value on 2020-03-15" in outcome.output
    assert "Traceback" not in outcome.output


def test_key_dates_says_when_a_value_was_checked_and_which_pages_state_it(site: Path) -> None:
    html = LexborHTMLParser((site / "key-dates/index.html").read_text(encoding="utf-8"))
    row = html.css_first("#refund_arrival")
    assert row is not None
    checked = wording("en_GB").day(read(ROOT).entries["refund_arrival"].checked, short=True)
    assert f"Last checked on {checked}." in " ".join(row.text().split())
    links = {node.attributes["href"]: node.text() for node in row.css("a")}
    assert links["../refunds/when-will-i-receive-my-refund/"] == "When will I receive my refund?"


def test_what_shoppers_work_out_follows_the_policy(project: Project) -> None:
    pages(project, "2027-02-28")
    project.edit("policy.yml", "kind: duration, count: 72", "kind: duration, count: 48")
    built = {}
    for day in ("2027-02-28", "2027-03-01"):
        assert project.build(SITE_AS_OF=day).code == 0
        for path in ("refunds/when-will-i-receive-my-refund", "cancellations/after-you-request"):
            page = project.root / "site" / path / "index.html"
            (form,) = LexborHTMLParser(page.read_text(encoding="utf-8")).css("[data-calculator]")
            built[day, form.attributes["data-calculator"]] = form.attributes
    before, after = built["2027-02-28", "refund"], built["2027-03-01", "refund"]
    assert (before["data-min"], before["data-max"]) == ("4", "18")
    assert (after["data-min"], after["data-max"]) == ("3", "15")
    assert built["2027-03-01", "seller-deadline"]["data-response-hours"] == "48"
