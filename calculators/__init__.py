"""Answers that shoppers compute in their own browser: the script, and the calendars it fetches.

The rules themselves live in macros/; browser/ has their small twin, and holds no words: those are
in the templates of overrides/partials/.
"""

from pathlib import Path

from calculators.calendars import Calendars
from publish import assets

_BROWSER = Path(__file__).parent / "browser"
_PARTS = ("words", "form", "business_days", "refund", "zones", "seller_deadline", "flow", "start")
"""Scripts of browser/, each after those whose names it uses."""


def script_path() -> str:
    """Return the script's path in the built site."""
    return assets.named("assets/calculators.js", _script())


def build(site: Path, calendars: Calendars) -> None:
    """Write the script and the `calendars` into the built `site`."""
    (site / script_path()).write_bytes(_script())
    folder = site / calendars.folder
    folder.mkdir(parents=True, exist_ok=True)
    for country, content in calendars.files.items():
        (folder / f"{country}.json").write_bytes(content)


def _script() -> bytes:
    return assets.script(_BROWSER / f"{part}.js" for part in _PARTS)
