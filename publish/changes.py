"""When each page last changed, as git knows it: for the sitemap, and for search engines."""

import re
import subprocess
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from checks import flow, usage
from checks.content import Content

LATEST = date(2100, 1, 1)
"""The sitemap's compressed copy can hold no day much later; a preview may be of any."""


def last_changes(content: Content) -> Mapping[str, date]:
    """Return the day of each page's last change, by its path under docs/.

    It is the latest of: the last commit of its file or of its flow, and the first day of a value in
    force that it states. Where git cannot tell, the day on which the page was last reviewed counts.
    """
    commits = _commits(content.root)
    changes = {}
    for source, page in content.pages.items():
        front = page.front_matter
        own = [commits.get(page.file, front.reviewed)]
        if front.flow:
            own.append(commits.get(f"{flow.FOLDER}/{front.flow}.yml", front.reviewed))
        changes[source] = max(own)
    since = {stated.name: stated.since for stated in content.policy}
    for name, pages in usage.pages_by_value(content).items():
        for page in pages:
            if begun := since[name]:
                changes[page.source] = max(changes[page.source], min(begun, LATEST))
    return changes


def _commits(root: Path) -> Mapping[str, date]:
    """Return the day of the last commit of each file; nothing where git does not know them all."""
    if _git(root, "rev-parse", "--is-shallow-repository") != "false":
        return {}
    found: dict[str, date] = {}
    day = date.min
    log = _git(root, "log", "--format=%cs", "--name-only", "--relative", "--", "docs", flow.FOLDER)
    for line in log.splitlines():
        if re.fullmatch(r"\d{4}-\d\d-\d\d", line):
            day = date.fromisoformat(line)
        elif line:
            found.setdefault(line, day)
    return found


def _git(root: Path, *words: str) -> str:
    """Return what git says; nothing if it fails, or is not there."""
    command = ["git", "-c", "core.quotePath=false", *words]
    try:
        done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
    except FileNotFoundError:
        return ""
    return done.stdout.strip() if done.returncode == 0 else ""
