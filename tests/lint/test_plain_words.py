"""Plain words: pages are measured as a shopper reads them, with their values filled in."""

import sys
from pathlib import Path

import pytest

from helpcentre import content
from helpcentre.lint import plain_words
from tests.project import Project, load, own_content, run

STATUS = "docs/refunds/check-refund-status.md"
TRUTH = "They show whether Aleigro has successfully processed the refund."


def problems(project: Project) -> list[str]:
    """Return what the rule finds in the project."""
    return [str(problem) for problem in plain_words.check(load(project.root))]


def words(count: int) -> str:
    """Return a sentence of so many words, the last of which ends it."""
    return " ".join(["so"] * (count - 1)).capitalize() + " it."


def test_the_projects_own_pages_use_plain_words() -> None:
    own = own_content()
    assert list(plain_words.check(own)) == []
    assert list(plain_words.suggestions(own)) == []


@pytest.mark.parametrize(("count", "long"), [(24, False), (25, False), (26, True)])
def test_a_sentence_has_at_most_25_words(project: Project, count: int, long: bool) -> None:
    project.edit(STATUS, "## What comes next\n", f"## What comes next\n\n{words(count)}\n")
    line = project.line_of(STATUS, "So so")
    message = f"{STATUS}:{line}: a sentence of {count} words: expected at most 25"
    assert [each.startswith(message) for each in problems(project)] == [True] * long


@pytest.mark.parametrize(
    ("tag", "sentence", "message"),
    [
        ("es", "Es " * 32 + "así.", "a sentence of 33 words: expected at most 32: 'Es Es"),
        ("es", "Es " * 31 + "así.", ""),
        ("ar", "هل " * 24 + "كذلك؟ نعم هو كذلك.", ""),
        ("ar", "هل " * 25 + "كذلك؟ نعم هو كذلك.", "a sentence of 26 words: expected at most 25"),
        ("zh-hans", "请" * 61 + "。", "a sentence of 61 characters: expected at most 60: '请请请"),
        ("zh-hans", f"{'请' * 50}。{'请' * 50}！", ""),
        ("zh-hans", f"1. {'请' * 61}。", "a sentence of 61 characters"),
    ],
)  # fmt: skip
def test_a_translations_sentences_are_as_long_as_its_language_allows(
    tmp_path: Path, tag: str, sentence: str, message: str
) -> None:
    project = Project.copy(tmp_path / "project", "docs", "languages", "content", "mkdocs.yml", translations=True)  # fmt: skip
    file = f"languages/{tag}/{STATUS}"
    project.edit(file, "\n##", f"\n{sentence}\n\n##")
    found = [str(problem) for problem in plain_words.check(content.read(project.root))]
    line = project.line_of(file, sentence)
    assert [each.startswith(f"{file}:{line}: {message}") for each in found] == [True] * bool(
        message
    )


def test_values_are_counted_as_they_read(project: Project) -> None:
    """A value of five words makes a sentence of 21 too long by one."""
    value = "{{ policy.refund_arrival }}"  # 3 to 20 business days
    project.edit(STATUS, "## What comes next\n", f"## What comes next\n\n{value} {words(21)}\n")
    assert [each for each in problems(project) if "a sentence of 26 words" in each]


def test_a_sentence_in_a_flow_counts_too(project: Project) -> None:
    flow = "languages/en/flows/can-i-still-cancel.yml"
    project.edit(
        flow, "next_step: It is shipped from", f"next_step: {words(26)} It is shipped from"
    )
    line = project.line_of(flow, "next_step: So so")
    assert [
        each for each in problems(project) if each.startswith(f"{flow}:{line}: a sentence of 26")
    ]


def test_sentences_are_short_on_average(project: Project) -> None:
    project.edit(STATUS, "## What comes next\n", "## What comes next\n\n" + f"{words(25)}\n\n" * 20)
    assert [each for each in problems(project) if "words on average: expected at most 15" in each]


def test_long_words_raise_the_grade(project: Project) -> None:
    hard = "Notwithstanding aforementioned considerations, reimbursement authorisation necessitates verification. "
    project.edit(STATUS, "## What comes next\n", f"## What comes next\n\n{hard * 6}\n")
    assert [each for each in problems(project) if "the reading grade is" in each]


def test_the_home_page_is_held_to_an_easier_grade(project: Project) -> None:
    project.edit(
        "docs/index.md", "Ask your question here.", "Discover innumerable possibilities here."
    )
    (only,) = problems(project)
    assert only.startswith("docs/index.md:")
    assert "expected at most 6" in only


