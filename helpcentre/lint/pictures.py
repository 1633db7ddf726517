"""Pictures can be shown, and pages say what each shows, for those who cannot see it."""

import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from helpcentre.content import links, picture
from helpcentre.content.page import Page
from helpcentre.content.project import Project
from macros.layout import DOCS
from macros.problem import Problem
from macros.strict_yaml import did_you_mean

_SHOWN = re.compile(
    r"<img\b|!\[(?P<alt>(?:\\.|[^\]\\])*)\](?:\(\s*<?(?P<target>[^\s)>]*)[^)]*\)|\[[^\]]*\])"
    r"(?P<attributes>\{[^}\n]*\})?"
)


def check(project: Project) -> Iterator[Problem]:
    """Yield a problem for each picture that cannot be shown, is missing, or is not described."""
    known = set()
    for path in picture.files(project.root):
        file = path.relative_to(project.root).as_posix()
        known.add(file.removeprefix(f"{DOCS}/"))
        if why := _why_not_shown(path, path.stat().st_mtime_ns):
            yield Problem(file, 1, why)
    for page in project.pages.values():
        if "![" in page.body or "<img" in page.body:
            yield from _in_page(page, known)


@lru_cache(maxsize=1024)  # `mkdocs serve` asks at each edit
def _why_not_shown(path: Path, changed: int) -> str:
    try:
        content = picture.read(path)
        if path.suffix == ".svg":
            picture.svg_size(picture.svg(content))
        else:
            picture.opened(content)
    except ValueError as error:
        return str(error)
    return ""


def _in_page(page: Page, known: set[str]) -> Iterator[Problem]:
    for found in _SHOWN.finditer(links.without_code(page.body)):
        line = page.line_at(found.start())
        target = found["target"]
        if target is None:
            yield Problem(page.file, line, "write a picture as ![What it shows](picture.png)")
            continue
        if not found["alt"].strip() and ".decoration" not in (found["attributes"] or ""):
            message = f"say what the picture shows: ![What it shows]({target}),"
            hint = f"{message} or ![]({target}){{ .decoration }} if it is there for its looks only"
            yield Problem(page.file, line, hint)
        source = page.source_of(target)
        if source not in known:
            message = f"there is no picture '{target}'{did_you_mean(source, known)}"
            yield Problem(page.file, line, message)
