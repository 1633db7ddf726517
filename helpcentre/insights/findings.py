"""What a writer does next, by what shoppers did not find: the most worthwhile first."""

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TypeVar

from helpcentre.content import phrases
from helpcentre.content.page import CONTACT, Page, url_of
from helpcentre.content.project import Project
from helpcentre.insights.events import Days, Event, Tally
from helpcentre.insights.questions import grouped, readable, without_pages
from helpcentre.search.asking import Search
from helpcentre.search.language import primary

MOST_QUESTIONS = 5_000
"""Different questions that are compared: those that were asked most."""
MOST_LANGUAGES = 20
"""Languages that are reported: those in which most different questions were asked."""
LEAST_VOTES = 10
Z = 1.96
"""Of a certainty of 95 %."""
FLOOD_SHARE, FLOOD_COUNT, FLOOD_DAYS = 0.9, 50, 7
"""A finding is doubtful if one day has such a share of so many events, in so many days."""


@dataclass(frozen=True)
class Finding:
    """One thing to do."""

    kind: str
    """As of an event: unanswered, opened or vote."""
    title: str
    days: Days
    """How often on which day; of votes, No."""
    weight: float
    """How many shoppers it would have helped; of votes, how many more than other pages have."""
    advice: str
    command: str
    questions: Sequence[tuple[str, int]] = ()
    """How shoppers put it, and how often."""
    target: Page | None = None
    """The page that shoppers opened for these questions."""
    share: tuple[float, float] = (0, 0)
    """Of votes, how many of 1 are No; and at least, with a certainty of 95 %."""
    flood: date | None = None
    """The day on which nearly all of it was sent, as by a program."""


@dataclass
class Findings:
    """What to do, and how many events say nothing of it."""

    found: list[Finding] = field(default_factory=list)
    """The most worthwhile first, and what came nearly all on one day last."""
    gone: int = 0
    """Events that name pages that are not there."""
    solved: int = 0
    """Results that were not the first when they were opened, and are today."""
    rare: int = 0
    """Events of questions that were asked too seldom to be compared with so many others."""

    def add(self, more: "Findings") -> None:
        """Put what was found in another language among these."""
        self.found = _sorted([*self.found, *more.found])
        self.gone += more.gone
        self.solved += more.solved
        self.rare += more.rare


def in_all_languages(
    tally: Tally, project: Project, search_of: Callable[[Project], Search]
) -> Findings:
    """Return what findings() does, of the events of each language by its own pages and search.

    Events of a language that the site does not have are the original's.
    """
    tags = {
        primary(translation.language.lang): translation
        for translation in project.translations.values()
    }
    everything = Findings()
    span = _span(tally)
    for edition in project.editions:
        own = tally.only(lambda tag, edition=edition: tags.get(primary(tag), project) is edition)  # type: ignore[misc]
        if own.days:
            everything.add(findings(own, edition, search_of(edition), span))
    return everything


def findings(tally: Tally, project: Project, search: Search, span: int = 0) -> Findings:
    """Return what to do for one language.

    The log has events of `span` days, if those of `tally` are of one language only.
    """
    span = span or _span(tally)
    pages = {page.url: page for page in project.pages.values()}
    votes = tally.of_kind("vote")
    unanswered, opened = (
        readable(tally.of_kind(kind), search.index) for kind in ("unanswered", "opened")
    )
    known = {
        event: days for event, days in opened.items() if {event.page, event.detail} <= pages.keys()
    }
    gone = sum(
        days.total()
        for event, days in {**votes, **opened}.items()
        if event not in known and (event.kind == "opened" or event.page not in pages)
    )
    others, rare = _most(known)
    asked, rare_questions = _by_language(unanswered)
    still = {
        event: days
        for event, days in others.items()
        if search.answer(event.question)[:1] != [event.page]
    }
    found = [
        *_unanswered(asked, project, search, pages),
        *_opened(still, pages),
    ]
    solved = sum(days.total() for event, days in others.items() if event not in still)
    found = [*(_doubted(row, span) for row in found), *_votes(votes, pages, span)]
    return Findings(_sorted(found), gone, solved, rare + rare_questions)


def _sorted(found: Iterable[Finding]) -> list[Finding]:
    return sorted(found, key=lambda row: (bool(row.flood), -row.weight, row.title))


def _span(tally: Tally) -> int:
    """Return on how many days there were events."""
    return len({day for days in tally.days.values() for day in days})


_K = TypeVar("_K", bound=str | Event)


def _most(asked: Mapping[_K, Days]) -> tuple[dict[_K, Days], int]:
    """Return those that were asked most, and how often others were."""
    often = sorted(asked, key=lambda question: (-asked[question].total(), question))
    rare = sum(asked[question].total() for question in often[MOST_QUESTIONS:])
    return {question: asked[question] for question in often[:MOST_QUESTIONS]}, rare


def _by_language(events: Mapping[Event, Days]) -> tuple[dict[str, dict[str, Days]], int]:
    """Return the questions of each language that were asked most, and how often others were."""
    asked: dict[str, dict[str, Days]] = defaultdict(lambda: defaultdict(Counter))
    for event, days in events.items():
        asked[primary(event.language)][event.question].update(days)
    tags = sorted(asked, key=lambda tag: -len(asked[tag]))
    rare = sum(days.total() for tag in tags[MOST_LANGUAGES:] for days in asked[tag].values())
    compared: dict[str, dict[str, Days]] = {}
    for tag in tags[:MOST_LANGUAGES]:
        compared[tag], others = _most(asked[tag])
        rare += others
    return compared, rare


