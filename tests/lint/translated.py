"""What tests of translations do with a copy of the content in several languages."""

import re

from helpcentre.content.project import Project as Content
from tests.project import Project, load, problems


def change(project: Project, file: str, old: str, new: str) -> list[str]:
    """Replace what a regular expression finds first in a file, and return what the lint finds."""
    path = project.root / file
    text, count = re.subn(old, new, path.read_text(encoding="utf-8"), count=1, flags=re.MULTILINE)
    assert count, f"{file} has no {old}"
    path.write_text(text, encoding="utf-8")
    return problems(project)


def spanish(project: Project) -> Content:
    """Return the content in Spanish."""
    return load(project.root).translations["es"]
