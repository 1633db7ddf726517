"""Markdown reads as GitHub and editors show it, and values never show their markup."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from selectolax.lexbor import LexborHTMLParser

from helpcentre.content.commonmark import rewritten
from helpcentre.lint import outline
from tests.rendering import html_of

GITHUB = MarkdownIt("commonmark").enable(["table", "strikethrough"])
"""A CommonMark renderer that knows nothing of this project."""
VALUE = '<a class="row" href="../key-dates/#wait"><span class="value">10 &amp; 2 hours</span></a>'
PHONE = '<bdi class="value-whole"><a href="tel:112">112</a></bdi>'
LABEL = '<strong class="label" translate="no">A&#124;B</strong>'


def blocks(html: str) -> list[tuple[int, str]]:
    """Return depth and kind of each block of HTML."""
    return list(outline.blocks(LexborHTMLParser(html).body))


@pytest.mark.parametrize(
    "text",
    [
        "1. Open.\n\n   ![A](../assets/a.png)\n\n2. Tap.",
        "1. Open.\n   - one\n   - two\n2. Tap.",
        "1. Open.\n1. Tap.\n1. Wait.",
        "What you need:\n- the number\n- the date",
        "- one\n  - two\n    - three\n      - four\n- five",
        "* one\n\n  more of one\n* two",
        "1) one\n2) two",
        "- one\n- two\n\n* another list\n* of other marks",
        "10. ten\n11. eleven\n    - a point\n\n    a paragraph",
        "1. Run:\n   ```\n   a line\n     an indented line\n   ```\n2. Wait.",
        "- point\n\n      code in it",
        "Text\n```\ncode\n```\nText\n# Heading\nText",
        "Words before\n| a | b |\n|---|---|\n| c | d |",
        "- point\n  > quoted\n  > - a list\n- point",
        "> quoted\nlazily\n\n> another",
        "- lazy\nwords\n- two",
        "  - indented\n  - by two",
        "-   wide\n\n    marker\n-   two",
        "7. begins with seven\n8. eight",
        "text\n2. is no list",
        "Heading\n---\ntext\n***\ntext",
        "```\nnever closed",
        "    code\n\ntext",
        "#1 seller, no heading",
        "<p dir=\"rtl\">words</p>\n\ntext",
        "![one](a.png)\n![two](b.png)\n\ntext",
        "- [a](b.md)\n\n\n- far apart",
        "1. one\n\n   a second paragraph\n\n   1. inner\n   2. steps\n\n2. two",
    ],
)  # fmt: skip
def test_a_page_has_the_blocks_that_a_commonmark_renderer_shows(text: str) -> None:
    assert blocks(html_of(text)) == blocks(GITHUB.render(text))


LINES = st.lists(
    st.tuples(
        st.integers(0, 9),
        st.sampled_from(["- a", "* b", "1. c", "2) d", "> e", "f", "", "", "```", "# g", "| h |", "---"]),
    ).map(lambda line: " " * line[0] + line[1]),
    max_size=12,
)  # fmt: skip


@given(LINES)
def test_rewriting_loses_no_word(lines: list[str]) -> None:
    text = "\n".join(lines)
    assert re.findall("[a-h]", rewritten(text)) == re.findall("[a-h]", text)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (r"It costs \$5 and \#1", "It costs $5 and #1"),
        ("one\\\ntwo", "one<br />\ntwo"),
        (r"\<b> and \&copy;", "&lt;b&gt; and &amp;copy;"),
        (r"`\<b>`", r"<code>\&lt;b&gt;</code>"),
        (r"C:\Users", r"C:\Users"),
        ("~~old~~ and ==new==", "<del>old</del> and <mark>new</mark>"),
        ("H~2~O", "H~2~O"),
    ],
)
def test_marks_inside_a_line(text: str, shown: str) -> None:
    assert html_of(text) == f"<p>{shown}</p>"


@pytest.mark.parametrize(
    ("heading", "anchor"),
    [("退货", "退货"), ("Возврат денег", "возврат-денег"), ("Rücksendung", "rücksendung"), ("Two words", "two-words")],
)  # fmt: skip
def test_a_heading_has_an_id_in_any_script(heading: str, anchor: str) -> None:
    assert f'id="{anchor}"' in html_of(f"## {heading}")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (f"Wait {VALUE}.", f"<p>Wait {VALUE}.</p>"),
        (f"`{VALUE}`", "<code>10 &amp; 2 hours</code>"),
        (f"```\n{VALUE}\n```", "<code>10 &amp; 2 hours</code>"),
        (f"![{VALUE}](a.png)", 'alt="10 &amp; 2 hours"'),
        (f'[x](a.md "{VALUE}")', 'title="10 &amp; 2 hours"'),
        (f"[x](a.md?wait={VALUE})", 'href="a.md?wait=10%20%26%202%20hours"'),
        (f"[{VALUE}](a.md)", '<a href="a.md">10 &amp; 2 hours</a>'),
        (f'<p title="{VALUE}">x</p>', '<p title="10 &amp; 2 hours">x</p>'),
        (f"| a | b |\n|---|---|\n| {LABEL} | c |", f"<td>{LABEL}</td>\n<td>c</td>"),
        (f'=== "{VALUE}"\n    x', ">10 &amp; 2 hours</label>"),
        (f"Call {PHONE}.", f"<p>Call {PHONE}.</p>"),
        (f"`{PHONE}`", "<code>112</code>"),
        (f"[call {PHONE}](a.md)", '<a href="a.md">call 112</a>'),
        (f"![{PHONE}](a.png)", 'alt="112"'),
        (f"**{VALUE}**", f"<strong>{VALUE}</strong>"),
    ],
)
def test_a_value_shows_its_plain_words_where_it_cannot_be_a_link(text: str, shown: str) -> None:
    html = html_of(text)
    assert shown in html
    assert "\ue000" not in html


def test_a_nested_list_stays_tight() -> None:
    assert re.findall(r"<li>(\w+)", html_of("- a\n  - b\n  - c\n- d")) == ["a", "b", "c", "d"]


def test_many_levels_and_many_lines_are_read_in_bounded_time() -> None:
    deep = "\n".join(f"{'  ' * level}- x" for level in range(100))
    assert rewritten(deep)
    assert rewritten("> " * 2_000 + "x")
    assert rewritten("- x\n" * 10_000)
