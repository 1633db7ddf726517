"""Firefox and WebKit for the tests, as Debian has them. `python -m tests.engines` installs them.

Both are driven by what they document themselves: Firefox by WebDriver BiDi, WebKit by WebDriver.
Where they cannot be installed the tests say which was not tried.
"""

import base64
import json
import os
import re
import signal
import subprocess
import sys
import tempfile
import time
import zlib
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.request import Request, urlopen

import websocket

from tests import servers
from tests.project import free_port

WINDOW = Path(__file__).parent / "webkit_window.py"
PACKAGES = ("firefox-esr", "webkit2gtk-driver", "gir1.2-webkit2-4.1", "python3-gi", "xvfb")
HOW_TO = f"To try Firefox and WebKit, install Debian's {', '.join(PACKAGES)}."
KEYS = {"Control": "\ue009", "Enter": "\ue007", "Escape": "\ue00c", "ArrowDown": "\ue015"}
SECONDS = 60
"""After which a browser that says nothing is given up."""


class Engine:
    """A browser with one tab. Scripts are bodies of asynchronous functions; results are JSON."""

    programs: Sequence[str] = ()
    """What must be installed for it."""
    width = 320
    """Of its window, in pixels."""
    reports_errors = True

    @property
    def errors(self) -> list[str]:
        """What was logged as an error, and what the content security policy refused."""
        raise NotImplementedError

    def goto(self, url: str) -> None:
        """Open an address, and wait until it is loaded."""
        raise NotImplementedError

    def run(self, script: str) -> Any:
        """Return what a script returns. Raises RuntimeError with what it throws."""
        raise NotImplementedError

    def back(self) -> None:
        """Go back one entry of the history."""
        raise NotImplementedError

    def act(self, actions: list[dict[str, Any]]) -> None:
        """Perform WebDriver's actions of keys."""
        raise NotImplementedError

    def until(self, expression: str) -> Any:
        """Wait until an expression is true in the page, and return its value.

        A page that is being replaced meanwhile is asked again.
        """
        begun = time.monotonic()
        while True:
            with suppress(RuntimeError):
                if value := self.run(f"return {expression}"):
                    return value
            if time.monotonic() - begun > SECONDS:
                state = self.run("return [location.href, history.state, document.readyState]")
                raise RuntimeError(f"this was never true: {expression}, at {state}")
            time.sleep(0.05)

    def press(self, *names: str) -> None:
        """Press keys together, by letter or by name."""
        keys = [KEYS.get(name, name) for name in names]
        down = [{"type": "keyDown", "value": key} for key in keys]
        self.act([*down, *({"type": "keyUp", "value": key} for key in reversed(keys))])

    def type(self, text: str) -> None:
        """Type a text, letter by letter."""
        for letter in text:
            self.press(letter)

    def click(self, selector: str) -> None:
        """Use a button as a person does."""
        raise NotImplementedError

    def sheets(self) -> int | None:
        """Return how many sheets of paper the page takes; None where the driver cannot print."""
        return None

    def close(self) -> None:
        """End the browser."""
        raise NotImplementedError


class Firefox(Engine):
    """Firefox without a window."""

    programs = ("firefox-esr",)

    def __init__(self) -> None:
        self._profile = tempfile.TemporaryDirectory()
        command = [self.programs[0], "--headless", "--no-remote", "--profile", self._profile.name]
        log = Path(self._profile.name) / "log"
        with log.open("wb") as output:
            self._process = subprocess.Popen(
                [*command, "--remote-debugging-port=0"],
                env={**os.environ, "HOME": self._profile.name},
                stdout=output,
                stderr=output,
            )
        while not (said := re.search(r"BiDi listening on (ws://\S+)", log.read_text("utf-8"))):
            if self._process.poll() is not None:
                raise RuntimeError(f"Firefox ended: {log.read_text('utf-8')}")
            time.sleep(0.05)
        address = said[1]
        self._socket = websocket.create_connection(
            f"{address}/session", suppress_origin=True, timeout=SECONDS
        )
        self._asked = 0
        self._errors: list[str] = []
        self._ask("session.new", capabilities={})
        self._ask("session.subscribe", events=["log.entryAdded"])
        (tree,) = self._ask("browsingContext.getTree")["contexts"]
        self._tab = tree["context"]
        size = {"width": self.width, "height": 640}
        self._ask("browsingContext.setViewport", context=self._tab, viewport=size)

    def _ask(self, method: str, **params: Any) -> Any:
        self._asked += 1
        self._socket.send(json.dumps({"id": self._asked, "method": method, "params": params}))
        while True:
            message = json.loads(self._socket.recv())
            if message.get("id") == self._asked:
                if message["type"] == "error":
                    raise RuntimeError(f"{method}: {message['message']}")
                return message["result"]
            entry = message.get("params", {})
            if message.get("method") == "log.entryAdded" and entry["level"] == "error":
                self._errors.append(str(entry["text"]))

    @property
    def errors(self) -> list[str]:
        return self._errors

    def goto(self, url: str) -> None:
        try:
            self._ask("browsingContext.navigate", context=self._tab, url=url, wait="complete")
        except websocket.WebSocketTimeoutException:  # now and then it does not tell that it has
            if self.run("return [location.href, document.readyState]") != [url, "complete"]:
                raise

    def run(self, script: str) -> Any:
        whole = f"(async () => JSON.stringify(await (async () => {{{script}}})() ?? null))()"
        result = self._ask(
            "script.evaluate", expression=whole, target={"context": self._tab}, awaitPromise=True
        )
        if result["type"] != "success":
            raise RuntimeError(result["exceptionDetails"]["text"])
        return json.loads(result["result"]["value"])

    def back(self) -> None:
        self._ask("browsingContext.traverseHistory", context=self._tab, delta=-1)

    def act(self, actions: list[dict[str, Any]]) -> None:
        keys = {"type": "key", "id": "keys", "actions": actions}
        self._ask("input.performActions", context=self._tab, actions=[keys])

    def click(self, selector: str) -> None:
        self.run(f"document.querySelector({json.dumps(selector)}).click()")

    def sheets(self) -> int | None:
        a4 = {"width": 21, "height": 29.7}
        printed = self._ask("browsingContext.print", context=self._tab, page=a4)
        pdf = base64.b64decode(printed["data"])
        count = 0
        for stream in re.finditer(rb"stream\r?\n", pdf):
            with suppress(zlib.error):
                text = zlib.decompressobj().decompress(pdf[stream.end() :])
                count += len(re.findall(rb"/Type /Page\b", text))
        return count

    def close(self) -> None:
        with suppress(RuntimeError, websocket.WebSocketException):
            self._ask("browser.close")
        self._socket.close()
        self._process.terminate()
        self._process.wait()
        self._profile.cleanup()


