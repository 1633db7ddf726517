"""Links of the built site lead somewhere, as browsers follow them.

MkDocs checks the links of Markdown only; this also checks raw HTML and templates.
"""

import re
from collections.abc import Iterator, Mapping, Set
from functools import lru_cache
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

from helpcentre.content.page import Page
from helpcentre.content.project import Project
from helpcentre.site.built_pages import BuiltPage
from helpcentre.site.manifest import file_names
from macros.layout import SITE
from macros.problem import Problem

_ORIGIN = "https://this-site.invalid"
_ELSEWHERE = ("https", "http", "mailto", "tel", "data")
_CLIMBS = re.compile(r"(?:\.\./)+(?=(?:\w[\w./-]*)?(?:#|$))")
"""The beginning of a plain address above a page's own folder."""
_FOR_SCRIPT = "about="
"""The beginning of what customer care's page shows of an address: theme/assets/site.js reads it."""


def sources_of(project: Project) -> dict[str, Page]:
    """Return the page of a project, in any language, that each built page is made of, by path."""
    return {
        f"{edition.language.address}{page.url}index.html": page
        for edition in project.editions
        for page in edition.pages.values()
    }


def check(
    site: Path,
    pages: Mapping[str, BuiltPage],
    sources: Mapping[str, Page],
    base: str = "/",
    *,
    partly: bool = False,
) -> list[Problem]:
    """Return the broken links of the built folder `site`, which has these `pages`.

    `partly` says that some of the pages that have `sources` are not built yet.
    """
    coming = sources if partly else ()
    return broken(frozenset((*file_names(site), *coming)), pages, sources, base)


def broken(
    files: Set[str], pages: Mapping[str, BuiltPage], sources: Mapping[str, Page], base: str
) -> list[Problem]:
    """Return a problem for each link, image, script or form of `pages` that leads nowhere.

    They are among the `files` of a site that is served under the path `base`, which begins and ends
    with a slash. A problem names the line of what the page is made of, if `sources` has it.
    """
    problems = []
    for file, page in pages.items():
        for url in page.urls:
            try:
                target, fragment = _target(url, file, base)
                if target is None:
                    continue
                if target not in files:
                    raise ValueError("no such page or file")
                if fragment.startswith(_FOR_SCRIPT):
                    continue
                if fragment and (target not in pages or fragment not in pages[target].anchors):
                    raise ValueError(f"that page has no anchor '{fragment}'")
            except ValueError as error:
                problems.append(_problem(url, str(error), file, sources.get(file)))
    return sorted(problems)


def _target(url: str, page: str, base: str) -> tuple[str | None, str]:
    """Return the file of the site that `url` on `page` names, None for another site; the fragment.

    Raises ValueError, saying why, if it cannot lead anywhere.
    """
    if url.startswith("#"):
        return page, unquote(url[1:])
    own = page.removesuffix("index.html")
    folders, climbs = own.split("/")[:-1], _CLIMBS.match(url)
    if climbs and (up := climbs[0].count("/")) <= len(folders):
        # Pages share most of these: then the answer is known.
        own, url = "".join(f"{folder}/" for folder in folders[:-up]), url[climbs.end() :]
    return _resolved(f"{_ORIGIN}{base}{own}", url, base)


@lru_cache(maxsize=1 << 14)
def _resolved(own: str, url: str, base: str) -> tuple[str | None, str]:
    """Return the same for `url` on a page whose whole address is `own`."""
    target = urlsplit(urljoin(own, url))
    if f"{target.scheme}://{target.netloc}" != _ORIGIN:
        if target.scheme not in _ELSEWHERE:
            raise ValueError(f"'{target.scheme}:' is not allowed here")
        return None, ""
    if not target.path.startswith(base):
        raise ValueError(f"it leaves the site, which is under {base}")
    file = unquote(target.path.removeprefix(base))
    return f"{file}index.html" if not file or file.endswith("/") else file, unquote(target.fragment)


def _problem(url: str, why: str, file: str, source: Page | None) -> Problem:
    """Return a problem on the line of the page's source that has the address.

    An address that is not there comes from a template: then the problem names the built file.
    """
    message = f"the link '{url}' is broken: {why}"
    for spelling in _spellings(url) if source else ():
        if source and (start := source.body.find(spelling)) >= 0:
            return Problem(source.file, source.line_at(start), message)
    return Problem(f"{SITE}/{file}", 1, f"{message}; it comes from a template")


def _spellings(url: str) -> Iterator[str]:
    """Yield how a writer may have written `url`: as it is, escaped, or as the path of a page."""
    yield url
    yield url.replace("&", "&amp;")
    path, mark, anchor = url.partition("#")
    name = path.rstrip("/").rpartition("/")[2]
    if name and name != "..":
        yield f"{name}.md{mark}{anchor}"
