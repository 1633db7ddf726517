"""Draws our pictures: the README's, what a shared link shows, a phone's icon.

Run it by hand after a change of the look: `python -m tests.pictures`.
"""

import base64
import tempfile
from pathlib import Path
from typing import Literal

from playwright.sync_api import Browser, sync_playwright

from macros.layout import THEME
from tests import browser as browsers
from tests.project import MKDOCS, ROOT, run
from tests.site_server import serving

PICTURE = ROOT / ".github/help-centre.png"
ASSETS = ROOT / THEME / "assets"
CARD = """<style>
  body { align-items: center; background: #0b6b5e; box-sizing: border-box; color: #fff; display: flex;
    font: 600 76px/1.15 system-ui, sans-serif; gap: 56px; height: 100vh; margin: 0; padding: 0 96px }
  svg { flex: none; height: 250px; width: 250px } p { font-size: 38px; font-weight: 400; margin: 24px 0 0 }
</style>LOGO<div>Aleigro Help Centre<p>Orders, refunds and cancellations</p></div>"""
ICON = "<style>body { background: #0b6b5e; margin: 18px } svg { height: 144px; width: 144px }</style>LOGO"


def shot(
    browser: Browser, address: str, width: int, height: int, scheme: Literal["light", "dark"]
) -> str:
    """Return a picture of the page at `address` as an HTML image."""
    context = browser.new_context(
        viewport={"width": width, "height": height}, color_scheme=scheme, device_scale_factor=1
    )
    page = context.new_page()
    page.goto(address)
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
        logo = (ASSETS / "logo.svg").read_text(encoding="utf-8")
        for name, html, width, height in (
            ("social-card", CARD, 1200, 630),
            ("touch-icon", ICON, 180, 180),
        ):
            page = browser.new_page(viewport={"width": width, "height": height})
            page.set_content(html.replace("LOGO", logo))
            page.screenshot(path=ASSETS / f"{name}.png")
        browser.close()


if __name__ == "__main__":
    main()
