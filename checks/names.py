"""Which names a page's macros use, found in its syntax tree before anything renders."""

import re
from collections.abc import Iterator

from jinja2 import Environment, TemplateSyntaxError, meta, nodes
from pydantic import BaseModel

from checks.page import Page
from macros.policy import Policy
from macros.problem import Problem
from macros.strict_yaml import did_you_mean

_ENVIRONMENT = Environment(autoescape=False)  # noqa: S701 - parses, never renders
_OPENING = re.compile(r"\{\{|\{%|\{#")
_STRAY = re.compile(r"\}\}|%\}|#\}|\bpolicy\.\w+")


def check(page: Page, policy: Policy) -> Iterator[Problem]:
    """Yield a problem for each macro of `page`, in body or description, that cannot be filled in."""
    description = page.front_matter.description
    for template, first_line in (
        (description, page.line_of_key("description")),
        (page.body, page.body_line),
    ):
        for line, message in _mistakes(template, policy):
            yield Problem(page.file, first_line + line - 1, message)


def _mistakes(template: str, policy: Policy) -> Iterator[tuple[int, str]]:
    """Yield the line in `template`, from 1, and the message of each mistake."""
    try:
        tree = _ENVIRONMENT.parse(template)
    except TemplateSyntaxError as error:
        yield _opening_line(template, error.lineno), f"a macro begins here and cannot be read: {error.message}"
        return
    for line, kind, text in _ENVIRONMENT.lex(template):
        if kind == "data" and (found := _STRAY.search(text)):
            yield line + text[: found.start()].count("\n"), f"'{found[0]}' stands outside of {{{{ ... }}}}"
    unknown = meta.find_undeclared_variables(tree) - {"policy"}
    for name in tree.find_all(nodes.Name):
        if name.name in unknown:
            near = did_you_mean(f"policy.{name.name}", (f"policy.{known}" for known in dir(policy)))
            yield name.lineno, f"unknown name '{name.name}'{near}"
    for use in tree.find_all(nodes.Getattr):
        if message := _wrong_attribute(use, policy):
            yield use.lineno, message


def _wrong_attribute(use: nodes.Getattr, policy: Policy) -> str | None:
    """Say what is wrong with `policy.name` or `policy.name.form`."""
    match use:
        case nodes.Getattr(node=nodes.Name(name="policy"), attr=name):
            known = {f"policy.{value}" for value in dir(policy)}
            asked = f"policy.{name}"
        case nodes.Getattr(node=nodes.Getattr(node=nodes.Name(name="policy"), attr=name), attr=form):
            if name not in dir(policy):
                return None  # told once, by the case above
            known = {f"policy.{name}.{each}" for each in _forms(getattr(policy, name))}
            asked = f"policy.{name}.{form}"
        case _:
            return None
    return None if asked in known else f"unknown value '{asked}'{did_you_mean(asked, known)}"


def _forms(value: BaseModel) -> set[str]:
    """Return the names after the dot that a page may use of `value`: its fields and properties."""
    properties = (name for kind in type(value).__mro__[: -len(BaseModel.__mro__)] for name in vars(kind))
    return {name for name in (*type(value).model_fields, *properties) if not name.startswith(("_", "model_"))}


def _opening_line(template: str, failed_line: int) -> int:
    """Return the line on which the macro begins that failed on `failed_line`."""
    read = "".join(template.splitlines(keepends=True)[:failed_line])
    last = max((found.start() for found in _OPENING.finditer(read)), default=0)
    return read[:last].count("\n") + 1
