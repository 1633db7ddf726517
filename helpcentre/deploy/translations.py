"""`python -m helpcentre.deploy.translations [TAG]`: print what each language lacks.

By language: the pages that are missing or withdrawn; the pages, flows, texts, facts and meanings
whose original has changed since they were translated, with what has changed; and how many pages a
machine wrote that nobody has read; of the language TAG, such as pt-br, each of these by name.
"""

import difflib
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from helpcentre.content import facts, flow, read, texts, withdrawn
from helpcentre.content import page as pages
from helpcentre.content.flow import Flow
from helpcentre.content.git import git
from helpcentre.content.project import Project
from helpcentre.content.translation import State
from macros import policy
from macros.layout import LANGUAGES
from macros.problem import ProblemsError
from macros.strict_yaml import line_in, read_text
from macros.strict_yaml import read as read_yaml


@dataclass(frozen=True)
class _File:
    """A translated file."""

    name: str
    """From the project's root, as that of its original."""
    original: str
    state: State
    now: str
    """The hash of the original's words now."""
    own: str
    """The hash of its own words."""
    hash_of: Callable[[str], str]
    """Returns the hash of the original's words in any version of its text."""


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
    files = list(_files(project, original))
    for file in files:
        if file.state.is_stale(file.now):
            yield f"  stale: {file.name} (once it says the same, write of: {file.now})"
            yield from (f"    {line}" for line in _changes(project.root, file))
    yield from _statements(project, original)
    for file in files:
        if names_unread and file.state.is_unread(file.own):
            yield f"  unread: {file.name} (once it is read: read_by: NAME, read: {file.own})"


def _files(project: Project, original: Project) -> Iterator[_File]:
    """Yield every translated file."""
    for page in (*project.pages.values(), *project.withdrawn.values()):
        if made := page.translation:
            source = made.original
            hash_then = partial(_hash_of_page, source.file)
            yield _File(page.file, source.file, made.state, source.hash, page.hash, hash_then)
    for name, steps in project.flows.items():
        if steps.translation and name in original.flows:
            file = flow.file_of(project.language, name)
            source_file = flow.file_of(original.language, name)
            now = original.flows[name].hash
            yield _File(file, source_file, steps.translation, now, steps.hash, _hash_of_flow)
    own, source_texts = project.texts, original.texts
    if state := own.translation:
        hash_now = source_texts.hash
        yield _File(own.file, source_texts.file, state, hash_now, own.hash, texts.hash_of)


def _hash_of_page(file: str, text: str) -> str:
    return pages.parse(file, text).hash


def _hash_of_flow(text: str) -> str:
    return read_yaml(text, Flow, flow.FOLDER).hash


def _changes(root: Path, file: _File) -> Iterator[str]:
    """Yield how the original has changed since it was translated, if git has that version."""
    for revision in git(root, "log", "--format=%H", "--", file.original).split():
        old = git(root, "show", f"{revision}:{file.original}") + "\n"
        try:
            hash_then = file.hash_of(old)
        except ProblemsError:  # a version of other rules
            continue
        if hash_then == file.state.of:
            versions = old.splitlines(), read_text(root, file.original).splitlines()
            changes = difflib.unified_diff(*versions, lineterm="", n=0)
            yield from (line for line in changes if line[:3] not in ("---", "+++"))
            return
    yield "(git has no version of the original that was translated)"


def _statements(project: Project, original: Project) -> Iterator[str]:
    """Yield the facts that have changed since they were proven, and the same of meanings."""
    file = facts.proofs_of(project.language)
    for id_, fact in project.facts.items():
        if fact.has_changed:
            line = line_in(project.root, file, (id_,))
            yield f"  stale: {file}:{line}: {id_} (once it is proven, write of: {fact.hash})"
            yield f"    {facts.FILE} says now: {fact.fact}"
    for name, now in project.texts.stale_means.items():
        line = line_in(project.root, project.texts.file, ("means", name))
        where = f"{project.texts.file}:{line}: {name}"
        yield f"  stale: {where} (once it says the same, write of: {now})"
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
