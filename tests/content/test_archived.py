"""A notice that is over keeps the values of its day: it must not say what it never said."""

from pathlib import Path

import pytest

from tests.project import Project, load

ROWS = """rows:
      - {from: 2020-03-16, value: {kind: range, min: 4, max: 18, unit: business day}}
      - {from: 2026-11-10, value: {kind: range, min: 3, max: 15, unit: business day}}"""
OLD, NEW = "4 to 18 business days", "3 to 15 business days"
NOTICE = "docs/notices/coronavirus-2020.md"
SOURCE = "notices/coronavirus-2020.md"


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return Project.copy(
        tmp_path / "project", "content", "docs", "languages", "macros", "theme", "mkdocs.yml"
    )


def state(project: Project, dates: str, reviewed: str = "2026-11-23") -> None:
    """Let the notice state a value that changes on 10 November 2026."""
    project.set_value("refund_arrival", ROWS)
    project.edit(NOTICE, "archived: true\n", dates)
    project.edit(NOTICE, "reviewed: 2026-11-23", f"reviewed: {reviewed}")
    project.edit(NOTICE, "In {{", "It took {{ policy.refund_arrival }}. In {{")


@pytest.mark.parametrize(
    ("last_day", "words"),
    [("2026-11-09", OLD), ("2026-11-10", NEW), ("2026-11-22", NEW), ("2026-11-23", NEW)],
)
def test_a_notice_states_the_values_of_its_last_day(
    project: Project, last_day: str, words: str
) -> None:
    state(project, f"first_day: 2026-11-01\nlast_day: {last_day}\narchived: true\n")
    content = load(project.root)
    policy = content.plain_policy_of(content.pages[SOURCE])
    assert policy.refund_arrival.plain == words


@pytest.mark.parametrize(("reviewed", "words"), [("2026-11-09", OLD), ("2026-11-10", NEW)])
def test_an_archived_page_without_days_states_those_of_its_last_review(
    project: Project, reviewed: str, words: str
) -> None:
    state(project, "archived: true\n", reviewed)
    content = load(project.root)
    assert content.plain_policy_of(content.pages[SOURCE]).refund_arrival.plain == words


def test_a_page_that_is_not_over_states_the_values_of_today(project: Project) -> None:
    state(project, "first_day: 2026-11-01\nlast_day: 2026-12-01\n")
    content = load(project.root, "2026-11-09")
    assert content.plain_policy_of(content.pages[SOURCE]) is content.plain_policy


@pytest.mark.slow
def test_the_built_page_shows_them(project: Project) -> None:
    state(project, "first_day: 2026-11-01\nlast_day: 2026-11-09\narchived: true\n")
    outcome = project.build()
    assert outcome.code == 0, outcome.output
    page = (project.root / "site/notices/coronavirus-2020/index.html").read_text(encoding="utf-8")
    assert (
        f'<a class="row" href="../../key-dates/#refund_arrival"><span class="value">{OLD}' in page
    )
    assert NEW not in page
