"""Values in a writer's text: what we accept, Jinja, which fills pages in, reads in the same way."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jinja2 import Environment, nodes

from helpcentre.content import template
from macros.linked import LinkedPolicy
from macros.policy import Policy, read
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


def test_a_policy_is_not_needed_to_find_values() -> None:
    assert template.values_in("{# {{ policy.x }} #}{{ policy.y.plain }}") == {"y"}
    assert isinstance(POLICY, Policy)
