"""`python -m checks.values`: every value, its state, and where it is stated, for writers."""

import sys
from pathlib import Path

import checks
from checks import usage
from checks.content import Content
from macros.policy import Stated
from macros.problem import ProblemsError


def report(content: Content) -> str:
    """Return a paragraph for each value in force, as plain text; then those that nothing states."""
    users = usage.by_value(content)
    unused = [stated.name for stated in content.policy if stated.name not in users]
    paragraphs = [
        _paragraph(stated, users.get(stated.name, []), content) for stated in content.policy
    ]
    paragraphs.append(
        f"Nothing states: {', '.join(unused)}" if unused else "Every value is stated."
    )
    return "\n\n".join(paragraphs)


def _paragraph(stated: Stated, users: list[str], content: Content) -> str:
    entry, following = stated.entry, stated.next
    overdue = " (overdue)" if stated.due < content.day else ""
    rows = {
        "reads": stated.value.plain,
        "in force": f"since {stated.since}" if stated.since else "always",
        "next change": f"{following.begins}: {following.value.plain}"
        if following
        else "none known",
        "owner": stated.owner,
        "checked": f"{entry.checked}, and again by {stated.due}{overdue}",
        "source": f"{', '.join(entry.facts)}: {entry.says}",
        "stated in": ("\n" + " " * 16).join(users) or "nothing",
    }
    return "\n".join(
        [f"policy.{stated.name}", *(f"  {key:<14}{text}" for key, text in rows.items())]
    )


if __name__ == "__main__":
    try:
        print(report(checks.read(Path.cwd())))
    except ProblemsError as error:
        sys.exit(str(error))
