"""The report as a support lead gets it: the command, its text, its HTML file."""

import gzip
import json
import re
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser
from selectolax.lexbor import LexborHTMLParser

from helpcentre import content
from helpcentre.insights.events import Tally
from helpcentre.insights.findings import Findings
from helpcentre.insights.report import Report
from helpcentre.search import phrasings
from macros.layout import SITE
from tests.insights.logs import BAD, VOUCHER, line, month, opened, unanswered
from tests.project import DAY, ROOT, Outcome, Project, run_module
from tests.search import judged
from tests.site.test_html import mistakes

pytestmark = [pytest.mark.site, pytest.mark.slow]


@pytest.fixture
def built(project: Project, site: Path) -> Project:
    """A copy of the project whose site is built."""
    (project.root / SITE).symlink_to(site)
    return project


def insights(project: Project, *arguments: str | Path) -> Outcome:
    return run_module("helpcentre.insights", *arguments, cwd=project.root)


def misranked(built: Project) -> Mapping[str, str]:
    """Return the event of a question whose page is not the first today, and is opened."""
    project = content.read(built.root)
    now = phrasings.search_of(project, phrasings.articles_of(project, built.root / SITE))
    for question in judged.read():
        found = now.answer(question.text)[:2]
        words = question.text.lower()
        if found[1:] == [question.pages[0]] and re.fullmatch("[a-z]+( [a-z]+){2,}", words):
            return opened(words, found[1], found[0])
    raise AssertionError("every judged question has its page first")


def test_a_month_of_ten_thousand_events_shows_what_was_planted_first(
    built: Project, tmp_path: Path
) -> None:
    event = misranked(built)
    log, old = tmp_path / "insights.log", tmp_path / "insights.log-2026-11-01.gz"
    rows = [*month(), *(line(DAY - timedelta(n % 9), **event) for n in range(200))]
    log.write_text("\n".join([*rows[::2], "garbage", ""]), encoding="utf-8")
    old.write_bytes(gzip.compress("\n".join([*rows[1::2], ""]).encode()))
    outcome = insights(built, log, old, "--most", "3")
    assert outcome.code == 0, outcome.output
    first, second, third = re.findall(r"^ [123]\. (.*)$", outcome.output, re.MULTILINE)
    assert first == VOUCHER[0]
    assert second == f"docs/{event['page']}.md was opened, but docs/{event['first']}.md was first".replace("/.md", ".md")  # fmt: skip
    assert third == f"docs/{BAD.rstrip('/')}.md did not help 90 of 120"
    assert "10,201 lines in 2 files" in outcome.output
    assert "1 line unreadable" in outcome.output
    assert "    No answer, 300 times on 30 days" in outcome.output
    assert f"    $ ${{EDITOR:-vi}} docs/{BAD.rstrip('/')}.md" in outcome.output


def test_the_html_report_is_one_correct_file_that_fetches_nothing(
    built: Project, tmp_path: Path, browser: Browser
) -> None:
    log, report = tmp_path / "insights.log", tmp_path / "insights.html"
    log.write_text("\n".join([*month(2_000), ""]), encoding="utf-8")
    assert insights(built, log, "--report", report).code == 0
    assert mistakes(report) == {}
    page = LexborHTMLParser(report.read_text(encoding="utf-8"))
    assert page.css("script, link, img, iframe") == []
    context = browser.new_context(viewport={"width": 390, "height": 844})
    tab, requests, messages = context.new_page(), [], []
    tab.on("request", lambda request: requests.append(request.url))
    tab.on("console", lambda message: messages.append(message.text))
    tab.goto(report.as_uri())
    assert tab.locator("svg").count() > 5
    assert all(box and box["width"] > 100 for box in (svg.bounding_box() for svg in tab.locator("svg").all()))  # fmt: skip
    assert tab.evaluate("document.documentElement.scrollWidth") <= 390
    context.close()
    assert requests == [report.as_uri()]
    assert messages == []


def test_whatever_a_report_shows_is_text() -> None:
    tally = Tally(DAY, DAY, cut=["<script>alert(1)</script>&"])
    html = Report(tally, 1, Findings()).html()
    assert "&lt;script&gt;alert(1)&lt;/script&gt;&amp;" in html
    assert "<script" not in html


def test_proposed_phrases_say_what_they_change_and_nothing_is_changed(
    built: Project, tmp_path: Path
) -> None:
    event = misranked(built)
    log, questions = tmp_path / "insights.log", tmp_path / "judged.jsonl"
    rows = [line(DAY, **event)] * 9 + [line(DAY, **unanswered("can i pay with a voucher"))] * 99
    log.write_text("\n".join([*rows, ""]), encoding="utf-8")
    other = {"q": "where is my parcel", "pages": ["orders/track-parcel/"]}
    right = {"q": event["question"], "pages": [event["page"]]}
    questions.write_text("\n".join(map(json.dumps, (other, right))), encoding="utf-8")
    before = {path: path.read_bytes() for path in (built.root / "docs").rglob("*.txt")}
    outcome = insights(built, log, "--as-phrasings", questions)
    assert outcome.code == 0, outcome.output
    head, _, proposed = outcome.output.partition(": add this line\n")
    assert head.endswith(f"\ndocs/{event['page'].rstrip('/')}.phrases.txt")
    assert proposed.startswith(event["question"] + "\n")
    assert re.search(r"rank of its page 2 -> \d", proposed)
    assert re.search(r"first for [\d.]+ -> [\d.]+ of 100 judged questions; \d rank higher, \d lower", proposed)  # fmt: skip
    assert ": add this line" not in proposed  # no page is known to answer the other question
    assert {path: path.read_bytes() for path in (built.root / "docs").rglob("*.txt")} == before


def test_a_log_of_a_year_ago_is_said_to_be_one(built: Project, tmp_path: Path) -> None:
    log = tmp_path / "insights.log"
    old = DAY - timedelta(365)
    log.write_text(f"{line(old, **unanswered('parcel'))}\n" * 12, encoding="utf-8")
    outcome = insights(built, log)
    assert "Nothing to do." in outcome.output
    assert (
        f"12 events on other days, from {old} to {old}: choose the days by SINCE=" in outcome.output
    )
    outcome = insights(built, log, "--since", str(old), "--until", str(old))
    assert " 1. parcel\n    No answer, 12 times on 1 day\n" in outcome.output


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (("no-such.log",), 1, "no-such.log: No such file or directory"),
        (("docs",), 1, "docs: Is a directory"),
        ((), 2, "the following arguments are required: LOG"),
        (("mkdocs.yml", "--since", "soon"), 2, "invalid fromisoformat value: 'soon'"),
        (("mkdocs.yml", "--as-phrasings", "no-such.jsonl"), 1, "no-such.jsonl: "),
    ],
)
def test_what_cannot_be_read_is_named(
    built: Project, arguments: tuple[str, ...], code: int, message: str
) -> None:
    outcome = insights(built, *arguments)
    assert outcome.code == code
    assert message in outcome.output
    assert "Traceback" not in outcome.output


def test_without_a_build_it_says_what_to_run(project: Project) -> None:
    outcome = insights(project, "mkdocs.yml")
    assert outcome.code == 1
    assert "run make build" in outcome.output


def test_a_file_that_is_no_log_is_unreadable_and_nothing_to_do(built: Project) -> None:
    outcome = insights(built, "mkdocs.yml")
    lines = (ROOT / "mkdocs.yml").read_text(encoding="utf-8").count("\n")
    assert outcome.code == 0
    assert f"{lines} lines unreadable" in outcome.output
