"""Draws the README's picture: the home page on a desk, an answer on a phone. `make screenshot`."""

import base64
import tempfile
from pathlib import Path
from typing import Literal

from playwright.sync_api import Browser, sync_playwright

from tests import browser as browsers
from tests.project import MKDOCS, ROOT, run
from tests.site_server import serving

PICTURE = ROOT / ".github/help-centre.png"


def shot(
    browser: Browser, address: str, width: int, height: int, scheme: Literal["light", "dark"]
) -> str:
    """Return a picture of the page at `address` as an HTML image."""
    context = browser.new_context(
        viewport={"width": width, "height": height}, color_scheme=scheme, device_scale_factor=1
    )
    page = context.new_page()
    page.goto(address, wait_until="networkidle")
    picture = base64.b64encode(page.screenshot()).decode()
    context.close()
    return f'<img width="{width}" height="{height}" src="data:image/png;base64,{picture}">'


def main() -> None:
    """Build the site and draw it."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        outcome = run(MKDOCS, "build", "--site-dir", folder, cwd=ROOT)
        if outcome.code:
            raise SystemExit(outcome.output)
        browser = browsers.launch(playwright)
        with serving(Path(folder)) as address:
            desk = shot(browser, address, 1060, 760, "light")
            phone = shot(browser, f"{address}cancellations/cancel-an-order/", 360, 760, "dark")
        page = browser.new_page(viewport={"width": 1480, "height": 800})
        page.set_content(
            f"<style>body{{margin:20px;display:flex;gap:20px;background:#c9dad5}}"
            f"img{{border-radius:12px}}</style>{desk}{phone}"
        )
        page.screenshot(path=PICTURE)
        browser.close()


if __name__ == "__main__":
    main()
