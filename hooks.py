"""MkDocs' events, each handed to code that knows nothing of MkDocs.

That code is imported where it is called: `mkdocs serve` loads this file once, and must build with
the other modules as they are now.

What `mkdocs serve` keeps from one build to the next, it keeps here, and only while nothing but
pages has changed: then a page whose text is the same is neither judged nor rendered again, though
it is put into its template again, with all that it shows of other pages.
"""

import json
import logging
import re
import sys
import threading
from collections.abc import Callable, Iterable
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from markupsafe import escape
from mkdocs.exceptions import PluginError
from mkdocs.plugins import event_priority
from mkdocs.utils import get_relative_url

if TYPE_CHECKING:
    from jinja2 import Environment
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.livereload import LiveReloadServer
    from mkdocs.structure.files import Files
    from mkdocs.structure.nav import Navigation, Section
    from mkdocs.structure.pages import Page

    import search
    from calculators.calendars import Calendars
    from checks.content import Content
    from macros.problem import Problem

ROOT = Path(__file__).parent
OURS = ("macros", "checks", "publish", "search", "calculators")
# The macros plugin tells at each build what it has loaded; writers need its warnings only.
logging.getLogger("mkdocs.plugins.mkdocs_macros.util").setLevel(logging.WARNING)


_MARKS = re.compile(r"[\\`*_{}\[\]()#+.!>-]")
"""What Markdown would take for markup in a title."""

MOST_IN_A_MENU, MOST_ON_A_PAGE = 12, 100
"""Topics and questions that a list names; where there are more, it leads to the page of all."""

_serving = False
"""Whether the command is `mkdocs serve`."""

_made_from: dict[str, bytes] | None = None
"""By path, what the last build was made from other than pages; None if that build failed."""

_rendered: dict[str, tuple[str, dict[str, Any]]] = {}
"""By path under docs/: a page's Markdown, and what MkDocs made of it."""

_pending: "Callable[[], None] | None" = None
"""What makes the search index of the site now served, until somebody searches."""

_building = threading.RLock()
"""Held while a build is running, and while the search index is made."""

_content: "Content"
"""What the build now running is made from; then, what the last was."""

_topics: "list[Section]"
"""The topics in the navigation, each with its own page first."""

_calendars: "Calendars"
"""The business days of all countries, for that build."""

_front_matter: dict[str, dict[str, Any]]
"""Of the pages built so far, by address; what comes after the build reads it."""


def _about() -> "search.About":
    """Return what programs that come after the build need to know of it."""
    return {
        "language": _content.history.language,
        "contact": "contact/",
        "questions": "questions/",
        "pages": _front_matter,
    }


def _stop_on(problems: "Iterable[Problem]") -> None:
    """Raise PluginError, which MkDocs prints without a traceback, if there are any problems."""
    if told := "\n".join(map(str, problems)):
        raise PluginError(f"\n{told}")


def _all_but_pages() -> dict[str, bytes]:
    """Return what every file that a build reads holds, by path; of a page, that it is there."""
    folders = [ROOT / name for name in (*OURS, "docs", "flows", "overrides")]
    files = [ROOT / name for name in ("mkdocs.yml", "policy.yml", "facts.yml", "redirects.yml")]
    for folder in folders:
        files += [file for file in folder.rglob("*") if file.is_file()]
    found = {}
    for file in files:
        if file.suffix != ".pyc" and not file.name.startswith("."):
            with suppress(FileNotFoundError):  # what an editor keeps beside a file for a moment
                found[str(file)] = b"" if file.suffix == ".md" else file.read_bytes()
    return found


def on_startup(command: str, **_: Any) -> None:
    """Learn which command is running."""
    global _serving
    _serving = command == "serve"


