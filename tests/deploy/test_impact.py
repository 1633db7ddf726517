"""The impact of a change before it is published: every sentence that reads differently."""

import sys
from pathlib import Path

import pytest

from helpcentre.deploy.impact import compare, sentences
from tests.project import Outcome, Project, run

pytestmark = pytest.mark.slow

PAGE = """<html><head><meta name=description content="It takes {days} days."></head><body>
<header><nav><li>Menu</nav></header><main><div class=side><ul><li>Menu</ul></div><article><h1>When?</h1>
<p>It takes <b>{days} days</b>. Then ask.</p><ul><li>One<ul><li>Two</ul></li></ul></article></main>"""

AUTHOR = ("-c", "user.name=T", "-c", "user.email=t@t.example")


@pytest.fixture
def committed(project: Project) -> Project:
    """The project with all of it in one commit."""
    for arguments in (
        ("init", "--quiet"),
        ("add", "--all"),
        (*AUTHOR, "commit", "--quiet", "-m", "First"),
    ):
        assert run("git", *arguments, cwd=project.root).code == 0
    return project


def impact(project: Project, *arguments: str, **environment: str) -> Outcome:
    environment.setdefault("SITE_AS_OF", "")
    return run(
        sys.executable,
        "-m",
        "helpcentre.deploy.impact",
        *arguments,
        cwd=project.root,
        **environment,
    )


def test_a_page_is_read_as_sentences(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text(PAGE.format(days=20), encoding="utf-8")
    assert sentences(tmp_path / "a.html") == [
        "It takes 20 days.",
        "When?",
        "It takes 20 days.",
        "Then ask.",
        "One",
        "Two",
    ]


def test_tables_boxes_and_pictures_are_read(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text(
        "<main><table><tr><th>Bank</th><td>Most <b>banks</b></td></tr></table><div>In a box"
        "<p>Below</p></div><details><summary>More</summary>Inside</details><pre>Code</pre>"
        "<p>See <img alt='a clock' src=x></p></main>",
        encoding="utf-8",
    )
    assert sentences(tmp_path / "a.html") == [
        "Bank",
        "Most banks",
        "In a box",
        "Below",
        "More",
        "Inside",
        "Code",
        "See a clock",
    ]


def test_only_different_sentences_are_reported(tmp_path: Path) -> None:
    for site, days in (("before", 20), ("after", 21)):
        (tmp_path / site / "x").mkdir(parents=True)
        (tmp_path / site / "x/index.html").write_text(PAGE.format(days=days), encoding="utf-8")
    report = "\n".join(compare(tmp_path / "before", tmp_path / "after"))
    assert report.startswith("/x/\n")
    assert report.count("  - It takes 20 days.") == 2
    assert report.count("  + It takes 21 days.") == 2
    assert "ask" not in report


def test_without_a_change_nothing_reads_differently(committed: Project) -> None:
    outcome = impact(committed)
    assert outcome.code == 0, outcome.output
    assert outcome.output == "Nothing reads differently since the last commit.\n"


def test_changes_of_values_pages_and_engine_are_reported_page_by_page(committed: Project) -> None:
    """Each revision is built by its own engine."""
    committed.edit("content/policy.yml", "min: 3, max: 20,", "min: 4, max: 20,")
    plural = "return forms[self.locale.plural_form(count)]"
    own = f'{plural}.replace("business days", "sunrises")'
    committed.edit("macros/wording.py", plural, own)
    committed.edit("mkdocs.yml", "  - glossary.md\n", "")
    (committed.root / "docs/glossary.md").unlink()
    (committed.root / "docs/glossary.phrases.txt").unlink()
    committed.edit("content/redirects.yml", "{}", "{glossary/: questions.md}")
    for path in (committed.root / "docs").rglob("*.md"):
        text = path.read_text(encoding="utf-8").replace("  - glossary.md\n", "")
        path.write_text(text, encoding="utf-8")
    outcome = impact(committed, "--base", "HEAD")
    assert outcome.code == 0, outcome.output
    assert outcome.output.startswith("Sentences that read differently since HEAD:\n")
    pages = outcome.output.partition("\n/refunds/when-will-i-receive-my-refund/\n")[2]
    assert " business days" in pages.partition("  + ")[0]
    assert "4 to 20 sunrises" in pages.partition("  + ")[2].partition("\n")[0]
    assert "\n/key-dates/\n" in outcome.output
    glossary = outcome.output.partition("\n/glossary/\n")[2].partition("\n\n")[0]
    assert "  + This page has moved" in glossary
    assert "  - What do these words mean?" in glossary
    assert "\n/cancellations/cancel-an-order/\n" not in outcome.output


def test_a_future_day_is_compared_with_today(committed: Project) -> None:
    text = (committed.root / "content/policy.yml").read_text(encoding="utf-8")
    start = text.index("value:", text.index("  seller_response_time:"))
    end = text.index("\n", start)
    rows = (
        "rows:\n      - {from: 2020-01-01, value: {kind: duration, count: 71, unit: hour}}\n"
        "      - {from: 2999-01-01, value: {kind: duration, count: 24, unit: hour}}"
    )
    (committed.root / "content/policy.yml").write_text(
        text[:start] + rows + text[end:], encoding="utf-8"
    )
    outcome = impact(committed, SITE_AS_OF="2999-01-01")
    assert outcome.code == 0, outcome.output
    assert outcome.output.startswith("Sentences that read differently from today to 2999-01-01:")
    assert "after 71 hours" in outcome.output
    assert "after 24 hours" in outcome.output


def test_what_cannot_be_compared_is_an_error(committed: Project) -> None:
    outcome = impact(committed, "--base", "nowhere")
    assert outcome.code == 1
    assert outcome.output.startswith("git has no revision 'nowhere' here: ")
    committed.edit("content/policy.yml", "kind: range", "kind: rnge")
    outcome = impact(committed)
    assert outcome.code == 1
    assert outcome.output.startswith("the working tree cannot be built with the packages")
    assert "expected one of 'range'" in outcome.output
    assert "Traceback" not in outcome.output


def test_a_revision_that_needs_another_package_is_an_error(committed: Project) -> None:
    committed.edit("macros/__init__.py", "\n\n", "\n\nimport no_longer_needed\n\n")
    commit = ("commit", "--quiet", "--all", "-m", "Second")
    assert run("git", *AUTHOR, *commit, cwd=committed.root).code == 0
    committed.edit("macros/__init__.py", "\n\nimport no_longer_needed\n\n", "\n\n")
    outcome = impact(committed)
    assert outcome.code == 1
    message = "revision HEAD cannot be built with the packages that are installed:\n"
    assert outcome.output.startswith(message)
    assert "No module named 'no_longer_needed'\n" in outcome.output
