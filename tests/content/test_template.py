"""What a page may write between braces is exactly what the macros plugin's Jinja then fills in."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jinja2 import Environment, StrictUndefined, nodes

from helpcentre.content import template
from macros.policy import read
from tests.project import ROOT

POLICY = read(ROOT).on(date(2026, 11, 23))
JINJA = Environment(undefined=StrictUndefined, keep_trailing_newline=True)  # noqa: S701
FRAGMENTS = [
    "{{", "}}", "{%", "%}", "{#", "#}", "{", "}", "-", "+", "#", "%", " ", "\n", ".", "policy",
    "refund_arrival", "plain", "min", "__class__", "_values", "config", "(", ")", "[", "'", '"', "|",
    "raw", "endraw", "for x in y", "typed: a reason", "{{ policy.refund_arrival }}",
    "{{policy.refund_arrival.max}}", "{# typed: a law #}", "words", "\\", "&", "<b>",
]  # fmt: skip


@settings(max_examples=2000, deadline=None)
@given(st.lists(st.sampled_from(FRAGMENTS), max_size=12).map("".join))
def test_a_text_without_errors_is_to_jinja_text_and_values_and_nothing_else(text: str) -> None:
    if any(template.errors(text, POLICY)):
        return
    for output in JINJA.parse(text).body:
        assert isinstance(output, nodes.Output)
        for node in output.nodes:
            if isinstance(node, nodes.TemplateData):
                continue
            assert isinstance(node, nodes.Getattr)
            inner = node.node.node if isinstance(node.node, nodes.Getattr) else node.node
            assert isinstance(inner, nodes.Name)
            assert inner.name == "policy"
    assert JINJA.from_string(text).render(policy=POLICY) == template.render(text, POLICY)


@pytest.mark.parametrize(
    "text",
    [
        "{{ policy.refund_arrival }}",
        "{{policy.refund_arrival.plain}} and {{ policy.refund_arrival.max }}",
        "{# {{ not.read }} #}",
        "{# typed: the title of a law #} 28 Days Later",
        "braces { } and } { alone",
    ],
)
def test_values_and_comments_are_allowed(text: str) -> None:
    assert list(template.errors(text, POLICY)) == []


@pytest.mark.parametrize(
    "text",
    [
        "{{ cycler.__init__.__globals__.os.popen('id').read() }}",
        "{{ policy.refund_arrival.__class__ }}",
        "{{ policy.__init__ }}",
        "{{ ''.join('a') }}",
        "{% set policy = 1 %}",
        "{% include 'x' %}",
        "{% raw %}{% endraw %}",
        "{{ policy.refund_arrival | upper }}",
        "{{- policy.refund_arrival -}}",
        "{{{ policy.refund_arrival }}}",
        "{# a comment #}{{ config }}",
        "{# unclosed {{ policy.refund_arrival }}",
        "{{ policy.refund_arrival",
        "policy.refund_arrival }}",
        "{{ " * 5_000,
        "{{ 'a' * 10 ** 9 }}",
    ],
)
def test_everything_else_is_refused(text: str) -> None:
    assert list(template.errors(text, POLICY))
    with pytest.raises(ValueError, match=r"."):
        template.render(text, POLICY)


def test_an_error_has_the_line_on_which_the_macro_begins() -> None:
    text = "One.\n\nTwo {{ policy.refund_arival }}.\n{# a\ncomment #}\n{{ config }}\n"
    assert [line for line, _ in template.errors(text, POLICY)] == [3, 6]
