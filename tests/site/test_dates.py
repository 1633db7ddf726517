"""A value that changes: the built site before the change is announced, after, and from its day on."""

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

from macros import language
from macros.policy import read
from macros.problem import ProblemsError
from tests.macros.test_kinds import TABLE, add_every_kind
from tests.project import ROOT, Project, load, once

pytestmark = [pytest.mark.site, pytest.mark.slow]

ROWS = """notice: 14
    rows:
      - {from: 2020-03-16, value: {kind: range, min: 4, max: 18, unit: business day}}
      - {from: 2027-03-01, value: {kind: range, min: 3, max: 15, unit: business day}}"""
NOW, LATER = "4 to 18 business days", "3 to 15 business days"

Built = Callable[[str], Path]


def change(project: Project) -> None:
    """Have one value change on 1 March 2027, and another be what it never was."""
    project.set_value("refund_arrival", ROWS)
    project.set_value("seller_response_time", "value: {kind: duration, count: 48, unit: hour}")


@pytest.fixture(scope="module")
def built(shared: Path) -> Built:
    """Returns the site of such a project, built for a day."""

    def make(folder: Path, day: str) -> None:
        project = Project.copy(folder)
        change(project)
        outcome = project.build(SITE_AS_OF=day)
        assert outcome.code == 0, outcome.output

    return lambda day: once(shared, f"as-of-{day}", lambda folder: make(folder, day)) / "site"


def words(site: Path) -> Mapping[str, str]:
    """Return what is read on each page, the description first."""
    pages = {}
    for path in site.rglob("index.html"):
        html = LexborHTMLParser(path.read_text(encoding="utf-8"))
        descriptions = [node.attributes["content"] for node in html.css("meta[name=description]")]
        body = html.body.text() if html.body else ""
        pages[path.parent.name] = " ".join(f"{descriptions} {body}".split())
    return pages


@pytest.mark.parametrize(
    ("day", "stated", "absent"),
    [
        ("2027-02-14", NOW, LATER),
        ("2027-02-15", f"{NOW} (from 1 March 2027: {LATER})", None),
        ("2027-02-28", f"{NOW} (from 1 March 2027: {LATER})", None),
        ("2027-03-01", LATER, NOW),
    ],
    ids=["not yet announced", "announced", "the day before", "the day"],
)
def test_every_page_states_the_row_of_the_day(
    built: Built, day: str, stated: str, absent: str | None
) -> None:
    pages = words(built(day))
    for name in ("when-will-i-receive-my-refund", "glossary", "key-dates"):
        assert stated in pages[name], name
    if absent:
        assert not [name for name, text in pages.items() if absent in text]


def test_calculators_follow_the_policy(built: Built) -> None:
    def data(day: str, page: str) -> Mapping[str, str | None]:
        html = LexborHTMLParser((built(day) / page / "index.html").read_text(encoding="utf-8"))
        (form,) = html.css("[data-calculator]")
        return form.attributes

    refund = "refunds/when-will-i-receive-my-refund"
    before, after = data("2027-02-28", refund), data("2027-03-01", refund)
    assert (before["data-min"], before["data-max"]) == ("4", "18")
    assert (after["data-min"], after["data-max"]) == ("3", "15")
    seller = data("2027-03-01", "cancellations/after-you-request")
    assert seller["data-response-hours"] == "48"


def test_a_preview_before_the_first_row_is_an_error(project: Project) -> None:
    change(project)
    with pytest.raises(ProblemsError, match="'refund_arrival' has no value on 2020-03-15"):
        load(project.root, "2020-03-15")


def test_every_kind_of_value_is_shown_on_pages_and_at_the_key_dates(project: Project) -> None:
    add_every_kind(project)
    stated = "\n\n".join(f"So {{{{ policy.example_{n} }}}}." for n in range(len(TABLE)))
    by_case = f"{{{{ policy.example_{len(TABLE) - 1}.table }}}}"
    page = "refunds/check-refund-status"
    project.edit(
        f"docs/{page}.md", "## What comes next", f"{stated}\n\n{by_case}\n\n## What comes next"
    )
    outcome = project.build()
    assert outcome.code == 0, outcome.output
    pages = words(project.root / "site")
    for _, reads in TABLE:
        assert reads in pages["key-dates"]
        assert f"So {reads}." in pages["check-refund-status"]
    html = (project.root / f"site/{page}/index.html").read_text(encoding="utf-8")
    (table,) = LexborHTMLParser(html).css("main table")
    assert [cell.text() for cell in table.css("tbody > *")[0].css("th, td")] == [
        "Germany",
        "14 days",
    ]


def test_key_dates_has_the_day_of_the_last_check_and_the_pages_of_a_value(site: Path) -> None:
    html = LexborHTMLParser((site / "key-dates/index.html").read_text(encoding="utf-8"))
    row = html.css_first("#refund_arrival")
    assert row is not None
    checked = language.read(ROOT).words.day(
        read(ROOT).entries["refund_arrival"].checked, short=True
    )
    assert f"Last checked on {checked}." in " ".join(row.text().split())
    links = {node.attributes["href"]: node.text() for node in row.css("a")}
    assert links["../refunds/when-will-i-receive-my-refund/"] == "When will I receive my refund?"
