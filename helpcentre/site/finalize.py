"""The last step of a build: refuse what no host may get, and add what hosts need.

Added are pages at old addresses, _headers, _redirects, version.json and checksums.txt.
"""

import html
import posixpath
from pathlib import Path

from helpcentre.content.project import Project
from helpcentre.content.redirects import addresses
from helpcentre.site import built_pages, links, manifest
from helpcentre.site.headers import headers_file, redirects_file
from macros.problem import Problem

_MOVED = """<!doctype html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<meta http-equiv="refresh" content="0; url={url}">
<title>This page has moved</title>
</head>
<body><main><h1>This page has moved</h1><p><a href="{url}">Go to the page</a></p></main></body>
</html>
"""


def finalize(site: Path, project: Project, base: str) -> list[Problem]:
    """Make the built folder `site`, which is served under the path `base`, ready for hosts.

    Returns a problem for each broken link of a page that is no draft, and for each thing that the
    content security policy would stop; the site must not be published then.
    """
    pages = built_pages.read(site)
    broken = links.check(site, pages, project.root, base)
    problems = [problem for problem in broken if not project.in_draft(problem)]
    problems += built_pages.refused(pages)
    if problems:
        return problems
    redirects = addresses(project.redirects)
    for old, new in redirects.items():
        url = html.escape(posixpath.relpath(f"/{new}", f"/{old}") + "/")
        (site / old).mkdir(parents=True, exist_ok=True)
        page = _MOVED.format(url=url, language=project.history.tag)
        (site / old / "index.html").write_text(page, encoding="utf-8")
    (site / "_headers").write_text(headers_file(base), encoding="utf-8")
    (site / "_redirects").write_text(redirects_file(redirects, base), encoding="utf-8")
    manifest.write_version(site, project.root)
    manifest.write_checksums(site)
    return []
