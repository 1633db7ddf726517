"""What seven languages cost, beside English alone.

    python -m bench.languages [--runs N]

Both are built in turn. Printed are medians: CPU seconds of all processes, elapsed seconds, and the
median bytes of an English page by brotli. Needs the development environment.
"""

import argparse
import os
import subprocess
import tempfile
import time
from pathlib import Path
from statistics import median

import brotli

from helpcentre.content import read
from tests.project import MKDOCS, OWN_ENVIRONMENT, Project


def build(root: Path) -> tuple[float, float]:
    """Build the project at `root`; return CPU seconds and elapsed seconds."""
    before, begun = os.times(), time.monotonic()
    subprocess.run([MKDOCS, "build", "-q"], cwd=root, env=OWN_ENVIRONMENT, check=True)
    after = os.times()
    cpu = after.children_user + after.children_system
    return cpu - before.children_user - before.children_system, time.monotonic() - begun


def weight(root: Path) -> float:
    """Return the median bytes of the English pages that were built, by brotli."""
    pages = (root / "site" / page.url / "index.html" for page in read(root).pages.values())
    return median(len(brotli.compress(page.read_bytes())) for page in pages)


def main() -> None:
    """Print one row for each."""
    parser = argparse.ArgumentParser(prog="python -m bench.languages", description=__doc__)
    parser.add_argument("--runs", type=int, default=3)
    runs = parser.parse_args().runs
    with tempfile.TemporaryDirectory() as folder:
        projects = {
            name: Project.copy(Path(folder) / name, translations=name != "English")
            for name in ("English", "all languages")
        }
        rows: dict[str, list[tuple[float, float]]] = {name: [] for name in projects}
        for _ in range(runs):
            for name, project in projects.items():
                rows[name].append(build(project.root))
        for name, project in projects.items():
            cpu, elapsed = (median(column) for column in zip(*rows[name], strict=True))
            print(
                f"{name}: {cpu:.1f} CPU s, {elapsed:.1f} s, page {weight(project.root):.0f} bytes"
            )


if __name__ == "__main__":
    main()