@event_priority(100)  # before the macros plugin, whose errors say less
def on_config(config: "MkDocsConfig") -> None:
    """Refuse to build from content with mistakes; nothing has been written yet."""
    global _content, _front_matter, _made_from, _pending
    _building.acquire()
    _pending = None
    _front_matter = {}
    if str(ROOT) not in sys.path:
        sys.path.insert(0, str(ROOT))
    last, _made_from = _made_from, _all_but_pages() if _serving else None
    before = _content if last is not None and last == _made_from else None
    if before is None:
        _rendered.clear()
        for name in [name for name in sys.modules if name.split(".")[0] in OURS]:
            del sys.modules[name]
    import checks
    from checks import addresses
    from macros.problem import ProblemsError

    try:
        _content = checks.read(ROOT, before)
    except ProblemsError as error:
        _stop_on(error.problems)
    extra = config.extra
    _stop_on(addresses.check(config.site_url, extra.get("contact_url"), extra.get("votes")))


def on_pre_build(config: "MkDocsConfig") -> None:
    """Fill values in as checks/names.py does, which runs nothing; the plugin's Jinja would."""
    from checks import names
    from macros.linked import LinkedPolicy

    macros: Any = config.plugins["macros"]

    def render(markdown: str, force_rendering: bool = False) -> str:
        try:
            key_dates = get_relative_url("key-dates/", macros.page.url)
            return names.render(markdown, LinkedPolicy(_content.policy, key_dates))
        except Exception as error:
            file = f"docs/{macros.page.file.src_uri}"
            raise PluginError(f"{file}: a value cannot say itself: {error!r}") from error

    macros.render = render


def on_files(files: "Files", config: "MkDocsConfig") -> None:
    """Make scripts and stylesheets small, and name all assets by their content.

    Of the theme's own only templates are used: no page asks for its scripts and stylesheets.
    """
    from mkdocs.structure.files import File

    from publish import assets

    for file in list(files):
        if file.src_uri.startswith("assets/"):
            files.remove(file)
        if file.src_uri.startswith("assets/") and file.src_dir == config.docs_dir:
            content = assets.small(file.src_uri, file.content_bytes)
            made = File.generated(config, file.src_uri, content=content)
            made.dest_uri = assets.named(file.src_uri, content)
            files.append(made)


def on_nav(nav: "Navigation", **_: Any) -> None:
    """Keep the topics for the templates."""
    global _topics
    _topics = [item for item in nav.items if item.children]


def on_page_markdown(markdown: str, page: "Page", **_: Any) -> str:
    """Fill values into the description, which lists show as the answer, and add the main heading.

    Pages that only list answers are not searched: they would stand before the answers.
    """
    from checks import names
    from checks.page import LISTS

    page.meta["answer"] = names.fill(page.meta["description"], _content.plain_policy)
    page.meta["description"] = escape(page.meta["answer"].striptags())
    last_day = page.meta.get("last_day")
    page.meta["archived"] = page.meta.get("archived") or bool(last_day and last_day < _content.day)
    page.meta["search"] = {"exclude": page.meta.get("template") in LISTS}
    _front_matter[page.url] = {**page.meta, "answer": page.meta["answer"].striptags()}
    if _serving:
        page.render = partial(_render_once, page)  # type: ignore[method-assign]
    title = _MARKS.sub(lambda mark: f"\\{mark[0]}", str(page.title))
    return f"# {title}\n\n{markdown}"


def _render_once(page: "Page", config: "MkDocsConfig", files: "Files") -> None:
    """Render a page as MkDocs does, or take what that gave for the same Markdown."""
    kept = _rendered.get(page.file.src_uri)
    if kept and kept[0] == page.markdown:
        vars(page).update(kept[1])
        return
    type(page).render(page, config, files)
    made = {name: vars(page)[name] for name in ("content", "toc", "present_anchor_ids")}
    _rendered[page.file.src_uri] = (str(page.markdown), made)


