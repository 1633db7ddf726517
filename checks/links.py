"""Links of the built site, as browsers follow them: raw HTML and templates included.

MkDocs checks the links of Markdown, and no others.
"""

from collections.abc import Iterator
from pathlib import Path
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
    `root` is the project's: a problem names the page's source there, where there is one.
    """
    pages = {}
    for path in sorted(site.rglob("*.html")):
        pages[path] = LexborHTMLParser(path.read_text(encoding="utf-8"))
    anchors = {path: _anchors(html) for path, html in pages.items()}
    problems = []
    for path, html in pages.items():
        for url in _urls(html):
            if why := _broken(url, path, site, base, anchors):
                problems.append(_problem(url, why, path.relative_to(site), root))
    return sorted(problems)


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


def _broken(
    url: str, path: Path, site: Path, base: str, anchors: dict[Path, set[str | None]]
) -> str | None:
    """Say why `url`, on the page at `path`, leads nowhere; None if it leads somewhere."""
    own = path.relative_to(site).as_posix().removesuffix("index.html")
    try:
        target = urlsplit(urljoin(f"{_ORIGIN}{base}{own}", url))
    except ValueError as error:
        return str(error)
    if f"{target.scheme}://{target.netloc}" != _ORIGIN:
        return None if target.scheme in _ELSEWHERE else f"'{target.scheme}:' leads nowhere here"
    if not target.path.startswith(base):
        return f"it leaves the site, which lives under {base}"
    file = site / unquote(target.path.removeprefix(base))
    if target.path.endswith("/"):
        file /= "index.html"
    try:
        there = file.is_file() and file.resolve().is_relative_to(site.resolve())
    except (OSError, ValueError):  # a name that no file can have
        there = False
    if not there:
        return "there is no such page or file"
    if target.fragment and unquote(target.fragment) not in anchors.get(file, set()):
        return f"that page has no '{unquote(target.fragment)}' to jump to"
    return None


def _problem(url: str, why: str, page: Path, root: Path) -> Problem:
    """Name the source of the page, and the line there on which the address stands.

    An address that does not stand there comes from a template: then the built page is named.
    """
    message = f"the link '{url}' is broken: {why}"
    folder = page.parent.as_posix()
    for source in (f"docs/{folder}.md", f"docs/{folder}/index.md".replace("/./", "/")):
        if (root / source).is_file():
            text = (root / source).read_text(encoding="utf-8")
            body = max(text.find("\n---", 3), 0)
            for spelled in _spellings(url):
                if (found := text.find(spelled, body)) >= 0:
                    return Problem(source, text[:found].count("\n") + 1, message)
    return Problem(f"site/{page.as_posix()}", 1, f"{message}; it comes from a template")


def _spellings(url: str) -> Iterator[str]:
    """Yield how a writer may have put `url`: as it is, escaped, or as the path of a page."""
    yield url
    yield url.replace("&", "&amp;")
    path, mark, anchor = url.partition("#")
    name = path.rstrip("/").rpartition("/")[2]
    if name and name != "..":
        yield f"{name}.md{mark}{anchor}"
