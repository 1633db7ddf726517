"""Flows: every path ends, every outcome is reached, every link exists, every number is a value."""

from pathlib import Path

import pytest

import checks
from checks import flow, usage
from macros.problem import ProblemsError
from tests.project import ROOT, Project

CANCEL = "flows/can-i-still-cancel.yml"
PAGE = "docs/cancellations/cannot-cancel.md"


@pytest.mark.parametrize(
    ("file", "old", "new", "at", "told"),
    [
        (CANCEL, "next: seller}", "next: seler}", "inside:", "'seler' is neither a question nor an outcome (did you mean 'seller'?)"),
        (CANCEL, "No answer yet, next: wait", "No answer yet, next: status", "silent:", "this path never ends: status > shipped_from > seller > status"),
        (CANCEL, "No answer yet, next: wait", "No answer yet, next: request", "  wait:", "no answer leads to 'wait'"),
        (CANCEL, "  wait:\n", "  seller:\n", "  seller:\n    says", "'seller' names both a question and an outcome"),
        (CANCEL, "link: cancellations/cancel-an-order.md", "link: cancellations/cancel-a-order.md", "link: cancellations/cancel-a-order.md", "there is no other page docs/cancellations/cancel-a-order.md (did you mean 'cancellations/cancel-an-order.md'?)"),
        (CANCEL, "link: cancellations/cancel-an-order.md", "link: cancellations/cannot-cancel.md", "link: cancellations/cannot-cancel.md", "there is no other page docs/cancellations/cannot-cancel.md"),
        (CANCEL, "after {{ policy.seller_response_time }}", "after 72 hours", "then: If the seller", "'72 hours' is typed by hand: use {{ policy.seller_response_time }}"),
        (CANCEL, 'inside: {says: "{{ policy.cancellable_from }}"', "inside: {says: By 16 March 2020", "inside:", "'16 March 2020' is typed by hand"),
        (CANCEL, "Click {{ policy.cancel_button }}", "Click {{ policy.cancel_buton }}", "then: Click", "unknown value 'policy.cancel_buton' (did you mean 'policy.cancel_button'?)"),
        (CANCEL, "Click {{ policy.cancel_button }}", "Click <b>Cancel</b>", "then: Click", "expected words without HTML or straight quotes"),
        (CANCEL, "facts: [F14]", "facts: []", "link: cancellations/seller-refused.md", "an outcome without 'facts' leads to contact.md: the source is silent there"),
        (CANCEL, "facts: [F14]", "facts: [F41]", "facts: [F41]", "unknown fact 'F41': see facts.yml"),
        (CANCEL, "    facts: [F14]\n", "", "  seller_refused:", "'outcomes.seller_refused.facts' is missing"),
        (CANCEL, "      another: {says: Another status, next: another_status}\n", "", "    answers:", "expected at least 2 entries, found 1"),
        (CANCEL, "ask: What is", "asks: What is", "asks: What is", "unknown key 'questions.status.asks' (did you mean 'ask'?)"),
        (PAGE, "F12, ", "", "sources:", f"{CANCEL}, which the page shows, states F12: claim it here"),
        (PAGE, "flow: can-i-still-cancel", "flow: can-i-still-cancle", "flow:", "there is no flows/can-i-still-cancle.yml without mistakes (did you mean 'can-i-still-cancel'?)"),
        (PAGE, "flow: can-i-still-cancel\n", "", None, "no page shows it: write 'flow: can-i-still-cancel' at the top of one"),
        (PAGE, "flow: can-i-still-cancel", "flow: ../cancel", "flow:", "'flow': expected small letters, digits and hyphens, such as can-i-still-cancel, found '../cancel'"),
    ],
)  # fmt: skip
def test_a_planted_mistake_is_told_with_its_line(
    project: Project, file: str, old: str, new: str, at: str | None, told: str
) -> None:
    project.edit(file, old, new)
    with pytest.raises(ProblemsError) as caught:
        checks.read(project.root)
    where = f"{file}:{project.line_of(file, at)}" if at else f"{CANCEL}:1"
    assert [line for line in str(caught.value).splitlines() if line.startswith(f"{where}: ") and told in line], str(caught.value)  # fmt: skip


def test_many_ways_to_one_place_are_no_circle_and_take_no_time(tmp_path: Path) -> None:
    """With each question doubling the paths, there are more of them than anybody can walk."""
    (tmp_path / "flows").mkdir()
    questions = "".join(
        f"  q{n}: {{ask: Which, answers: {{a: {{says: A, next: q{n + 1}}}, b: {{says: B, next: q{n + 1}}}}}}}\n"
        for n in range(50)
    )
    outcome = "outcomes:\n  q50: {says: The end, then: Go, link: index.md, facts: []}\n"
    (tmp_path / "flows/long.yml").write_text(f"title: Long\nquestions:\n{questions}{outcome}")
    flows, problems = flow.read_all(tmp_path)
    assert problems == []
    assert list(flows["long"].mistakes()) == []


def test_a_value_that_only_a_flow_states_is_stated_by_its_page() -> None:
    users = usage.pages_by_value(checks.read(ROOT))
    assert PAGE in {page.file for page in users["submit_button"]}
