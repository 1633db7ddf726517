"""`python -m helpcentre.search.phrasings QUESTIONS`: print what search phrases are worth.

QUESTIONS is a file of judged questions: {"q": ..., "pages": [best first]} as JSON on each line.
Printed are how many of them find a right page first; which pages are taken for which others; the
phrases that search would understand as well without, because their page leads by far; and what the
phrases that are not committed yet change. Pages are read from the last build, in site/.
"""

import argparse
import json
import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from selectolax.lexbor import LexborHTMLParser

from helpcentre import content, search
from helpcentre.content import phrases
from helpcentre.content.git import git
from helpcentre.content.page import LISTS
from helpcentre.content.project import Project
from helpcentre.search.asking import Search
from macros.layout import SITE
from macros.problem import ProblemsError

FAR = math.log(30)
"""By so much, as the logarithm of a ratio, a page leads whose phrase adds nothing."""
_OF_TEMPLATE = "nav, .next, .helpful, .care, .counted, [data-calculator], .flow"
"""Parts of a built article that come from templates, which the index does not have."""


def search_of(project: Project, articles: Mapping[str, str]) -> Search:
    """Return the search of `project`, by the HTML that articles_of() gives."""
    return Search(search.index_of(project, articles), project.root)


def place(question: str, right: Sequence[str], now: Search) -> int:
    """Return the place of the first of the `right` addresses, from 1; 0 if none is shown."""
    places = (n for n, url in enumerate(now.answer(question), 1) if url in right)
    return next(places, 0)


def lead(question: str, url: str, now: Search) -> float:
    """Return the logarithm of the page's score over the best other one; below 0 if it lags."""
    scores = now.rank(question).scores
    own = next((score for page, score in scores if page == url), 1e-9)
    other = next((score for page, score in scores if page != url), 1e-9)
    return math.log(own / other)


def articles_of(project: Project, site: Path) -> dict[str, str]:
    """Return the HTML of each answer of the built folder `site`, by path under docs/.

    Raises SystemExit if it lacks a page.
    """
    articles = {}
    for page in project.pages.values():
        if page.front_matter.template in LISTS:
            continue
        file = site / page.url / "index.html"
        if not file.exists():
            raise SystemExit(f"{site.name}/ does not have {page.file}: run make build")
        article = LexborHTMLParser(file.read_text(encoding="utf-8")).css("article")[0]
        for part in article.css(_OF_TEMPLATE):
            part.decompose()
        articles[page.source] = article.html or ""
    return articles


def committed(project: Project) -> Project:
    """Return the project with the phrases of the last commit; without git, as it is."""
    if not git(project.root, "rev-parse", "HEAD"):
        return project

    def of_head(file: str) -> tuple[phrases.Phrase, ...]:
        return phrases.parse(file, git(project.root, "show", f"HEAD:./{file}"))

    pages = {
        source: replace(page, phrases=of_head(phrases.file_of(page.file)))
        for source, page in project.pages.items()
    }
    return replace(
        project, pages=pages, out_of_scope=of_head(phrases.out_of_scope(project.language))
    )


def of_questions(now: Search, questions: Sequence[Mapping[str, Sequence[str]]]) -> Iterator[str]:
    """Yield lines on how well the questions are answered, and which pages are confused."""
    wrong: dict[tuple[str, str], list[str]] = defaultdict(list)
    first = among_three = 0
    for question in questions:
        found = now.answer(str(question["q"]))
        first += found[:1] != [] and found[0] in question["pages"]
        among_three += bool({*found[:3]} & {*question["pages"]})
        if not found or found[0] not in question["pages"]:
            wrong[question["pages"][0], found[0] if found else "nothing"].append(str(question["q"]))
    count = len(questions)
    yield f"{count} judged questions: a right page is first for {100 * first / count:.1f} of 100,"
    yield f"among the first three for {100 * among_three / count:.1f}."
    yield "\nTaken for another page most often:"
    for (page, other), asked in sorted(wrong.items(), key=lambda row: -len(row[1]))[:12]:
        yield f"  {len(asked):3} {page} -> {other}, as in '{asked[0][:70]}'"


