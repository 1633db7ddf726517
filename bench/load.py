"""`make bench-load`: what nginx with our configuration bears, and whether a release disturbs it.

wrk asks from the same machine, so that both share its cores. First for one page again and again,
compressed; then for all pages and their stylesheets at random, at least a million times, while ten
releases are published. Prints requests a second, times, and how many answers failed.
"""

import os
import re
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from publish import finish
from tests import servers
from tests.project import MKDOCS, ROOT, run
from tests.publish.editions import ENVIRONMENT, NAMES, edition

PAGE = "refunds/when-will-i-receive-my-refund/"
CONNECTIONS, SECONDS = 64, 20
REQUESTS, RELEASES, PAUSE = 1_000_000, 10, 4.0
_SCRIPT = """local paths = {{ {paths} }}
request = function()
  return wrk.format("GET", paths[math.random(#paths)], {{["Accept-Encoding"] = "br, gzip"}})
end
"""


@dataclass(frozen=True)
class Load:
    """What wrk said of one run."""

    requests: int
    a_second: float
    median: str
    percentile_99: str
    failed: int
    """Answers other than 2xx and 3xx, and connections that broke."""


def load(address: str, paths: list[str], folder: Path, seconds: int) -> Load:
    """Ask for `paths`, from the site's root, for so many seconds."""
    script = folder / "ask.lua"
    asked = ", ".join(f'"/{path}"' for path in paths)
    script.write_text(_SCRIPT.format(paths=asked), encoding="utf-8")
    wrk = str(servers.find("wrk"))
    words = ("--latency", "-t2", f"-c{CONNECTIONS}", f"-d{seconds}s", "-s", str(script), address)
    told = subprocess.run((wrk, *words), capture_output=True, text=True, check=True).stdout

    def found(pattern: str) -> str:
        if match := re.search(pattern, told, re.MULTILINE):
            return match[1]
        raise RuntimeError(f"wrk did not say {pattern}:\n{told}")

    # It says nothing of these where all went well.
    failed = re.findall(r"(?:3xx responses:|connect|read|write|timeout) (\d+)", told)
    return Load(
        int(found(r"(\d+) requests in")),
        float(found(r"Requests/sec:\s+([\d.]+)")),
        found(r"^ +50% +(\S+)"),
        found(r"^ +99% +(\S+)"),
        sum(map(int, failed)),
    )


def _publish(to: Path, site: Path) -> None:
    command = (sys.executable, "-m", "publish.release", to, "--site", site)
    outcome = run(*command, cwd=ROOT, **ENVIRONMENT)
    if outcome.code:
        raise RuntimeError(outcome.output)


def _publish_all(to: Path, sites: list[Path]) -> int:
    """Publish all releases, of the two sites in turn; return how many."""
    for number in range(RELEASES):
        time.sleep(PAUSE)
        _publish(to, sites[number % 2])
    return RELEASES


def main() -> None:
    """Measure, and print."""
    if not servers.get(("wrk",), ("wrk",)):
        raise SystemExit("wrk is needed: install it")
    cores = os.cpu_count() or 1
    with tempfile.TemporaryDirectory() as name, ThreadPoolExecutor(1) as publisher:
        folder = Path(name)
        folder.chmod(0o755)  # nginx's workers are another user's
        built = run(MKDOCS, "build", "--site-dir", folder / "built", cwd=ROOT)
        if built.code:
            raise SystemExit(built.output)
        sites = [edition(folder / "built", folder, each) for each in NAMES]
        to = folder / "srv"
        for site in sites:  # the second holds the files of the first, and so on from there
            finish.compress(site)
            _publish(to, site)
        pages = [path.relative_to(sites[0]) for path in sites[0].rglob("index.html")]
        paths = [path.as_posix().removesuffix("index.html") for path in pages]
        paths += [f"assets/style.{each}.css" for each in NAMES]
        print(f"{cores} cores, shared by nginx and wrk; {CONNECTIONS} connections; by brotli")
        with servers.nginx(to / "current", workers=cores) as address:
            one = load(address, [PAGE], folder, SECONDS)
            print(
                f"/{PAGE}: {one.a_second:,.0f} requests a second, half within {one.median}, "
                f"99 of 100 within {one.percentile_99}; {one.failed} of {one.requests:,} failed"
            )
            releases = publisher.submit(_publish_all, to, sites)
            rounds: list[Load] = []
            while not releases.done() or sum(each.requests for each in rounds) < REQUESTS:
                rounds.append(load(address, paths, folder, SECONDS))
        requests, failed = (sum(column) for column in zip(*map(_counts, rounds), strict=True))
        print(
            f"all pages and stylesheets, while {releases.result()} releases were published: "
            f"{failed} of {requests:,} failed"
        )


def _counts(of: Load) -> tuple[int, int]:
    return of.requests, of.failed


if __name__ == "__main__":
    main()