def test_the_answer_is_in_the_first_two_sentences(project: Project) -> None:
    before = (project.root / STATUS).read_text(encoding="utf-8")
    assert TRUTH in before
    project.edit(STATUS, "Check the order details.\n", "Many shoppers ask us this. We like to help.\n\nCheck the order details.\n")  # fmt: skip
    assert [each for each in problems(project) if "answer first" in each]


@pytest.mark.parametrize(
    "text",
    [
        "| Service | Where | Time |\n|---|---|---|\n" + "| Post | The counter | Soon |\n" * 12,
        "Service | Where\n--- | ---\n" + "Post | The counter\n" * 12,
        "- Bosnia and Herzegovina\n- Liechtenstein\n- Azerbaijan (Nakhchivan)\n" * 9,
        f"1. {'Kazakhstan ' * 30}\n   {'Uzbekistan ' * 30}",
        f"```\n{'internationalisation ' * 40}\n\n.\n```",
        "{{ policy.refund_arrival }}\n\n<table><tr><td>"
        + "Herzegovina " * 30
        + "</td></tr></table>",
    ],
)
def test_cells_items_and_code_are_no_prose(project: Project, text: str) -> None:
    project.edit(STATUS, "## What comes next\n", f"## What comes next\n\n{text}\n")
    assert problems(project) == []


@pytest.mark.parametrize(
    "step", ["- {}", "1. **{}**", "- {}\n- Then go.", "- Open it.\n- Wait\n\n{}"]
)
def test_steps_that_are_sentences_are_prose(project: Project, step: str) -> None:
    text = step.format(words(26))
    project.edit(STATUS, "## What comes next\n", f"## What comes next\n\n{text}\n")
    (only,) = problems(project)
    assert only.startswith(f"{STATUS}:{project.line_of(STATUS, 'So so')}: a sentence of 26 words")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“Wait.” Then go.", ["“Wait", "Then go"]),
        ('Say "No!" (Then stop.) Go.', ['Say "No', "(Then stop", "Go"]),
        ("It ships to the U.S. Postal Service.", ["It ships to the U.S. Postal Service"]),
        ("Cards, e.g. Visa, etc. are fine.", ["Cards, e.g. Visa, etc. are fine"]),
        ("See no. 5 of it. Say no. Then go.", ["See no. 5 of it", "Say no", "Then go"]),
        ("Ask Dr. Who. Choose plan B. Go.", ["Ask Dr. Who", "Choose plan B", "Go"]),
    ],
)
def test_quotes_end_sentences_and_abbreviations_do_not(text: str, expected: list[str]) -> None:
    found = plain_words.sentences(text, 1, own_content())
    assert [sentence.text for sentence in found] == expected


@pytest.mark.parametrize(
    ("sentence", "warning"),
    [
        ("The parcel is sent by air.", "'is sent' is passive"),
        ("Please get in touch with us.", "'get in touch' is an idiom"),
    ],
)
def test_passive_verbs_and_idioms_are_warnings(
    project: Project, sentence: str, warning: str
) -> None:
    project.edit(STATUS, "## What comes next\n", f"## What comes next\n\n{sentence}\n")
    (found,) = plain_words.suggestions(load(project.root))
    assert str(found).startswith(f"{STATUS}:{project.line_of(STATUS, sentence)}: {warning}")


@pytest.mark.slow
def test_a_misspelt_word_is_an_error_and_a_misspelt_search_phrase_is_not(project: Project) -> None:
    codespell = Path(sys.executable).parent / "codespell"
    assert run(codespell, "docs", cwd=project.root).code == 0
    project.edit(STATUS, "Check the order details.\n", "Check the order detials.\n")
    outcome = run(codespell, "docs", cwd=project.root)
    assert f"{STATUS}:{project.line_of(STATUS, 'detials')}: detials ==> details" in outcome.output
    assert outcome.code != 0


@pytest.mark.parametrize(
    ("word", "count"),
    [("order", 2), ("the", 1), ("closed", 1), ("processed", 2), ("cancelled", 2), ("people", 2),
     ("time", 1), ("business", 2), ("parcel", 2), ("seller", 2), ("refund", 2), ("72", 1)],
)  # fmt: skip
def test_syllables_are_counted_by_vowels(word: str, count: int) -> None:
    assert abs(plain_words.syllables(word) - count) <= (word == "business")
