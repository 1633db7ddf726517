"""Logs of events, made up, as nginx and Caddy write them."""

import json
import random
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from urllib.parse import urlencode

from tests.project import DAY, ROOT

SPAN = 30
"""Days of a month."""
VOUCHER = ("can i pay with a voucher", "pay by voucher", "voucher to pay", "paying with vouchers")
"""One question that no page answers, put in four ways."""
PAGE, FIRST = "orders/not-received/", "orders/track-parcel/"
LATE = "it says delivered but i have nothing"
"""A question for which PAGE is opened, and FIRST is first."""
BAD = "refunds/check-refund-status/"
"""A page that does not help."""


def line(day: date, **event: str) -> str:
    """Return an event as nginx writes it."""
    return f"{day} {urlencode({**event, 'lang': event.get('lang', 'en-GB')})}"


def caddy_line(day: date, **event: str) -> str:
    """Return the same as Caddy writes it."""
    uri = "/insights?" + line(day, **event).partition(" ")[2]
    fields = {"level": "info", "ts": str(day), "logger": "http.log.access.log0"}
    row = {**fields, "msg": "handled request", "request": {"uri": uri}}
    return json.dumps(row, separators=(",", ":"))


def unanswered(question: str) -> Mapping[str, str]:
    """Return the event of a search that was left."""
    return {"event": "unanswered", "question": question}


def opened(question: str, page: str, first: str) -> Mapping[str, str]:
    """Return the event of a result that was opened."""
    return {"event": "opened", "question": question, "page": page, "first": first}


def vote(page: str, helpful: str) -> Mapping[str, str]:
    """Return the event of a vote."""
    return {"event": "vote", "page": page, "helpful": helpful}


def judged() -> list[dict[str, list[str]]]:
    """Return the judged questions, with the words that events may have."""
    rows = (ROOT / "tests/search/judged.jsonl").read_text(encoding="utf-8").splitlines()
    questions = [json.loads(row) for row in rows]
    for row in questions:
        row["words"] = [word for word in row["q"].lower().split() if word.isalpha()]
    return [row for row in questions if row["words"]]


def noise(chance: random.Random) -> Iterator[tuple[date, Mapping[str, str]]]:
    """Yield events of the last SPAN days, for ever, of which none is remarkable."""
    questions = judged()
    words = sorted({word for row in questions for word in row["words"]})
    pages = sorted({page for row in questions for page in row["pages"]} - {BAD})
    while True:
        day = DAY - timedelta(chance.randrange(SPAN))
        is_new = chance.random() < 0.5
        asked = chance.sample(words, 6) if is_new else chance.choice(questions)["words"]
        text = " ".join(asked)[:120].strip()
        kind = chance.random()
        if kind < 0.5:
            helpful = chance.choice(("yes", "yes", "yes", "no"))
            yield day, vote(chance.choice(pages), helpful)
        elif kind < 0.9:
            yield day, unanswered(text)
        else:
            yield day, opened(text, *chance.sample(pages, 2))


def month(events: int = 10_000) -> list[str]:
    """Return a month of so many events, in which VOUCHER, LATE and BAD are to be found."""
    chance = random.Random(21)
    made = noise(chance)
    rows = [next(made) for _ in range(events - 620)]

    def some_day() -> date:
        return DAY - timedelta(chance.randrange(SPAN))

    for number in range(300):
        rows.append((some_day(), unanswered(VOUCHER[number % 10 % len(VOUCHER)])))
    rows += [(some_day(), opened(LATE, PAGE, FIRST)) for _ in range(200)]
    rows += [(some_day(), vote(BAD, "no" if number % 4 else "yes")) for number in range(120)]
    return [line(day, **event) for day, event in sorted(rows, key=lambda row: row[0])]
