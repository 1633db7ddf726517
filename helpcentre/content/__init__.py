"""Reads what writers wrote: pages, phrases, values, facts, flows, redirects and synonyms."""

from pathlib import Path

from helpcentre.content import facts, flow, page, phrases, redirects, synonyms
from helpcentre.content.project import Project
from macros import policy
from macros.clock import VARIABLE, today
from macros.problem import Problem, ProblemsError


def read(root: Path, previous: Project | None = None) -> Project:
    """Return the content of the project at `root`.

    Drafts are read as well. Pages that are unchanged since `previous` are the same objects again.
    Pages and flows that cannot be read are left out, and are in `problems`; raises ProblemsError
    where policy.yml or another shared file cannot be read, for then no page can be judged.
    """
    history = policy.read(root)
    try:
        day = today(history.zone)
    except ValueError as error:
        raise ProblemsError([Problem(VARIABLE, 1, str(error))]) from error
    pages, drafts, page_problems = page.read_all(root, previous.pages if previous else {})
    flows, flow_problems = flow.read_all(root)
    return Project(
        root,
        day,
        history,
        history.on(day),
        history.on(day, announce=False),
        facts.read(root),
        pages,
        drafts,
        flows,
        redirects.read(root),
        synonyms.read(root),
        phrases.read(root, phrases.OUT_OF_SCOPE),
        (*page_problems, *flow_problems),
    )
