"""The last step of a build: refuse what no host may get, and add what hosts need.

Added are pages at old addresses, _headers, _redirects, version.json and checksums.txt.
"""

import html
import posixpath
from pathlib import Path
from urllib.parse import unquote

from helpcentre.content.project import Project
from helpcentre.content.redirects import FILE as REDIRECTS
from helpcentre.content.redirects import file_of
from helpcentre.site import built_pages, links, manifest
from helpcentre.site.headers import headers_file, redirects_file
from macros.problem import Problem

_MOVED = """<!doctype html>
<html lang="{lang}" dir="{direction}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<meta http-equiv="refresh" content="0; url={url}">
<title>{title}</title>
</head>
<body><main><h1>{title}</h1><p><a href="{url}">{link}</a></p></main></body>
</html>
"""


def finalize(site: Path, project: Project, base: str) -> list[Problem]:
    """Make the built folder `site`, which is served under the path `base`, ready for hosts.

    Returns a problem for each broken link of a page that is no draft, for each thing that the
    content security policy would stop, and for each old address that is a page's or leads nowhere;
    the site must not be published then.
    """
    redirects = project.moved
    pages = built_pages.read(site)
    broken = links.check(site, pages, links.sources_of(project), base)
    problems = [problem for problem in broken if not project.in_draft(problem)]
    problems += built_pages.refused(pages)
    for old, new in redirects.items():
        file = site / file_of(old)
        if file.exists() or any(folder.is_file() for folder in file.parents):
            problems.append(Problem(REDIRECTS, 1, f"'{old}' is the address of a page or file"))
        target, _, part = new.partition("#")
        page = pages.get(f"{target}index.html")
        if part and page and unquote(part) not in page.anchors:
            problems.append(
                Problem(
                    REDIRECTS,
                    1,
                    f"'{old}' leads to '{new}', but that page has no anchor '{unquote(part)}'",
                )
            )
    if problems:
        return problems
    for old, new in redirects.items():
        file = site / file_of(old)
        target, mark, part = new.partition("#")
        path = posixpath.relpath(f"/{target}", f"/{posixpath.dirname(old)}")
        url = html.escape(f"{path}/{mark}{part}")
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(_moved(old, url, project), encoding="utf-8")
    (site / "_headers").write_text(headers_file(base), encoding="utf-8")
    lost = [translation.language.address for translation in project.translations.values()]
    (site / "_redirects").write_text(redirects_file(redirects, base, lost), encoding="utf-8")
    manifest.write_version(site, project.root)
    manifest.write_checksums(site)
    return []


def _moved(old: str, url: str, project: Project) -> str:
    """Return the page at the address `old`, in its language, that leads to `url`."""
    own = next(
        (
            translation
            for translation in project.translations.values()
            if old.startswith(translation.language.address)
        ),
        project,
    )
    title, link = (own.texts.fill(name, own.policy) for name in ("moved", "moved_link"))
    language = own.language
    return _MOVED.format(
        url=url, lang=language.lang, direction=language.direction, title=title, link=link
    )
