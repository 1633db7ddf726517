"""An old address leads to a page, at once, and is not the address of another."""

from collections.abc import Iterator

from helpcentre.content import hashed
from helpcentre.content.project import Project
from helpcentre.content.redirects import FILE
from macros import strict_yaml
from macros.problem import Problem
from macros.strict_yaml import did_you_mean


def check(project: Project) -> Iterator[Problem]:
    """Yield a problem for each old address that is a page's now, or that does not lead to one."""
    text = strict_yaml.read_text(project.root, FILE)
    # Some hosts and file systems do not distinguish capital letters.
    taken = {page.url.casefold(): page for page in project.pages.values()}
    known: dict[str, str] = {}
    for old, new in project.redirects.items():
        line = strict_yaml.line_of(text, ("redirects", old))
        if page := taken.get(old.casefold()):
            yield Problem(FILE, line, f"'{old}' is the address of {page.file}")
        if (first := known.setdefault(old.casefold(), old)) != old:
            yield Problem(FILE, line, f"'{old}' differs from '{first}' in capital letters only")
        if old.casefold().startswith(hashed.FOLDERS):
            yield Problem(FILE, line, f"'{old}' is in a folder that never holds pages")
        if new in project.redirects:
            yield Problem(FILE, line, f"'{new}' has moved too: name the page that it leads to")
        elif new not in project.sources:
            near = did_you_mean(new, project.pages)
            message = f"'{old}' leads to docs/{new}, which does not exist{near}"
            yield Problem(FILE, line, message)