def on_page_content(html: str, page: "Page", **_: Any) -> str:
    """Refuse HTML that runs code, however it came to be; let a wide table scroll by itself."""
    from checks import markup

    _stop_on(markup.check_rendered(html, f"docs/{page.file.src_uri}"))
    # The content security policy allows no styles inside a page.
    html = re.sub(r' style="text-align: (\w+);"', r' class="\1"', html)
    scrolls = '<section class="table" aria-label="Table" tabindex="0"><table'
    return re.sub(r"<table\b", scrolls, html).replace("</table>", "</table></section>")


def on_env(env: "Environment", config: "MkDocsConfig", files: "Files") -> None:
    """Give templates the values, the pages that state each, how a day reads, the page at a path."""
    global _calendars
    import calculators
    import search
    from calculators import calendars
    from checks import names, usage
    from macros import examples
    from macros.wording import wording
    from publish import assets, headers
    from publish.changes import last_changes

    for source, day in last_changes(_content).items():
        if page := files.src_uris[source].page:
            page.update_date = day.isoformat()
    words = wording(_content.history.language)
    _calendars = calendars.make(_content.day)
    cutoff, response_time = examples.seller_limits(_content.policy)
    env.globals |= {
        "MOST_IN_A_MENU": MOST_IN_A_MENU,
        "MOST_ON_A_PAGE": MOST_ON_A_PAGE,
        "topics": _topics,
        "answers": sum(len(topic.children) - 1 for topic in _topics),
        "search_worker": search.worker_path(_about()),
        "calculators": calculators.script_path(_calendars),
        "calendars": _calendars,
        "refund_takes": examples.refund_takes(_content.policy),
        "cutoff": cutoff,
        "response_time": response_time,
        "policy": _content.policy,
        "pages_by_value": usage.pages_by_value(_content),
        "phrases": words.phrases,
        "is_staging": headers.is_staging(),
        "language": _content.history.language.replace("_", "-"),
    }
    env.filters |= {
        "day": words.day,
        "first_day": words.first_day,
        "moment": words.moment,
        "country": words.country,
        "filled": lambda text: names.fill(text, _content.policy),
        "refund_arrival": lambda of: examples.refund_arrival(
            of["processed"], of["country"], _content.policy
        ),
        "worked_deadline": lambda of: examples.seller_deadline(
            of["requested"], of["preparation_ends"], of["zone"], _content.policy
        ),
        "flow": _content.flows.__getitem__,
        "asset": lambda path: files.src_uris[path].url,
        "picture": lambda path: assets.data_uri(files.src_uris[path].content_string),
        "page_at": lambda path: files.src_uris[path].page,
    }


def on_post_build(config: "MkDocsConfig") -> None:
    """Add what is made for programs, and refuse a site with a link that leads nowhere."""
    global _pending
    import calculators
    import search
    from checks import links, redirects
    from publish import finish, machines

    site = Path(config.site_dir)
    machines.write(site, _content, config.site_url or "", config.site_name)
    beside = ROOT / ".build/pages.json"
    beside.parent.mkdir(exist_ok=True)
    beside.write_text(json.dumps(_about(), default=str), encoding="utf-8")
    calculators.build(site, _calendars)
    if _serving:
        _pending = partial(search.build, site, _about(), _content.synonyms)
    else:
        search.build(site, _about(), _content.synonyms)
    base = urlsplit(config.site_url or "/").path
    _stop_on(links.check(site, ROOT, base))
    if not _serving:
        _stop_on(finish.finish(site, redirects.moved(ROOT), base))
    _building.release()


def on_build_error(**_: Any) -> None:
    """Keep nothing of a build that failed, so that the next tells all of its mistakes."""
    global _made_from
    _made_from = None
    with suppress(RuntimeError):  # released already: what failed came after all else
        _building.release()


def on_serve(server: "LiveReloadServer", **_: Any) -> None:
    """Make the search index when somebody searches; whoever only reads does not wait for it."""

    def answer(environ: Any, start_response: Any) -> Iterable[bytes]:
        global _pending
        if "/search/" in environ["PATH_INFO"]:
            with _building:
                if _pending:
                    _pending()
                    _pending = None
        return server.serve_request(environ, start_response)

    server.set_app(answer)
