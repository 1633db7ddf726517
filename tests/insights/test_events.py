"""Events are counted from logs of every kind, and nothing else is."""

import gzip
import random
import zlib
from collections import Counter
from contextlib import suppress
from datetime import date, timedelta
from pathlib import Path

import pytest

from helpcentre.insights import events
from helpcentre.insights.events import Event, Tally
from tests.insights.logs import caddy_line, line, noise, opened, unanswered, vote
from tests.project import DAY

SINCE = DAY - timedelta(30)
VOTE = vote("orders/track-parcel/", "no")
ASKED = unanswered("can i pay with a … später")
OPENED = opened("late", "", "contact/")
EXPECTED = {
    Event("vote", "en-GB", "orders/track-parcel/", "", "no"): 2,
    Event("unanswered", "en-GB", "", "can i pay with a … später"): 1,
    Event("opened", "en-GB", "", "late", "contact/"): 1,
}
LINES = [VOTE, ASKED, OPENED, VOTE]


@pytest.fixture
def log(tmp_path: Path) -> Path:
    return tmp_path / "insights.log"


def count(*logs: Path) -> Tally:
    return events.count(logs, SINCE, DAY)


def totals(tally: Tally) -> dict[Event, int]:
    return {event: days.total() for event, days in tally.days.items()}


@pytest.mark.parametrize("write", [line, caddy_line])
def test_both_servers_logs_are_read(log: Path, write: object) -> None:
    assert callable(write)
    log.write_text("".join(f"{write(DAY, **event)}\n" for event in LINES), encoding="utf-8")
    tally = count(log)
    assert totals(tally) == EXPECTED
    assert (tally.lines, tally.unreadable, tally.cut) == (4, 0, [])


def test_several_logs_are_one_whether_or_not_they_are_compressed(tmp_path: Path) -> None:
    text = "".join(f"{line(DAY, **event)}\n" for event in LINES).encode()
    plain, packed = tmp_path / "insights.log", tmp_path / "insights.log-2026-11-01"
    plain.write_bytes(text)
    packed.write_bytes(gzip.compress(text) + gzip.compress(text))
    assert totals(count(plain, packed)) == {event: 3 * n for event, n in EXPECTED.items()}


def test_only_the_days_of_the_span_count_and_the_others_are_named(log: Path) -> None:
    days = [SINCE - timedelta(1), SINCE, DAY, DAY + timedelta(1), date(2025, 11, 23)]
    log.write_text("".join(f"{line(day, **VOTE)}\n" for day in days), encoding="utf-8")
    tally = count(log)
    assert tally.days == {Event("vote", "en-GB", VOTE["page"], "", "no"): Counter([SINCE, DAY])}
    assert sorted(tally.outside) == sorted({*days} - {SINCE, DAY})
    assert tally.unreadable == 0


UNREADABLE = {
    "nothing": b"",
    "another format": b'127.0.0.1 - - [23/Nov/2026:10:00:00 +0000] "POST /insights?event=vote&page=&helpful=no&lang=en HTTP/1.1" 204 0',
    "no day": b"2026-02-30 event=vote&page=&helpful=no&lang=en",
    "something before it": b"x 2026-11-23 event=vote&page=&helpful=no&lang=en",
    "something after it": b"2026-11-23 event=vote&page=&helpful=no&lang=en x",
    "a third vote": b"2026-11-23 event=vote&page=&helpful=perhaps&lang=en",
    "HTML": line(DAY, **unanswered("<script>alert(1)</script>")).encode(),
    "a terminal's escape": line(DAY, **unanswered("\x1b[31mred")).encode(),
    "a line break": line(DAY, **unanswered("one\ntwo")).encode(),
    "a direction": line(DAY, **unanswered("one \u202e two")).encode(),
    "digits": line(DAY, **unanswered("order 12345678")).encode(),
    "an e-mail address": line(DAY, **unanswered("me@shop.example")).encode(),
    "no text": b"2026-11-23 event=unanswered&question=%FF%FE%80&lang=en",
    "bytes": bytes(range(11, 256)),
    "a page elsewhere": line(DAY, **vote("../../etc/passwd", "no")).encode(),
    "121 characters": line(DAY, **unanswered("x" * 121)).encode(),
    "a megabyte": line(DAY, **unanswered("x" * 1_000_000)).encode(),
    "ten megabytes": b"2026-11-23 " * 1_000_000,
}  # fmt: skip


@pytest.mark.parametrize("kind", UNREADABLE)
def test_what_is_no_event_is_counted_as_unreadable(log: Path, kind: str) -> None:
    good = line(DAY, **VOTE).encode()
    log.write_bytes(b"\n".join([good, UNREADABLE[kind], good, b""]))
    tally = count(log)
    assert (tally.lines, tally.unreadable) == (3, 1)
    assert [*totals(tally).values()] == [2]


@pytest.mark.parametrize("lost", range(1, 20))
def test_a_last_line_that_is_cut_does_not_count(log: Path, lost: int) -> None:
    text = "".join(f"{line(DAY, **event)}\n" for event in (VOTE, ASKED)).encode()
    log.write_bytes(text[:-lost])
    tally = count(log)
    assert (tally.lines, tally.unreadable) == (2, 1)


@pytest.mark.slow
@pytest.mark.parametrize("harm", ["cut", "changed"])
def test_a_damaged_archive_is_read_as_far_as_it_goes_and_named(log: Path, harm: str) -> None:
    made = noise(random.Random(1))
    rows = (next(made) for _ in range(40_000))
    text = "".join(f"{line(day, **event)}\n" for day, event in rows).encode()
    packed = bytearray(gzip.compress(text))
    if harm == "cut":
        del packed[-1_000:]
    else:
        packed[-1_000:-900] = bytes(100)
    log.write_bytes(packed)
    tally = count(log)
    assert tally.cut == [f"{log}: cut or damaged, and read up to there"]
    readable = 0
    with suppress(zlib.error):
        unpacked = zlib.decompressobj(wbits=31)
        for byte in packed:
            readable += unpacked.decompress(bytes([byte])).count(b"\n")
    assert readable - tally.lines in range(1_500 if harm == "changed" else 1)


def test_memory_is_bounded_by_the_different_events_that_are_kept(
    log: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(events, "MOST_DISTINCT", 100)
    monkeypatch.setattr(events, "CHUNK", 1_000)
    letters = "abcdefghij"
    seldom = [f"{a}{b}{c}" for a in letters for b in letters for c in letters]
    rows = [row for text in seldom for row in (unanswered(text), VOTE)]
    log.write_text("".join(f"{line(DAY, **row)}\n" for row in rows), encoding="utf-8")
    tally = count(log)
    assert len(tally.days) <= 100
    assert totals(tally)[Event("vote", "en-GB", VOTE["page"], "", "no")] == 1_000
    assert sum(totals(tally).values()) + tally.dropped == 2_000


def test_whatever_bytes_a_log_has_each_line_is_counted_once(log: Path) -> None:
    chance = random.Random(5)
    for _ in range(50):
        text = chance.randbytes(chance.randrange(5_000)) + b"\n"
        log.write_bytes(text)
        tally = count(log)
        assert tally.lines == text.count(b"\n") == tally.unreadable
