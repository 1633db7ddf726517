"""The script of all calculators and flows, which the pages that need it name."""

import json
from pathlib import Path

from helpcentre.content.calculators import CALCULATORS
from helpcentre.site import assets
from helpcentre.site.calendars import Calendars
from macros.layout import THEME

_SHARED = ("words", "form", "business_days", "zones")
"""Scripts that calculators use."""


def script(root: Path, calendars: Calendars) -> bytes:
    """Return the script, which knows the codes of all countries that have a calendar."""
    folder = root / THEME / "calculators"
    countries = f"const COUNTRIES = {json.dumps(' '.join(calendars.countries))};"
    shared = [folder / f"{name}.js" for name in _SHARED]
    own = [folder / calculator.script for calculator in CALCULATORS]
    return assets.script([countries, *shared, *own, folder / "flow.js"])
