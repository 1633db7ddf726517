"""How soon an edit is seen under `mkdocs serve`: ours, and Material's own.

    python -m bench.serve [COUNT ...]

Seconds from saving a page to the first response with the new words, median and max of 5 edits, on
this site with COUNT generated articles added (0 and 1,000). Takes a minute for 0, 2 for 1,000.

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
EDITS = 5
PAGE = "orders/track-parcel"


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


def edit_times(project: Project) -> list[float]:
    """Serve the project, edit a page EDITS times, and return the seconds until each was seen."""
    address = f"127.0.0.1:{free_port()}"
    url = f"http://{address}/{PAGE}/"
    file = project.root / f"docs/{PAGE}.md"
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
        for number in range(EDITS):
            time.sleep(2)  # the watcher looks twice a second
            word = f"specimen-{number}"
            began = time.monotonic()
            file.write_text(f"{text}\nAn edit: {word}.\n", encoding="utf-8")
            _wait_for(word, url)
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
            for name, project in {"ours": ours, "Material's own": stock}.items():
                times = edit_times(project)
                print(
                    f"| {count:,} | {name} | {median(times):.1f} | {max(times):.1f} |", flush=True
                )


if __name__ == "__main__":
    main()
