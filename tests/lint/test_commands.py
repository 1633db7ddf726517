"""What writers run: the lint, its warnings, the list of values, a new page."""

import re
import sys
from datetime import date, timedelta
from pathlib import Path

import pytest
import yaml

from helpcentre.content import new_page, usage
from helpcentre.content.page import slug
from helpcentre.content.project import Project as Content
from helpcentre.lint import overdue
from helpcentre.site import values
from macros.policy import FILE as POLICY
from tests.project import DAY, Outcome, Project, load, own_content, run, run_module

pytestmark = pytest.mark.slow  # each command is a process


@pytest.fixture
def content() -> Content:
    return own_content()


def check(project: Project, module: str = "helpcentre.deploy.check", **environment: str) -> Outcome:
    """Check the project as `make check` does, or run another module."""
    return run_module(module, cwd=project.root, **{"GITHUB_ACTIONS": "", **environment})


def test_a_translation_that_is_not_shown_is_a_warning(tmp_path: Path) -> None:
    project = Project.copy(tmp_path / "project", translations=True)
    project.edit("docs/orders/track-parcel.md", "\n## ", "\nOne thing more.\n\n## ")
    outcome = check(project)
    assert outcome.code == 0, outcome.output
    withdrawn = "withdrawn until it is translated again: found a heading of level 2 where"
    for tag in ("ar", "es", "fr", "pt-br", "ru", "zh-hans"):
        assert re.search(
            rf"languages/{tag}/docs/orders/track-parcel.md:\d+: {withdrawn}", outcome.output
        )


def test_everything_that_is_wrong_is_found_in_one_run(project: Project) -> None:
    page, other = "docs/refunds/check-refund-status.md", "docs/orders/contact-the-seller.md"
    mistakes = {
        "It takes 5 days.": "'5 days' is typed by hand",
        "See [this](nowhere.md).": "the link 'nowhere.md' is broken: no such page or file",
        "See [that](../contact.md#part).": "that page has no anchor 'part'",
        f"{'Word ' * 40}.": "a sentence of 40 words",
        "![Words](no-such.png)": "no-such.png",
        "Words :::tip": "",
        ":::tip": "':::tip' is shown to readers",
        "{{ policy.refund_arival }}": "unknown value 'policy.refund_arival'",
    }
    unfilled = "{{ policy.refund_arival }}"
    text = "\n\n".join(mistake for mistake in mistakes if mistake != unfilled)
    project.edit(page, "Check the order details.\n", f"Check the order details.\n\n{text}\n")
    project.edit(other, "{{ policy.", f"{unfilled} {{{{ policy.")
    outcome = check(project)
    assert outcome.code == 1
    lines = outcome.output.splitlines()
    for mistake, message in mistakes.items():
        file = other if mistake == unfilled else page
        place = f"{file}:{project.line_of(file, mistake)}: "
        assert any(line.startswith(place) and message in line for line in lines) or not message, (
            message,
            outcome.output,
        )
    assert not (project.root / "site").exists()
    build = project.build()
    assert build.code == 1
    assert "'5 days' is typed by hand" in build.output
    assert "the link 'nowhere.md' is broken" in build.output


def test_errors_are_printed_and_fail_the_command(project: Project) -> None:
    project.edit("docs/contact.md", "title:", "titel:")
    outcome = check(project)
    assert outcome.code == 1
    assert "docs/contact.md:2: unknown key 'titel' (did you mean 'title'?)\n" in outcome.output


def test_a_rule_is_named_by_its_id(project: Project) -> None:
    project.edit("docs/contact.md", "sources: [F1]", "sources: [F1, F99]")
    line = project.line_of("docs/contact.md", "sources:")
    message = "unknown fact 'F99': see content/facts.yml [references]"
    assert f"docs/contact.md:{line}: {message}\n" in check(project).output


def test_in_a_workflow_errors_become_annotations_on_their_lines(project: Project) -> None:
    project.edit("docs/contact.md", "title:", "titel:")
    outcome = check(project, GITHUB_ACTIONS="true")
    assert outcome.code == 1
    assert "::error file=docs/contact.md,line=2::unknown key 'titel'" in outcome.output


def test_what_is_overdue_is_a_warning_and_no_error(project: Project) -> None:
    outcome = check(project, "helpcentre.lint", GITHUB_ACTIONS="true", SITE_AS_OF="2099-01-01")
    assert outcome.code == 0
    assert f"::warning file={POLICY},line=" in outcome.output
    assert "::warning file=docs/contact.md,line=" in outcome.output


@pytest.mark.slow
def test_what_is_overdue_stops_no_build(project: Project) -> None:
    outcome = project.build(SITE_AS_OF="2099-01-01")
    assert outcome.code == 0, outcome.output


@pytest.mark.parametrize(("days", "is_overdue"), [(179, False), (180, False), (181, True)])
def test_a_check_is_overdue_from_the_day_after_it_was_due(
    project: Project, days: int, is_overdue: bool
) -> None:
    checked = date(2026, 11, 23)
    for file in (POLICY, "docs/contact.md"):
        text = (project.root / file).read_text(encoding="utf-8")
        text = re.sub(r"(checked|reviewed): [\d-]+", rf"\1: {checked}", text)
        text = re.sub(r"(check_every|review_every): \d+", r"\1: 180", text)
        (project.root / file).write_text(text, encoding="utf-8")
    problems = overdue.check(load(project.root, checked + timedelta(days=days)))
    assert any(problem.file == POLICY for problem in problems) == is_overdue
    assert any(problem.file == "docs/contact.md" for problem in problems) == is_overdue


