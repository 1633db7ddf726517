"""The report on insights: as text for a terminal, and as one HTML file with plots."""

import textwrap
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from helpcentre.insights.events import Tally
from helpcentre.insights.findings import Finding, Findings
from helpcentre.insights.proposals import Proposal

KINDS = {
    "unanswered": "No answer",
    "opened": "Another page was first",
    "vote": "Did not help",
}
"""Kinds of findings, as headings."""
PHRASINGS = 5
"""Ways to put a question that are shown."""
SHOWN = 200
"""Findings of the HTML report."""
MOST_DAYS = 400
"""Days that a plot has room for: the last ones."""


@dataclass(frozen=True)
class Report:
    """What was read, and what follows."""

    tally: Tally
    files: int
    todo: Findings
    proposals: Sequence[Proposal] = ()

    @property
    def totals(self) -> dict[str, int]:
        """How many events of each kind there are."""
        totals = Counter[str]()
        for event, days in self.tally.days.items():
            totals[event.kind] += days.total()
        return {kind: totals[kind] for kind in KINDS}

    @property
    def days(self) -> list[tuple[date, list[int]]]:
        """Each day from the first to the last that has events, with how many of each kind."""
        by_day: dict[date, Counter[str]] = {}
        for event, days in self.tally.days.items():
            for day, count in days.items():
                by_day.setdefault(day, Counter())[event.kind] += count
        if not by_day:
            return []
        first, last = min(by_day), max(by_day)
        first = max(first, last - timedelta(MOST_DAYS - 1))
        span = (first + timedelta(number) for number in range((last - first).days + 1))
        return [(day, [by_day.get(day, Counter())[kind] for kind in KINDS]) for day in span]

    def heading(self) -> str:
        """Return what was read, in one line."""
        return f"Insights from {self.tally.since} to {self.tally.until}"

    def notes(self) -> Iterator[str]:
        """Yield what a reader must know of the logs."""
        tally, totals = self.tally, self.totals
        yield (
            f"{_many(tally.lines, 'line')} in {_many(self.files, 'file')}: "
            f"{_many(totals['vote'], 'vote')}, "
            f"{_many(totals['unanswered'], 'search', 'searches')} without an answer, "
            f"{_many(totals['opened'], 'opened result')} below the first"
        )
        if tally.unreadable:
            yield f"{_many(tally.unreadable, 'line')} unreadable: no event of a help centre, or cut"
        yield from tally.cut
        if tally.outside:
            first, last = min(tally.outside), max(tally.outside)
            yield (
                f"{_many(tally.outside.total(), 'event')} on other days, from {first} to {last}: "
                "choose the days by SINCE= and UNTIL="
            )
        if tally.dropped:
            yield f"{_many(tally.dropped, 'event')} left out, each sent seldom, to bound memory"
        if self.todo.rare:
            yield f"{_many(self.todo.rare, 'event')} of questions too rare to be compared with all"
        if self.todo.gone:
            yield f"{_many(self.todo.gone, 'event')} of pages that are not in docs/"
        if self.todo.solved:
            yield f"{_many(self.todo.solved, 'opened result')} below the first then, first today"

    def text(self, most: int) -> str:
        """Return the report with so many findings."""
        parts = ["\n".join([self.heading(), *(f"  {note}" for note in self.notes())])]
        found = self.todo.found
        parts += [_paragraph(number, finding) for number, finding in enumerate(found[:most], 1)]
        if not found:
            parts.append("Nothing to do.")
        elif len(found) > most:
            parts.append(f"{len(found) - most:,} more; the HTML report has {SHOWN} at most")
        parts += map(_proposed, self.proposals)
        return "\n\n".join(parts)

    def html(self) -> str:
        """Return the report as a page that needs nothing else."""
        environment = Environment(
            loader=FileSystemLoader(Path(__file__).parent),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        return environment.get_template("report.html.j2").render(
            report=self, SHOWN=SHOWN, KINDS=KINDS, PHRASINGS=PHRASINGS, how_often=how_often
        )


def how_often(finding: Finding) -> str:
    """Return how often a finding was met, and on how many days."""
    often = f"{_many(finding.days.total(), 'time')} on {_many(len(finding.days), 'day')}"
    return f"{often}, nearly all on {finding.flood}: a flood?" if finding.flood else often


def _paragraph(number: int, finding: Finding) -> str:
    put = [f"{count:6}  {text}" for text, count in finding.questions[:PHRASINGS]]
    more = len(finding.questions) - PHRASINGS
    rows = [
        f"{KINDS[finding.kind]}, {how_often(finding)}",
        *(put if finding.kind == "opened" or len(finding.questions) > 1 else ()),
        *([f"        and {_many(more, 'other way', 'other ways')} to put it"] if more > 0 else ()),
        *textwrap.wrap(finding.advice, 90),
        f"$ {finding.command}",
    ]
    return "\n".join([f"{number:2}. {finding.title}", *(f"    {row}" for row in rows)])


def _proposed(proposal: Proposal) -> str:
    before, after = (rank or "none" for rank in proposal.places)
    return "\n".join(
        [
            f"{proposal.file}: add this line",
            proposal.text,
            f"    rank of its page {before} -> {after}",
            *(f"    {line}" for line in proposal.judged),
        ]
    )


def _many(count: int, one: str, many: str = "") -> str:
    return f"{count:,} {one if count == 1 else many or one + 's'}"
