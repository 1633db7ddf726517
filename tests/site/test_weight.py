"""What a first visit fetches, and a next page: bytes by brotli, as static hosts send them."""

from pathlib import Path

import brotli
import pytest
from playwright.sync_api import Browser

from tests.site.test_calculators import THEIRS
from tests.site.test_pages import PATHS

pytestmark = [pytest.mark.site, pytest.mark.browser]

MOST, MOST_WORKED_OUT, NEXT = (16_000, 3), (24_000, 5), 4_000
"""Bytes and requests of a first visit, where nothing and where something is worked out; bytes of a
next page."""


def size(site: Path, url: str, address: str) -> int:
    """Return the bytes of what stands at `url`, compressed."""
    path = url.removeprefix(address)
    file = site / path / "index.html" if path.endswith("/") or not path else site / path
    return len(brotli.compress(file.read_bytes()))


@pytest.mark.parametrize("path", PATHS)
def test_a_first_visit_is_light_and_a_next_page_lighter(
    browser: Browser, site: Path, address: str, path: str
) -> None:
    context = browser.new_context()
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(address + path, wait_until="networkidle")
    context.close()
    fetched = [url for url in asked if not url.startswith("data:")]
    most_bytes, most_requests = MOST_WORKED_OUT if path in THEIRS else MOST
    assert len(fetched) <= most_requests, fetched
    assert sum(size(site, url, address) for url in fetched) <= most_bytes
    assert size(site, address + path, address) <= NEXT
