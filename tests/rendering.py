"""Markdown as the build renders it: by Python-Markdown, with the extensions of mkdocs.yml."""

from functools import cache
from typing import Any

import markdown
from mkdocs.config import load_config

from tests.project import ROOT


@cache
def _settings() -> dict[str, Any]:
    config = load_config(str(ROOT / "mkdocs.yml"))
    return {"extensions": config.markdown_extensions, "extension_configs": config.mdx_configs}


def html_of(text: str) -> str:
    """Return the HTML of a page's Markdown, whose values are filled in."""
    return markdown.markdown(text, **_settings())
