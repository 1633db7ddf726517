"""Flows: every path ends, every outcome is reached, every link exists, every number is a value."""

from pathlib import Path

import pytest

from helpcentre.content import flow, usage
from macros import language
from macros.problem import ProblemsError
from tests.project import ROOT, Project, load, own_content

CANCEL = "languages/en/flows/can-i-still-cancel.yml"
PAGE = "docs/cancellations/cannot-cancel.md"


@pytest.mark.parametrize(
    ("file", "old", "new", "at", "message"),
    [
        (CANCEL, "next: seller}", "next: seler}", "inside:", "'seler' is neither a question nor an outcome (did you mean 'seller'?)"),
        (CANCEL, "No answer yet, next: wait", "No answer yet, next: status", "silent:", "this path never ends: status > shipped_from > seller > status"),
        (CANCEL, "No answer yet, next: wait", "No answer yet, next: request", "  wait:", "no answer leads to 'wait'"),
        (CANCEL, "  wait:\n", "  seller:\n", "  seller:\n    result", "'seller' names both a question and an outcome"),
        (CANCEL, "link: cancellations/cancel-an-order.md", "link: cancellations/cancel-a-order.md", "link: cancellations/cancel-a-order.md", "there is no other page docs/cancellations/cancel-a-order.md (did you mean 'cancellations/cancel-an-order.md'?)"),
        (CANCEL, "link: cancellations/cancel-an-order.md", "link: cancellations/cannot-cancel.md", "link: cancellations/cannot-cancel.md", "there is no other page docs/cancellations/cannot-cancel.md"),
        (CANCEL, "after {{ policy.seller_response_time }}", "after 72 hours", "next_step: If the seller", "'72 hours' is typed by hand: use {{ policy.seller_response_time }}"),
        (CANCEL, 'inside: {label: "{{ policy.cancellable_from }}"', "inside: {label: By 16 March 2020", "inside:", "'16 March 2020' is typed by hand"),
        (CANCEL, "Click {{ policy.cancel_button }}", "Click {{ policy.cancel_buton }}", "next_step: Click", "unknown value 'policy.cancel_buton' (did you mean 'policy.cancel_button'?)"),
        (CANCEL, "Click {{ policy.cancel_button }}", "Click <b>Cancel</b>", "next_step: Click", "expected words without HTML or straight quotes"),
        (CANCEL, "facts: [F14]", "facts: []", "link: cancellations/seller-refused.md", "an outcome without 'facts' must link to contact.md: the source is silent"),
        (CANCEL, "facts: [F14]", "facts: [F41]", "facts: [F41]", "unknown fact 'F41': see content/facts.yml"),
        (CANCEL, "    facts: [F14]\n", "", "  seller_refused:", "'outcomes.seller_refused.facts' is missing"),
        (CANCEL, "      another: {label: Another status, next: another_status}\n", "", "    answers:", "expected at least 2 entries, found 1"),
        (CANCEL, "text: What is", "texts: What is", "texts: What is", "unknown key 'questions.status.texts' (did you mean 'text'?)"),
        (CANCEL, "text: What is", "ask: What is", "ask: What is", "unknown key 'questions.status.ask': use 'text'"),
        (CANCEL, "{label: Another status", "{says: Another status", "another:", "unknown key 'questions.status.answers.another.says': use 'label' for an answer or 'result' for an outcome"),
        (CANCEL, "result: We know", "says: We know", "says: We know", "unknown key 'outcomes.another_status.says': use 'label' for an answer or 'result' for an outcome"),
        (CANCEL, "next_step: You can", "then: You can", "then: You can", "unknown key 'outcomes.another_status.then': use 'next_step'"),
        (PAGE, "F12, ", "", "sources:", f"{CANCEL}, which the page shows, states F12: claim it here"),
        (PAGE, "flow: can-i-still-cancel", "flow: can-i-still-cancle", "flow:", "there is no languages/en/flows/can-i-still-cancle.yml, or it has errors (did you mean 'can-i-still-cancel'?)"),
        (PAGE, "flow: can-i-still-cancel\n", "", None, "no page shows it: write 'flow: can-i-still-cancel' at the top of one"),
        (PAGE, "flow: can-i-still-cancel", "flow: ../cancel", "flow:", "'flow': expected small letters, digits and hyphens, such as can-i-still-cancel, found '../cancel'"),
    ],
)  # fmt: skip
def test_a_planted_error_is_reported_with_its_line(
    project: Project, file: str, old: str, new: str, at: str | None, message: str
) -> None:
    project.edit(file, old, new)
    with pytest.raises(ProblemsError) as caught:
        load(project.root)
    where = f"{file}:{project.line_of(file, at)}" if at else f"{CANCEL}:1"
    found = str(caught.value).splitlines()
    assert [line for line in found if line.startswith(f"{where}: ") and message in line], found


def test_many_paths_to_one_question_are_no_loop_and_quickly_followed(tmp_path: Path) -> None:
    """With each question doubling the paths, there are more of them than anybody can follow."""
    english = language.read(ROOT)
    file = tmp_path / flow.file_of(english, "long")
    file.parent.mkdir(parents=True)
    questions = "".join(
        f"  q{n}: {{text: Which, answers: {{a: {{label: A, next: q{n + 1}}}, b: {{label: B, next: q{n + 1}}}}}}}\n"
        for n in range(50)
    )
    outcome = "outcomes:\n  q50: {result: The end, next_step: Go, link: index.md, facts: []}\n"
    file.write_text(f"title: Long\nquestions:\n{questions}{outcome}")
    flows, problems = flow.read_all(tmp_path, english)
    assert problems == []
    assert list(flows["long"].errors()) == []


def test_a_value_that_only_a_flow_states_is_stated_by_its_page() -> None:
    users = usage.pages_by_value(own_content())
    assert PAGE in {page.file for page in users["submit_button"]}