def test_the_pages_of_a_value_are_found_in_descriptions_and_bodies(content: Content) -> None:
    users = {page.source for page in usage.pages_by_value(content)["refund_arrival"]}
    assert users >= {"refunds/when-will-i-receive-my-refund.md", "glossary.md"}


def test_a_value_that_the_texts_around_pages_state_is_used(content: Content) -> None:
    users = usage.files_by_value(content)["customer_care_hours"]
    assert "languages/en/texts.yml" in users


def test_the_list_of_values_describes_each(content: Content) -> None:
    report = values.report(content)
    for current in content.policy:
        assert f"policy.{current.name}\n  reads         {current.value.plain}\n" in report
        assert current.entry.source_quote in report
    assert report.endswith("Every value is stated.")


def test_the_list_of_values_names_those_that_nothing_states(project: Project) -> None:
    project.edit(
        POLICY,
        "\nvalues:\n",
        "\nvalues:\n  spare:\n    means: Nothing yet\n    facts: [F1]\n    source_quote: x\n"
        "    checked: 2026-11-23\n    value: {kind: label, text: Spare}\n",
    )
    report = values.report(load(project.root))
    assert report.endswith("Not stated anywhere: spare")


def test_the_list_of_values_is_printed(project: Project) -> None:
    outcome = run_module("helpcentre.site.values", cwd=project.root)
    assert outcome.code == 0
    assert outcome.output == f"{values.report(load(project.root))}\n"


def test_a_new_page_has_every_key_and_asks_its_question(project: Project) -> None:
    advice = new_page.start(project.root, "Can I change the address?", "orders", DAY)
    page = project.root / "docs/orders/can-i-change-the-address.md"
    text = page.read_text(encoding="utf-8")
    assert text.startswith("---\ntitle: Can I change the address?\n")
    assert "reviewed: 2026-11-23\n" in text
    assert "      - orders/can-i-change-the-address.md\n" in advice


def test_the_errors_of_a_new_page_are_only_its_gaps(project: Project) -> None:
    new_page.start(project.root, "Can I change the address?", "orders", DAY)
    late = "      - orders/not-received.md\n"
    project.edit("mkdocs.yml", late, f"{late}      - orders/can-i-change-the-address.md\n")
    lines = check(project).output.splitlines()
    assert lines[:-1]
    assert all(line.startswith("docs/orders/can-i-change-the-address.md:") for line in lines[:-1])
    assert not any("unknown key" in line for line in lines)


@pytest.mark.parametrize(
    ("question", "topic", "message"),
    [
        ("???", "orders", "expected a question in words, found '???'"),
        ("<b>?", "orders", "expected a question in words"),
        ("When?", "../orders", "expected one of the topics .*cancellations.*, found '../orders'"),
    ],
)
def test_without_a_question_or_a_topic_no_page_is_started(
    project: Project, question: str, topic: str, message: str
) -> None:
    before = sorted(project.root.rglob("*.md"))
    with pytest.raises(ValueError, match=message.replace("?", r"\?")):
        new_page.start(project.root, question, topic, DAY)
    assert sorted(project.root.rglob("*.md")) == before


def test_a_page_that_exists_is_not_overwritten(project: Project) -> None:
    new_page.start(project.root, "When?", "orders", DAY)
    (project.root / "docs/orders/when.md").write_text("mine", encoding="utf-8")
    with pytest.raises(FileExistsError):
        new_page.start(project.root, "When?", "orders", DAY)
    assert (project.root / "docs/orders/when.md").read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize(
    "question",
    ["How can't I: cancel # it?", "It’s late: why?", "- dash me", "@who is it", "Path C:\\new?"],
)
def test_any_question_makes_front_matter_that_can_be_read(project: Project, question: str) -> None:
    new_page.start(project.root, question, "orders", DAY)
    page = project.root / f"docs/orders/{slug(question)}.md"
    front = yaml.safe_load(page.read_text(encoding="utf-8").split("---\n")[1])
    assert front["title"] == question
    phrases = project.root / f"docs/orders/{slug(question)}.phrases.txt"
    assert phrases.read_text(encoding="utf-8").splitlines()[1:] == [question.rstrip("?").lower()]


def test_a_question_with_marks_of_yaml_is_quoted(project: Project) -> None:
    new_page.start(project.root, "Refund: when?", "refunds", DAY)
    text = (project.root / "docs/refunds/refund-when.md").read_text(encoding="utf-8")
    assert 'title: "Refund: when?"\n' in text


def test_the_command_asks_and_reports_what_was_done(project: Project, tmp_path: Path) -> None:
    answers = tmp_path / "answers"
    answers.write_text("Where is my invoice?\norders\n", encoding="utf-8")
    command = f"{sys.executable} -m helpcentre.content.new_page < {answers}"
    outcome = run("sh", "-c", command, cwd=project.root)
    assert outcome.code == 0, outcome.output
    assert "Started docs/orders/where-is-my-invoice.md." in outcome.output
    outcome = run("sh", "-c", command, cwd=project.root)
    assert outcome.code == 1
    assert "exists already: nothing was written." in outcome.output
