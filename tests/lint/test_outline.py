"""Where a page would not show the lists and steps that its writer sees in an editor."""

import pytest

from helpcentre.lint import outline
from tests.lint.pages import page
from tests.rendering import html_of


def found(text: str) -> list[str]:
    """Return what the rule finds in a page with this Markdown."""
    return [str(problem) for problem in outline.check_rendered(page(text), text, html_of(text))]


@pytest.mark.parametrize(
    "text",
    [
        '!!! note "A note"\n    Words:\n    - a list\n',
        '??? note "Details"\n    1. one\n       - two\n',
        '=== "Phone"\n    1. one\n\n=== "Computer"\n    Words.\n',
        "> [!NOTE]\n> Words:\n> - a list\n",
        "> [!TIP]\n> Words.\n",
        "- [ ] to do\n- [x] done\n",
        "Term\n:   Its meaning.\n\n    More of it.\n",
        "Words[^1].\n\n[^1]: A footnote.\n",
        '<figure markdown="span">\n  ![I](a.svg)\n  <figcaption>Words</figcaption>\n</figure>\n',
        '<details markdown="1">\n<summary>More</summary>\n\n- a list\n\n</details>\n',
        "| a | b |\n|---|---|\n| c | d |\n",
        "<!-- a remark -->\n\nWords <!-- another --> here.\n",
    ],
)
def test_what_the_theme_documents_has_the_same_blocks(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("Words.\n\n- x\n\n| a |\n|---|\n| b |\nafter\n", 14, "show a table here, this site a paragraph"),
        ("   - a\n    - a\n", 10, "show nothing more here, this site a list"),
    ],
)  # fmt: skip
def test_a_difference_is_an_error_with_its_line(text: str, line: int, message: str) -> None:
    (problem,) = found(text)
    assert problem.startswith(f"docs/a.md:{line}: GitHub and editors {message}")
    assert "put a blank line before" in problem


def test_the_line_is_that_of_the_file_although_values_are_filled_in() -> None:
    body = "{# a remark\nof two lines #}\nWait {{ policy.x }}.\n\n| a |\n|---|\n| b |\nafter"
    filled = "\nWait 10 hours.\n\n| a |\n|---|\n| b |\nafter"
    (problem,) = outline.check_rendered(page(body), filled, html_of(filled))
    assert problem.line == 10 + 4


def test_there_is_room_for_any_number_of_tabs() -> None:
    tabs = "\n\n".join(f'=== "Phone {number}"\n    Words.' for number in range(20))
    assert found(f"Words.\n\n{tabs}\n") == []
