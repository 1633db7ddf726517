"""What pages, values and facts name exists: facts, pages, icons, and the claims between them."""

import importlib.util
from collections.abc import Iterator, Mapping
from pathlib import Path

from helpcentre.content import facts, template, usage
from helpcentre.content.page import Page
from helpcentre.content.project import Project
from macros import policy
from macros.layout import THEME
from macros.problem import Problem
from macros.strict_yaml import did_you_mean, problem_at


def check(project: Project) -> Iterator[Problem]:
    """Yield a problem for each fact, page, icon or value that is named and does not exist."""
    yield from _in_pages(project)
    yield from _in_values(project)
    yield from _in_facts(project)


def _in_pages(project: Project) -> Iterator[Problem]:
    icons = _icon_folders(project.root)
    for page in project.pages.values():
        front = page.front_matter
        for fact in front.sources:
            if fact not in project.facts:
                line = page.line_of_key("sources")
                yield Problem(page.file, line, f"unknown fact '{fact}': see {facts.FILE}")
        for related in front.related:
            if related not in project.sources or related == page.source:
                line = page.line_of_key("related")
                yield Problem(page.file, line, _no_page(related, project.pages))
        icon = f"{front.icon}.svg"
        if front.icon and not any((folder / icon).is_file() for folder in icons):
            message = f"unknown icon '{front.icon}': choose one of Material's"
            yield Problem(page.file, page.line_of_key("icon"), message)


def _in_values(project: Project) -> Iterator[Problem]:
    for name, entry in project.history.entries.items():
        for fact in entry.facts:
            if fact not in project.facts:
                message = f"unknown fact '{fact}': see {facts.FILE}"
                yield problem_at(project.root, policy.FILE, ("values", name), message)
    for file, line, name, form in usage.in_templates(project.root):
        if error := template.error_in(name, form, project.policy):
            yield Problem(file, line, error)


def _in_facts(project: Project) -> Iterator[Problem]:
    for id_, fact in project.facts.items():
        for proof in fact.proof:
            for _, message in template.errors(proof, project.policy):
                file = facts.proofs_of(project.language)
                yield problem_at(project.root, file, (id_,), f"{id_}: {message}")
        for source in fact.pages:
            page = project.pages.get(source)
            if source not in project.sources:
                message = f"{id_}: {_no_page(source, project.pages)}"
                yield problem_at(project.root, facts.FILE, ("facts", id_), message)
            elif page and id_ not in page.front_matter.sources:
                message = f"must state the fact {id_} ({fact.fact}) and list it in 'sources'"
                yield Problem(page.file, page.line_of_key("sources"), message)


def _icon_folders(root: Path) -> list[Path]:
    """Return where icons come from: the project's theme, and Material if it is installed."""
    folders = [root / THEME / ".icons"]
    if (material := importlib.util.find_spec("material")) and material.origin:
        folders.append(Path(material.origin).parent / "templates/.icons")
    return folders


def _no_page(source: str, pages: Mapping[str, Page]) -> str:
    return f"there is no other page docs/{source}{did_you_mean(source, pages)}"