class WebDriver(Engine):
    """A browser that one of WebKit's drivers starts."""

    def _start(self, name: str, binary: str, *args: str, **environment: str) -> None:
        """Start the driver, and by it a browser; `name` is the browser's in its capabilities."""
        port = free_port()
        self._address = f"http://127.0.0.1:{port}"
        own = {
            "LIBGL_ALWAYS_SOFTWARE": "1",
            "WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS": "1",  # needs rights that CI lacks
        }
        self._driver = subprocess.Popen(
            [self.programs[0], f"--port={port}", "--host=127.0.0.1"],
            env=os.environ | own | environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,  # a browser may outlive its session
        )
        self._wait_for_driver()
        options = {f"{name}:browserOptions": {"binary": binary, "args": args}}
        session = self._ask("POST", "/session", {"capabilities": {"alwaysMatch": options}})
        self._address += f"/session/{session['sessionId']}"

    def _wait_for_driver(self) -> None:
        while self._driver.poll() is None:
            with suppress(URLError, ConnectionError):
                self._ask("GET", "/status")
                return
            time.sleep(0.05)
        raise RuntimeError(f"{self.programs[0]} ended")

    def _ask(self, method: str, path: str, body: Mapping[str, Any] | None = None) -> Any:
        data = None if body is None else json.dumps(body).encode()
        request = Request(f"{self._address}{path}", data, method=method)  # noqa: S310 - loopback
        try:
            with urlopen(request) as response:  # noqa: S310 - loopback
                return json.loads(response.read())["value"]
        except HTTPError as error:
            raise RuntimeError(json.loads(error.read())["value"]["message"]) from None

    def goto(self, url: str) -> None:
        self._ask("POST", "/url", {"url": url})

    def run(self, script: str) -> Any:
        done = "arguments[arguments.length - 1]"
        ends = "(value) => [value ?? null], (error) => [null, String(error)]"
        whole = f"(async () => {{{script}}})().then({ends}).then({done})"
        value, *errors = self._ask("POST", "/execute/async", {"script": whole, "args": []})
        if errors:
            raise RuntimeError(errors[0])
        return value

    def back(self) -> None:
        self._ask("POST", "/back", {})

    def act(self, actions: list[dict[str, Any]]) -> None:
        keys = {"type": "key", "id": "keys", "actions": actions}
        self._ask("POST", "/actions", {"actions": [keys]})

    def click(self, selector: str) -> None:
        self.run(f"document.querySelector({json.dumps(selector)}).focus()")
        self.press(" ")  # its Back passes over what a script did

    def close(self) -> None:
        with suppress(RuntimeError, URLError, ConnectionError):
            self._ask("DELETE", "")
        os.killpg(self._driver.pid, signal.SIGTERM)
        self._driver.wait()


class WebKit(WebDriver):
    """WebKitGTK in a window of a display that nobody sees."""

    programs = ("WebKitWebDriver", "Xvfb")

    def __init__(self) -> None:
        self._display = subprocess.Popen(
            [servers.find("Xvfb") or "Xvfb", "-displayfd", "1", "-nolisten", "tcp"],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        assert self._display.stdout
        with self._display.stdout as output:
            display = f":{output.readline().strip()}"
        self._folder = tempfile.TemporaryDirectory()
        self._log = Path(self._folder.name) / "errors.log"
        self._log.touch()
        python = "/usr/bin/python3"  # Debian's
        self._start("webkitgtk", python, str(WINDOW), str(self._log), DISPLAY=display)

    @property
    def errors(self) -> list[str]:
        return self._log.read_text("utf-8").splitlines()

    def close(self) -> None:
        super().close()
        self._display.terminate()
        self._display.wait()
        self._folder.cleanup()


ENGINES: Mapping[str, type[Engine]] = {"Firefox": Firefox, "WebKit": WebKit}


def main() -> None:
    """Install both where that is possible, and say so where it is not."""
    if servers.install([*Firefox.programs, *WebKit.programs], PACKAGES):
        print("Firefox and WebKit for the tests: found")
    else:
        print(f"Firefox and WebKit are not tried here. {HOW_TO}", file=sys.stderr)


if __name__ == "__main__":
    main()
