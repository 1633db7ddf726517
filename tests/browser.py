"""Finds a Chrome or Chromium for the tests, or gets one. `python -m tests.browser` does both."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
PLACES = (
    Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"),
    Path("/Applications/Chromium.app/Contents/MacOS/Chromium"),
)
HOW_TO = """No Chrome or Chromium was found, and none could be installed. Any of these will do:
- install Chrome or Chromium by your system's own means, such as: sudo apt-get install chromium
- where Playwright's downloads are reachable: playwright install chromium
- say where it is: BROWSER_PATH=/path/to/chrome make test"""


def find() -> str | None:
    """Return the path of a browser: BROWSER_PATH's, the system's or Playwright's own; or None.

    Raises FileNotFoundError for a BROWSER_PATH that does not exist.
    """
    if told := os.environ.get("BROWSER_PATH"):
        if not Path(told).is_file():
            raise FileNotFoundError(f"BROWSER_PATH names {told}, which does not exist")
        return told
    for path in (*map(shutil.which, NAMES), *map(str, PLACES), _playwrights_own()):
        if path and Path(path).is_file():
            return path
    return None


def get() -> str | None:
    """Return the path of a browser, installed first if there is none; None if that fails."""
    if found := find():
        return found
    print("No Chrome or Chromium here: trying to install one.", flush=True)
    for command in _installers():
        print("+", " ".join(command), flush=True)
        subprocess.run(command, check=False)
        if found := find():
            return found
    return None


def _playwrights_own() -> str:
    with sync_playwright() as playwright:
        return playwright.chromium.executable_path


def _installers() -> list[list[str]]:
    """Return the ways to get a browser, in order: Playwright's, then the distribution's package."""
    commands = [[sys.executable, "-m", "playwright", "install", "chromium"]]
    if shutil.which("apt-get"):
        sudo = [] if os.geteuid() == 0 else ["sudo", "--non-interactive"]
        commands.append([*sudo, "apt-get", "update", "-qq"])
        commands.append([*sudo, "apt-get", "install", "-qq", "--no-install-recommends", "chromium"])
    return commands


if __name__ == "__main__":
    browser = get()
    print(f"Browser for the tests: {browser}" if browser else HOW_TO)
    sys.exit(browser is None)
