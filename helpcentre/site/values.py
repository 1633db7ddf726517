"""`python -m helpcentre.site.values`: every value, its state, and where it is stated."""

import sys
from pathlib import Path

from helpcentre import lint
from helpcentre.content import usage
from helpcentre.content.project import Project
from macros.policy import CurrentValue
from macros.problem import ProblemsError


def report(project: Project) -> str:
    """Return a paragraph for each current value, as plain text, then the values nobody uses."""
    users = usage.files_by_value(project)
    unused = [current.name for current in project.policy if current.name not in users]
    paragraphs = [
        _paragraph(current, users.get(current.name, []), project) for current in project.policy
    ]
    last = f"Not stated anywhere: {', '.join(unused)}" if unused else "Every value is stated."
    return "\n\n".join([*paragraphs, last])


def _paragraph(current: CurrentValue, users: list[str], project: Project) -> str:
    entry, following = current.entry, current.next
    overdue = " (overdue)" if current.due < project.day else ""
    change = f"{following.begins}: {following.value.plain}" if following else "none known"
    rows = {
        "reads": current.value.plain,
        "in force": f"since {current.since}" if current.since else "always",
        "next change": change,
        "owner": current.owner,
        "checked": f"{entry.checked}, due again by {current.due}{overdue}",
        "source": f"{', '.join(entry.facts)}: {entry.source_quote}",
        "stated in": ("\n" + " " * 16).join(users) or "nothing",
    }
    return "\n".join(
        [f"policy.{current.name}", *(f"  {key:<14}{text}" for key, text in rows.items())]
    )


if __name__ == "__main__":
    try:
        print(report(lint.load(Path.cwd())))
    except ProblemsError as error:
        sys.exit(str(error))
