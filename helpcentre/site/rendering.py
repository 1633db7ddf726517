"""A page's Markdown as it is rendered, and its HTML as readers get it."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from markdown import Extension, Markdown
from markupsafe import Markup

from helpcentre.content.project import Project
from helpcentre.site import pictures
from macros.problem import Problem

_MARKS = re.compile(r"[\\`*_{}\[\]()#+.!>-]")
"""What Markdown would take for markup in a title."""
_MACRO = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}|\{[{%#]", re.DOTALL)
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_PART = re.compile(r'(<h[2-4] id="([^"]*)"[^>]*>.*?)(</h[2-4]>)')
"""A heading, to which a link is added for whoever wants to copy its address."""
_TASK = re.compile(r'<input type="checkbox" disabled( checked)?/>')
"""A box that nobody can tick is a sign, which screen readers know by its name."""


class Shared(Extension):
    """Extensions of Markdown by their names, set up once for all pages.

    MkDocs sets up a Markdown of its own for every page, which would take a twentieth of a build.
    """

    def __init__(self, names: Iterable[str], settings: Mapping[str, Any]) -> None:
        """Set them up."""
        self._markdown = Markdown(extensions=list(names), extension_configs=settings)

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - Python-Markdown's name
        """Make `md` another name of the one that is set up; whoever made it resets it then."""
        md.__dict__ = self._markdown.__dict__


def without_macros(markdown: str) -> str:
    """Return `markdown` with nothing to fill in, on the same lines."""
    return _MACRO.sub(lambda macro: "\n" * macro[0].count("\n"), markdown)


def with_title(title: str, markdown: str) -> str:
    """Return `markdown` below a main heading with these plain words."""
    escaped = _MARKS.sub(lambda mark: f"\\{mark[0]}", title.replace("&", "&amp;"))
    return f"# {escaped}\n\n{markdown}"


def shown(html: str) -> str:
    """Return what Markdown made, without comments, and with signs for boxes."""
    return _TASK.sub(lambda task: "\u2611" if task[1] else "\u2610", _COMMENT.sub("", html))


def with_problems(html: str, problems: Iterable[Problem]) -> str:
    """Return the HTML of a draft below a list of its problems, if it may be shown."""
    is_safe = all(problem.rule != "markup" for problem in problems)
    listed = Markup("").join(map(Markup("<li>{}</li>").format, problems))
    return Markup("<ul>{}</ul>").format(listed) + Markup(html if is_safe else "")  # noqa: S704


def finished(html: str, known: Mapping[str, pictures.Picture], project: Project) -> str:
    """Return the HTML of a page for readers, who scroll wide tables and copy a part's address.

    `known` are the pictures by the names that pages call them by.
    """
    table, part = (project.texts.fill(name, project.policy) for name in ("table", "link_to_part"))
    html = pictures.shown(html, known)
    # The content security policy allows no styles inside a page.
    html = re.sub(r' style="text-align: (\w+);"', r' class="\1"', html)
    opening = f'<section class="table" aria-label="{table}" tabindex="0"><table'
    html = re.sub(r"<table\b", opening, html).replace("</table>", "</table></section>")
    return _PART.sub(rf'\1<a class="part" href="#\2" aria-label="{part}"></a>\3', html)
