"""The navigation in mkdocs.yml names each page once, and nothing but pages."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from checks import page
from macros.problem import Problem
from macros.strict_yaml import did_you_mean, read_text

FILE = "mkdocs.yml"


def check(nav: Any, root: Path) -> list[Problem]:
    """Return a problem for each page that `nav`, as MkDocs has read it, lacks or names wrongly."""
    pages = {file.removeprefix("docs/") for file in page.files(root)}
    named = Counter(_named(nav))
    lines = read_text(root, FILE).splitlines()
    problems = [
        Problem(f"docs/{lost}", 1, f"is not in 'nav' in {FILE}") for lost in pages - named.keys()
    ]
    for name, times in named.items():
        line = next((n for n, text in enumerate(lines, 1) if name in text), 1)
        if name not in pages:
            near = did_you_mean(name, pages)
            problems.append(
                Problem(FILE, line, f"'nav' names docs/{name}, and there is no such page{near}")
            )
        elif times > 1:
            problems.append(Problem(FILE, line, f"'nav' names docs/{name} {times} times"))
    return sorted(problems)


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
