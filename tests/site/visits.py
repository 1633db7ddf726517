"""Visits to pages in a real browser: all that goes wrong there, in every look, is recorded at once."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, Page

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
"""Of axe: WCAG 2.0 to 2.2, levels A and AA, and best practices."""
OWN_RULES = ["label-content-name-mismatch"]
"""Of axe, which does not apply them by itself: whoever controls by voice says what they see."""
FIRST_LOOK = {"viewport": {"width": 390, "height": 844}}
LOOKS: Mapping[str, Mapping[str, Any]] = {
    f"{width} {scheme}": {"width": width, "color_scheme": scheme}
    for width in (320, 390, 1280)
    for scheme in ("light", "dark")
} | {"forced colours": {"width": 1280, "forced_colors": "active", "reduced_motion": "reduce"}}

_WATCH = """
window.refused = [];
addEventListener("securitypolicyviolation", ({violatedDirective, blockedURI}) =>
  window.refused.push(`${violatedDirective}: ${blockedURI}`));
window.moved = 0;
window.add = (shifts) => {
  for (const {hadRecentInput, value} of shifts) if (!hadRecentInput) window.moved += value;
};
window.shifts = new PerformanceObserver((list) => window.add(list.getEntries()));
window.shifts.observe({type: "layout-shift", buffered: true});
"""
_MOVED = """async () => {
  // What is moved by the last of the loading shows in the frame after it.
  for (let frame = 0; frame < 2; frame++) await new Promise(requestAnimationFrame);
  window.add(window.shifts.takeRecords());
  return window.moved;
}"""
_VIOLATIONS = """async ([tags, own]) => {
  const rules = Object.fromEntries(own.map((id) => [id, {enabled: true}]));
  const {violations} = await axe.run(document, {runOnly: tags, rules, resultTypes: ["violations"]});
  return violations.flatMap(({id, nodes}) => nodes.map(({html}) => `${id}: ${html}`));
}"""


@dataclass(frozen=True)
class Seen:
    """A page in one look."""

    width: int
    """Of the window."""
    scroll_width: int
    """Of what is in it; more than `width` if the page scrolls sideways."""
    violations: Sequence[str]
    """What axe finds, each with the element it is about."""


@dataclass(frozen=True)
class Visit:
    """A first visit to a page."""

    requests: Sequence[str]
    """The addresses that the page fetched, its own first."""
    missing: Sequence[str]
    """Those that the host did not have."""
    refused: Sequence[str]
    """What the content security policy refused."""
    errors: Sequence[str]
    """Errors of scripts, and what the browser wrote into its console."""
    moved: float
    """How much of the page moved while it loaded: the sum of its layout shifts."""
    looks: Mapping[str, Seen]


def violations(page: Page) -> list[str]:
    """Return what axe finds on a page as it is now, each with the element it is about."""
    if not page.evaluate("Boolean(window.axe)"):
        page.evaluate(AXE_SCRIPT)
    found: list[str] = page.evaluate(_VIOLATIONS, [RULES, OWN_RULES])
    return found


def visit(browser: Browser, url: str, ready: str = "body") -> Visit:
    """Return a first visit to the page at `url`, which is loaded once `ready` is visible."""
    requests, missing, errors = [], [], []
    context = browser.new_context(**FIRST_LOOK)  # type: ignore[arg-type]
    page = context.new_page()
    page.add_init_script(_WATCH)
    page.on("request", lambda request: requests.append(request.url))
    page.on("response", lambda answer: missing.append(answer.url) if answer.status >= 400 else None)
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda message: errors.append(message.text))
    page.goto(url)
    page.locator(ready).first.wait_for()
    moved = page.evaluate(_MOVED)
    looks = {name: look(page, **own) for name, own in LOOKS.items()}
    refused = page.evaluate("window.refused")
    context.close()
    fetched = [address for address in requests if not address.startswith("data:")]
    return Visit(fetched, missing, refused, errors, moved, looks)


def look(
    page: Page,
    width: int,
    color_scheme: Any = "light",
    forced_colors: Any = "none",
    reduced_motion: Any = "no-preference",
) -> Seen:
    """Return what is seen of a page in a look."""
    page.set_viewport_size({"width": width, "height": 844})
    page.emulate_media(
        color_scheme=color_scheme, forced_colors=forced_colors, reduced_motion=reduced_motion
    )
    scroll_width = page.evaluate("document.documentElement.scrollWidth")
    return Seen(width, scroll_width, violations(page))


def save(record: Visit, file: Path) -> None:
    """Write a visit into a file."""
    file.write_text(json.dumps(asdict(record)), encoding="utf-8")


def load(file: Path) -> Visit:
    """Return the visit that `save` wrote."""
    record = json.loads(file.read_text(encoding="utf-8"))
    looks = {name: Seen(**look) for name, look in record.pop("looks").items()}
    return Visit(**record, looks=looks)
