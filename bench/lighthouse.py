"""What Lighthouse measures of each page on a slow phone, behind nginx with our own configuration.

    .venv/bin/python -m tests.node bench/npm     (once: installs Lighthouse)
    python -m bench.lighthouse [--visits N] [PATH ...]

Every visit is cold. A row per page, or per PATH from the site's root, has the medians of N visits
(5): largest contentful paint in seconds, cumulative layout shift, and total blocking time in ms;
and the lowest score of any category, of 100, in any visit. Takes about a minute per page.

Needs the development environment, a browser and nginx (`make test` installs them).
"""

import argparse
import json
import tempfile
from pathlib import Path
from statistics import median
from typing import Any

from playwright.sync_api import sync_playwright

from helpcentre import content
from helpcentre.deploy import prepare
from tests import browser, node, servers
from tests.project import MKDOCS, ROOT, run

PACKAGES = ROOT / "bench/npm"
_LIGHTHOUSE = "node_modules/lighthouse/cli/index.js"
_CHROME_FLAGS = "--chrome-flags=--headless=new --no-sandbox --disable-gpu"
_AUDITS = ("largest-contentful-paint", "cumulative-layout-shift", "total-blocking-time")


def visit(url: str, chromium: str, file: Path) -> dict[str, Any]:
    """Return Lighthouse's report on a page, which it writes to `file`."""
    options = ("--output=json", f"--output-path={file}", "--quiet", _CHROME_FLAGS)
    done = node.run(PACKAGES, _LIGHTHOUSE, url, *options, CHROME_PATH=chromium)
    if done.returncode:
        raise SystemExit(done.stderr)
    report: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    return report


def main() -> None:
    """Build, serve and visit the pages; print a row for each."""
    parser = argparse.ArgumentParser(prog="python -m bench.lighthouse")
    parser.add_argument("paths", nargs="*", metavar="PATH", help="such as refunds/; all pages")
    parser.add_argument("--visits", type=int, default=5, help="to each page (5)")
    args = parser.parse_args()
    if not (PACKAGES / _LIGHTHOUSE).is_file():
        raise SystemExit("Lighthouse is not installed: run 'python -m tests.node bench/npm'")
    paths = args.paths or [page.url for page in content.read(ROOT).pages.values()]
    with sync_playwright() as playwright:
        chromium = browser.find(playwright)
    if chromium is None:
        raise SystemExit(browser.HOW_TO)
    print("| page | largest paint, s | layout shift | blocked, ms | lowest score |")
    print("|---|---|---|---|---|", flush=True)
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)  # nginx's workers are another user's
        site = Path(folder) / "site"
        outcome = run(
            MKDOCS, "build", "--site-dir", site, cwd=ROOT, SITE_URL="https://host.example/"
        )
        if outcome.code:
            raise SystemExit(outcome.output)
        prepare.compress(site)
        with servers.nginx(site) as address:
            for path in paths:
                file = Path(folder) / "report.json"
                reports = [visit(address + path, chromium, file) for _ in range(args.visits)]
                paint, shift, blocked = (
                    median(report["audits"][name]["numericValue"] for report in reports)
                    for name in _AUDITS
                )
                scores = [
                    round(100 * category["score"])
                    for report in reports
                    for category in report["categories"].values()
                ]
                print(
                    f"| /{path} | {paint / 1000:.2f} | {shift:.3f} | {blocked:.0f}"
                    f" | {min(scores)} |",
                    flush=True,
                )


if __name__ == "__main__":
    main()
