"""`make bench-weight`: what a first visit to each page fetches, and a next page, by brotli.

Beside ours stands the same site as Material makes it by itself: its templates, stylesheets,
scripts and search, with our words. Each page is opened in a browser that knows nothing yet.
"""

import re
import sys
import tempfile
from pathlib import Path
from statistics import median

import brotli
from playwright.sync_api import Browser, sync_playwright

from checks.page import files, read
from tests import browser
from tests.project import MKDOCS, ROOT, Project, run
from tests.site_server import serving

STOCK = """{site_name: Aleigro Help Centre, theme: {name: material, font: false},
  plugins: [search, {macros: {module_name: macros}}], markdown_extensions: [admonition, tables]}"""


def stock(folder: Path) -> Project:
    """Return the same pages as a project of Material and nothing else."""
    project = Project.copy(folder)
    (project.root / "mkdocs.yml").write_text(STOCK, encoding="utf-8")
    for file in files(project.root):
        text = (project.root / file).read_text(encoding="utf-8")
        plain = re.sub(r"^(?:template|icon):.*\n", "", text, flags=re.MULTILINE)
        (project.root / file).write_text(plain, encoding="utf-8")
    return project


def visits(chromium: Browser, site: Path, paths: list[str]) -> tuple[list[int], list[int], int]:
    """Return the bytes and the requests of a first visit to each page, and the largest page."""
    sizes, requests, largest = [], [], 0
    with serving(site) as address:
        for path in paths:
            fetched = _visit(chromium, address, path)
            sizes.append(sum(_size(site, url) for url in fetched))
            requests.append(len(fetched))
            largest = max(largest, _size(site, path))
    return sizes, requests, largest


def _visit(chromium: Browser, address: str, path: str) -> list[str]:
    """Return what a browser that knows nothing yet fetches, relative to the site's address."""
    context = chromium.new_context()
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(address + path, wait_until="networkidle")
    context.close()
    return [url.removeprefix(address) for url in asked if url.startswith(address)]


def _size(site: Path, url: str) -> int:
    file = site / url.partition("?")[0]
    return len(brotli.compress((file / "index.html" if file.is_dir() else file).read_bytes()))


def main() -> int:
    """Build both sites, visit all pages, print the table."""
    paths = [read(ROOT, file).url for file in files(ROOT)]
    print("| site | KB, middle | KB, most | requests, most | KB of the largest page |")
    print("|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        chromium = browser.launch(playwright)
        projects = {"ours": Project(ROOT), "Material's own": stock(Path(folder) / "stock")}
        for name, project in projects.items():
            site = Path(folder) / f"site-{name[:4]}"
            built = run(MKDOCS, "build", "--site-dir", site, cwd=project.root)
            if built.code:
                print(built.output)
                return built.code
            sizes, requests, largest = visits(chromium, site, paths)
            middle, most = (f"{size / 1000:.1f}" for size in (median(sizes), max(sizes)))
            print(f"| {name} | {middle} | {most} | {max(requests)} | {largest / 1000:.1f} |")
        chromium.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
