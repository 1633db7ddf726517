"""`make bench`: what a build of many made-up articles costs, beside Material's own and Zensical.

All three build the same articles, with the same policy values by the same macros, with a search
index. Ours has everything of ours: values, checks, search, what machines read.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from bench.articles import articles
from tests.project import MKDOCS, OWN_ENVIRONMENT, Project

COUNTS = (1_000, 5_000, 10_000)
IN_A_TOPIC = 50

ARTICLE = """---
title: {title}?
description: {description}
asks:
{asks}
sources: [F6]
reviewed: 2026-11-23
review_every: 180
related:
  - {related}
---

{answer}. It takes {{{{ policy.refund_arrival }}}}.

## {heading}

{first}

1. {first_step}.
2. Wait up to {{{{ policy.seller_response_time }}}}.
3. See [what may come next]({link}).

!!! exception "Did the seller refuse?"

    {exception}.

## {second_heading}

{second}
"""
TOPIC = """---
title: Topic {number}
description: Everything that shoppers ask about this topic, each question with its short answer.
template: topic.html
icon: topic/orders
reviewed: 2026-11-23
review_every: 180
related: [index.md]
---

What is it about?
"""


def write(project: Project, count: int) -> None:
    """Add `count` articles to the project, in topics, and name them in the navigation."""
    made = list(articles(count))
    nav = []
    for number in range(0, count, IN_A_TOPIC):
        topic = f"topic-{number // IN_A_TOPIC}"
        folder = project.root / "docs" / topic
        folder.mkdir()
        (folder / "index.md").write_text(TOPIC.format(number=topic[6:]), encoding="utf-8")
        nav += [f"  - Topic {topic[6:]}:", f"      - {topic}/index.md"]
        for offset, article in enumerate(made[number : number + IN_A_TOPIC]):
            words = article.text.split()
            after = (offset + 1) % min(IN_A_TOPIC, count - number)
            page = ARTICLE.format(
                title=f"{article.title} {number + offset}",
                description=" ".join(words[:12]).capitalize(),
                asks="\n".join(f"  - {ask}" for ask in article.asks),
                related=f"{topic}/article-{after}.md",
                answer=article.answer.capitalize(),
                heading=article.headings[0][1].capitalize(),
                first=_sentences(words[20:110]),
                first_step=_sentences(words[110:120])[:-1],
                link=f"article-{after}.md",
                exception=_sentences(words[120:150]),
                second_heading=article.headings[0][1].title(),
                second=_sentences(words[150:270]),
            )
            (folder / f"article-{offset}.md").write_text(page, encoding="utf-8")
            nav.append(f"      - {topic}/article-{offset}.md")
    project.edit("mkdocs.yml", "  - questions.md", "\n".join([*nav, "  - questions.md"]))


def _sentences(words: list[str]) -> str:
    """Return `words` as sentences of twelve."""
    rows = [words[start : start + 12] for start in range(0, len(words), 12)]
    return " ".join(f"{' '.join(row).capitalize()}." for row in rows)


STOCK = """
theme: {name: material, font: false, features: [navigation.prune]}
plugins: [search, {macros: {module_name: macros}}]
markdown_extensions: [admonition, attr_list, md_in_html, tables]
"""


def as_stock(project: Project) -> None:
    """Take all of ours away but words, values and macros."""
    config = project.root / "mkdocs.yml"
    nav = config.read_text(encoding="utf-8").partition("\nnav:")[2].partition("\ntheme:")[0]
    config.write_text(f"site_name: Help\nnav:{nav}{STOCK}", encoding="utf-8")
    for file in (project.root / "docs").rglob("*.md"):
        text = file.read_text(encoding="utf-8")
        kept = [line for line in text.splitlines() if not line.startswith(("template:", "icon:"))]
        file.write_text("\n".join(kept), encoding="utf-8")


@dataclass(frozen=True)
class Cost:
    """What one build took."""

    cpu: float
    """Seconds of all its processes and threads."""
    wall: float
    """Seconds that passed."""
    memory: float
    """MB of its largest process."""


def build(project: Project, builder: Path) -> Cost:
    """Build, and return what it cost. Raises CalledProcessError with what a failed build told."""
    told = project.root / "told.txt"
    began = time.monotonic()
    with told.open("wb") as output:
        process = subprocess.Popen(
            (builder, "build"),
            cwd=project.root,
            env=OWN_ENVIRONMENT | {"PYTHONPATH": "."},
            stdout=output,
            stderr=subprocess.STDOUT,
        )
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    wall = time.monotonic() - began
    if process.returncode:
        print(told.read_text(encoding="utf-8")[-3000:])
        raise subprocess.CalledProcessError(process.returncode, builder)
    return Cost(used.ru_utime + used.ru_stime, wall, used.ru_maxrss / 1024)


def main(counts: list[str]) -> int:
    """Print a row for each number of articles and each builder."""
    zensical = MKDOCS.with_name("zensical")
    print("| articles | builder | CPU s | s | MB | pages |")
    print("|---|---|---|---|---|---|")
    for count in map(int, counts or COUNTS):
        with tempfile.TemporaryDirectory() as folder:
            ours = Project.copy(Path(folder) / "ours")
            write(ours, count)
            stock = Project(Path(shutil.copytree(ours.root, Path(folder) / "stock")))
            as_stock(stock)
            builders: dict[str, tuple[Project, Path]] = {
                "ours": (ours, MKDOCS),
                "Material's own": (stock, MKDOCS),
                "Zensical": (stock, zensical),
            }
            for name, (project, command) in builders.items():
                cost = build(project, command)
                spent = f"{cost.cpu:.1f} | {cost.wall:.1f} | {cost.memory:.0f}"
                pages = sum(1 for _ in (project.root / "site").rglob("*.html"))
                print(f"| {count} | {name} | {spent} | {pages} |", flush=True)
                shutil.rmtree(project.root / "site")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
