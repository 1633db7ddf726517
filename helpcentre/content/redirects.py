"""Addresses that pages once had, and the pages that replaced them: redirects.yml."""

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Annotated
from urllib.parse import quote

from pydantic import AfterValidator

from helpcentre.content.page import url_of
from macros import strict_yaml
from macros.layout import CONTENT
from macros.problem import ProblemsError
from macros.values import Strict, Text

FILE = f"{CONTENT}/redirects.yml"

_PART = r"[A-Za-z0-9_-][A-Za-z0-9._~-]*"
_ADDRESS = re.compile(rf"(?:{_PART}/)*{_PART}(?:/|\.html)", re.ASCII)


def lines_for(gone: Iterable[str]) -> list[str]:
    """Return the lines to add for addresses without a page; PAGE.md is for a person to fill in."""
    return [f"  {old}: PAGE.md" for old in sorted(gone) if is_address(old)]


def _address(old: str) -> str:
    """Return an address that every host can redirect. Raises ValueError, with what it cannot."""
    if re.search(r"[?#]", old):
        raise ValueError("hosts of static files cannot tell addresses apart by what follows ? or #")
    if not is_address(old):
        raise ValueError(
            "expected an address from the site's root with a slash at its end, such as orders/late/"
            f" or 360001-Where_is_it/, or one that ends in .html, found '{old}'; hosts do not agree"
            " on letters other than A to Z, digits and - _ . ~"
        )
    return old


class _File(Strict):
    redirects: dict[Annotated[str, AfterValidator(_address)], Text]


def read(root: Path) -> Mapping[str, str]:
    """Return by old address the path under docs/ of the page that replaced it, and perhaps #part.

    Raises ProblemsError, naming file, line and key.
    """
    return strict_yaml.read_file(root, FILE, _File).redirects


def addresses(redirects: Mapping[str, str]) -> dict[str, str]:
    """Return the new address by old address, both from the site's root."""
    targets = {old: new.partition("#") for old, new in redirects.items()}
    return {old: url_of(new) + mark + quote(part) for old, (new, mark, part) in targets.items()}


def file_of(old: str) -> str:
    """Return the file of the site that hosts serve at an old address."""
    return old if old.endswith(".html") else f"{old}index.html"


def is_address(address: str) -> bool:
    """Return whether `address` is spelt so that it can be an old one."""
    return bool(_ADDRESS.fullmatch(address)) and ".html/" not in address.lower()


def add(root: Path, new: Mapping[str, str]) -> None:
    """Write `new`, pages by old address, at the end of the file, and leave the rest as it is.

    Raises ValueError if the file is written in such a way that nothing can be put at its end.
    """
    text = strict_yaml.read_text(root, FILE)
    known = strict_yaml.read(text, _File, FILE).redirects
    text = re.sub(r"^(redirects:)[ \t]*\{[ \t]*\}", r"\1", text, flags=re.MULTILINE).rstrip()
    indent = re.findall(r"^[ \t]*(?=[^\s#])", text, re.MULTILINE)[-1] if known else "  "
    text += "".join(f"\n{indent}{old}: {page}" for old, page in new.items()) + "\n"
    try:
        readable = strict_yaml.read(text, _File, FILE).redirects == {**known, **new}
    except ProblemsError:
        readable = False
    if not readable:
        raise ValueError(f"{FILE} must have one redirect a line, the last one at its end")
    unfinished = (root / FILE).with_suffix(".new")
    unfinished.write_text(text, encoding="utf-8", newline="\n")
    unfinished.replace(root / FILE)
