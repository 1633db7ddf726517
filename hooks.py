"""MkDocs' events, each handed to code that knows nothing of MkDocs.

That code is imported where it is called: `mkdocs serve` loads this file once, and must build with
the other modules as they are now.
"""

import logging
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from markupsafe import Markup
from mkdocs.exceptions import PluginError
from mkdocs.plugins import event_priority

if TYPE_CHECKING:
    from jinja2 import Environment
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files
    from mkdocs.structure.pages import Page

    from macros.problem import Problem

ROOT = Path(__file__).parent
OURS = ("macros", "checks")
# The macros plugin tells at each build what it has loaded; writers need its warnings only.
logging.getLogger("mkdocs.plugins.mkdocs_macros.util").setLevel(logging.WARNING)


def _stop_on(problems: "list[Problem]") -> None:
    """Raise PluginError, which MkDocs prints without a traceback, if there are any problems."""
    if problems:
        raise PluginError("\n" + "\n".join(map(str, problems)))


@event_priority(100)  # before the macros plugin, whose errors say less
def on_config(config: "MkDocsConfig") -> None:
    """Refuse to build from content with mistakes; nothing has been written yet."""
    if str(ROOT) not in sys.path:
        sys.path.insert(0, str(ROOT))
    for name in [name for name in sys.modules if name.split(".")[0] in OURS]:
        del sys.modules[name]
    import checks
    import checks.navigation

    contact = config.extra["contact_url"]
    if contact and not contact.startswith(("https://", "mailto:", "/")):
        raise PluginError(
            f"CONTACT_URL: expected https://..., mailto:... or /..., found '{contact}'"
        )
    _stop_on(checks.content(ROOT) + checks.navigation.check(config.nav, ROOT))


def on_page_markdown(markdown: str, page: "Page", config: "MkDocsConfig", **_: Any) -> str:
    """Fill values into the description, and begin the page with its title.

    Pages that only list answers are not searched: they would stand before the answers.
    """
    from checks.page import LISTS

    macros: Any = config.plugins["macros"]
    rendered = macros.render(page.meta["description"])
    page.meta["description"] = Markup(rendered).striptags()  # noqa: S704 - for its words only
    page.meta["search"] = {"exclude": page.meta.get("template") in LISTS}
    return f"# {page.title}\n\n{markdown}"


def on_env(env: "Environment", config: "MkDocsConfig", files: "Files") -> None:
    """Give templates what pages have, how a day reads, and the page at a path."""
    from macros.policy import DEFAULT_LOCALE
    from macros.wording import wording

    macros: Any = config.plugins["macros"]
    env.globals["policy"] = macros.variables["policy"]
    env.filters["day"] = wording(DEFAULT_LOCALE).day
    env.filters["page_at"] = lambda path: files.src_uris[path].page


def on_post_build(config: "MkDocsConfig") -> None:
    """Refuse a site with a link that leads nowhere."""
    import checks.links

    base = urlsplit(config.site_url or "/").path
    _stop_on(checks.links.check(Path(config.site_dir), ROOT, base))
