"""Answers that shoppers compute in their own browser: the script, and the calendars it fetches.

The rules themselves live in macros/; browser/ has their small twin, and holds no words: those are
in the templates of overrides/partials/.
"""

import json
from pathlib import Path

from calculators.calendars import Calendars
from publish import assets

_BROWSER = Path(__file__).parent / "browser"
_PARTS = ("words", "form", "business_days", "refund", "zones", "seller_deadline", "flow", "start")
"""Scripts of browser/, each after those whose names it uses."""


def script_path(calendars: Calendars) -> str:
    """Return the script's path in the built site."""
    return assets.named("assets/calculators.js", _script(calendars))


def build(site: Path, calendars: Calendars) -> None:
    """Write the script and the `calendars` into the built `site`."""
    (site / script_path(calendars)).write_bytes(_script(calendars))
    folder = site / calendars.folder
    folder.mkdir(parents=True, exist_ok=True)
    for country, content in calendars.files.items():
        (folder / f"{country}.json").write_bytes(content)


def _script(calendars: Calendars) -> bytes:
    known = f"const COUNTRIES = {json.dumps(' '.join(calendars.countries))};"
    return assets.script([known, *(_BROWSER / f"{part}.js" for part in _PARTS)])
