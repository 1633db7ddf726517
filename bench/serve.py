"""How soon an edit is seen under `mkdocs serve`: ours, and Material's own.

    python -m bench.serve [COUNT ...]

Seconds from saving a page to the first response with the new words, median and max of 5 edits: on
this site in English with COUNT generated articles added (0 and 1,000), and in all its languages, of
an English page and of a Spanish one. Takes a minute for each count, and one for the languages.

Needs the development environment (`make test-fast` installs it).
"""

import argparse
import shutil
import subprocess
import tempfile
import time
from pathlib import Path
from statistics import median
from urllib.error import URLError
from urllib.request import urlopen

from bench.build import add_articles
from bench.stock import as_stock
from tests.project import MKDOCS, OWN_ENVIRONMENT, Project, free_port

COUNTS = (0, 1_000)
EDITS = ["one", "two", "three", "four", "five"]
PAGE = "orders/track-parcel"
SPANISH = "languages/es/docs", "es/"


def _wait_for(words: str, url: str) -> None:
    """Return when the page at `url` contains `words`."""
    while True:
        try:
            with urlopen(url, timeout=60) as response:  # noqa: S310 - our own server
                if words in response.read().decode():
                    return
        except (URLError, ConnectionError, TimeoutError):
            pass
        time.sleep(0.02)


def edit_times(project: Project, docs: str = "docs", below: str = "") -> list[float]:
    """Serve the project, make EDITS of a page, and return the seconds until each was seen.

    The page is in the folder `docs`, and in the site's folder `below`.
    """
    address = f"127.0.0.1:{free_port()}"
    url = f"http://{address}/{below}{PAGE}/"
    file = project.root / docs / f"{PAGE}.md"
    text = file.read_text(encoding="utf-8")
    server = subprocess.Popen(
        (MKDOCS, "serve", "--dev-addr", address),
        cwd=project.root,
        env=OWN_ENVIRONMENT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    times = []
    try:
        _wait_for("<h1", url)
        for edit in EDITS:
            time.sleep(2)  # the watcher looks twice a second
            began = time.monotonic()
            file.write_text(f"{text.rstrip()} Specimen-{edit}.\n", encoding="utf-8")
            _wait_for(f"Specimen-{edit}", url)
            times.append(time.monotonic() - began)
    finally:
        server.terminate()
        server.wait()
    return times


def main() -> None:
    """Print a row for each count and each builder."""
    parser = argparse.ArgumentParser(prog="python -m bench.serve")
    parser.add_argument("counts", nargs="*", type=int, metavar="COUNT", help="of articles added")
    args = parser.parse_args()
    print("| articles added | builder | s, median | s, max |")
    print("|---|---|---|---|")
    for count in args.counts or COUNTS:
        with tempfile.TemporaryDirectory() as folder:
            ours = Project.copy(Path(folder) / "ours")
            add_articles(ours, count)
            stock = Project(Path(shutil.copytree(ours.root, Path(folder) / "stock")))
            as_stock(stock)
            _print_row(f"{count:,}", "ours", edit_times(ours))
            _print_row(f"{count:,}", "Material's own", edit_times(stock))
    with tempfile.TemporaryDirectory() as folder:
        whole = Project.copy(Path(folder) / "whole", translations=True)
        _print_row("0", "ours in all languages, an English page", edit_times(whole))
        _print_row("0", "ours in all languages, a Spanish page", edit_times(whole, *SPANISH))


def _print_row(count: str, name: str, times: list[float]) -> None:
    print(f"| {count} | {name} | {median(times):.1f} | {max(times):.1f} |", flush=True)


if __name__ == "__main__":
    main()
