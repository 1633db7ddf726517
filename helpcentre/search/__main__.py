"""`python -m helpcentre.search ask SITE < QUESTIONS`: ask the search of a built site.

QUESTIONS has one question a line. Printed is what the worker answers in Chromium, as one line of
JSON each: {"question": ..., "results": [...], "corrected": [...], "suggestion": ...}, by the
protocol that theme/search/worker.js describes. The site is served on loopback meanwhile. Chromium
is found by its usual names, or by BROWSER_PATH.
"""

import argparse
import json
import os
import shutil
import sys
import threading
from dataclasses import asdict
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from playwright.sync_api import sync_playwright

from helpcentre.search.asking import Worker, worker_path

_BROWSERS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Print nothing."""


def main() -> None:
    """Ask, and print. Raises SystemExit without a site with search, or without a browser."""
    parser = argparse.ArgumentParser(prog="python -m helpcentre.search")
    parser.add_argument("command", choices=["ask"])
    parser.add_argument("site", type=Path)
    args = parser.parse_args()
    try:
        worker_path(args.site)
    except ValueError:
        raise SystemExit(f"{args.site} is not a built site with search: run make build") from None
    browser = os.environ.get("BROWSER_PATH") or next(filter(None, map(shutil.which, _BROWSERS)), "")
    if not browser:
        raise SystemExit("no Chromium was found: install it, or set BROWSER_PATH=/path/to/chrome")
    questions = [line.rstrip("\n") for line in sys.stdin]
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(args.site)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=browser, args=["--no-sandbox"])
        address = f"http://127.0.0.1:{server.server_port}/"
        worker = Worker(chromium.new_page(), address, args.site)
        for question, answer in zip(questions, worker.ask(questions), strict=True):
            print(json.dumps({"question": question, **asdict(answer)}, ensure_ascii=False))
        chromium.close()
    server.shutdown()


if __name__ == "__main__":
    main()
