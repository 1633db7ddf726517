"""Links of the built site lead somewhere, as browsers follow them.

MkDocs checks the links of Markdown only; this also checks raw HTML and templates.
"""

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path, PurePosixPath
from urllib.parse import unquote, urljoin, urlsplit

from selectolax.lexbor import LexborHTMLParser

from macros.problem import Problem

_ORIGIN = "https://this-site.invalid"
_ELSEWHERE = ("https", "http", "mailto", "tel", "data")
_ATTRIBUTES = {
    "[href]": "href",
    "[src]": "src",
    "[poster]": "poster",
    "form[action]": "action",
    "[formaction]": "formaction",
    "object[data]": "data",
}


def check(site: Path, root: Path, base: str = "/") -> list[Problem]:
    """Return a problem for each link, image, script or form of `site` that leads nowhere.

    `site` is the built folder, served under the path `base`, which begins and ends with a slash.
    A problem names the page's source below `root`, the project's folder, if there is one.
    """
    files = {path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()}
    anchors: dict[str, set[str | None]] = {}
    jumps: list[tuple[str, str, str, str]] = []
    problems = []
    for page in sorted(file for file in files if file.endswith(".html")):
        anchors[page], urls = _read((site / page).read_text(encoding="utf-8"))
        for url in urls:
            try:
                file, fragment = _target(url, page, base)
                if file is not None and file not in files:
                    raise ValueError("no such page or file")
            except ValueError as error:
                problems.append(_problem(url, str(error), page, root))
            else:
                if file is not None and fragment:
                    jumps.append((page, url, file, fragment))
    for page, url, file, fragment in jumps:
        if fragment not in anchors.get(file, ()):
            why = f"that page has no anchor '{fragment}'"
            problems.append(_problem(url, why, page, root))
    return sorted(problems)


@lru_cache(maxsize=2048)  # `mkdocs serve` checks all pages again, most of them unchanged
def _read(page: str) -> tuple[set[str | None], list[str]]:
    """Return the anchors of a page, and the addresses that it names."""
    html = LexborHTMLParser(page)
    return _anchors(html), list(_urls(html))


def _urls(html: LexborHTMLParser) -> Iterator[str]:
    """Yield each distinct address that the page names."""
    found = {
        node.attributes.get(attribute) or ""
        for selector, attribute in _ATTRIBUTES.items()
        for node in html.css(selector)
    }
    for node in html.css("[srcset]"):
        for candidate in (node.attributes["srcset"] or "").split(","):
            found.update(candidate.split()[:1])
    yield from sorted(found)


def _anchors(html: LexborHTMLParser) -> set[str | None]:
    named = {node.attributes["id"] for node in html.css("[id]")}
    return named | {node.attributes["name"] for node in html.css("a[name]")}


@lru_cache(maxsize=32_768)
def _target(url: str, page: str, base: str) -> tuple[str | None, str]:
    """Return the file of the site that `url` on `page` names, None for another site; the fragment.

    Raises ValueError, saying why, if it cannot lead anywhere.
    """
    own = page.removesuffix("index.html")
    target = urlsplit(urljoin(f"{_ORIGIN}{base}{own}", url))
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
