"""Addresses that pages once had, and the pages that replaced them: redirects.yml."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

from pydantic import Field

from helpcentre.content.page import url_of
from macros import strict_yaml
from macros.layout import CONTENT
from macros.problem import ProblemsError
from macros.values import Strict, Text

FILE = f"{CONTENT}/redirects.yml"

Address = Annotated[str, Field(pattern=strict_yaml.ADDRESS)]


class _File(Strict):
    redirects: dict[Address, Text]


def read(root: Path) -> Mapping[str, str]:
    """Return by old address the path under docs/ of the page that replaced it.

    Raises ProblemsError, naming file, line and key.
    """
    return strict_yaml.read_file(root, FILE, _File).redirects


def addresses(redirects: Mapping[str, str]) -> dict[str, str]:
    """Return the new address by old address, both from the site's root."""
    return {old: url_of(new) for old, new in redirects.items()}


def is_address(address: str) -> bool:
    """Return whether `address` is spelt so that it can be an old one."""
    return bool(re.fullmatch(strict_yaml.ADDRESS, address))


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