def of_phrases(now: Search, project: Project) -> Iterator[str]:
    """Yield lines on phrases that add nothing, and those whose own page is not first."""
    files = {
        phrases.file_of(page.file): (page.url, page.phrases) for page in project.pages.values()
    }
    contact = now.index.pages[-1].url
    files[phrases.out_of_scope(project.language)] = (contact, tuple(project.out_of_scope))
    yield "\nPhrases: how many there are, how many add nothing, how many find another page first:"
    for file, (url, own) in files.items():
        leads = [(lead(text, url, now), text, line) for text, line in own]
        far = [row for row in leads if row[0] > FAR]
        lost = sorted(row for row in leads if row[0] < 0)
        if own:
            yield f"  {len(own):4} {len(far):4} {len(lost):4}  {file}"
        if far:
            lines = ", ".join(str(line) for _, _, line in far)
            yield f"                  adds nothing: line {lines}"
        for _, text, line in lost[:2]:
            yield f"                  line {line}: '{text[:70]}'"


def of_change(
    before: Search, now: Search, questions: Sequence[Mapping[str, Sequence[str]]]
) -> Iterator[str]:
    """Yield lines on the questions that find another page first than by the committed phrases."""
    changes: Counter[str] = Counter()
    lines = []
    for question in questions:
        text, right = str(question["q"]), question["pages"]
        old, new = before.answer(text)[:1], now.answer(text)[:1]
        if old == new:
            continue
        kind = " -> ".join("right" if {*pages} & {*right} else "wrong" for pages in (old, new))
        changes[kind] += 1
        lines.append(f"  {kind}: '{text[:60]}': {' '.join(old)} -> {' '.join(new)}")
    total = ", ".join(f"{n} {kind}" for kind, n in sorted(changes.items())) or "nothing"
    yield f"\nWhat the phrases change that are not committed: {total}"
    yield from sorted(lines, key=lambda line: "right -> right" in line or "wrong -> wrong" in line)


def of_ranks(
    before: Search, now: Search, questions: Sequence[Mapping[str, Sequence[str]]]
) -> Iterator[str]:
    """Yield lines on the places of right pages: how many are first, and those that got worse."""
    rows = [
        (place(text, right, before), place(text, right, now), text)
        for text, right in ((str(question["q"]), question["pages"]) for question in questions)
    ]
    firsts = (100 * sum(row[n] == 1 for row in rows) / len(rows) for n in (0, 1))
    worse = [row for row in rows if (row[1] or math.inf) > (row[0] or math.inf)]
    better = sum((new or math.inf) < (old or math.inf) for old, new, _ in rows)
    yield "first for {:.1f} -> {:.1f} of 100 judged questions".format(*firsts) + (
        f"; {better} rank higher, {len(worse)} lower"
    )
    yield from (f"lower: rank {old} -> {new or 'none'}: '{text[:70]}'" for old, new, text in worse)


def read_questions(file: Path) -> list[Mapping[str, Sequence[str]]]:
    """Return the judged questions in `file`. Raises SystemExit if there are none."""
    try:
        questions = [
            json.loads(line) for line in file.read_text(encoding="utf-8").splitlines() if line
        ]
    except (OSError, ValueError) as error:
        raise SystemExit(f"{file}: {error}") from None
    if not questions:
        raise SystemExit(f"{file} has no questions")
    return questions


def main() -> None:
    """Print the report. Raises SystemExit with what is wrong with the input."""
    parser = argparse.ArgumentParser(prog="python -m helpcentre.search.phrasings")
    parser.add_argument("questions", type=Path)
    args = parser.parse_args()
    try:
        project = content.read(Path.cwd())
    except ProblemsError as error:
        raise SystemExit("\n".join(map(str, error.problems))) from None
    questions = read_questions(args.questions)
    articles = articles_of(project, project.root / SITE)
    now = search_of(project, articles)
    for line in of_questions(now, questions):
        print(line)
    for line in of_phrases(now, project):
        print(line)
    for line in of_change(search_of(committed(project), articles), now, questions):
        print(line)


if __name__ == "__main__":
    main()