def _unanswered(
    by_language: Mapping[str, Mapping[str, Days]],
    project: Project,
    search: Search,
    pages: Mapping[str, Page],
) -> Iterator[Finding]:
    contact = url_of(CONTACT)
    for tag, asked in by_language.items():
        is_own = tag == primary(project.language.lang)
        counts = {text: days.total() for text, days in asked.items()}
        for group in grouped(counts, search if is_own else without_pages(tag, project)):
            days = sum((asked[text] for text in group), Counter[date]())
            shown = search.answer(group[0]) if is_own else []
            found = [url for url in shown if url in pages]
            answers = [pages[url] for url in found if url != contact]
            leads = bool(found) and found[0] != contact
            if leads:
                advice = (
                    f"Search shows {answers[0].file} first. If that answers it, say so in its "
                    "title and description; if another page does, add the words to its phrases."
                )
            else:
                advice = (
                    "Search leads to customer care. If no page answers it, write one; if one "
                    "does, add the words to its phrases."
                )
            yield Finding(
                "unanswered",
                group[0] if is_own and not project.original else f"{group[0]} ({tag})",
                days,
                days.total(),
                advice,
                _edit(answers[0].file) if leads else "make new-page",
                [(text, asked[text].total()) for text in group],
            )


def _opened(events: Mapping[Event, Days], pages: Mapping[str, Page]) -> Iterator[Finding]:
    pairs: dict[tuple[str, str], dict[str, Days]] = defaultdict(lambda: defaultdict(Counter))
    for event, days in events.items():
        pairs[event.page, event.detail][event.question].update(days)
    for (url, first), asked in pairs.items():
        page, other = pages[url], pages[first]
        often = sorted(asked, key=lambda text: (-asked[text].total(), text))
        file = phrases.file_of(page.file)
        days = sum(asked.values(), Counter[date]())
        yield Finding(
            "opened",
            f"{page.file} was opened, but {other.file} was first",
            days,
            days.total(),
            f"Add the words to {file} if that page answers them.",
            _edit(file),
            [(text, asked[text].total()) for text in often],
            page,
        )


def _votes(events: Mapping[Event, Days], pages: Mapping[str, Page], span: int) -> Iterator[Finding]:
    """Yield the pages that help less than others, by votes on all days but those of floods."""
    votes: dict[str, dict[str, Days]] = defaultdict(lambda: {"no": Counter(), "yes": Counter()})
    for event, days in events.items():
        if event.page in pages:
            votes[event.page][event.detail].update(days)
    floods = {url: _flood(own["no"] + own["yes"], span) for url, own in votes.items()}
    counted = {
        url: [own[vote].total() - own[vote][floods[url] or date.min] for vote in ("no", "yes")]
        for url, own in votes.items()
    }
    all_no, all_yes = (sum(counts[vote] for counts in counted.values()) for vote in (0, 1))
    for url, (no, yes) in counted.items():
        flood, file = floods[url], pages[url].file
        if flood:
            own = votes[url]["no"] + votes[url]["yes"]
            yield Finding(
                "vote",
                f"{file} had {own[flood]} of its {own.total()} votes on one day",
                own,
                0,
                "These do not count. Look whether the host's log shows who sent them.",
                _edit(file),
                flood=flood,
            )
        others = (all_no - no) / max(1, all_no + all_yes - no - yes)
        least = wilson(no, no + yes)
        if no + yes >= LEAST_VOTES and least > others:
            share = no / (no + yes)
            days = votes[url]["no"].copy()
            days.pop(flood or date.min, None)
            yield Finding(
                "vote",
                f"{file} did not help {no} of {no + yes}",
                days,
                (least - others) * (no + yes),
                f"That is {share:.0%} No, and at least {least:.0%} with a certainty of 95%; other "
                f"pages have {others:.0%}. Read it as shoppers do: is the answer in its first two "
                "sentences, and is it true for them?",
                _edit(file),
                share=(share, least),
            )


def _edit(file: str) -> str:
    return f"${{EDITOR:-vi}} {file}"


def _doubted(finding: Finding, span: int) -> Finding:
    """Return a finding without the day that has nearly all of it, if one has."""
    flood = _flood(finding.days, span)
    weight = finding.weight - (finding.days[flood] if flood else 0)
    return replace(finding, flood=flood, weight=max(0, weight))


def _flood(days: Days, span: int) -> date | None:
    """Return the day that has nearly all of so many events, if there are any on `span` days."""
    ((day, count),) = days.most_common(1)
    is_flood = span >= FLOOD_DAYS and days.total() >= FLOOD_COUNT
    return day if is_flood and count > FLOOD_SHARE * days.total() else None


def wilson(part: int, whole: int) -> float:
    """Return the lower bound of the share `part` of `whole`: Wilson's, with a certainty of 95 %."""
    if not whole:
        return 0.0
    share, square = part / whole, Z * Z / whole
    margin = Z * math.sqrt(share * (1 - share) / whole + square / (4 * whole))
    return max(0.0, (share + square / 2 - margin) / (1 + square))
