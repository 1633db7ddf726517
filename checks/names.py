"""What a page's macros say, read from its syntax tree before anything renders.

A page may state values, and nothing more: no calls, loops, filters or includes. What cannot be
written cannot go wrong, run code or take forever.
"""

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from jinja2 import Environment, TemplateSyntaxError, nodes
from markupsafe import Markup, escape

from checks.page import Page
from macros.linked import LinkedPolicy
from macros.policy import Policy
from macros.problem import Problem
from macros.strict_yaml import did_you_mean

_JINJA = Environment(autoescape=True)
"""Reads macros, and never runs any."""

_read = lru_cache(maxsize=4096)(_JINJA.parse)
"""The syntax tree of a template: a page's is asked for several times, and in every build."""

_OPENING = re.compile(r"\{\{|\{%|\{#")
_ONLY_VALUES = "a page may only state values, as in {{ policy.name }} or {{ policy.name.plain }}"
_STRAY = re.compile(r"\}\}|%\}|#\}|\{\s*policy\.\w+")


def check(page: Page, policy: Policy) -> Iterator[Problem]:
    """Yield a problem for each macro in the body or description that cannot be filled in."""
    description = page.front_matter.description
    for template, first_line in (
        (description, page.line_of_key("description")),
        (page.body, page.body_line),
    ):
        for line, message in mistakes(template, policy):
            yield Problem(page.file, first_line + line - 1, message)


def used(page: Page) -> frozenset[str]:
    """Return the names of the values that `page`, in which `check` found no mistake, states."""
    return used_in(page.front_matter.description) | used_in(page.body)


@cache
def used_in(template: str) -> frozenset[str]:
    """Return the names of the values that `template`, in which there is no mistake, states."""
    uses = _read(template).find_all(nodes.Getattr)
    return frozenset(use.attr for use in uses if isinstance(use.node, nodes.Name))


def fill(template: str, policy: Policy) -> Markup:
    """Return a description in which there is no mistake, with its values as pages show them.

    `.striptags()` of it gives the plain words.
    """
    # Front matter refuses HTML, and values escape their words.
    return Markup(render(template, policy))  # noqa: S704


def render(template: str, policy: Policy | LinkedPolicy) -> str:
    """Return `template` with its values filled in. Nothing else in it is ever run.

    Raises whatever a value raises that cannot say itself; ValueError for a template with mistakes.
    """
    return "".join(
        _said(node, policy) for output in _read(template).body for node in _parts_of(output)
    )


def _parts_of(output: nodes.Node) -> list[nodes.Expr]:
    if not isinstance(output, nodes.Output):
        raise ValueError(_ONLY_VALUES)
    return output.nodes


def _said(node: nodes.Expr, policy: Policy | LinkedPolicy) -> str:
    """Return the words of a part of a template: what stands there, or a value."""
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


def mistakes(template: str, policy: Policy) -> Iterator[tuple[int, str]]:
    """Yield the line in `template`, from 1, and the message of each mistake."""
    try:
        tree = _read(template)
    except TemplateSyntaxError as error:
        line = _opening_line(template, error.lineno)
        yield line, f"a macro begins here and cannot be read: {error.message}"
        return
    except (RecursionError, ValueError):  # thousands of brackets, or of digits
        first = _OPENING.search(template)
        yield template[: first.start() if first else 0].count("\n") + 1, _ONLY_VALUES
        return
    for line, kind, text in _JINJA.lex(template):
        if kind == "raw_begin":
            yield line, _ONLY_VALUES
        if kind == "data" and (found := _STRAY.search(text)):
            yield (
                line + text[: found.start()].count("\n"),
                f"'{found[0]}' stands outside of {{{{ }}}}",
            )
    for output in tree.body:
        if not isinstance(output, nodes.Output):
            yield output.lineno, _ONLY_VALUES
            continue
        for node in output.nodes:
            if not isinstance(node, nodes.TemplateData) and (message := wrong(node, policy)):
                yield node.lineno, message


def wrong(node: nodes.Expr, policy: Policy) -> str | None:
    """Say why `node` is not `policy.name` or `policy.name.form`; None if it is."""
    known = {f"policy.{name}" for name in dir(policy)}
    match node:
        case nodes.Name(name=name):
            return f"unknown name '{name}'{did_you_mean(f'policy.{name}', known)}"
        case nodes.Getattr(node=nodes.Name(name="policy"), attr=name):
            asked = f"policy.{name}"
        case nodes.Getattr(node=nodes.Getattr(node=nodes.Name(name="policy")) as value, attr=form):
            if mistake := wrong(value, policy):
                return mistake
            asked = f"policy.{value.attr}.{form}"
            known = {f"policy.{value.attr}.{each}" for each in getattr(policy, value.attr).FORMS}
        case _:
            return _ONLY_VALUES
    return None if asked in known else f"unknown value '{asked}'{did_you_mean(asked, known)}"


def _opening_line(template: str, failed_line: int) -> int:
    """Return the line on which the macro begins that failed on `failed_line`."""
    read = "".join(template.splitlines(keepends=True)[:failed_line])
    last = max((found.start() for found in _OPENING.finditer(read)), default=0)
    return read[:last].count("\n") + 1
