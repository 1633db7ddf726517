"""When each page last changed, according to git: for the sitemap, and for search engines."""

import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from helpcentre.content import flow, usage
from helpcentre.content.git import git
from helpcentre.content.project import Project
from macros.layout import DOCS, LANGUAGES

LATEST = date(2100, 1, 1)
"""The sitemap's compressed copy cannot hold a much later day; a preview may be for any."""


def last_changes(project: Project) -> Mapping[str, date]:
    """Return the day of each page's last change, by its path under docs/.

    It is the latest of: the last commit of its file or of its flow, and the first day of a value
    that it states. Where git cannot tell, the day of the page's last review counts.
    """
    commits = _commits(project.root)
    changes = {}
    for source, page in project.pages.items():
        front = page.front_matter
        days = [commits.get(page.file, front.reviewed)]
        if front.flow:
            days.append(commits.get(flow.file_of(project.language, front.flow), front.reviewed))
        changes[source] = max(days)
    since = {current.name: current.since for current in project.policy}
    for name, pages in usage.pages_by_value(project).items():
        for page in pages:
            if begun := since[name]:
                changes[page.source] = max(changes[page.source], min(begun, LATEST))
    return changes


def _commits(root: Path) -> Mapping[str, date]:
    """Return the day of the last commit of each file; nothing where history is missing."""
    if git(root, "rev-parse", "--is-shallow-repository") != "false":
        return {}
    days: dict[str, date] = {}
    day = date.min
    log = git(root, "log", "--format=%cs", "--name-only", "--relative", "--", DOCS, LANGUAGES)
    for line in log.splitlines():
        if re.fullmatch(r"\d{4}-\d\d-\d\d", line):
            day = date.fromisoformat(line)
        elif line:
            days.setdefault(line, day)
    return days
