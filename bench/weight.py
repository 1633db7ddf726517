"""What a first visit to each page transfers: ours, and the same pages as Material's own.

    python -m bench.weight

Every page is opened in a browser with an empty cache. Printed are KB by brotli, median and max of
the pages, the largest number of requests, and the KB of the largest page's HTML. Takes a minute.

Needs the development environment, and a browser (`make test` installs both).
"""

import tempfile
from pathlib import Path
from statistics import median

import brotli
from playwright.sync_api import Browser, sync_playwright

from bench.stock import as_stock
from helpcentre import content
from tests import browser
from tests.project import MKDOCS, ROOT, Project, run
from tests.site_server import serving


def visit(chromium: Browser, address: str, path: str) -> list[str]:
    """Return what an empty browser fetches for a page, relative to the site's address."""
    context = chromium.new_context()
    page = context.new_page()
    requests: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    # Material fetches its search index after the page has loaded.
    page.goto(address + path, wait_until="networkidle")
    context.close()
    return [url.removeprefix(address) for url in requests if url.startswith(address)]


def size(site: Path, url: str) -> int:
    """Return the bytes of a file of the site, by brotli."""
    file = site / url.partition("?")[0]
    return len(brotli.compress((file / "index.html" if file.is_dir() else file).read_bytes()))


def main() -> None:
    """Build both sites, visit all pages, and print the table."""
    paths = [page.url for page in content.read(ROOT).pages.values()]
    print("| site | KB, median | KB, max | requests, max | KB of the largest page |")
    print("|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        chromium = browser.launch(playwright)
        stock = Project.copy(Path(folder) / "stock")
        as_stock(stock)
        for name, project in {"ours": Project(ROOT), "Material's own": stock}.items():
            site = Path(folder) / f"site of {name}"
            outcome = run(MKDOCS, "build", "--site-dir", site, cwd=project.root)
            if outcome.code:
                raise SystemExit(outcome.output)
            with serving(site) as address:
                visits = [visit(chromium, address, path) for path in paths]
            sizes = [sum(size(site, url) for url in urls) for urls in visits]
            largest = max(size(site, path) for path in paths)
            kilobytes = [f"{value / 1000:.1f}" for value in (median(sizes), max(sizes), largest)]
            requests = max(map(len, visits))
            print(f"| {name} | {kilobytes[0]} | {kilobytes[1]} | {requests} | {kilobytes[2]} |")
        chromium.close()


if __name__ == "__main__":
    main()
