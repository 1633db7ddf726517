"""Policy values in a writer's text: found, checked, and filled in.

A text may state values, as in {{ policy.name }} or {{ policy.name.form }}, and have comments, as in
{# ... #}. Everything else that Jinja would run is refused: what cannot be written cannot go wrong,
run code or take for ever.
"""

import re
from collections.abc import Iterator

from markupsafe import Markup, escape

from macros.policy import Policy
from macros.strict_yaml import did_you_mean

_NAME = r"[A-Za-z_]\w*"
_VALUE = re.compile(
    rf"\{{\{{\s*policy\s*\.\s*(?P<name>{_NAME})(?:\s*\.\s*(?P<form>{_NAME}))?\s*\}}\}}", re.ASCII
)
_BLOCK = re.compile(r"(?:\A|\n[ \t]*\n)\{\{[^{}]*\}\}(?=[ \t]*(?:\n[ \t]*(?:\n|\Z)|\Z))")
_COMMENT = re.compile(r"\{#.*?#\}", re.DOTALL)
_ANCHOR = re.compile(r"\{#[\w-]+\}")
_NAME_ALONE = re.compile(rf"\{{\{{\s*(?P<name>{_NAME})\s*\}}\}}", re.ASCII)
_OPENING = re.compile(r"\{\{|\{%|\{#")
_CLOSINGS = {"{{": "}}", "{%": "%}", "{#": "#}"}
_STRAY = re.compile(r"\}\}|%\}|#\}|\{\s*policy\.\w+")
_ONLY_VALUES = "a page may only state values, as in {{ policy.name }} or {{ policy.name.plain }}"


def values_in(template: str) -> frozenset[str]:
    """Return the names of the values that `template`, which has no errors, states."""
    return frozenset(name for name, _ in stated(template))


def stated(template: str) -> list[tuple[str, str | None]]:
    """Return the name and the form of each value in `template`, in order, each time it is there."""
    found = _VALUE.finditer(_COMMENT.sub("", template))
    return [(value["name"], value["form"]) for value in found]


def without_values(template: str) -> str:
    """Return `template` without its values and comments."""
    return _VALUE.sub("", _COMMENT.sub("", template))


def fill(template: str, policy: Policy) -> Markup:
    """Return a text without HTML and without errors, with its values as pages show them.

    `.striptags()` of the result gives the plain words.
    """
    # Front matter and flows refuse HTML, and values escape their words.
    return Markup(render(template, policy))  # noqa: S704


def render(template: str, policy: Policy) -> str:
    """Return `template` with its values filled in and without comments; nothing is ever run.

    Raises ValueError for a template with errors, and whatever a value raises that has no words.
    """
    if problems := list(errors(template, policy)):
        raise ValueError(problems[0][1])

    def words(value: re.Match[str]) -> str:
        found = getattr(policy, value["name"])
        return escape(getattr(found, value["form"]) if value["form"] else found)

    return _VALUE.sub(words, _COMMENT.sub("", template))


def errors(template: str, policy: Policy) -> Iterator[tuple[int, str]]:
    """Yield the line in `template`, from 1, and the message of each error."""
    end = 0
    for opening in _OPENING.finditer(template):
        start = opening.start()
        if start < end:  # inside a comment, or in what was reported already
            continue
        yield from _stray(template, end, start)
        line = template.count("\n", 0, start) + 1
        if macro := _VALUE.match(template, start):
            if error := error_in(macro["name"], macro["form"], policy):
                yield line, error
            elif macro["form"] == "table" and start not in _starts_of_blocks(template):
                yield line, f"'{macro[0]}' needs a line of its own, between blank lines"
            end = macro.end()
        elif anchor := _ANCHOR.match(template, start):
            yield line, f"an anchor is written with a colon: {{: {anchor[0][1:-1]} }}"
            end = anchor.end()
        elif comment := _COMMENT.match(template, start):
            end = comment.end()
            if comment[0][2] in "-+" or comment[0][-3] in "-+":  # Jinja removes the spaces around
                yield line, "a comment begins with '{# ' and ends with ' #}'"
        elif (close := template.find(_CLOSINGS[opening[0]], start)) < 0:
            yield line, f"this macro cannot be read: it has no {_CLOSINGS[opening[0]]}"
            return
        else:
            end = close + 2
            name = _NAME_ALONE.match(template, start)
            near = _near(name["name"], policy) if name else ""
            yield line, f"unknown name '{name['name']}'{near}" if name else _ONLY_VALUES
    yield from _stray(template, end, len(template))


def _stray(template: str, start: int, end: int) -> Iterator[tuple[int, str]]:
    if stray := _STRAY.search(template, start, end):
        yield template.count("\n", 0, stray.start()) + 1, f"'{stray[0]}' is outside of {{{{ }}}}"


def _starts_of_blocks(template: str) -> set[int]:
    """Return where macros begin that are paragraphs of their own."""
    return {block.start() + block[0].index("{{") for block in _BLOCK.finditer(template)}


def _near(name: str, policy: Policy) -> str:
    return did_you_mean(f"policy.{name}", {f"policy.{known}" for known in dir(policy)})


def error_in(name: str, form: str | None, policy: Policy) -> str | None:
    """Return why there is no value `policy.name` or `policy.name.form`; None if there is."""
    if name not in dir(policy):
        return f"unknown value 'policy.{name}'{_near(name, policy)}"
    value = getattr(policy, name)
    if not form or form in value.forms:
        return None
    expression = f"policy.{name}.{form}"
    near = did_you_mean(expression, {f"policy.{name}.{known}" for known in value.forms})
    hint = "" if did_you_mean(form, value.forms) else value.hint(form)
    return f"unknown value '{expression}'{hint or near}"
