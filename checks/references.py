"""What front matter and facts.yml name must exist: facts, pages, and the claims between them."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from checks import facts, names, usage
from checks.content import Content
from checks.page import Page, files
from macros import policy
from macros.problem import Problem
from macros.strict_yaml import did_you_mean, line_of, read_text

ICONS = "overrides/.icons"


def check(content: Content) -> Iterator[Problem]:
    """Yield a problem for each fact, page, icon or value named that is not there, or unclaimed."""
    pages, known_facts, history, root = content.pages, content.facts, content.history, content.root
    pages_there = {file.removeprefix("docs/") for file in files(root)}
    for page in pages.values():
        for source in page.front_matter.sources:
            if source not in known_facts:
                yield Problem(
                    page.file,
                    page.line_of_key("sources"),
                    f"unknown fact '{source}': see {facts.FILE}",
                )
        for related in page.front_matter.related:
            if related not in pages_there or related == page.source:
                yield Problem(page.file, page.line_of_key("related"), _no_page(related, pages))
        icon = page.front_matter.icon
        if icon and not (root / ICONS / f"{icon}.svg").is_file():
            yield Problem(page.file, page.line_of_key("icon"), f"there is no {ICONS}/{icon}.svg")
    for name, entry in history.entries.items():
        for source in entry.facts:
            if source not in known_facts:
                message = f"unknown fact '{source}': see {facts.FILE}"
                yield Problem(policy.FILE, history.line_of(name), message)
    for file, use in usage.in_templates(root):
        if wrong := names.wrong(use, content.policy):
            yield Problem(file, use.lineno, wrong)
    for id_, fact in known_facts.items():
        for proof in fact.proof:
            for _, message in names.mistakes(proof, content.policy):
                yield Problem(facts.FILE, _line_of(id_, root), f"{id_}: {message}")
        for named in fact.pages:
            if named not in pages_there:
                yield Problem(facts.FILE, _line_of(id_, root), f"{id_}: {_no_page(named, pages)}")
            elif named in pages and id_ not in pages[named].front_matter.sources:
                page = pages[named]
                message = f"must state the fact {id_} ({fact.fact}) and claim it in 'sources'"
                yield Problem(page.file, page.line_of_key("sources"), message)


def _line_of(fact: str, root: Path) -> int:
    return line_of(read_text(root, facts.FILE), ("facts", fact))


def _no_page(named: str, pages: Mapping[str, Page]) -> str:
    return f"there is no other page docs/{named}{did_you_mean(named, pages)}"
