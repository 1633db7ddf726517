"""docs/ holds nothing but pages and pictures; their names are addresses, each of one page."""

from collections.abc import Iterator
from pathlib import Path

from helpcentre.content import phrases
from helpcentre.content.page import slug, url_of
from helpcentre.content.picture import SUFFIXES
from helpcentre.content.project import Project
from macros.layout import DOCS
from macros.problem import Problem


def check(project: Project) -> Iterator[Problem]:
    """Yield a problem for each other file below docs/, and for each name that is no address."""
    root = project.root
    pages = {f"{DOCS}/{source}" for source in project.sources}
    pages |= {phrases.file_of(page) for page in pages}
    for path in sorted((root / DOCS).rglob("*"), key=lambda path: path.parts):
        file = path.relative_to(root).as_posix()
        if "/." in file:  # MkDocs leaves it out
            continue
        if path.is_symlink():
            yield Problem(file, 1, "is a symbolic link: put a copy here instead")
        elif file not in pages and path.is_dir():
            continue
        elif file.endswith(phrases.SUFFIX) and file not in pages:
            yield Problem(file, 1, "no page beside it has this name: rename or remove it")
        elif file not in pages and path.suffix.lower() not in SUFFIXES:
            yield Problem(file, 1, f"is neither a page nor a picture: {', '.join(SUFFIXES)}")
        elif file != (spelt := _spelt(file)):
            message = "expected small letters, digits and hyphens in the names of files and folders"
            yield Problem(file, 1, f"{message}, such as {spelt}")
    addresses = {translation.language.address for translation in project.translations.values()}
    by_address: dict[str, str] = {}
    for source in sorted(project.sources):
        for address in filter(url_of(source).casefold().startswith, addresses):
            message = f"'{address}' is the address of a language: rename the folder or page"
            yield Problem(f"{DOCS}/{source}", 1, message)
        # Some hosts and file systems do not distinguish capital letters.
        if (known := by_address.setdefault(url_of(source).casefold(), source)) != source:
            message = f"has the address of {DOCS}/{known}: remove or rename one"
            yield Problem(f"{DOCS}/{source}", 1, message)


def _spelt(file: str) -> str:
    """Return the path of a file under docs/ as addresses are spelt."""
    end = phrases.SUFFIX if file.endswith(phrases.SUFFIX) else Path(file).suffix
    path = file.removesuffix(end)
    return "/".join(slug(part) or "name" for part in path.split("/")) + end.lower()
