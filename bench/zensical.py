"""How far Zensical builds this site, page by page and value by value, in Markdown.

    python -m bench.zensical

Zensical runs no plugin of ours and has templates of another kind, so it builds the pages with its
own templates. The report says what a move to it would keep and what would have to be written again;
hosting/migration.md sums it up. It exits with 0 whatever Zensical does. Takes half a minute.

Needs the development environment (`make test-fast` installs it).
"""

import re
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

from selectolax.lexbor import LexborHTMLParser

from bench.stock import as_stock
from helpcentre import lint
from helpcentre.content import template
from helpcentre.content.page import Page
from helpcentre.content.project import Project as Content
from helpcentre.site import built_pages
from tests.project import MKDOCS, ROOT, Outcome, Project, run

ZENSICAL = MKDOCS.with_name("zensical")
_VALUE = re.compile(r"\{\{\s*(policy\.\w+(?:\.\w+)?)\s*\}\}")
COMPONENTS = {
    "breadcrumbs": ".crumbs",
    "values link to key dates": "article > p a.row, article > ol a.row",
    "exceptions": ".admonition.exception",
    "flow": ".flow",
    "calculator": ".calculator",
    "related pages": ".next",
    "customer care": ".care",
    "was this helpful": ".helpful",
}
"""What our pages have, each with the selector that finds it."""
MISTAKES = {
    "a value that does not exist": (
        "docs/contact.md",
        "policy.customer_care_hours }}:",
        "policy.h }}:",
    ),
    "a link to a missing page": ("docs/contact.md", "(questions.md)", "(question.md)"),
    "a wrong kind in policy.yml": ("content/policy.yml", "kind: range", "kind: rnge"),
    "a number typed by hand": ("docs/contact.md", "Before you contact", "Within 5 days, contact"),
}


def build(project: Project) -> Outcome:
    """Build with Zensical, for at most five minutes."""
    return run("timeout", "300", ZENSICAL, "build", cwd=project.root, PYTHONPATH=".")


def read(site: Path, page: Page) -> str:
    """Return the HTML of the built page, or nothing if it was not built."""
    file = site / page.url / "index.html"
    return file.read_text(encoding="utf-8") if file.is_file() else ""


def text_of(html: str, selector: str) -> str:
    """Return the text of the first element that `selector` finds, with single spaces."""
    node = LexborHTMLParser(html).css_first(selector)
    return " ".join(node.text().split()) if node else ""


def values_of(page: Page, content: Content) -> Mapping[str, str]:
    """Return the words of each value that the page's text states, by its expression."""
    return {
        expression: template.fill(f"{{{{ {expression} }}}}", content.plain_policy).striptags()
        for expression in _VALUE.findall(page.body)
    }


def report() -> Iterator[str]:
    """Yield the lines of the report."""
    content = lint.load(ROOT)
    with tempfile.TemporaryDirectory() as folder:
        ours = Project.copy(Path(folder) / "ours")
        theirs = Project.copy(Path(folder) / "theirs")
        outcome = ours.build()
        if outcome.code:
            raise SystemExit(outcome.output)
        version = run(ZENSICAL, "--version", cwd=ROOT).output.strip()
        yield f"# This site, built by Zensical {version}\n"
        outcome = build(theirs)
        yield f"With our templates, exit status {outcome.code}:\n"
        yield from (f"    {line}" for line in outcome.output.strip().splitlines()[-3:])
        as_stock(theirs)
        outcome = build(theirs)
        yield f"\nWith its own templates, exit status {outcome.code}."
        sites = ours.root / "site", theirs.root / "site"
        yield from _pages(content, *sites)
        yield from _values(content, sites[1])
        yield from _files(*sites)
        yield from _mistakes(Path(folder))


def _pages(content: Content, ours: Path, theirs: Path) -> Iterator[str]:
    yield "\n## Pages\n"
    yield f"| page | built | same heading | values in its text | {' | '.join(COMPONENTS)} |"
    yield f"|---|---|---|---|{'---|' * len(COMPONENTS)}"
    for page in content.pages.values():
        our_html, html = read(ours, page), read(theirs, page)
        heading, text = text_of(html, "h1"), text_of(html, "article")
        is_same = heading.startswith(text_of(our_html, "h1")) if heading else False
        kept = [words in text for words in values_of(page, content).values()]
        cells = [
            f"/{page.url}",
            "yes" if html else "no",
            "yes" if is_same else "no",
            f"{sum(kept)} of {len(kept)}",
        ]
        for selector in COMPONENTS.values():
            if not LexborHTMLParser(our_html).css(selector):
                cells.append("")
            else:
                cells.append("kept" if LexborHTMLParser(html).css(selector) else "missing")
        yield f"| {' | '.join(cells)} |"


def _values(content: Content, theirs: Path) -> Iterator[str]:
    yield "\n## Values\n\n| value | words | pages that state it | pages that have its words |"
    yield "|---|---|---|---|"
    found: dict[tuple[str, str], list[bool]] = {}
    for page in content.pages.values():
        text = text_of(read(theirs, page), "article")
        for expression, words in values_of(page, content).items():
            found.setdefault((expression, words), []).append(words in text)
    for (expression, words), pages in sorted(found.items()):
        yield f"| {expression} | {words} | {len(pages)} | {sum(pages)} |"


def _files(ours: Path, theirs: Path) -> Iterator[str]:
    yield "\n## Other files\n"
    for path in sorted(ours.iterdir()):
        if path.name not in ("index.html", "assets") and not list(path.rglob("index.html")):
            yield f"- {path.name}: {'written' if (theirs / path.name).exists() else 'missing'}"
    refused = list(built_pages.refused(built_pages.read(theirs)))
    pages = {problem.file for problem in refused}
    yield f"- the content security policy would stop something in {len(pages)} of its files:"
    for message in sorted({problem.message for problem in refused})[:8]:
        yield f"    - {message}"


def _mistakes(folder: Path) -> Iterator[str]:
    yield "\n## Mistakes\n\n| mistake | its build |\n|---|---|"
    for number, (mistake, (file, old, new)) in enumerate(MISTAKES.items()):
        project = Project.copy(folder / f"mistake-{number}")
        project.edit(file, old, new)
        as_stock(project)
        outcome = build(project)
        if outcome.code:
            verdict = "fails"
        elif (project.root / "site/contact/index.html").is_file():
            verdict = "publishes it"
        else:
            verdict = "leaves the page out"
        yield f"| {mistake} | {verdict} |"


if __name__ == "__main__":
    for line in report():
        print(line, flush=True)
