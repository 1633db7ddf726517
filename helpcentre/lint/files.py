"""docs/ holds nothing but pages and, in docs/assets/, their pictures: all of it is published."""

from collections.abc import Iterator

from helpcentre.content.project import Project
from macros.layout import ASSETS, DOCS
from macros.problem import Problem

_PICTURES = (".svg", ".png", ".jpg", ".webp", ".avif", ".ico")


def check(project: Project) -> Iterator[Problem]:
    """Yield a problem for each file below docs/ that is neither, and for each symbolic link."""
    root = project.root
    pages = {f"{DOCS}/{source}" for source in project.sources}
    for path in sorted((root / DOCS).rglob("*")):
        file = path.relative_to(root).as_posix()
        hidden = any(part.startswith(".") for part in path.relative_to(root).parts)
        if hidden:  # MkDocs leaves it out
            continue
        is_asset = file.startswith(f"{ASSETS}/")
        if path.is_symlink():
            yield Problem(file, 1, "is a symbolic link: put a copy here instead")
        elif path.is_file() and is_asset and path.suffix not in _PICTURES:
            yield Problem(file, 1, f"is not a picture: pages show {', '.join(_PICTURES)} only")
        elif path.is_file() and not is_asset and file not in pages:
            yield Problem(file, 1, f"is not a page: move it to {ASSETS}/ if a page shows it")
