"""Addresses that pages once had: redirects.yml. Each leads to a page, at once and on this site."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Annotated

from pydantic import Field

from checks.page import Page, url_of
from macros import strict_yaml
from macros.problem import Problem
from macros.strict_yaml import did_you_mean
from macros.values import Strict, Text
from publish.headers import HASHED

FILE = "redirects.yml"

Address = Annotated[str, Field(pattern=strict_yaml.ADDRESS)]


class _File(Strict):
    redirects: dict[Address, Text]


def read(root: Path) -> Mapping[str, str]:
    """Return by old address the path under docs/ of the page that took its place.

    Raises ProblemsError, naming file, line and key.
    """
    return strict_yaml.read_file(root, FILE, _File).redirects


def addresses(redirects: Mapping[str, str]) -> dict[str, str]:
    """Return the new address by each old one, both from the site's root."""
    return {old: url_of(new) for old, new in redirects.items()}


def moved(root: Path) -> dict[str, str]:
    """Return the same for the redirects.yml of the project at `root`. Raises ProblemsError."""
    return addresses(read(root))


def check(redirects: Mapping[str, str], pages: Mapping[str, Page], root: Path) -> Iterator[Problem]:
    """Yield a problem for each old address that is a page's now, or that does not lead to one."""
    text = strict_yaml.read_text(root, FILE)
    # Some hosts and file systems tell no small letter from a capital one.
    taken = {page.url.casefold(): page for page in pages.values()}
    known: dict[str, str] = {}
    for old, new in redirects.items():
        line = strict_yaml.line_of(text, ("redirects", old))
        if page := taken.get(old.casefold()):
            yield Problem(FILE, line, f"'{old}' is the address of {page.file}")
        if (first := known.setdefault(old.casefold(), old)) != old:
            yield Problem(FILE, line, f"'{old}' differs from '{first}' in capitals only")
        if old.casefold().startswith(HASHED):
            yield Problem(FILE, line, f"'{old}' lies in a folder that has files only, no pages")
        if new in redirects:
            yield Problem(FILE, line, f"'{new}' has moved too: name the page that it leads to")
        elif new not in pages:
            near = did_you_mean(new, pages)
            yield Problem(
                FILE, line, f"'{old}' leads to docs/{new}, and there is no such page{near}"
            )
