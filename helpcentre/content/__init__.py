"""Reads what writers wrote: pages, phrases, texts, values, facts, flows, redirects and synonyms."""

from dataclasses import replace
from datetime import date
from pathlib import Path

from helpcentre.content import facts, flow, page, phrases, redirects, synonyms, texts, translation
from helpcentre.content.project import Project
from helpcentre.content.withdrawn import reasons
from macros import language, policy
from macros.clock import today
from macros.language import Language
from macros.problem import read_each


def read(root: Path) -> Project:
    """Return the content of the project at `root`, in all its languages.

    Drafts are read as well. Pages that are unchanged since the last time are the same objects.
    Pages and flows that cannot be read are left out, and are in `problems`; raises ProblemsError
    where policy.yml or another shared file cannot be read, for then no page can be judged.
    """
    day = today(policy.read(root).zone)
    original = _in_language(root, day, language.read(root))
    languages, problems = language.read_all(root)
    translations, more = read_each(languages, lambda tag: _translated(original, languages[tag]))
    original.translations.update(translations)
    return replace(original, problems=[*original.problems, *problems, *more])


def _translated(original: Project, own: Language) -> Project:
    """Return the content of `original` in another language. Raises ProblemsError."""
    project = _in_language(original.root, original.day, own, original)
    hidden = {source: page for source, page in project.pages.items() if any(reasons(page, project))}
    shown = {source: page for source, page in project.pages.items() if source not in hidden}
    return replace(project, pages=shown, withdrawn=hidden)


def _in_language(root: Path, day: date, own: Language, original: Project | None = None) -> Project:
    """Return the content in a language, with pages that are to be withdrawn."""
    if original:
        pages, problems = translation.read_all(root, own, original.pages)
        drafts = original.drafts
    else:
        pages, drafts, problems = page.read_all(root)
    history = policy.read(root, own)
    words = texts.read(root, own, history.on(day), original.texts if original else None)
    history = history.with_means(words.means)
    flows, flow_problems = flow.read_all(root, own)
    return Project(
        root=root,
        language=own,
        day=day,
        history=history,
        policy=history.on(day),
        plain_policy=history.on(day, announce=False),
        facts=facts.read(root, own),
        texts=words,
        pages=pages,
        drafts=drafts,
        flows=flows,
        redirects={} if original else redirects.read(root),
        synonyms=synonyms.read(root, own),
        out_of_scope=phrases.read(root, phrases.out_of_scope(own)),
        problems=[*problems, *flow_problems],
        original=original,
    )
