"""How many requests nginx answers with our configuration, and whether publishing disturbs it.

    python -m bench.load [--seconds N] [--requests N] [--releases N]

wrk sends requests from the same machine and shares its cores. First, N seconds (20) for one page,
by brotli; then, while releases (10) are published by rsync, for all pages and stylesheets at
random, until the releases are out and N requests (1,000,000) are sent. Printed are requests per
second, latency, and how many responses failed. Takes two minutes.

Needs the development environment and nginx (`make test` installs them), and wrk.
"""

import argparse
import os
import re
import subprocess
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from helpcentre.deploy import prepare, rsync
from macros.clock import VARIABLE
from tests import servers
from tests.project import MKDOCS, ROOT, Project, run

PAGE = "refunds/when-will-i-receive-my-refund/"
CONNECTIONS = 64
PAUSE = 4.0
"""Seconds before each release."""
_SCRIPT = """local paths = {{ {paths} }}
request = function()
  return wrk.format("GET", paths[math.random(#paths)], {{["Accept-Encoding"] = "br, gzip"}})
end
"""


@dataclass(frozen=True)
class Load:
    """What wrk measured in one run."""

    requests: int
    per_second: float
    median: str
    percentile_99: str
    """Both with their unit, such as 4.2ms."""
    failed: int
    """Responses other than 2xx and 3xx, and connections that broke."""


def load(address: str, paths: list[str], folder: Path, seconds: int) -> Load:
    """Request `paths`, relative to `address`, for so many seconds; `folder` takes wrk's script."""
    script = folder / "requests.lua"
    quoted = ", ".join(f'"/{path}"' for path in paths)
    script.write_text(_SCRIPT.format(paths=quoted), encoding="utf-8")
    wrk = str(servers.find("wrk"))
    options = ("--latency", "-t2", f"-c{CONNECTIONS}", f"-d{seconds}s", "-s", str(script))
    done = subprocess.run((wrk, *options, address), capture_output=True, text=True, check=True)
    output = done.stdout

    def found(pattern: str) -> str:
        if match := re.search(pattern, output, re.MULTILINE):
            return match[1]
        raise RuntimeError(f"wrk printed nothing that matches {pattern}:\n{output}")

    # wrk prints the counts of failures only where there are any.
    failed = re.findall(r"(?:3xx responses:|connect|read|write|timeout) (\d+)", output)
    return Load(
        int(found(r"(\d+) requests in")),
        float(found(r"Requests/sec:\s+([\d.]+)")),
        found(r"^ +50% +(\S+)"),
        found(r"^ +99% +(\S+)"),
        sum(map(int, failed)),
    )


def two_sites(folder: Path) -> list[Path]:
    """Build this site twice, with stylesheets, and so file names, that differ."""
    changed = Project.copy(folder / "changed")
    with (changed.root / "theme/assets/style.css").open("a", encoding="utf-8") as stylesheet:
        stylesheet.write("\n.changed { color: inherit; }\n")
    sites: list[Path] = []
    for project in (Project(ROOT), changed):
        site = folder / f"site-{len(sites)}"
        outcome = run(MKDOCS, "build", "--site-dir", site, cwd=project.root, **{VARIABLE: ""})
        if outcome.code:
            raise SystemExit(outcome.output)
        prepare.compress(site)
        sites.append(site)
    return sites


def publish_all(to: Path, sites: list[Path], releases: int) -> None:
    """Publish the two sites in turn, `releases` times."""
    for number in range(releases):
        time.sleep(PAUSE)
        rsync.publish(sites[number % 2], str(to), "", 0)


def main() -> None:
    """Measure, and print."""
    parser = argparse.ArgumentParser(prog="python -m bench.load")
    parser.add_argument("--seconds", type=int, default=20, help="that each run of wrk takes (20)")
    parser.add_argument("--requests", type=int, default=1_000_000, help="at least (1,000,000)")
    parser.add_argument("--releases", type=int, default=10, help="to publish meanwhile (10)")
    args = parser.parse_args()
    if not servers.find("wrk"):
        raise SystemExit("wrk is not installed: install it, as by apt-get install wrk")
    cores = os.cpu_count() or 1
    with tempfile.TemporaryDirectory() as name, ThreadPoolExecutor(1) as publisher:
        folder = Path(name)
        folder.chmod(0o755)  # nginx's workers are another user's
        sites = two_sites(folder)
        to = folder / "srv"
        for site in sites:  # from the second on, a release has the hashed files of the one before
            rsync.publish(site, str(to), "", 0)
        pages = [path.relative_to(sites[0]) for path in sites[0].rglob("index.html")]
        paths = [path.as_posix().removesuffix("index.html") for path in pages]
        paths += [
            f"assets/{path.name}" for site in sites for path in (site / "assets").glob("*.css")
        ]
        print(f"{cores} cores, shared by nginx and wrk; {CONNECTIONS} connections; by brotli")
        with servers.nginx(to / "current", workers=cores) as address:
            one_page = load(address, [PAGE], folder, args.seconds)
            print(
                f"/{PAGE}: {one_page.per_second:,.0f} requests per second, latency"
                f" {one_page.median} median, {one_page.percentile_99} 99th percentile;"
                f" {one_page.failed:,} of {one_page.requests:,} failed",
                flush=True,
            )
            published = publisher.submit(publish_all, to, sites, args.releases)
            runs: list[Load] = []
            while not published.done() or sum(each.requests for each in runs) < args.requests:
                runs.append(load(address, paths, folder, args.seconds))
            published.result()
        failed, requests = sum(each.failed for each in runs), sum(each.requests for each in runs)
        print(
            f"all pages and stylesheets, while {args.releases} releases were published:"
            f" {failed:,} of {requests:,} failed"
        )


if __name__ == "__main__":
    main()
