"""Values in a writer's text: what we accept, Jinja, which fills pages in, reads in the same way."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jinja2 import Environment, nodes

from helpcentre.content import template
from macros.linked import LinkedPolicy
from macros.policy import read
from tests.project import DAY, ROOT, Project, load

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
    linked = LinkedPolicy(POLICY, "orders/")
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


def test_in_a_year_of_previews_pages_change_on_the_days_of_changes_only(project: Project) -> None:
    """And the lint accepts the content on each of them and on the day before."""
    project.set_value(
        "seller_response_time",
        """notice: 14
    rows:
      - {from: 2020-03-16, value: {kind: duration, count: 72, unit: hour}}
      - {from: 2027-03-01, value: {kind: duration, count: 1, unit: hour}}""",
    )
    project.set_value(
        "refund_arrival",
        """rows:
      - {from: 2020-03-16, value: {kind: range, min: 3, max: 20, unit: business day}}
      - {from: 2027-06-15, value: {kind: range, min: 3, max: 15, unit: business day}}""",
    )
    content = load(project.root)
    year = [date(2026, 12, 1) + timedelta(days=n) for n in range(366)]
    texts = {
        day: [
            template.render(page.body, content.history.on(day)) for page in content.pages.values()
        ]
        for day in year
    }
    changes = [day for before, day in pairwise(year) if texts[before] != texts[day]]
    assert changes == [date(2027, 2, 15), date(2027, 3, 1), date(2027, 6, 15)]
    for day in changes:
        load(project.root, day - timedelta(days=1))
        load(project.root, day)
    remaining = "of the preparation period remains, the seller"
    assert remaining not in "".join(texts[date(2027, 2, 28)])
    assert remaining in "".join(texts[date(2027, 3, 1)])
