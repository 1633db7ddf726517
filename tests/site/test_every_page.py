"""Every page, the 404 page too, in every look: one visit each, made once in a run."""

from dataclasses import replace
from functools import cache
from pathlib import Path

import brotli
import pytest
from playwright.sync_api import Browser

from tests.project import once
from tests.site import visits
from tests.site.test_calculators import WITH_SCRIPT
from tests.site.test_pages import PATHS
from tests.site.visits import Visit
from tests.site_server import serving

pytestmark = [pytest.mark.site, pytest.mark.browser]

LOST = "help/cancelling-an-order.php"
"""No page's address. What is there instead searches for its words."""
MAX_BYTES, MAX_REQUESTS = 16_000, 3
"""Of a first visit, by brotli, as static hosts send files."""
MAX_BYTES_WITH_SCRIPT, MAX_REQUESTS_WITH_SCRIPT = 27_500, 5
MAX_BYTES_OF_NEXT_PAGE = 4_500
"""Of which the other six languages take about 400."""


@pytest.fixture(scope="session", params=[*PATHS, LOST])
def path(request: pytest.FixtureRequest) -> str:
    """The address of a page, from the site's root."""
    found: str = request.param
    return found


@pytest.fixture(scope="session")
def visit(path: str, shared: Path, browser: Browser, address: str) -> Visit:
    """The record of a visit to that page."""
    ready = ".meant li" if path == LOST else "main"

    def make(file: Path) -> None:
        record = visits.visit(browser, address + path, ready)
        # Each worker of the tests has a server of its own.
        text = [url.replace(address, "/", 1) for url in record.requests]
        missing = [url.replace(address, "/", 1) for url in record.missing]
        visits.save(replace(record, requests=text, missing=missing), file)

    return visits.load(once(shared, f"visit-{path.replace('/', '-')}.json", make))


@cache
def size(site: Path, path: str) -> int:
    """Return the bytes of what is at `path` of the built site, compressed."""
    name = f"{path}index.html" if path.endswith("/") else path
    file = site / ("404.html" if name == f"/{LOST}" else name.lstrip("/"))
    return len(brotli.compress(file.read_bytes()))


def test_every_page_passes_axe(visit: Visit) -> None:
    found = {name: look.violations for name, look in visit.looks.items() if look.violations}
    assert found == {}


def test_no_page_scrolls_sideways(visit: Visit) -> None:
    assert {name: look.scroll_width for name, look in visit.looks.items()} == {
        name: look.width for name, look in visit.looks.items()
    }


def test_a_page_requests_nothing_from_elsewhere(visit: Visit) -> None:
    assert [url for url in visit.requests if not url.startswith("/")] == []


def test_nothing_that_a_page_requests_is_missing(path: str, visit: Visit) -> None:
    assert visit.missing == ([f"/{path}"] if path == LOST else [])


def test_the_content_security_policy_refuses_nothing(visit: Visit) -> None:
    assert visit.refused == []


def test_a_page_has_no_errors(path: str, visit: Visit) -> None:
    """For the lost page, the browser notes its own status."""
    assert [error for error in visit.errors if path != LOST or "404" not in error] == []


def test_nothing_moves_while_a_page_loads(path: str, visit: Visit) -> None:
    """Except on the lost page, which inserts the pages that it finds."""
    assert visit.moved < 0.01 or path == LOST


def test_a_first_visit_is_light_and_a_next_page_lighter(
    path: str, visit: Visit, site: Path
) -> None:
    """Where nothing is worked out: one page, one stylesheet, one script."""
    is_plain = path not in (*WITH_SCRIPT, LOST)
    assert len(visit.requests) <= (MAX_REQUESTS if is_plain else MAX_REQUESTS_WITH_SCRIPT), (
        visit.requests
    )
    fetched = sum(size(site, url) for url in visit.requests)
    assert fetched <= (MAX_BYTES if is_plain else MAX_BYTES_WITH_SCRIPT)
    assert size(site, f"/{path}") <= MAX_BYTES_OF_NEXT_PAGE


BROKEN = """<!doctype html><html lang="en"><title>Broken</title><main><h1>Broken</h1>
<p>Some text.</p><img src="missing.png"><p style="width: 2000px">Wide</p>
<script src="late.js"></script></main>"""
LATE = """addEventListener("load", () => requestAnimationFrame(() => {
  const late = document.createElement("p");
  late.className = "late";
  late.textContent = "late ".repeat(3000);
  document.querySelector("main").prepend(late);
  fetch("http://elsewhere.invalid/");
  console.error("it failed");
}));"""


def test_what_is_broken_on_purpose_is_recorded(browser: Browser, tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text(BROKEN, encoding="utf-8")
    (tmp_path / "late.js").write_text(LATE, encoding="utf-8")
    (tmp_path / "404.html").write_text("Not here", encoding="utf-8")
    with serving(tmp_path, headers={"Content-Security-Policy": "connect-src 'none'"}) as address:
        record = visits.visit(browser, address, ".late")
    assert record.missing == [f"{address}missing.png"]
    assert f"{address}late.js" in record.requests
    assert [refused.split(":")[0] for refused in record.refused] == ["connect-src"]
    assert "it failed" in record.errors
    assert record.moved > 0.01
    for look in record.looks.values():
        assert look.scroll_width >= 2000
        assert [found for found in look.violations if found.startswith("image-alt: ")]
