"""Lines that search phrases may get, each with what it would change."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from helpcentre.content import phrases
from helpcentre.content.page import Page
from helpcentre.content.phrases import Phrase
from helpcentre.content.project import Project
from helpcentre.insights.findings import Finding
from helpcentre.search import language_of, phrasings
from helpcentre.search.language import words

LEAST_WORDS = 3
"""Words that a phrase must have to say more than a page's title."""
OF_FINDING, MOST = 3, 12
"""Lines that are proposed for one finding, and altogether: each takes two seconds to judge."""


@dataclass(frozen=True)
class Proposal:
    """One line for the search phrases of a page."""

    file: str
    text: str
    places: Sequence[int]
    """Of the page for this question, before and after; 0 if it is not found."""
    judged: Sequence[str]
    """Lines on the judged questions."""


def proposals(
    found: Sequence[Finding],
    project: Project,
    articles: Mapping[str, str],
    questions: Sequence[Mapping[str, Sequence[str]]],
) -> Iterator[Proposal]:
    """Yield proposals by findings, the most worthwhile first; nothing is changed."""
    now = phrasings.search_of(project, articles)
    for page, text in list(_lines(found, project))[:MOST]:
        after = phrasings.search_of(with_phrase(project, page, text), articles)
        places = [phrasings.place(text, [page.url], asked) for asked in (now, after)]
        judged = list(phrasings.of_ranks(now, after, questions))
        yield Proposal(phrases.file_of(page.file), text, places, judged)


def with_phrase(project: Project, page: Page, text: str) -> Project:
    """Return the project with one more search phrase."""
    own = replace(page, phrases=(*page.phrases, Phrase(text, 0)))
    return replace(project, pages={**project.pages, page.source: own})


def _lines(found: Sequence[Finding], project: Project) -> Iterator[tuple[Page, str]]:
    plain = language_of(project).plain
    known = {
        tuple(words(plain(text)))
        for own in (project.out_of_scope, *(page.phrases for page in project.pages.values()))
        for text, _ in own
    }
    for finding in found:
        if not finding.target or finding.flood:
            continue
        left = OF_FINDING
        for question, _ in finding.questions:
            text = " ".join(question.replace("…", " ").split())
            key = tuple(words(plain(text)))
            if left and len(key) >= LEAST_WORDS and key not in known:
                known.add(key)
                left -= 1
                yield finding.target, text
