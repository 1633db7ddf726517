"""`python -m checks.new_page`: begin a page, with every key it needs, and show its place in `nav`.

Asks for the question and the topic; makes docs/<topic>/<question>.md. `make check` then tells what
is still to be filled in.
"""

import json
import re
import sys
import unicodedata
from datetime import date
from pathlib import Path

import yaml

from checks.descriptions import LONGEST, SHORTEST
from checks.navigation import FILE as NAVIGATION
from checks.page import FEWEST_ASKS
from macros import policy
from macros.clock import today

TEMPLATE = """\
---
title: {title}
description: # the answer in one sentence, {shortest} to {longest} characters
asks: # at least {fewest} ways in which shoppers put the question, without digits
  - {ask}
sources: [] # the facts of facts.yml that the page states
reviewed: {day}
review_every: 180
related: # where to go next: paths under docs/
  - contact.md
---

The answer, in two sentences. A value is stated as {{{{ policy.name }}}}: `make values` lists them.

## What to do

1. The first step.
2. The next step.

!!! exception "When it is different"

    What to do then.
"""


def slug(question: str) -> str:
    """Return the question as a part of an address: small letters, digits and hyphens."""
    plain = unicodedata.normalize("NFKD", question).encode("ascii", "ignore").decode().lower()
    return "-".join(re.findall(r"[a-z0-9]+", plain.replace("'", "")))


def begin(root: Path, question: str, topic: str, day: date) -> str:
    """Write the page, and return what to do next.

    Raises ValueError if the question or topic cannot be used, or FileExistsError if the page is
    there already; nothing is written then.
    """
    question = " ".join(question.split())
    if not slug(question) or re.search(r"[<>\"{}]", question):
        raise ValueError(f"expected a question in words, found '{question}'")
    topics = sorted(path.parent.name for path in (root / "docs").glob("*/index.md"))
    if topic not in topics:
        raise ValueError(f"expected one of the topics {', '.join(topics)}, found '{topic}'")
    source = f"{topic}/{slug(question)}.md"
    text = TEMPLATE.format(
        title=_plain_or_quoted(question),
        shortest=SHORTEST,
        longest=LONGEST,
        fewest=FEWEST_ASKS,
        ask=_plain_or_quoted(question.rstrip("?").lower()),
        day=day,
    )
    with (root / "docs" / source).open("x", encoding="utf-8", newline="\n") as file:
        file.write(text)
    return (
        f"docs/{source} is begun. Name it in 'nav' in {NAVIGATION}, below {topic}/index.md:\n\n"
        f"      - {source}\n\n"
        "Then write it; `make check` tells what is still missing."
    )


def _plain_or_quoted(words: str) -> str:
    """Return `words` as YAML: as they are if YAML reads them so, else in quotes."""
    try:
        plain = yaml.safe_load(f"- {words}") == [words]
    except yaml.YAMLError:
        plain = False
    return words if plain else json.dumps(words, ensure_ascii=False)


def main() -> int:
    """Ask for the question and the topic. Return the exit status."""
    root = Path.cwd()
    try:
        question = input("The shopper's question: ")
        topic = input("Its topic, such as orders: ").strip()
        print(begin(root, question, topic, today(policy.read(root).zone)))
    except EOFError:
        print("No answer: nothing was written.")
        return 1
    except FileExistsError as error:
        print(f"{error.filename} is there already: nothing was written.")
        return 1
    except ValueError as error:
        print(f"{error}: nothing was written.")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
