"""What `mkdocs serve` keeps from one build to the next."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from helpcentre.content import hashed
from helpcentre.content.project import Project
from helpcentre.site.pictures import Picture
from helpcentre.site.scripts import Script
from macros.layout import CONTENT, DOCS, LANGUAGES, THEME


@dataclass
class Kept:
    """What is kept as long as nothing but pages changes, and no build fails."""

    inputs: Mapping[str, str]
    """What inputs() gave for it."""
    project: Project | None = None
    """The content, if it had no errors."""
    made: dict[str, Picture] = field(default_factory=dict)
    """Pictures, by path under docs/."""
    rendered: dict[str, tuple[str, str, Any, Any]] = field(default_factory=dict)
    """By path under docs/: a page's Markdown, and its HTML, table of contents and anchors."""
    workers: Mapping[str, Script] = field(default_factory=dict)
    """The search worker of each language, by tag."""
    calculators: Script = ("", b"")
    languages: "dict[str, Kept]" = field(default_factory=dict)
    """What is kept of each other language, by its tag in small letters."""


def inputs(root: Path) -> dict[str, str]:
    """Return the hash of every file that a build reads, by path; nothing for each page."""
    files = [root / "mkdocs.yml"]
    for folder in (DOCS, CONTENT, LANGUAGES, THEME):
        files += (file for file in (root / folder).rglob("*") if file.is_file())
    found = {}
    for file in files:
        if not file.name.startswith("."):
            with suppress(FileNotFoundError):  # an editor's temporary file
                is_page = file.suffix == ".md"
                found[str(file)] = "" if is_page else hashed.digest(file.read_bytes())
    return found
