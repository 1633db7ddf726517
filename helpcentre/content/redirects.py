"""Addresses that pages once had, and the pages that replaced them: redirects.yml."""

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

from pydantic import Field

from helpcentre.content.page import url_of
from macros import strict_yaml
from macros.layout import CONTENT
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
