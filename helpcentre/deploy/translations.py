"""`python -m helpcentre.deploy.translations [TAG]`: print what each language lacks.

By language: the pages that are missing or withdrawn; the pages, flows, texts, facts and meanings
whose original has changed since they were translated, with what has changed; and how many pages a
machine wrote that nobody has read; of the language TAG, such as pt-br, each of these by name.
"""

import difflib
import sys
from collections.abc import Iterator
from pathlib import Path

from helpcentre.content import facts, read, texts, withdrawn
from helpcentre.content import page as pages
from helpcentre.content.flow import Flow
from helpcentre.content.git import git
from helpcentre.content.project import Project, Translated
from macros import policy
from macros.layout import LANGUAGES
from macros.problem import ProblemsError
from macros.strict_yaml import problem_at, read_text
from macros.strict_yaml import read as read_yaml


def report(project: Project, *, names_unread: bool = False) -> Iterator[str]:
    """Yield the lines of the report on a translation."""
    original = project.original or project
    language = project.language
    known = {**project.pages, **project.withdrawn}
    missing = [page for source, page in original.pages.items() if source not in known]
    stale = sum(map(project.is_stale, known.values()))
    unread = sum(map(project.is_unread, known.values()))
    yield (
        f"{language.name} ({language.tag}): {len(known)} of {len(original.pages)} pages,"
        f" {len(missing)} missing, {stale} stale, {len(project.withdrawn)} withdrawn,"
        f" {unread} unread"
    )
    for page in missing:
        yield f"  missing: {language.docs}/{page.source}"
    for page in project.withdrawn.values():
        yield f"  withdrawn: {page.file}"
        yield from (f"    {reason}" for reason in withdrawn.reasons(page, project))
    files = list(project.translated_files)
    for made in files:
        if made.is_stale:
            yield f"  stale: {made.file} (once it says the same, write of: {made.original_hash})"
            yield from (f"    {line}" for line in _changes(project.root, made))
    yield from _statements(project, original)
    for made in files:
        if names_unread and made.is_unread:
            yield f"  unread: {made.file} (once it is read: read_by: NAME, read: {made.hash})"


def _hash_of(file: str, text: str) -> str:
    """Return the hash of the words in `text`, a version of the `file` of an original."""
    if file.endswith(".md"):
        return pages.parse(file, text).hash
    if file.endswith(f"/{texts.FILE}"):
        return texts.hash_of(text)
    return read_yaml(text, Flow, file).hash


def _changes(root: Path, made: Translated) -> Iterator[str]:
    """Yield how the original has changed since it was translated, if git has that version."""
    for revision in git(root, "log", "--format=%H", "--", made.original).split():
        old = git(root, "show", f"{revision}:{made.original}") + "\n"
        try:
            hash_then = _hash_of(made.original, old)
        except ProblemsError:  # a version of other rules
            continue
        if made.state and hash_then == made.state.of:
            versions = old.splitlines(), read_text(root, made.original).splitlines()
            changes = difflib.unified_diff(*versions, lineterm="", n=0)
            yield from (line for line in changes if line[:3] not in ("---", "+++"))
            return
    yield "(git has no version of the original that was translated)"


def _statements(project: Project, original: Project) -> Iterator[str]:
    """Yield the facts that have changed since they were proven, and the same of meanings."""
    file = facts.proofs_of(project.language)
    for id_, fact in project.facts.items():
        if fact.has_changed:
            how = f"{id_} (once it is proven, write of: {fact.hash})"
            yield f"  stale: {problem_at(project.root, file, (id_,), how)}"
            yield f"    {facts.FILE} says now: {fact.fact}"
    for name, now in project.texts.stale_means.items():
        how = f"{name} (once it says the same, write of: {now})"
        yield f"  stale: {problem_at(project.root, project.texts.file, ('means', name), how)}"
        yield f"    {policy.FILE} says now: {original.history.entries[name].means}"


def main() -> None:
    """Print the report on all languages."""
    try:
        project = read(Path.cwd())
    except ProblemsError as error:
        sys.exit(str(error))
    chosen = [tag.lower() for tag in sys.argv[1:]] or project.translations.keys()
    for tag in chosen:
        if tag not in project.translations:
            folder = f"{LANGUAGES}/{tag}/"
            if problems := [
                problem for problem in project.problems if problem.file.startswith(folder)
            ]:
                sys.exit("\n".join(["It cannot be read:", *map(str, problems)]))
            sys.exit(f"there is no language '{tag}': {', '.join(project.translations)}")
        lines = report(project.translations[tag], names_unread=bool(sys.argv[1:]))
        print("\n".join(lines))
    if problems := [problem for edition in project.editions for problem in edition.problems]:
        sys.exit("\n".join(["These cannot be read:", *map(str, problems)]))


if __name__ == "__main__":
    main()
