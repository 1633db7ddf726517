"""What writers run: python -m checks, its warnings, the list of values, a new page."""

import re
import sys
from datetime import date, timedelta
from pathlib import Path

import pytest
import yaml

import checks
from checks import due, new_page, usage, values
from checks.content import Content
from macros.clock import VARIABLE, today
from tests.project import DAY, ROOT, Project, run

pytestmark = pytest.mark.usefixtures("as_of")


@pytest.fixture
def as_of(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, str(DAY))
    today.cache_clear()


@pytest.fixture
def content() -> Content:
    return checks.read(ROOT)


def test_mistakes_are_printed_and_fail_the_command(project: Project) -> None:
    project.edit("docs/contact.md", "title:", "titel:")
    outcome = run(sys.executable, "-m", "checks", cwd=project.root, GITHUB_ACTIONS="")
    assert outcome.code == 1
    assert "docs/contact.md:2: unknown key 'titel' (did you mean 'title'?)\n" in outcome.output


def test_in_a_workflow_mistakes_become_annotations_on_their_lines(project: Project) -> None:
    project.edit("docs/contact.md", "title:", "titel:")
    outcome = run(sys.executable, "-m", "checks", cwd=project.root, GITHUB_ACTIONS="true")
    assert outcome.code == 1
    assert "::error file=docs/contact.md,line=2::unknown key 'titel'" in outcome.output


@pytest.mark.slow
def test_what_is_overdue_is_a_warning_and_fails_nothing(project: Project) -> None:
    outcome = run(
        sys.executable, "-m", "checks", "due", cwd=project.root, GITHUB_ACTIONS="true", SITE_AS_OF="2099-01-01"
    )  # fmt: skip
    assert outcome.code == 0
    assert "::warning file=policy.yml,line=" in outcome.output
    assert "::warning file=docs/contact.md,line=" in outcome.output
    assert project.build(SITE_AS_OF="2099-01-01").code == 0


@pytest.mark.parametrize(("days", "overdue"), [(179, False), (180, False), (181, True)])
def test_a_check_is_overdue_the_day_after_its_last(
    project: Project, monkeypatch: pytest.MonkeyPatch, days: int, overdue: bool
) -> None:
    checked = date(2026, 11, 23)
    monkeypatch.setenv(VARIABLE, str(checked + timedelta(days=days)))
    today.cache_clear()
    for file in ("policy.yml", "docs/contact.md"):
        text = (project.root / file).read_text(encoding="utf-8")
        text = re.sub(r"(checked|reviewed): [\d-]+", rf"\1: {checked}", text)
        text = re.sub(r"(check_every|review_every): \d+", r"\1: 180", text)
        (project.root / file).write_text(text, encoding="utf-8")
    told = due.check(checks.read(project.root))
    assert any(problem.file == "policy.yml" for problem in told) == overdue
    assert any(problem.file == "docs/contact.md" for problem in told) == overdue


def test_the_pages_of_a_value_are_found_in_descriptions_and_bodies(content: Content) -> None:
    users = {page.source for page in usage.pages_by_value(content)["refund_arrival"]}
    assert users >= {"refunds/when-will-i-receive-my-refund.md", "glossary.md"}


def test_a_value_that_only_a_template_states_is_no_unused_value(content: Content) -> None:
    users = usage.by_value(content)["customer_care_hours"]
    assert "overrides/partials/care.html" in users


def test_the_list_of_values_says_all_of_each(content: Content) -> None:
    report = values.report(content)
    for stated in content.policy:
        assert f"policy.{stated.name}\n  reads         {stated.value.plain}\n" in report
        assert stated.entry.says in report
    assert report.endswith("Every value is stated.")


def test_the_list_of_values_names_those_that_nothing_states(project: Project) -> None:
    project.edit(
        "policy.yml",
        "\nvalues:\n",
        "\nvalues:\n  spare:\n    means: Nothing yet\n    facts: [F1]\n    says: x\n"
        "    checked: 2026-11-23\n    value: {kind: label, text: Spare}\n",
    )
    assert values.report(checks.read(project.root)).endswith("Nothing states: spare")


