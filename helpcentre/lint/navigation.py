"""The navigation in mkdocs.yml names each page once; a topic begins with a page of its own."""

from collections import Counter
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from typing import Any

import yaml

from helpcentre.content.page import CONTACT
from helpcentre.content.project import Project
from macros.problem import Problem
from macros.strict_yaml import did_you_mean, read_text

FILE = "mkdocs.yml"
MAX_QUESTIONS = 50
"""Of one topic: they are all on one page, which a phone must load and a reader must scan."""
NEEDED = ("index.md", "questions.md", CONTACT)
"""Pages that every page links to."""


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """Ignores MkDocs' own tags, such as !ENV."""


_Loader.add_multi_constructor("", lambda loader, suffix, node: None)


def check(project: Project) -> list[Problem]:
    """Return a problem for each page that `nav` lacks or names wrongly, and for each odd topic."""
    text = read_text(project.root, FILE)
    try:
        nav = yaml.load(text, Loader=_Loader)["nav"]  # noqa: S506 - a safe loader
    except (yaml.YAMLError, KeyError, TypeError) as error:
        return [Problem(FILE, 1, f"expected YAML with the key 'nav': {error}")]
    nav = without(nav, project.hidden)
    pages = project.sources - project.hidden
    named = Counter(_named(nav))
    problems = [
        Problem(f"docs/{lost}", 1, f"is not in 'nav' in {FILE}")
        for lost in pages - project.drafts - named.keys()
    ]
    for name, times in named.items():
        if name not in pages:
            message = f"'nav' names docs/{name}, which does not exist{did_you_mean(name, pages)}"
            problems.append(_at(name, text, message))
        elif times > 1:
            problems.append(_at(name, text, f"'nav' names docs/{name} {times} times"))
    problems += [
        Problem(FILE, 1, f"there is no page docs/{needed}: every page links to it")
        for needed in NEEDED
        if needed not in pages
    ]
    return sorted(problems or _topics(nav, project, text))


def without(nav: Any, hidden: AbstractSet[str]) -> Any:
    """Return `nav` without the pages in `hidden`, and without what is empty then."""
    if isinstance(nav, list):
        return [rest for item in nav if (rest := without(item, hidden)) or not item]
    if isinstance(nav, dict):
        below = {title: (item, without(item, hidden)) for title, item in nav.items()}
        return {title: rest for title, (item, rest) in below.items() if rest or not item}
    return None if nav in hidden else nav


def _topics(nav: list[Any], project: Project, text: str) -> Iterator[Problem]:
    """Yield a problem for each topic that does not begin with a page of its own, with an icon."""
    own_pages = {"index.md": "home.html"}
    for item in nav:
        for title, below in item.items() if isinstance(item, dict) else ():
            first = below[0] if isinstance(below, list) and below else None
            own = project.pages.get(first) if isinstance(first, str) else None
            if isinstance(first, str):
                own_pages[first] = "topic.html"
            if isinstance(below, str):
                message = f"'nav' gives docs/{below} the title '{title}'"
                yield _at(below, text, f"{message}: the page has one of its own")
                continue
            wrong = []
            if isinstance(below, list) and len(below) - 1 > MAX_QUESTIONS:
                wrong.append(
                    f"has {len(below) - 1} questions: expected at most {MAX_QUESTIONS}, for"
                    " shoppers find none among more; split it"
                )
            if any(isinstance(question, dict) for question in below or ()):
                wrong.append("has sub-topics: expected pages only")
            if not (own and own.front_matter.template == "topic.html" and own.front_matter.icon):
                wrong.append("must begin with a page that has 'template: topic.html' and an 'icon'")
            for message in wrong:
                yield _at(f"{title}:", text, f"the topic '{title}' {message}")
    for source, page in project.pages.items():
        template, expected = page.front_matter.template, own_pages.get(source)
        if template in ("home.html", "topic.html") and template != expected:
            message = f"'template: {template}' is for another place in 'nav'"
            yield Problem(page.file, page.line_of_key("template"), message)


def _at(words: str, text: str, message: str) -> Problem:
    """Return the problem of the line of mkdocs.yml that has these words."""
    before, found, _ = text.partition(words)
    return Problem(FILE, before.count("\n") + 1 if found else 1, message)


def _named(nav: Any) -> Iterator[str]:
    """Yield every path in `nav`, nested lists of paths and of titles with more of both."""
    if isinstance(nav, list):
        for item in nav:
            yield from _named(item)
    elif isinstance(nav, dict):
        for below in nav.values():
            yield from _named(below)
    else:
        yield str(nav)
