"""Values in a writer's text: what we accept, Jinja, which fills pages in, reads in the same way."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jinja2 import Environment, nodes

from helpcentre.content import template
from macros.linked import LinkedPolicy
from macros.policy import read
from tests.project import DAY, ROOT

JINJA = Environment(keep_trailing_newline=True)  # noqa: S701 - values escape their words
POLICY = read(ROOT).on(DAY)
PIECES = st.sampled_from(
    [
        "{{", "}}", "{%", "%}", "{#", "#}", "{", "}", "#", "%", "-", "+", ".", "|", "(", ")", "[", "'", '"',
        " ", "\n", "\t", "\x0b", "\xa0", "policy", "policy.", "refund_arrival", ".plain", "plain", "x",
        "{{ policy.refund_arrival }}", "{{policy.refund_arrival.plain}}", "{# a comment #}",
        "raw", "set", "for", "endraw", "in", "1", "é", "__class__", "## line", "\\",
    ]
)  # fmt: skip


def run_by_jinja(text: str) -> set[str]:
    """Return what Jinja would do with `text`: the names of values, and the kinds of all else."""
    found = set()
    for output in JINJA.parse(text).body:
        for node in output.nodes if isinstance(output, nodes.Output) else [output]:
            match node:
                case nodes.TemplateData():
                    pass
                case (
                    nodes.Getattr(node=nodes.Name(name="policy"), attr=name)
                    | nodes.Getattr(
                        node=nodes.Getattr(node=nodes.Name(name="policy"), attr=name), attr="plain"
                    )
                ):
                    found.add(name)
                case _:
                    found.add(type(node).__name__)
    return found


@pytest.mark.slow
@settings(max_examples=1_000, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(PIECES, max_size=12).map("".join))
def test_jinja_fills_in_the_values_that_we_accept_and_does_nothing_else(text: str) -> None:
    if list(template.errors(text, POLICY)):
        return
    assert run_by_jinja(text) == template.values_in(text)
    assert JINJA.from_string(text).render(policy=POLICY) == template.render(text, POLICY)


def test_a_value_on_a_page_has_the_same_words() -> None:
    """A page's values are links, made by macros/linked.py; `plain` forms are the same."""
    text = "{{ policy.refund_arrival.plain }} {# not shown #}{{ policy.cancel_button }}"
    linked = LinkedPolicy.on_page(POLICY, "orders/")
    assert JINJA.from_string(text).render(policy=linked) == template.render(text, POLICY)


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
