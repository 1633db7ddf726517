"""The same content as Material for MkDocs builds it alone, with its own templates and search."""

import re

from macros.layout import DOCS
from tests.project import Project

CONFIG = """
theme: {name: material, font: false, features: [navigation.prune]}
plugins: [search, {macros: {module_name: macros}}]
"""
_OUR_TEMPLATES = re.compile(r"^(?:template|icon):.*\n", re.MULTILINE)
_OUR_EXTENSION = "  - helpcentre.content.commonmark\n"


def as_stock(project: Project) -> None:
    """Remove everything of ours from `project` but the pages, the values and the macros.

    The Markdown extensions that Material documents stay: pages may use what they could before.
    """
    config = project.root / "mkdocs.yml"
    text = config.read_text(encoding="utf-8")
    nav = text.partition("\nnav:")[2].partition("\ntheme:")[0]
    extensions = text.partition("\nmarkdown_extensions:")[2].partition("\nvalidation:")[0]
    if _OUR_EXTENSION not in extensions:
        raise ValueError(f"mkdocs.yml does not list {_OUR_EXTENSION.strip()}")
    extensions = extensions.replace(_OUR_EXTENSION, "")
    config.write_text(
        f"site_name: Help\nnav:{nav}{CONFIG}markdown_extensions:{extensions}", encoding="utf-8"
    )
    for path in (project.root / DOCS).rglob("*.md"):
        text = path.read_text(encoding="utf-8")
        path.write_text(_OUR_TEMPLATES.sub("", text), encoding="utf-8")
