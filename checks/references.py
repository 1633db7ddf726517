"""What front matter and facts.yml name must exist: facts, pages, and the claims between them."""

from collections.abc import Iterator, Mapping

from checks import facts
from checks.content import Content
from checks.page import Page
from macros import policy
from macros.problem import Problem
from macros.strict_yaml import did_you_mean

ICONS = "overrides/.icons"


def check(content: Content) -> Iterator[Problem]:
    """Yield a problem for each fact, page or icon that is named and is not there, or is unclaimed."""
    pages, known_facts, history, root = content.pages, content.facts, content.history, content.root
    for page in pages.values():
        for source in page.front_matter.sources:
            if source not in known_facts:
                yield Problem(
                    page.file,
                    page.line_of_key("sources"),
                    f"unknown fact '{source}': see {facts.FILE}",
                )
        for related in page.front_matter.related:
            if not (root / "docs" / related).is_file():
                yield Problem(page.file, page.line_of_key("related"), _no_page(related, pages))
        icon = page.front_matter.icon
        if icon and not (root / ICONS / f"{icon}.svg").is_file():
            yield Problem(page.file, page.line_of_key("icon"), f"there is no {ICONS}/{icon}.svg")
    for name, entry in history.entries.items():
        for source in entry.facts:
            if source not in known_facts:
                message = f"unknown fact '{source}': see {facts.FILE}"
                yield Problem(policy.FILE, history.line_of(name), message)
    for id_, fact in known_facts.items():
        for named in fact.pages:
            if not (root / "docs" / named).is_file():
                yield Problem(facts.FILE, 1, f"{id_}: {_no_page(named, pages)}")
            elif named in pages and id_ not in pages[named].front_matter.sources:
                page = pages[named]
                message = f"must state the fact {id_} ({fact.fact}) and claim it in 'sources'"
                yield Problem(page.file, page.line_of_key("sources"), message)


def _no_page(named: str, pages: Mapping[str, Page]) -> str:
    return f"there is no page docs/{named}{did_you_mean(named, pages)}"
