"""MkDocs' events, each handed to code that knows nothing of MkDocs."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from markupsafe import Markup
from mkdocs.exceptions import PluginError
from mkdocs.plugins import event_priority

# `mkdocs serve` runs this file again for each build, but keeps the modules it once imported.
for _name in [name for name in sys.modules if name.split(".")[0] in ("macros", "checks")]:
    del sys.modules[_name]

import checks  # noqa: E402 - only now are they new
import checks.links  # noqa: E402
from macros.problem import Problem  # noqa: E402

if TYPE_CHECKING:
    from jinja2 import Environment
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files
    from mkdocs.structure.pages import Page


def _stop_on(problems: list[Problem]) -> None:
    """Raise PluginError, which MkDocs prints without a traceback, if there are any problems."""
    if problems:
        raise PluginError("\n" + "\n".join(map(str, problems)))


def _root(config: "MkDocsConfig") -> Path:
    return Path(config.config_file_path).parent


@event_priority(100)  # before the macros plugin, whose errors say less
def on_config(config: "MkDocsConfig") -> None:
    """Refuse to build from content with mistakes; nothing has been written yet."""
    _stop_on(checks.content(_root(config)))


def on_page_markdown(markdown: str, page: "Page", config: "MkDocsConfig", **_: Any) -> str:
    """Fill values into the description, as plain words."""
    rendered = config.plugins["macros"].render(page.meta["description"])
    page.meta["description"] = Markup(rendered).striptags()
    return markdown


def on_env(env: "Environment", config: "MkDocsConfig", files: "Files") -> None:
    """Give templates what pages have, and the page at a path."""
    env.globals["policy"] = config.plugins["macros"].variables["policy"]
    env.globals["page_at"] = lambda path: files.get_file_from_path(path).page


def on_post_build(config: "MkDocsConfig") -> None:
    """Refuse a site with a link that leads nowhere."""
    base = urlsplit(config.site_url or "/").path
    _stop_on(checks.links.check(Path(config.site_dir), _root(config), base))
