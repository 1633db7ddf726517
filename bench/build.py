"""What a build of many generated articles costs: ours, Material's own, and Zensical.

    python -m bench.build [--runs N] [COUNT ...]

All three build the same articles with the same values by the same macros, and a search index each.
Ours also applies every lint rule and writes everything that its site has. In each run every builder
builds once, so that a busy machine slows all of them; printed are medians of the runs: CPU seconds
of all processes, elapsed seconds, MB of the largest process, and the ratio of our CPU seconds to
this builder's. A run takes about half a minute for 1,000 articles, 3 for 5,000, 8 for 10,000.

Needs the development environment (`make test-fast` installs it).
"""

import argparse
import os
import shutil
import subprocess
import tempfile
import time
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from bench.articles import articles
from bench.stock import as_stock
from tests.project import MKDOCS, OWN_ENVIRONMENT, Project

COUNTS = (1_000, 5_000, 10_000)
PER_TOPIC = 50
ZENSICAL = MKDOCS.with_name("zensical")

ARTICLE = """---
title: {title}?
description: {description}
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
icon: material/package-variant-closed
reviewed: 2026-11-23
review_every: 180
related: [index.md]
---

What is it about?
"""


def add_articles(project: Project, count: int) -> None:
    """Add `count` articles to the project, in topics, and name them in the navigation."""
    generated = list(articles(count))
    nav = []
    for start in range(0, count, PER_TOPIC):
        number = start // PER_TOPIC
        folder = project.root / "docs" / f"topic-{number}"
        folder.mkdir()
        (folder / "index.md").write_text(TOPIC.format(number=number), encoding="utf-8")
        nav += [f"  - Topic {number}:", f"      - {folder.name}/index.md"]
        in_topic = generated[start : start + PER_TOPIC]
        for offset, article in enumerate(in_topic):
            words = article.text.split()
            following = f"article-{(offset + 1) % len(in_topic)}.md"
            page = ARTICLE.format(
                title=f"{article.title} {start + offset}",
                description=" ".join(words[:12]).capitalize(),
                related=f"{folder.name}/{following}",
                answer=article.answer.capitalize(),
                heading=article.headings[0][1].capitalize(),
                first=_sentences(words[20:110]),
                first_step=_sentences(words[110:120])[:-1],
                link=following,
                exception=_sentences(words[120:150]),
                second_heading=article.headings[0][1].title(),
                second=_sentences(words[150:270]),
            )
            (folder / f"article-{offset}.md").write_text(page, encoding="utf-8")
            phrases = "\n".join(article.phrases)
            (folder / f"article-{offset}.phrases.txt").write_text(phrases, encoding="utf-8")
            nav.append(f"      - {folder.name}/article-{offset}.md")
    project.edit("mkdocs.yml", "  - questions.md", "\n".join([*nav, "  - questions.md"]))


def _sentences(words: list[str]) -> str:
    """Return `words` as sentences of twelve words."""
    rows = [words[start : start + 12] for start in range(0, len(words), 12)]
    return " ".join(f"{' '.join(row).capitalize()}." for row in rows)


@dataclass(frozen=True)
class Cost:
    """What one build took."""

    cpu: float
    """Seconds of all its processes and threads."""
    elapsed: float
    """Seconds."""
    memory: float
    """MB of its largest process."""
    pages: int
    """How many HTML files it wrote."""


def build(project: Project, builder: Path) -> Cost:
    """Build, remove the site, and return the cost. Raises RuntimeError if the build fails."""
    log, site = project.root / "build.log", project.root / "site"
    began = time.monotonic()
    with log.open("wb") as output:
        process = subprocess.Popen(
            (builder, "build"),
            cwd=project.root,
            env=OWN_ENVIRONMENT | {"PYTHONPATH": "."},
            stdout=output,
            stderr=subprocess.STDOUT,
        )
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    elapsed = time.monotonic() - began
    if process.returncode:
        raise RuntimeError(f"{builder.name} failed:\n{log.read_text(encoding='utf-8')[-3000:]}")
    pages = sum(1 for _ in site.rglob("*.html"))
    shutil.rmtree(site)
    shutil.rmtree(project.root / ".cache", ignore_errors=True)  # Zensical's, of the previous run
    return Cost(used.ru_utime + used.ru_stime, elapsed, used.ru_maxrss / 1024, pages)


def compare(count: int, runs: int) -> None:
    """Print a row for each builder at `count` articles."""
    with tempfile.TemporaryDirectory() as folder:
        ours = Project.copy(Path(folder) / "ours")
        add_articles(ours, count)
        stock = Project(Path(shutil.copytree(ours.root, Path(folder) / "stock")))
        as_stock(stock)
        builders = {
            "ours": (ours, MKDOCS),
            "Material's own": (stock, MKDOCS),
            "Zensical": (stock, ZENSICAL),
        }
        costs: dict[str, list[Cost]] = defaultdict(list)
        for _ in range(runs):
            for name, (project, builder) in builders.items():
                costs[name].append(build(project, builder))
    for name, own in costs.items():
        cpu, elapsed = median(cost.cpu for cost in own), median(cost.elapsed for cost in own)
        memory = median(cost.memory for cost in own)
        ratio = median(our.cpu / cost.cpu for our, cost in zip(costs["ours"], own, strict=True))
        print(
            f"| {count:,} | {name} | {cpu:.1f} | {elapsed:.1f} | {memory:.0f} | {ratio:.2f}"
            f" | {own[0].pages:,} |",
            flush=True,
        )


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(prog="python -m bench.build")
    parser.add_argument("counts", nargs="*", type=int, metavar="COUNT", help="of articles")
    parser.add_argument("--runs", type=int, default=3, help="builds by each builder (3)")
    args = parser.parse_args()
    print("| articles | builder | CPU s | elapsed s | MB | ours / this | pages |")
    print("|---|---|---|---|---|---|---|")
    for count in args.counts or COUNTS:
        compare(count, args.runs)


if __name__ == "__main__":
    main()
