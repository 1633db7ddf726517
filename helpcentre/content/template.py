"""Policy values in a writer's text: read from its syntax tree, checked, and filled in.

A text may state values and nothing more: no calls, loops, filters or includes. What cannot be
written cannot go wrong, run code or take for ever.
"""

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from jinja2 import Environment, TemplateSyntaxError, nodes
from markupsafe import Markup, escape

from helpcentre.content.page import Page
from macros.policy import Policy
from macros.strict_yaml import did_you_mean

_JINJA = Environment(autoescape=True)
"""Parses templates, and never runs any."""

_parse = lru_cache(maxsize=4096)(_JINJA.parse)
"""The syntax tree of a template; several rules ask for a page's."""

_OPENING = re.compile(r"\{\{|\{%|\{#")
_ONLY_VALUES = "a page may only state values, as in {{ policy.name }} or {{ policy.name.plain }}"
_STRAY = re.compile(r"\}\}|%\}|#\}|\{\s*policy\.\w+")


def values_of(page: Page) -> frozenset[str]:
    """Return the names of the values that `page`, which has no template errors, states."""
    return values_in(page.front_matter.description) | values_in(page.body)


@cache
def values_in(template: str) -> frozenset[str]:
    """Return the names of the values that `template`, which has no errors, states."""
    uses = _parse(template).find_all(nodes.Getattr)
    return frozenset(use.attr for use in uses if isinstance(use.node, nodes.Name))


def fill(template: str, policy: Policy) -> Markup:
    """Return a text without HTML and without errors, with its values as pages show them.

    `.striptags()` of the result gives the plain words.
    """
    # Front matter and flows refuse HTML, and values escape their words.
    return Markup(render(template, policy))  # noqa: S704


def render(template: str, policy: Policy) -> str:
    """Return `template` with its values filled in. Nothing else in it is ever run.

    Raises ValueError for a template with errors, and whatever a value raises that has no words.
    """
    return "".join(
        _words(node, policy) for output in _parse(template).body for node in _parts(output)
    )


def _parts(output: nodes.Node) -> list[nodes.Expr]:
    if not isinstance(output, nodes.Output):
        raise ValueError(_ONLY_VALUES)
    return output.nodes


def _words(node: nodes.Expr, policy: Policy) -> str:
    """Return the words of one part of a template: literal text, or a value."""
    match node:
        case nodes.TemplateData(data=text):
            return text
        case nodes.Getattr(node=nodes.Name(name="policy"), attr=name) if name[0] != "_":
            return escape(getattr(policy, name))
        case nodes.Getattr(
            node=nodes.Getattr(node=nodes.Name(name="policy"), attr=name), attr=form
        ) if name[0] != "_":
            value = getattr(policy, name)
            if form in value.FORMS:
                return escape(getattr(value, form))
    raise ValueError(_ONLY_VALUES)


def errors(template: str, policy: Policy) -> Iterator[tuple[int, str]]:
    """Yield the line in `template`, from 1, and the message of each error."""
    if not _OPENING.search(template) and not _STRAY.search(template):
        return
    try:
        tree = _parse(template)
    except TemplateSyntaxError as error:
        line = _opening_line(template, error.lineno)
        yield line, f"this macro cannot be read: {error.message}"
        return
    except (RecursionError, ValueError):  # thousands of brackets, or of digits
        first = _OPENING.search(template)
        yield template[: first.start() if first else 0].count("\n") + 1, _ONLY_VALUES
        return
    for line, kind, text in _JINJA.lex(template):
        if kind == "raw_begin":
            yield line, _ONLY_VALUES
        if kind == "data" and (stray := _STRAY.search(text)):
            line += text[: stray.start()].count("\n")
            yield line, f"'{stray[0]}' is outside of {{{{ }}}}"
    for output in tree.body:
        if not isinstance(output, nodes.Output):
            yield output.lineno, _ONLY_VALUES
            continue
        for node in output.nodes:
            if not isinstance(node, nodes.TemplateData) and (message := error_in(node, policy)):
                yield node.lineno, message


def error_in(node: nodes.Expr, policy: Policy) -> str | None:
    """Return why `node` is not `policy.name` or `policy.name.form`; None if it is."""
    known = {f"policy.{name}" for name in dir(policy)}
    match node:
        case nodes.Name(name=name):
            return f"unknown name '{name}'{did_you_mean(f'policy.{name}', known)}"
        case nodes.Getattr(node=nodes.Name(name="policy"), attr=name):
            expression = f"policy.{name}"
        case nodes.Getattr(node=nodes.Getattr(node=nodes.Name(name="policy")) as value, attr=form):
            if error := error_in(value, policy):
                return error
            expression = f"policy.{value.attr}.{form}"
            known = {f"policy.{value.attr}.{form}" for form in getattr(policy, value.attr).FORMS}
        case _:
            return _ONLY_VALUES
    if expression in known:
        return None
    return f"unknown value '{expression}'{did_you_mean(expression, known)}"


def _opening_line(template: str, failed_line: int) -> int:
    """Return the line on which the macro begins that failed on `failed_line`."""
    read = "".join(template.splitlines(keepends=True)[:failed_line])
    last = max((found.start() for found in _OPENING.finditer(read)), default=0)
    return read[:last].count("\n") + 1
