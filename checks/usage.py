"""Where each value is stated, found in syntax trees: the order of building plays no part."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from jinja2 import Environment, TemplateSyntaxError, nodes

from checks import names
from checks.content import Content
from checks.page import Page
from macros.problem import Problem, ProblemsError


def pages_by_value(content: Content) -> Mapping[str, list[Page]]:
    """Return the pages that state each value, by its name: in their text or in their flow."""
    found: dict[str, list[Page]] = {}
    for page in sorted(content.pages.values(), key=lambda page: page.file):
        used = names.used(page)
        if page.front_matter.flow:
            for _, words in content.flows[page.front_matter.flow].texts():
                used |= names.used_in(words)
        for name in sorted(used):
            found.setdefault(name, []).append(page)
    return found


def in_templates(root: Path) -> Iterator[tuple[str, nodes.Getattr]]:
    """Yield file and expression for each `policy.name` and `policy.name.form` in our templates.

    Raises ProblemsError for a template that cannot be read.
    """
    for template in sorted((root / "overrides").rglob("*.html")):
        file = template.relative_to(root).as_posix()
        try:
            tree = Environment().parse(template.read_text(encoding="utf-8"))  # noqa: S701
        except TemplateSyntaxError as error:
            raise ProblemsError([Problem(file, error.lineno, str(error.message))]) from error
        for use in tree.find_all(nodes.Getattr):
            inner = use.node.node if isinstance(use.node, nodes.Getattr) else use.node
            if isinstance(inner, nodes.Name) and inner.name == "policy":
                yield file, use


def by_value(content: Content) -> Mapping[str, list[str]]:
    """Return the files, pages and templates, that state each value, by its name."""
    found = {name: [page.file for page in users] for name, users in pages_by_value(content).items()}
    for file, use in in_templates(content.root):
        if isinstance(use.node, nodes.Name) and file not in found.setdefault(use.attr, []):
            found[use.attr].append(file)
    return found
