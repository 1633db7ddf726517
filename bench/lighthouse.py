"""`make bench-lighthouse`: what Lighthouse says of each page on a slow phone, behind our own nginx.

The median of RUNS visits a page, each cold: largest paint, layout shift, blocked time, and the
lowest of the four marks.
"""

import json
import sys
import tempfile
from pathlib import Path
from statistics import median
from typing import Any

from playwright.sync_api import sync_playwright

from checks.page import files, read
from publish import finish
from tests import browser, node, servers
from tests.project import MKDOCS, ROOT, run

RUNS = 5
PACKAGES = ROOT / "bench/npm"
_SWITCHES = "--chrome-flags=--headless=new --no-sandbox --disable-gpu"
_FIGURES = ("largest-contentful-paint", "cumulative-layout-shift", "total-blocking-time")


def visit(url: str, chromium: str, report: Path) -> dict[str, Any]:
    """Return Lighthouse's report on a page."""
    to = ("--output=json", f"--output-path={report}", "--quiet", _SWITCHES)
    done = node.run(
        PACKAGES, "node_modules/lighthouse/cli/index.js", url, *to, CHROME_PATH=chromium
    )
    if done.returncode:
        raise SystemExit(done.stderr)
    told: dict[str, Any] = json.loads(report.read_text(encoding="utf-8"))
    return told


def main() -> int:
    """Build, serve and visit all pages; print a row for each."""
    print("| page | largest paint, s | layout shift | blocked, ms | lowest mark |")
    print("|---|---|---|---|---|", flush=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        chromium = browser.find(playwright)
        if chromium is None:
            raise SystemExit(browser.HOW_TO)
        site = Path(folder) / "site"
        built = run(MKDOCS, "build", "--site-dir", site, cwd=ROOT, SITE_URL="https://host.example/")
        if built.code:
            raise SystemExit(built.output)
        finish.compress(site)
        Path(folder).chmod(0o755)
        with servers.nginx(site) as address:
            for path in [read(ROOT, file).url for file in files(ROOT)]:
                reports = [
                    visit(address + path, chromium, site.with_name("told.json"))
                    for _ in range(RUNS)
                ]
                paint, shift, blocked = (
                    median(report["audits"][name]["numericValue"] for report in reports)
                    for name in _FIGURES
                )
                marks = [
                    round(100 * each["score"])
                    for report in reports
                    for each in report["categories"].values()
                ]
                told = f"{paint / 1000:.2f} | {shift:.3f} | {blocked:.0f} | {min(marks)}"
                print(f"| /{path} | {told} |", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
