"""Links of the built site lead somewhere, as browsers follow them.

MkDocs checks the links of Markdown only; this also checks raw HTML and templates.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Set
from functools import lru_cache
from pathlib import Path, PurePosixPath
from urllib.parse import unquote, urljoin, urlsplit

from helpcentre.site.built_pages import BuiltPage
from helpcentre.site.manifest import file_names
from macros.problem import Problem

_ORIGIN = "https://this-site.invalid"
_ELSEWHERE = ("https", "http", "mailto", "tel", "data")
_CLIMBS = re.compile(r"(?:\.\./)+(?=(?:\w[\w./-]*)?(?:#|$))")
"""The beginning of a plain address above a page's own folder."""
_FOR_SCRIPT = "about="
"""The beginning of what customer care's page shows of an address: theme/assets/site.js reads it."""


def check(
    site: Path,
    pages: Mapping[str, BuiltPage],
    root: Path,
    base: str = "/",
    coming: Iterable[str] = (),
) -> list[Problem]:
    """Return the broken links of the built folder `site`, which has these `pages`.

    Files that are `coming` are taken to be there.
    """
    return broken(frozenset((*file_names(site), *coming)), pages, root, base)


def broken(files: Set[str], pages: Mapping[str, BuiltPage], root: Path, base: str) -> list[Problem]:
    """Return a problem for each link, image, script or form of `pages` that leads nowhere.

    They are among the `files` of a site that is served under the path `base`, which begins and ends
    with a slash. A problem names the page's source in the project at `root`, if it has one.
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
                problems.append(_problem(url, str(error), file, root))
    return sorted(problems)


def _target(url: str, page: str, base: str) -> tuple[str | None, str]:
    """Return the file of the site that `url` on `page` names, None for another site; the fragment.

    Raises ValueError, saying why, if it cannot lead anywhere.
    """
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


def _problem(url: str, why: str, page: str, root: Path) -> Problem:
    """Return a problem on the line of the page's source that has the address.

    An address that is not there comes from a template: then the problem names the built page.
    """
    message = f"the link '{url}' is broken: {why}"
    folder = PurePosixPath(page).parent
    for source in (f"docs/{folder}.md", f"docs/{folder}/index.md".replace("/./", "/")):
        if (root / source).is_file():
            text = (root / source).read_text(encoding="utf-8")
            body = max(text.find("\n---", 3), 0)
            for spelling in _spellings(url):
                if (start := text.find(spelling, body)) >= 0:
                    return Problem(source, text[:start].count("\n") + 1, message)
    return Problem(f"site/{page}", 1, f"{message}; it comes from a template")


def _spellings(url: str) -> Iterator[str]:
    """Yield how a writer may have written `url`: as it is, escaped, or as the path of a page."""
    yield url
    yield url.replace("&", "&amp;")
    path, mark, anchor = url.partition("#")
    name = path.rstrip("/").rpartition("/")[2]
    if name and name != "..":
        yield f"{name}.md{mark}{anchor}"
