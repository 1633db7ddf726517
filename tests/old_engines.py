"""The walk of tests/site/test_engines.py in two older browsers: `python -m tests.old_engines`.

For a look before a release: npm's Chromium 106, of 2022, and Debian's WPE WebKit, of 2022 on
Debian 12, where it stands for Safari 16.0. Prints what passed; the exit status is 1 if anything
failed.
"""

import sys
import tempfile
from pathlib import Path
from typing import Any

import brotli
import pytest
from playwright.sync_api import ConsoleMessage, Error, sync_playwright

from tests import engines, node, servers

PACKAGES = ("wpewebkit-driver", "cog")
FOLDER = Path(__file__).parent / "old"
CHROMIUM = FOLDER / "node_modules/@sparticuz/chromium/bin/chromium.br"
WALK = Path(__file__).parent / "site/test_engines.py"


class Chromium(engines.Engine):
    """npm's Chromium, which is compressed, without a window."""

    def __init__(self) -> None:
        self._folder = tempfile.TemporaryDirectory()
        program = Path(self._folder.name) / "chromium"
        program.write_bytes(brotli.decompress(CHROMIUM.read_bytes()))
        program.chmod(0o755)
        self._playwright = sync_playwright().start()
        switches = ["--no-sandbox", "--disable-gpu"]
        self._browser = self._playwright.chromium.launch(executable_path=program, args=switches)
        self._tab = self._browser.new_page(viewport={"width": self.width, "height": 640})
        self._errors: list[str] = []
        self._tab.on("pageerror", lambda error: self._errors.append(error.message))
        self._tab.on("console", self._note)

    def _note(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self._errors.append(message.text)

    @property
    def errors(self) -> list[str]:
        return self._errors

    def goto(self, url: str) -> None:
        self._tab.goto(url)

    def run(self, script: str) -> Any:
        try:
            return self._tab.evaluate(f"async () => {{{script}}}")
        except Error as error:
            raise RuntimeError(error.message) from None

    def back(self) -> None:
        self._tab.go_back()

    def press(self, *names: str) -> None:
        self._tab.keyboard.press("+".join(names))

    def click(self, selector: str) -> None:
        self._tab.locator(selector).first.click()

    def close(self) -> None:
        self._browser.close()
        self._playwright.stop()
        self._folder.cleanup()


class Wpe(engines.WebDriver):
    """WPE WebKit without a window: its size cannot be changed."""

    programs = ("WPEWebDriver", "cog")
    width = 800
    reports_errors = False

    def __init__(self) -> None:
        self._folder = tempfile.TemporaryDirectory()
        browser = servers.find("cog") or "cog"
        options = ("--automation", "--platform=headless")
        self._start("wpe", browser, *options, XDG_RUNTIME_DIR=self._folder.name)

    @property
    def errors(self) -> list[str]:
        return []

    def close(self) -> None:
        super().close()
        self._folder.cleanup()


def main() -> int:
    """Install both, and walk. Return the exit status."""
    if node.install(FOLDER):
        print(f"npm could not install what {FOLDER / 'package-lock.json'} lists", file=sys.stderr)
        return 1
    servers.install(Wpe.programs, PACKAGES)
    engines.ENGINES = {"Chromium 106": Chromium, "WPE WebKit": Wpe}
    engines.HOW_TO = f"To try it, install Debian's {' and '.join(PACKAGES)}."
    return int(pytest.main(["-v", "-rs", str(WALK)]) != 0)


if __name__ == "__main__":
    sys.exit(main())
