"""Scripts that are put together from parts: of calculators, and of the search of a language."""

import json
from collections.abc import Mapping
from pathlib import Path

from helpcentre import search
from helpcentre.content import hashed
from helpcentre.content.calculators import CALCULATORS
from helpcentre.content.project import Project
from helpcentre.site import assets
from helpcentre.site.calendars import Calendars
from macros.layout import THEME

Script = tuple[str, bytes]
"""Its path in the site, with a hash, and its content."""
_SHARED = ("words.js", "form.js", "business_days.js", "zones.js")
"""Scripts that calculators use."""


def calculators(root: Path, calendars: Calendars) -> Script:
    """Return the script of all calculators and flows, which the pages that need it name.

    It knows the codes of all countries that have a calendar.
    """
    folder = root / THEME / "calculators"
    countries = f"const COUNTRIES = {json.dumps(' '.join(calendars.countries))};"
    own = [calculator.script for calculator in CALCULATORS]
    parts = [(folder / name).read_text(encoding="utf-8") for name in (*_SHARED, *own, "flow.js")]
    script = assets.script([countries, *parts])
    return hashed.named("assets/calculators.js", script), script


def workers(project: Project, *, counts: bool) -> Mapping[str, Script]:
    """Return the search worker of each language of the site, by tag.

    With `counts` it says what of a question may be counted.
    """
    parts, made = project.root / THEME / search.FOLDER, {}
    for edition in project.editions:
        language, numbers = search.language_of(edition), edition.language.numbers
        script = assets.script(search.worker_parts(language, parts, counts=counts, numbers=numbers))
        made[edition.language.tag] = hashed.named(f"{search.FOLDER}/worker.js", script), script
    return made
