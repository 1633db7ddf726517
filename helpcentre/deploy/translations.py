"""`python -m helpcentre.deploy.translations [TAG]`: print what each language lacks.

By language: the pages that are missing or withdrawn, those whose original has changed since they
were translated, with what has changed, and how many a machine wrote that nobody has read; of the
language TAG, such as pt-br, each of these by name.
"""

import difflib
import sys
from collections.abc import Iterator
from pathlib import Path

from helpcentre.content import page as pages
from helpcentre.content import read
from helpcentre.content.git import git
from helpcentre.content.page import Page
from helpcentre.content.project import Project
from helpcentre.content.translation import Translation, differences, hash_of
from macros.problem import ProblemsError


def report(project: Project, *, names_unread: bool = False) -> Iterator[str]:
    """Yield the lines of the report on a translation."""
    original = project.original or project
    language = project.language
    known = {**project.pages, **project.withdrawn}
    missing = [page for source, page in original.pages.items() if source not in known]
    translations = [
        (page, page.translation)
        for page in known.values()
        if page.translation and page.source in original.pages
    ]
    stale = [(page, state) for page, state in translations if state.is_stale]
    unread = sum(state.is_unread for _, state in translations)
    yield (
        f"{language.name} ({language.tag}): {len(known)} of {len(original.pages)} pages,"
        f" {len(missing)} missing, {len(stale)} stale, {len(project.withdrawn)} of these withdrawn,"
        f" {unread} unread"
    )
    for page in missing:
        yield f"  missing: {language.docs}/{page.source}"
    for page, state in stale:
        kind = "withdrawn" if page.source in project.withdrawn else "stale"
        yield f"  {kind}: {page.file}"
        yield f"    once it says the same, write: of: {hash_of(state.original)}"
        yield from (f"    line {line}: {message}" for line, message in differences(page))
        yield from (f"    {line}" for line in _changes(project.root, state))
    for page, state in translations:
        if state.is_unread and names_unread:
            yield f"  unread: {page.file} (once it is read: read_by: NAME, read: {state.own})"


def _changes(root: Path, state: Translation) -> Iterator[str]:
    """Yield how the original has changed since it was translated, if git has that version."""
    file = state.original.file
    for revision in git(root, "log", "--format=%H", "--", file).split():
        try:
            old: Page = pages.parse(file, git(root, "show", f"{revision}:{file}") + "\n")
        except ProblemsError:  # a version of other rules
            continue
        if hash_of(old) == state.state.of:
            before, after = (version.text.splitlines() for version in (old, state.original))
            changes = difflib.unified_diff(before, after, lineterm="", n=0)
            yield from (line for line in changes if line[:3] not in ("---", "+++"))
            return
    yield "(git has no version of the original that was translated)"


def main() -> None:
    """Print the report on all languages."""
    try:
        project = read(Path.cwd())
    except ProblemsError as error:
        sys.exit(str(error))
    chosen = [tag.lower() for tag in sys.argv[1:]] or project.translations.keys()
    for tag in chosen:
        if tag not in project.translations:
            sys.exit(f"there is no language '{tag}': {', '.join(project.translations)}")
        lines = report(project.translations[tag], names_unread=bool(sys.argv[1:]))
        print("\n".join(lines))
    everything = [project, *project.translations.values()]
    if problems := [problem for each in everything for problem in each.problems]:
        sys.exit("\n".join(["These cannot be read:", *map(str, problems)]))


if __name__ == "__main__":
    main()
