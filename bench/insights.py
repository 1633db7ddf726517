"""What it costs to read the logs of insights.

    python -m bench.insights [MB]

Writes a log of so many MB (1,000) of made-up events of a month, as nginx writes them, and reads it:
seconds and peak MB, for the log as it is, then compressed by gzip. Half of the questions were never
asked before, which is worse than real logs. Takes four minutes.
"""

import argparse
import gzip
import random
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from datetime import timedelta
from pathlib import Path

from helpcentre.insights import events
from tests.insights.logs import SPAN, line, noise
from tests.project import DAY, ROOT

_LINES = 1_000
"""Lines that are made at a time."""


def write(log: Path, size: int) -> int:
    """Write so many bytes of events; return how many events."""
    made = noise(random.Random(21))  # noqa: S311 - reproducible, and not a secret
    lines = written = 0
    with log.open("wb") as file:
        while written < size:
            rows = (next(made) for _ in range(_LINES))
            written += file.write(
                "".join(f"{line(day, **event)}\n" for day, event in rows).encode()
            )
            lines += _LINES
    return lines


def read(log: Path) -> None:
    """Read a log, and print what that cost; runs as its own process."""
    start = time.perf_counter()
    tally = events.count([log], DAY - timedelta(SPAN), DAY)
    seconds = time.perf_counter() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{tally.lines:,} events, {tally.unreadable} unreadable, {tally.dropped:,} dropped, "
          f"{len(tally.days):,} kept: {seconds:.0f} s, {peak:.0f} MB")  # fmt: skip


def main() -> None:
    """Write, and read twice."""
    parser = argparse.ArgumentParser(prog="python -m bench.insights")
    parser.add_argument("megabytes", type=int, nargs="?", default=1_000)
    parser.add_argument("--read", type=Path, help="a log to read instead")
    args = parser.parse_args()
    if args.read:
        read(args.read)
        return
    with tempfile.TemporaryDirectory() as folder:
        log = Path(folder) / "insights.log"
        write(log, args.megabytes * 1_000_000)
        packed = log.with_suffix(".log.gz")
        with log.open("rb") as file, gzip.open(packed, "wb", compresslevel=6) as compressed:
            shutil.copyfileobj(file, compressed)
        for name in (log, packed):
            print(f"{name.name}, {name.stat().st_size / 1e6:,.0f} MB: ", end="", flush=True)
            command = (sys.executable, "-m", "bench.insights", "--read", str(name))
            subprocess.run(command, cwd=ROOT, check=True)


if __name__ == "__main__":
    main()
