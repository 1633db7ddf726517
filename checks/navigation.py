"""The navigation in mkdocs.yml names each page once, and nothing else.

A topic begins with its own page, which has a picture for the home page.
"""

from collections import Counter
from collections.abc import Iterator
from typing import Any

import yaml

from checks.content import Content
from checks.page import files
from macros.problem import Problem
from macros.strict_yaml import did_you_mean, read_text

FILE = "mkdocs.yml"
MOST_QUESTIONS = 50
"""Of a topic: they stand on one page, which a phone must load and a reader must take in."""
NEEDED = ("index.md", "questions.md", "contact.md")
"""Pages that every page links to."""


class _Loader(yaml.SafeLoader):
    """Reads past MkDocs' own tags, such as !ENV."""


_Loader.add_multi_constructor("", lambda loader, suffix, node: None)


def check(content: Content) -> list[Problem]:
    """Return a problem for each page that `nav` lacks or names wrongly, and for each odd topic."""
    text = read_text(content.root, FILE)
    try:
        nav = yaml.load(text, Loader=_Loader)["nav"]  # noqa: S506 - a safe loader
    except (yaml.YAMLError, KeyError, TypeError) as error:
        return [Problem(FILE, 1, f"expected YAML with the key 'nav': {error}")]
    pages = {file.removeprefix("docs/") for file in files(content.root)}
    named = Counter(_named(nav))
    problems = [
        Problem(f"docs/{lost}", 1, f"is not in 'nav' in {FILE}") for lost in pages - named.keys()
    ]
    for name, times in named.items():
        if name not in pages:
            wrong = f"'nav' names docs/{name}, and there is no such page{did_you_mean(name, pages)}"
            problems.append(Problem(FILE, _line(text, name), wrong))
        elif times > 1:
            problems.append(
                Problem(FILE, _line(text, name), f"'nav' names docs/{name} {times} times")
            )
    problems += [
        Problem(FILE, 1, f"there is no page docs/{needed}: every page links to it")
        for needed in NEEDED
        if needed not in pages
    ]
    return sorted(problems or _topics(nav, content, text))


def _topics(nav: list[Any], content: Content, text: str) -> Iterator[Problem]:
    """Yield a problem for each topic that does not begin with a page of its own, with a picture."""
    own_pages = {"index.md": "home.html"}
    for item in nav:
        for title, below in item.items() if isinstance(item, dict) else ():
            first = below[0] if isinstance(below, list) and below else None
            own = content.pages.get(first) if isinstance(first, str) else None
            if isinstance(first, str):
                own_pages[first] = "topic.html"
            if isinstance(below, str):
                message = (
                    f"'nav' gives docs/{below} the title '{title}': the page has one of its own"
                )
                yield Problem(FILE, _line(text, below), message)
                continue
            if isinstance(below, list) and len(below) - 1 > MOST_QUESTIONS:
                yield Problem(
                    FILE,
                    _line(text, f"{title}:"),
                    f"the topic '{title}' has {len(below) - 1} questions: shoppers find none among"
                    f" more than {MOST_QUESTIONS}; make two topics of it",
                )
            if any(isinstance(question, dict) for question in below or ()):
                yield Problem(
                    FILE, _line(text, f"{title}:"), f"the topic '{title}' holds more than pages"
                )
            if own and own.front_matter.template == "topic.html" and own.front_matter.icon:
                continue
            message = (
                f"the topic '{title}' must begin with a page that has 'template: topic.html'"
                " and an 'icon'"
            )
            yield Problem(FILE, _line(text, f"{title}:"), message)
    for source, page in content.pages.items():
        template, expected = page.front_matter.template, own_pages.get(source)
        if template in ("home.html", "topic.html") and template != expected:
            message = f"'template: {template}' is for another place in 'nav'"
            yield Problem(page.file, page.line_of_key("template"), message)


def _line(text: str, words: str) -> int:
    return text.partition(words)[0].count("\n") + 1 if words in text else 1


def _named(nav: Any) -> Iterator[str]:
    """Yield every path in MkDocs' nested lists of paths and of titles with what stands below."""
    if isinstance(nav, list):
        for item in nav:
            yield from _named(item)
    elif isinstance(nav, dict):
        for below in nav.values():
            yield from _named(below)
    else:
        yield str(nav)
