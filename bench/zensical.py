"""`make zensical`: how far Zensical builds this site, value by value and page by page.

Zensical runs no hooks and has templates of another kind, so it builds the pages in its own look:
what is told here is what such a move would keep, and what would have to be made for it. It is a
report, and fails for nothing that Zensical does or leaves.
"""

import os
import re
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from selectolax.lexbor import LexborHTMLParser

import checks
from bench.build import as_stock
from checks import names
from checks.content import Content
from checks.page import Page
from macros.clock import VARIABLE
from publish import content_policy
from tests.project import DAY, MKDOCS, ROOT, Outcome, Project, run

ZENSICAL = MKDOCS.with_name("zensical")
_VALUE = re.compile(r"\{\{\s*(policy\.\w+(?:\.\w+)?)\s*\}\}")
PARTS = {
    "way back": ".crumbs",
    "values lead to their dates": ".value",
    "exceptions": ".admonition.exception",
    "flow": ".flow",
    "calculator": ".calculator",
    "where to go next": ".next",
    "customer care": ".care",
    "was this helpful": ".helpful",
}
"""What our pages have, by how it is found in them."""
MISTAKES = {
    "a value that is not there": (
        "docs/contact.md",
        "policy.customer_care_hours }}:",
        "policy.h }}:",
    ),
    "a link to a page that is not there": ("docs/contact.md", "(questions.md)", "(question.md)"),
    "a wrong kind in policy.yml": ("policy.yml", "kind: range", "kind: rnge"),
    "a number typed by hand": ("docs/contact.md", "Before you contact", "Within 5 days, contact"),
}


def build(project: Project) -> Outcome:
    """Build with a program that may take for ever."""
    return run("timeout", "300", ZENSICAL, "build", cwd=project.root, PYTHONPATH=".")


def words(html: str, selector: str) -> str:
    """Return the text of the first node that `selector` finds, with single spaces."""
    node = LexborHTMLParser(html).css_first(selector)
    return " ".join(node.text().split()) if node else ""


def stated(page: Page, content: Content) -> Iterator[tuple[str, str]]:
    """Yield each value that the text of `page` states, and the words that it has there."""
    for expression in dict.fromkeys(_VALUE.findall(page.body)):
        yield expression, names.fill(f"{{{{ {expression} }}}}", content.plain_policy).striptags()


def report() -> Iterator[str]:
    """Yield the lines of the report, in Markdown."""
    content = checks.read(ROOT, None)
    with tempfile.TemporaryDirectory() as folder:
        ours = Project.copy(Path(folder) / "ours")
        theirs = Project.copy(Path(folder) / "theirs")
        run(MKDOCS, "build", cwd=ours.root)
        version = run(ZENSICAL, "--version", cwd=ROOT).output.strip()
        yield f"# This site, built by Zensical {version}\n"
        outcome = build(theirs)
        yield f"As it is, with our templates: it ends with status {outcome.code}."
        yield from (f"    {line}" for line in outcome.output.strip().splitlines()[-3:])
        as_stock(theirs)
        outcome = build(theirs)
        yield f"\nIn its own look, without our templates: it ends with status {outcome.code}.\n"
        site = theirs.root / "site"
        yield from _pages(content, ours.root / "site", site)
        yield from _values(content, site)
        yield from _files(ours, site)
        yield from _mistakes(Path(folder))


def _pages(content: Content, ours: Path, theirs: Path) -> Iterator[str]:
    yield "## Pages\n"
    yield f"| page | built | heading is the same | values that it states | {' | '.join(PARTS)} |"
    yield f"|---|---|---|---|{'---|' * len(PARTS)}"
    for page in content.pages.values():
        file = theirs / page.url / "index.html"
        html = file.read_text(encoding="utf-8") if file.is_file() else ""
        own = (ours / page.url / "index.html").read_text(encoding="utf-8")
        same = words(html, "h1").startswith(words(own, "h1")) if html else False
        text = words(html, "article")
        found = [said in text for _, said in stated(page, content)]
        parts = [
            ("kept" if LexborHTMLParser(html).css(selector) else "missing")
            if LexborHTMLParser(own).css(selector)
            else ""
            for selector in PARTS.values()
        ]
        values = f"{sum(found)} of {len(found)}"
        built = [_yes(bool(html)), _yes(same), values]
        yield f"| /{page.url} | {' | '.join([*built, *parts])} |"


def _values(content: Content, theirs: Path) -> Iterator[str]:
    yield "\n## Values\n\n| value | reads | pages that state it | of these read so |"
    yield "|---|---|---|---|"
    found: dict[tuple[str, str], list[bool]] = {}
    for page in content.pages.values():
        file = theirs / page.url / "index.html"
        text = words(file.read_text(encoding="utf-8"), "article") if file.is_file() else ""
        for expression, said in stated(page, content):
            found.setdefault((expression, said), []).append(said in text)
    for (expression, said), pages in sorted(found.items()):
        yield f"| {expression} | {said} | {len(pages)} | {sum(pages)} |"


def _files(ours: Project, theirs: Path) -> Iterator[str]:
    yield "\n## What comes with the pages\n"
    for path in sorted((ours.root / "site").iterdir()):
        if path.name not in ("index.html", "assets") and not list(path.rglob("index.html")):
            yield f"- {path.name}: {'there' if (theirs / path.name).exists() else 'missing'}"
    refused = list(content_policy.check(theirs))
    pages = {problem.file for problem in refused}
    yield f"- the content security policy would break {len(pages)} of its pages:"
    for why in sorted({problem.message for problem in refused})[:8]:
        yield f"    - {why}"
    made = run(sys.executable, "-m", "search", theirs, cwd=ours.root)
    index = theirs / "search/index.bin"
    told = f"{index.stat().st_size:,} bytes" if index.is_file() else made.output
    yield f"- our search, made from its pages and the front matter of our own build: {told}"


def _mistakes(folder: Path) -> Iterator[str]:
    yield "\n## Mistakes\n\n| mistake | what it does |\n|---|---|"
    for number, (mistake, (file, old, new)) in enumerate(MISTAKES.items()):
        project = Project.copy(folder / f"mistake-{number}")
        project.edit(file, old, new)
        as_stock(project)
        outcome = build(project)
        page = project.root / "site/contact/index.html"
        verdict = "stops" if outcome.code else "publishes it" if page.is_file() else "no such page"
        yield f"| {mistake} | {verdict} |"


def _yes(is_so: bool) -> str:
    return "yes" if is_so else "no"


if __name__ == "__main__":
    os.environ[VARIABLE] = str(DAY)
    for told in report():
        print(told, flush=True)
    sys.exit(0)
