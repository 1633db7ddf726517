"""docs/ holds nothing but pages and their pictures: all of it is published."""

from collections.abc import Iterator

from helpcentre.content.picture import SUFFIXES
from helpcentre.content.project import Project
from macros.layout import DOCS
from macros.problem import Problem


def check(project: Project) -> Iterator[Problem]:
    """Yield a problem for each file below docs/ that is neither, and for each symbolic link."""
    root = project.root
    pages = {f"{DOCS}/{source}" for source in project.sources}
    for path in sorted((root / DOCS).rglob("*")):
        file = path.relative_to(root).as_posix()
        hidden = any(part.startswith(".") for part in path.relative_to(root).parts)
        if hidden:  # MkDocs leaves it out
            continue
        if path.is_symlink():
            yield Problem(file, 1, "is a symbolic link: put a copy here instead")
        elif path.is_file() and file not in pages and path.suffix not in SUFFIXES:
            yield Problem(file, 1, f"is neither a page nor a picture: {', '.join(SUFFIXES)}")