def test_a_new_page_has_every_key_and_asks_its_question(project: Project) -> None:
    told = new_page.begin(project.root, "Can I change the address?", "orders", DAY)
    page = project.root / "docs/orders/can-i-change-the-address.md"
    text = page.read_text(encoding="utf-8")
    assert text.startswith("---\ntitle: Can I change the address?\n")
    assert "reviewed: 2026-11-23\n" in text
    assert "      - orders/can-i-change-the-address.md\n" in told


def test_a_new_page_is_told_as_unfinished_and_with_nothing_but_its_gaps(project: Project) -> None:
    new_page.begin(project.root, "Can I change the address?", "orders", DAY)
    late = "      - orders/not-received.md\n"
    project.edit("mkdocs.yml", late, f"{late}      - orders/can-i-change-the-address.md\n")
    outcome = run(sys.executable, "-m", "checks", cwd=project.root, GITHUB_ACTIONS="")
    lines = outcome.output.splitlines()
    assert lines[:-1]
    assert all(line.startswith("docs/orders/can-i-change-the-address.md:") for line in lines[:-1])
    assert not any("unknown key" in line for line in lines)


@pytest.mark.parametrize(
    ("question", "topic", "told"),
    [
        ("???", "orders", "expected a question in words, found '???'"),
        ("<b>?", "orders", "expected a question in words"),
        ("When?", "../orders", "expected one of the topics cancellations, orders, refunds"),
    ],
)
def test_a_page_that_cannot_be_is_not_begun(
    project: Project, question: str, topic: str, told: str
) -> None:
    before = sorted(project.root.rglob("*.md"))
    with pytest.raises(ValueError, match=told.replace("?", r"\?")):
        new_page.begin(project.root, question, topic, DAY)
    assert sorted(project.root.rglob("*.md")) == before


def test_a_page_that_is_there_is_not_overwritten(project: Project) -> None:
    new_page.begin(project.root, "When?", "orders", DAY)
    (project.root / "docs/orders/when.md").write_text("mine", encoding="utf-8")
    with pytest.raises(FileExistsError):
        new_page.begin(project.root, "When?", "orders", DAY)
    assert (project.root / "docs/orders/when.md").read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize(
    "question",
    ["How can't I: cancel # it?", "It’s late: why?", "- dash me", "@who is it", "Path C:\\new?"],
)
def test_any_question_makes_front_matter_that_can_be_read(project: Project, question: str) -> None:
    new_page.begin(project.root, question, "orders", DAY)
    page = project.root / f"docs/orders/{new_page.slug(question)}.md"
    front = yaml.safe_load(page.read_text(encoding="utf-8").split("---\n")[1])
    assert front["title"] == question
    assert front["asks"] == [question.rstrip("?").lower()]


def test_a_question_with_marks_of_yaml_is_quoted(project: Project) -> None:
    new_page.begin(project.root, "Refund: when?", "refunds", DAY)
    text = (project.root / "docs/refunds/refund-when.md").read_text(encoding="utf-8")
    assert 'title: "Refund: when?"\n' in text


def test_the_command_asks_and_says_what_was_done(project: Project, tmp_path: Path) -> None:
    answers = tmp_path / "answers"
    answers.write_text("Where is my invoice?\norders\n", encoding="utf-8")
    outcome = run("sh", "-c", f"{sys.executable} -m checks.new_page < {answers}", cwd=project.root)
    assert outcome.code == 0, outcome.output
    assert "docs/orders/where-is-my-invoice.md is begun." in outcome.output
    outcome = run("sh", "-c", f"{sys.executable} -m checks.new_page < {answers}", cwd=project.root)
    assert outcome.code == 1
    assert "is there already: nothing was written." in outcome.output
