"""`make bench-serve`: how soon an edit is seen under `mkdocs serve`, beside Material's own.

Seconds from saving a file to the page with the new words: at this site's size, at 1,000 articles.
"""

import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from urllib.error import URLError
from urllib.request import urlopen

from bench.build import as_stock, write
from tests.project import MKDOCS, OWN_ENVIRONMENT, Project, free_port

EDITS = 5
PAGE = "orders/track-parcel"


def _until(shows: Callable[[str], bool], url: str) -> None:
    """Return when the page at `url` is as wanted."""
    while True:
        try:
            with urlopen(url, timeout=60) as page:  # noqa: S310 - our own server
                if shows(page.read().decode()):
                    return
        except (URLError, ConnectionError, TimeoutError):
            pass
        time.sleep(0.02)


def edits(project: Project) -> list[float]:
    """Serve the project, edit a page some times, and return how long each edit took to be seen."""
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
    took = []
    try:
        _until(lambda page: "<h1" in page, url)
        for number in range(EDITS):
            time.sleep(2)  # the watcher looks twice a second
            word = f"specimen-{number}"
            began = time.monotonic()
            file.write_text(f"{text}\nAn edit: {word}.\n", encoding="utf-8")
            _until(lambda page, word=word: word in page, url)  # type: ignore[misc]
            took.append(time.monotonic() - began)
    finally:
        server.terminate()
        server.wait()
    return took


def main() -> int:
    """Print a row for each size and each builder."""
    print("| articles | builder | s, middle | s, most |")
    print("|---|---|---|---|")
    for count in (0, 1_000):
        with tempfile.TemporaryDirectory() as folder:
            ours = Project.copy(Path(folder) / "ours")
            write(ours, count)
            stock = Project(Path(shutil.copytree(ours.root, Path(folder) / "stock")))
            as_stock(stock)
            for name, project in {"ours": ours, "Material's own": stock}.items():
                took = edits(project)
                print(f"| {count} | {name} | {median(took):.1f} | {max(took):.1f} |", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
