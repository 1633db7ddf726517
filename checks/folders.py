"""docs/ holds pages, and in docs/assets/ what they show; all of it is published as it is."""

from collections.abc import Iterator
from pathlib import Path

from checks import page
from macros.problem import Problem

_SHOWN = (".css", ".js", ".svg", ".png", ".jpg", ".webp", ".avif", ".ico")


def check(root: Path) -> Iterator[Problem]:
    """Yield a problem for each file under docs/ that is neither, and for each link out of it."""
    pages = set(page.files(root))
    for path in sorted((root / "docs").rglob("*")):
        file = path.relative_to(root).as_posix()
        hidden = any(part.startswith(".") for part in path.relative_to(root).parts)
        if hidden:  # MkDocs leaves it out
            continue
        if path.is_symlink():
            yield Problem(file, 1, "is a link to elsewhere: put a copy here")
        elif path.is_file() and file.startswith("docs/assets/") and path.suffix not in _SHOWN:
            yield Problem(file, 1, f"is no {', '.join(_SHOWN)}: pages show nothing else")
        elif path.is_file() and file not in pages and not file.startswith("docs/assets/"):
            yield Problem(file, 1, "is no page: what pages show belongs in docs/assets/")
