"""`python -m helpcentre.content.new_page`: start a page, with every key that it needs.

It asks for the question and the topic, writes docs/<topic>/<question>.md, and shows the line to add
to `nav`. `make check` then reports what is still missing.
"""

import json
import re
from datetime import date
from pathlib import Path

import yaml

from helpcentre.content import phrases
from helpcentre.content.facts import FILE as FACTS_FILE
from helpcentre.content.page import slug
from macros import language, policy
from macros.clock import today
from macros.layout import DOCS

TEMPLATE = """\
---
title: {title}
description: # the answer in one sentence, {min_length} to {max_length} characters
sources: [] # the facts of {facts_file} that the page states
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
PHRASES = """\
# How shoppers put the question, one way a line: whole sentences and stories help most. No times.
{}
"""


def start(root: Path, question: str, topic: str, day: date) -> str:
    """Write the page, and return what to do next.

    Raises ValueError if the question or topic cannot be used, or FileExistsError if the page
    exists already; nothing is written then.
    """
    question = " ".join(question.split())
    if not slug(question) or re.search(r"[<>\"{}]", question):
        raise ValueError(f"expected a question in words, found '{question}'")
    topics = sorted(path.parent.name for path in (root / DOCS).glob("*/index.md"))
    if topic not in topics:
        raise ValueError(f"expected one of the topics {', '.join(topics)}, found '{topic}'")
    source = f"{topic}/{slug(question)}.md"
    least, most = language.read(root).description
    text = TEMPLATE.format(
        title=plain_or_quoted(question),
        min_length=least,
        max_length=most,
        facts_file=FACTS_FILE,
        day=day,
    )
    own = phrases.file_of(f"{DOCS}/{source}")
    asked = PHRASES.format(question.rstrip("?").lower())
    for file, content in ((f"{DOCS}/{source}", text), (own, asked)):
        with (root / file).open("x", encoding="utf-8", newline="\n") as new:
            new.write(content)
    return (
        f"Started docs/{source}. Add it to 'nav' in mkdocs.yml, below {topic}/index.md:\n\n"
        f"      - {source}\n\n"
        f"Then write it, and in {own} how shoppers ask; `make check` reports what is still missing."
    )


def plain_or_quoted(words: str) -> str:
    """Return `words` as YAML: as they are if YAML reads them so, else in quotes."""
    try:
        plain = yaml.safe_load(f"- {words}") == [words]
    except yaml.YAMLError:
        plain = False
    return words if plain else json.dumps(words, ensure_ascii=False)


def main() -> None:
    """Ask for the question and the topic. Raises SystemExit if nothing could be written."""
    root = Path.cwd()
    try:
        question = input("The shopper's question: ")
        topic = input("Its topic, such as orders: ").strip()
        print(start(root, question, topic, today(policy.read(root).zone)))
    except EOFError:
        raise SystemExit("No answer: nothing was written.") from None
    except FileExistsError as error:
        raise SystemExit(f"{error.filename} exists already: nothing was written.") from None
    except ValueError as error:
        raise SystemExit(f"{error}: nothing was written.") from None


if __name__ == "__main__":
    main()
