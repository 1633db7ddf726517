"""Counts the events in logs, by day, in bounded memory."""

import gzip
import re
import zlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from io import BufferedReader
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote, unquote_plus

import regex

from helpcentre.insights.form import LONGEST, QUERY

CHUNK = 1 << 16
MOST_DISTINCT = 100_000
"""Different events that are kept; of more, those that were sent most."""
_LINE = re.compile(
    rb'(?:\{[^{]{0,300}"ts":")?(\d{4}-\d\d-\d\d)(?: |".{0,500}\?)(%b)(?:"[^?]{0,500}\})?'
    % QUERY.encode()
)
"""As nginx and Caddy write it."""
_QUESTION = regex.compile(r"(?=.*[\p{L}…])[\p{L}\p{M} …]{1,120}")
_PAGE = re.compile(r"(?:[a-z0-9-]+/)*")


Days = Counter[date]
"""How often something was sent, by day."""


class Event(NamedTuple):
    """What was sent, without its day."""

    kind: str
    """vote, unanswered or opened."""
    language: str
    """Its tag, such as en-GB."""
    page: str = ""
    """The address that was voted on, or opened, from the site's root."""
    question: str = ""
    detail: str = ""
    """Of a vote, yes or no; of a result that was opened, the page that was first."""


@dataclass
class Tally:
    """How often each event was sent."""

    since: date
    until: date
    """The first and the last day that count."""
    days: dict[Event, Days] = field(default_factory=dict)
    """By event, how often on which day."""
    lines: int = 0
    unreadable: int = 0
    """Lines that are no events of a help centre."""
    outside: Days = field(default_factory=Counter)
    """How many events there are on other days."""
    dropped: int = 0
    """Events that were sent seldom, and were left out to bound memory."""
    cut: list[str] = field(default_factory=list)
    """What is wrong with files that could not be read to their end."""

    def add(self, lines: Counter[bytes]) -> None:
        """Count lines of a log, by how often they are there."""
        for line, count in lines.items():
            self.lines += count
            if not (found := parse(line)):
                self.unreadable += count
                continue
            day, event = found
            if self.since <= day <= self.until:
                self.days.setdefault(event, Counter())[day] += count
            else:
                self.outside[day] += count
        if len(self.days) > MOST_DISTINCT:
            often = sorted(self.days, key=lambda event: -self.days[event].total())
            for event in often[MOST_DISTINCT // 2 :]:
                self.dropped += self.days.pop(event).total()

    def only(self, of_language: Callable[[str], bool]) -> "Tally":
        """Return the same with the events of some languages only, by their tags."""
        days = {event: days for event, days in self.days.items() if of_language(event.language)}
        return replace(self, days=days)

    def of_kind(self, kind: str) -> dict[Event, Days]:
        """Return the events of one kind."""
        return {event: days for event, days in self.days.items() if event.kind == kind}


def parse(line: bytes) -> tuple[date, Event] | None:
    """Return the day and the event of a line; None for one that no help centre has sent."""
    found = _LINE.fullmatch(line) if len(line) <= LONGEST else None
    day = _day(found[1]) if found else None
    if not found or not day:
        return None
    fields = dict(field.split("=") for field in found[2].decode().split("&"))
    question = unquote_plus(fields.get("question", ""))
    page, first = (unquote(fields.get(name, "")) for name in ("page", "first"))
    if question and not _QUESTION.fullmatch(question):
        return None
    if not _PAGE.fullmatch(page) or not _PAGE.fullmatch(first):
        return None
    if fields["event"] == "opened" and page == first:
        return None
    detail = fields.get("helpful", first)
    return day, Event(fields["event"], fields["lang"], page, question, detail)


@cache
def _day(text: bytes) -> date | None:
    try:
        return date.fromisoformat(text.decode())
    except ValueError:
        return None


def count(logs: Sequence[Path], since: date, until: date) -> Tally:
    """Return the events in `logs`, plain or compressed by gzip, on the days of a span.

    Raises OSError for a file that cannot be opened.
    """
    tally = Tally(since, until)
    lines: Counter[bytes] = Counter()
    for log in logs:
        with _opened(log) as file:
            try:
                for batch in _batches(file):
                    lines.update(batch)
                    if len(lines) > MOST_DISTINCT:
                        tally.add(lines)
                        lines.clear()
            except (EOFError, zlib.error, gzip.BadGzipFile):
                tally.cut.append(f"{log}: cut or damaged, and read up to there")
    tally.add(lines)
    return tally


def _opened(log: Path) -> BufferedReader | gzip.GzipFile:
    with log.open("rb") as file:
        is_compressed = file.read(2) == b"\x1f\x8b"
    return gzip.GzipFile(log) if is_compressed else log.open("rb")


def _batches(stream: BufferedReader | gzip.GzipFile) -> Iterator[Iterable[bytes]]:
    """Yield the lines of a file, some at a time; of one that is too long, the beginning.

    A last line without an end is cut, and so is made unreadable.
    """
    rest = b""
    while chunk := stream.read1(CHUNK):  # of a damaged file, all that can be read
        *lines, rest = (rest + chunk).split(b"\n")
        yield [line[: LONGEST + 1] for line in lines]
        rest = rest[: LONGEST + 1]
    if rest:
        yield [rest[:LONGEST] + b"\0"]
