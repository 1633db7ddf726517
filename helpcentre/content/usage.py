"""Which pages, texts and templates state each value."""

from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path

from jinja2 import Environment, TemplateSyntaxError, nodes

from helpcentre.content import template
from helpcentre.content.page import Page
from helpcentre.content.project import Project
from macros.layout import THEME
from macros.problem import Problem, ProblemsError


def pages_by_value(project: Project) -> Mapping[str, list[Page]]:
    """Return the pages that state each value, by its name: in their text or in their flow."""
    pages: dict[str, list[Page]] = {}
    for page in sorted(project.pages.values(), key=lambda page: page.file):
        names = template.values_in(page.front_matter.description) | template.values_in(page.body)
        if page.front_matter.flow:
            for _, words in project.flows[page.front_matter.flow].texts():
                names |= template.values_in(words)
        for name in sorted(names):
            pages.setdefault(name, []).append(page)
    return pages


def in_templates(root: Path) -> Iterator[tuple[str, int, str, str | None]]:
    """Yield file, line, name and form of each `policy.name` and `policy.name.form` in theme/.

    Raises ProblemsError for a template that cannot be read.
    """
    for path in sorted((root / THEME).rglob("*.html")):
        file = path.relative_to(root).as_posix()
        try:
            uses = _values_in(path.read_text(encoding="utf-8"))
        except TemplateSyntaxError as error:
            raise ProblemsError([Problem(file, error.lineno, str(error.message))]) from error
        for line, name, form in uses:
            yield file, line, name, form


@lru_cache(maxsize=256)
def _values_in(source: str) -> list[tuple[int, str, str | None]]:
    """Return line, name and form of each value in a template's source. Parsing it is slow."""
    uses: list[tuple[int, str, str | None]] = []
    for use in Environment().parse(source).find_all(nodes.Getattr):  # noqa: S701
        match use:
            case nodes.Getattr(node=nodes.Name(name="policy"), attr=name):
                uses.append((use.lineno, name, None))
            case nodes.Getattr(
                node=nodes.Getattr(node=nodes.Name(name="policy"), attr=name), attr=form
            ):
                uses.append((use.lineno, name, form))
    return uses


def files_by_value(project: Project) -> Mapping[str, list[str]]:
    """Return the files, pages, texts and templates, that state each value, by its name."""
    files = {name: [page.file for page in pages] for name, pages in pages_by_value(project).items()}
    texts = project.texts
    for name in sorted({name for _, text in texts.all() for name in template.values_in(text)}):
        files.setdefault(name, []).append(texts.file)
    for file, _, name, _ in in_templates(project.root):
        if file not in files.setdefault(name, []):
            files[name].append(file)
    return files
