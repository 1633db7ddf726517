"""An old address leads to a page, at once, and is not the address of another; none is lost."""

import re
from collections.abc import Iterator

from helpcentre.content import git, hashed
from helpcentre.content.page import url_of
from helpcentre.content.project import Project
from helpcentre.content.redirects import FILE, file_of, lines_for
from macros.layout import DOCS
from macros.problem import Problem
from macros.strict_yaml import did_you_mean, problem_at


def check(project: Project) -> Iterator[Problem]:
    """Yield a problem for each old address that is a page's now, or that does not lead to one."""
    # Some hosts and file systems do not distinguish capital letters.
    taken = {page.url.casefold(): page for page in project.pages.values()}
    known: dict[str, str] = {}
    ever = (path.removeprefix(f"{DOCS}/") for path in git.paths_ever(project.root, DOCS))
    gone = {url_of(source) for source in ever if source.endswith(".md")}
    unreadable = {url_of(source).casefold() for source in project.sources - project.pages.keys()}
    led = {old.casefold() for old in project.redirects} | taken.keys() | unreadable
    for added in lines_for(url for url in gone if url.casefold() not in led):
        message = "a page was there once, says git: name the page that replaced it, as in"
        yield Problem(FILE, 1, f"{message} '{added.strip()}'")
    for old, new in project.redirects.items():
        wrong = []
        target, _, part = new.partition("#")
        folder = re.sub(r"(^|/)index/$", r"\1", re.sub(r"\.html$", "/", old.casefold()))
        page = taken.get(folder)
        # Some hosts serve contact.html for contact too: it may lead to that page, not to another.
        is_file = file_of(old) == old and not old.casefold().endswith("index.html")
        if page and not (is_file and page.source == target):
            wrong.append(f"'{old}' is the address of {page.file}")
        if (first := known.setdefault(old.casefold(), old)) != old:
            wrong.append(f"'{old}' differs from '{first}' in capital letters only")
        if tag := next((tag for tag in project.translations if old.startswith(f"{tag}/")), None):
            message = f"'{old}' is below the address of a language: write '{old[len(tag) + 1 :]}'"
            wrong.append(f"{message}, which holds in each language that has the page")
        if old.casefold().startswith(hashed.FOLDERS):
            wrong.append(f"'{old}' is in a folder that never holds pages")
        if target in project.redirects:
            wrong.append(f"'{target}' has moved too: name the page that it leads to")
        elif target not in project.sources or not re.fullmatch(r"[\w-]*", part):
            near = did_you_mean(target, project.pages)
            wrong.append(f"'{old}' leads to docs/{new}, which does not exist{near}")
        for message in wrong:
            yield problem_at(project.root, FILE, ("redirects", old), message)
