"""The same content as Material for MkDocs builds it alone, with its own templates and search."""

import re

from macros.layout import DOCS
from tests.project import Project

CONFIG = """
theme: {name: material, font: false, features: [navigation.prune]}
plugins: [search, {macros: {module_name: macros}}]
markdown_extensions: [admonition, attr_list, md_in_html, tables]
"""
_OUR_TEMPLATES = re.compile(r"^(?:template|icon):.*\n", re.MULTILINE)


def as_stock(project: Project) -> None:
    """Remove everything of ours from `project` but the pages, the values and the macros."""
    config = project.root / "mkdocs.yml"
    nav = config.read_text(encoding="utf-8").partition("\nnav:")[2].partition("\ntheme:")[0]
    config.write_text(f"site_name: Help\nnav:{nav}{CONFIG}", encoding="utf-8")
    for path in (project.root / DOCS).rglob("*.md"):
        text = path.read_text(encoding="utf-8")
        path.write_text(_OUR_TEMPLATES.sub("", text), encoding="utf-8")
