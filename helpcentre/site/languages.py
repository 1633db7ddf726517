"""What the builds of several languages share: links across, ids of headings, and how they run.

An address in another language is above the folder of the language, where MkDocs cannot count. So
links to the original are written as addresses below ORIGINAL, which no page has, and which becomes
one step up once a page is whole.
"""

import multiprocessing
import os
import posixpath
import re
from collections.abc import Callable, Collection, Mapping
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from typing import Any

from jinja2 import pass_context
from markdown.extensions import toc
from markupsafe import Markup

from helpcentre.content import links, plain_text
from helpcentre.content.page import Page
from helpcentre.content.project import Project
from helpcentre.lint.headings import WITH_ID
from macros.language import Language

ORIGINAL = "__original__/"
"""Stands for the site's own address in addresses that MkDocs makes relative to a page."""

_HEADING = re.compile(r"^#{2,6}[ \t]+(.*)$", re.MULTILINE)
_TO_ORIGINAL = re.compile(rf'([\w-]+)="(?:\./)?((?:\.\./)*){ORIGINAL}')
_FROM_ANYWHERE = re.compile(rf'([\w-]+)="(/(?:[^"/]+/)*)[^"/]+/{ORIGINAL}')
"""The same on the page for wrong addresses, which is shown at any."""


@dataclass(frozen=True)
class Untranslated:
    """A page of the original, for templates of a language that does not have it."""

    url: str
    title: Markup
    meta: Mapping[str, Any]
    canonical_url: str | None
    is_page: bool = True
    is_homepage: bool = False
    active: bool = False
    children: None = None

    @classmethod
    def of(cls, page: Page, original: Project, site: str | None) -> "Untranslated":
        """Return what menus and lists show of `page` of the site at the address `site`."""
        front = page.front_matter
        meta = {
            "answer": _marked(original.answer(page), original),
            "menu": _marked(front.menu, original) if front.menu else None,
            "archived": original.is_over(page),
            "icon": front.icon,
        }
        address = f"{site}{page.url}" if site else None
        return cls(f"{ORIGINAL}{page.url}", _marked(front.title, original), meta, address)


def _marked(words: object, original: Project) -> Markup:
    return Markup('<bdi lang="{}">{}</bdi>').format(original.language.tag, words)


def at_root(language: Language) -> Callable[..., str]:
    """Return the filter that makes an address of the whole site relative to the page."""
    up = "../" if language.address else ""

    @pass_context
    def relative(context: Mapping[str, Any], path: str) -> str:
        return f"{context['base_url'].rstrip('/')}/{up}{path}".removeprefix("./")

    return relative


def translated_nav(nav: Any, project: Project) -> Any:
    """Return `nav` with the topics' titles in the project's language, and links to the original.

    A topic is called as its own page, which comes first.
    """
    original = project.original or project
    if isinstance(nav, list):
        return [translated_nav(item, project) for item in nav if _shown(item, original)]
    if isinstance(nav, dict):
        ((title, below),) = nav.items()
        own = project.pages.get(below[0])
        shown = own.front_matter.title if own else _marked(title, original)
        return {shown: translated_nav(below, project)}
    return nav if nav in project.pages else {nav: f"{ORIGINAL}{original.pages[nav].url}"}


def _shown(item: Any, original: Project) -> bool:
    return not isinstance(item, str) or item in original.pages


def add_untranslated(nav: Any, untranslated: Mapping[str, Untranslated]) -> None:
    """Let menus show untranslated pages instead of MkDocs' links to them."""
    for items in (nav.items, *(item.children for item in nav.items if item.children)):
        items[:] = [untranslated.get(item.title, item) if item.is_link else item for item in items]


def to_original(body: str, source: str, untranslated: Mapping[str, Untranslated]) -> str:
    """Return a page's Markdown with links to the original instead of untranslated pages."""
    if not untranslated:
        return body
    folder = source.rpartition("/")[0]
    for start, target in reversed(list(links.targets(body))):
        path, mark, part = target.partition("#")
        named = posixpath.normpath(posixpath.join(folder, path))
        if page := untranslated.get(named):
            address = f"{'../' * (source.count('/') + 1)}{page.url}{mark}{part}"
            body = f"{body[:start]}{address}{body[start + len(target) :]}"
    return body


def with_ids_of(body: str, original: str, slug: Callable[[str, str], str]) -> str:
    """Return a translated body whose headings have the ids of the original's, in their order.

    So an address of a part holds in every language, in any script. `slug` makes the id of words.
    """
    ids, used = [], set[str]()
    for heading in _HEADING.finditer(links.without_code(original)):
        own = WITH_ID.search(heading[0])
        words = plain_text.words(heading[1]).strip()
        ids.append(own[1] if own else toc.unique(slug(words, "-"), used))
        used.add(ids[-1])
    found = list(_HEADING.finditer(links.without_code(body)))
    for heading, id_ in reversed(list(zip(found, ids, strict=False))):
        if not WITH_ID.search(heading[0]):
            body = f"{body[: heading.end()].rstrip()} {{: #{id_} }}{body[heading.end() :]}"
    return body


def with_links_to_original(html: str, project: Project) -> str:
    """Return a whole page in which links below ORIGINAL lead to the original's pages."""
    original = project.original
    if not original or ORIGINAL not in html:
        return html
    marks = {"href": f'hreflang="{original.language.tag}" '}

    def leading(up: str) -> Callable[[re.Match[str]], str]:
        return lambda link: f'{marks.get(link[1], "")}{link[1]}="{link[2]}{up}'

    return _FROM_ANYWHERE.sub(leading(""), _TO_ORIGINAL.sub(leading("../"), html))


_build: Callable[[str], None]


def begin(tags: Collection[str], build: Callable[[str], None]) -> list[Callable[[], None]]:
    """Begin to build each of `tags` by calling `build`, if it can be in processes of their own.

    Each result waits for the end of a build, or builds.
    """
    if not tags or "fork" not in multiprocessing.get_all_start_methods():
        return [partial(build, tag) for tag in sorted(tags)]
    global _build
    _build = build  # inherited, for it cannot be sent
    workers = min(os.cpu_count() or 1, len(tags))
    pool = ProcessPoolExecutor(workers, multiprocessing.get_context("fork"))
    return [pool.submit(_run, tag).result for tag in sorted(tags)]


def _run(tag: str) -> None:
    _build(tag)
