"""Finds a Chrome or Chromium for the tests, or gets one. `python -m tests.browser` does both."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import playwright
from playwright.sync_api import Browser, Playwright, sync_playwright

PACKAGES = ("chromium-headless-shell", "chromium")
"""Debian's. The first is Chromium without windows, and takes a third of the CPU time for a page."""
NAMES = (*PACKAGES, "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
DRIVER = Path(playwright.__file__).parent / "driver/node"
NEEDED = "libatomic1"
"""What Playwright's own Node needs of the system, which the smallest Debian does not have."""
_OWN = [sys.executable, "-m", "playwright", "install", "chromium"]
PLACES = (
    Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"),
    Path("/Applications/Chromium.app/Contents/MacOS/Chromium"),
)
HOW_TO = """No Chrome or Chromium was found, and none could be installed. Any of these will do:
- install Chrome or Chromium by your system's own means, such as: sudo apt-get install chromium
- where Playwright's downloads are reachable: .venv/bin/playwright install chromium
- say where it is: BROWSER_PATH=/path/to/chrome make test"""


def launch(playwright: Playwright) -> Browser:
    """Start a browser without a window. Raises FileNotFoundError, saying what to do, without one."""
    path = find(playwright)
    if path is None:
        raise FileNotFoundError(HOW_TO)
    switches = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
    return playwright.chromium.launch(executable_path=path, args=switches)


def get() -> str | None:
    """Return the path of a browser, installed first if there is none; None if that fails."""
    if not _runs(str(DRIVER)):
        print("Playwright cannot start here: trying to install what it needs.", flush=True)
        for command in _by_apt(NEEDED):
            _run(command)
    with sync_playwright() as playwright:
        if found := find(playwright):
            return found
        print("No Chrome or Chromium here: trying to install one.", flush=True)
        for command in (_OWN, *_by_apt(*PACKAGES)):
            _run(command)
            if found := find(playwright):
                return found
    return None


def find(playwright: Playwright) -> str | None:
    """Return the path of a browser: BROWSER_PATH's, the system's or Playwright's own; or None."""
    if given := os.environ.get("BROWSER_PATH"):
        if not Path(given).is_file():
            raise FileNotFoundError(f"BROWSER_PATH names {given}, which does not exist")
        return given
    own = playwright.chromium.executable_path
    for path in (*map(shutil.which, NAMES), *map(str, PLACES), own):
        if path and Path(path).is_file() and _runs(path):
            return path
    return None


def _runs(path: str) -> bool:
    """Return whether it starts: Ubuntu has a stub by this name, and a download may lack libraries."""
    try:
        done = subprocess.run([path, "--version"], capture_output=True, timeout=60, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0


def _by_apt(*packages: str) -> list[list[str]]:
    """Return the commands that install these packages, one after the other, on Debian and Ubuntu."""
    if not shutil.which("apt-get"):
        return []
    sudo = [] if os.geteuid() == 0 else ["sudo", "--non-interactive"]
    install = [*sudo, "apt-get", "install", "-qq", "--no-install-recommends"]
    return [[*sudo, "apt-get", "update", "-qq"], *([*install, package] for package in packages)]


def _run(command: list[str]) -> None:
    print("+", " ".join(command), flush=True)
    subprocess.run(command, check=False)


def main() -> int:
    """Find or get a browser, say which, or what to do. Return the exit status."""
    try:
        browser = get()
    except FileNotFoundError as error:
        print(error)
        return 1
    print(f"Browser for the tests: {browser}" if browser else HOW_TO)
    return int(browser is None)


if __name__ == "__main__":
    sys.exit(main())
