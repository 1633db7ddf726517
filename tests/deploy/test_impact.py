"""What a change does, before it is made: every sentence that reads differently."""

import sys
from pathlib import Path

import pytest

from publish.impact import compare, sentences
from tests.project import Outcome, Project, run

pytestmark = pytest.mark.slow

PAGE = """<html><head><meta name=description content="It takes {days} days."></head><body>
<header><nav><li>Menu</nav></header><main><div class=side><ul><li>Menu</ul></div><article><h1>When?</h1>
<p>It takes <b>{days} days</b>. Then ask.</p><ul><li>One<ul><li>Two</ul></li></ul></article></main>"""


@pytest.fixture
def committed(project: Project) -> Project:
    """The project with all of it in one commit."""
    for words in (
        ("init", "--quiet"),
        ("add", "--all"),
        ("-c", "user.name=T", "-c", "user.email=t@t.example", "commit", "--quiet", "-m", "First"),
    ):
        assert run("git", *words, cwd=project.root).code == 0
    return project


def impact(project: Project, *words: str, **environment: str) -> Outcome:
    environment.setdefault("SITE_AS_OF", "")
    return run(sys.executable, "-m", "publish.impact", *words, cwd=project.root, **environment)


def test_a_page_is_read_as_its_sentences(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text(PAGE.format(days=20), encoding="utf-8")
    assert sentences(tmp_path / "a.html") == [
        "It takes 20 days.",
        "When?",
        "It takes 20 days.",
        "Then ask.",
        "One",
        "Two",
    ]


def test_tables_boxes_and_pictures_are_read_too(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text(
        "<main><table><tr><th>Bank</th><td>Most <b>banks</b></td></tr></table><div>In a box"
        "<p>Below</p></div><details><summary>More</summary>Inside</details><pre>Code</pre>"
        "<p>See <img alt='a clock' src=x></p></main>",
        encoding="utf-8",
    )
    read = sentences(tmp_path / "a.html")
    assert read == [
        "Bank",
        "Most banks",
        "In a box",
        "Below",
        "More",
        "Inside",
        "Code",
        "See a clock",
    ]


def test_only_the_sentences_that_differ_are_told(tmp_path: Path) -> None:
    for site, days in (("before", 20), ("after", 21)):
        (tmp_path / site / "x").mkdir(parents=True)
        (tmp_path / site / "x/index.html").write_text(PAGE.format(days=days), encoding="utf-8")
    report = "\n".join(compare(tmp_path / "before", tmp_path / "after"))
    assert report.startswith("/x/\n")
    assert report.count("  - It takes 20 days.") == 2
    assert report.count("  + It takes 21 days.") == 2
    assert "ask" not in report


def test_nothing_changed_is_said(committed: Project) -> None:
    outcome = impact(committed)
    assert outcome.code == 0, outcome.output
    assert outcome.output == "Nothing reads differently since the last commit.\n"


def test_a_changed_value_is_told_page_by_page(committed: Project) -> None:
    committed.edit("policy.yml", "unit: business day}", "unit: day}")
    outcome = impact(committed)
    assert outcome.code == 0, outcome.output
    assert "\n/refunds/when-will-i-receive-my-refund/\n" in outcome.output
    assert "\n/key-dates/\n" in outcome.output
    assert "\n/contact/\n" not in outcome.output


def test_a_new_page_and_a_page_that_is_gone_are_told(committed: Project) -> None:
    committed.edit("mkdocs.yml", "  - glossary.md\n", "")
    (committed.root / "docs/glossary.md").unlink()
    for path in (committed.root / "docs").rglob("*.md"):
        text = path.read_text(encoding="utf-8").replace("  - glossary.md\n", "")
        path.write_text(text, encoding="utf-8")
    outcome = impact(committed, "--since", "HEAD")
    assert outcome.code == 0, outcome.output
    assert "/glossary/\n  - " in outcome.output


def test_a_day_to_come_is_compared_with_today(committed: Project) -> None:
    text = (committed.root / "policy.yml").read_text(encoding="utf-8")
    start = text.index("value:", text.index("  seller_response_time:"))
    end = text.index("\n", start)
    rows = (
        "rows:\n      - {from: 2020-01-01, value: {kind: duration, count: 71, unit: hour}}\n"
        "      - {from: 2999-01-01, value: {kind: duration, count: 24, unit: hour}}"
    )
    (committed.root / "policy.yml").write_text(text[:start] + rows + text[end:], encoding="utf-8")
    outcome = impact(committed, SITE_AS_OF="2999-01-01")
    assert outcome.code == 0, outcome.output
    assert outcome.output.startswith("Sentences that read differently from today to 2999-01-01:")
    assert "after 71 hours" in outcome.output
    assert "after 24 hours" in outcome.output


@pytest.mark.parametrize(
    ("break_it", "told"),
    [("revision", "git knows no revision 'nowhere' here"), ("content", "cannot be built")],
)
def test_what_cannot_be_compared_is_told(committed: Project, break_it: str, told: str) -> None:
    if break_it == "content":
        committed.edit("policy.yml", "kind: range", "kind: rnge")
    outcome = impact(committed, *(["--since", "nowhere"] if break_it == "revision" else []))
    assert outcome.code == 1
    assert told in outcome.output
    assert "Traceback" not in outcome.output
