"""Markup that readers would see is an error with its line and the spelling that works."""

import pytest

from helpcentre.lint import leftovers
from tests.lint.pages import page
from tests.rendering import html_of


def found(text: str) -> list[str]:
    """Return what the rule finds in a page with this Markdown."""
    return [str(problem) for problem in leftovers.check_rendered(page(text), text, html_of(text))]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("Words.\n\n:::tip\nWords\n:::", "12: ':::tip' is shown to readers: this kind of block"),
        ('Words.\n\n--8<-- "a.md"', "12: '--8<--' is shown to readers: this kind of block"),
        ("A [link][missing].", "10: '[link][missing]' is shown to readers: there is no address"),
        ("A [link] (a.md).", "10: '[link] (a.md)' is shown to readers: write a link"),
        ("A note[^1].", "10: '[^1]' is shown to readers: there is no footnote"),
        ("** bold **", "10: '**' is shown to readers: end bold"),
        ("~~ old ~~", "10: '~~' is shown to readers"),
        ("One `code", "10: '`' is shown to readers: end code"),
        ("What you need:\n2. the number", "11: '2. t' is shown to readers: put a blank line before"),
        ("Words {: .red", "10: '{:' is shown to readers: these braces"),
        ("Press ++notakey-x++.", "10: '++notakey-x++' is shown to readers"),
        ("An :material-no-such-icon:.", "10: ':material-no-such-icon:' is shown to readers: there is no icon"),
        ("| A | b |\n| c | d |", "10: '| A | b |' is shown to readers: a table needs"),
        (r"A \<b> and \&copy;", "10: '<b>' is shown to readers: HTML is shown"),
        ("> words\n> [!NOTE]", "'[!NOTE]' is shown to readers: write '> [!NOTE]' as the first"),
        ("*[HTML]: Words\n\nHTML", "'*[HTML]:' is shown to readers: abbreviations"),
    ],
)  # fmt: skip
def test_what_is_left_is_an_error(text: str, message: str) -> None:
    assert any(message in problem for problem in found(text)), found(text)


@pytest.mark.parametrize(
    "text",
    [
        "Words - and more words, 2 * 3 = 6; a_b_c and snake_case, #1, C:\\Users.",
        "Open 9:30 [sic] (or so), ratio 16:9, a/b, 5 > 3, R&D, :-), e.g. {this}.",
        "`**code**`, `[x](y)` and `{: .x }`\n\n```\n- [ ] <b>\n:::tip\n```",
        "~~old~~, ==new==, ++ctrl+c++, **bold**, *slanted*, :material-check:",
        "- [x] done\n\n| a | b |\n|---|---|\n| `x|y` | c |",
        "A footnote[^1].\n\n[^1]: Its words.\n\n[ref]: a.md\n\nA [link][ref].",
        '<a class="row" href="#x"><span class="value">a ** b</span></a>',
        "Year 2020. 3 days. I. One",
    ],
)
def test_finished_text_is_no_leftover(text: str) -> None:
    assert found(text) == []
