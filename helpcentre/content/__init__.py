"""Reads what writers wrote: pages, phrases, texts, values, facts, flows, redirects and synonyms."""

from dataclasses import replace
from pathlib import Path

from helpcentre.content import facts, flow, page, phrases, redirects, synonyms, texts, translation
from helpcentre.content.project import Project
from helpcentre.content.translation import Forms
from helpcentre.content.withdrawn import reasons
from macros import language, policy
from macros.clock import VARIABLE, today
from macros.language import Language
from macros.problem import Problem, ProblemsError, read_each


def read(root: Path) -> Project:
    """Return the content of the project at `root`, in all its languages.

    Drafts are read as well. Pages that are unchanged since the last time are the same objects.
    Pages and flows that cannot be read are left out, and are in `problems`; raises ProblemsError
    where policy.yml or another shared file cannot be read, for then no page can be judged.
    """
    history = policy.read(root)
    try:
        day = today(history.zone)
    except ValueError as error:
        raise ProblemsError([Problem(VARIABLE, 1, str(error))]) from error
    pages, drafts, page_problems = page.read_all(root)
    flows, flow_problems = flow.read_all(root, history.language)
    plain_policy = history.on(day, announce=False)
    original = Project(
        root,
        history.language,
        day,
        history,
        history.on(day),
        plain_policy,
        facts.read(root, history.language),
        texts.read(root, history.language, plain_policy),
        pages,
        drafts,
        flows,
        redirects.read(root),
        synonyms.read(root, history.language),
        phrases.read(root, phrases.out_of_scope(history.language)),
        (*page_problems, *flow_problems),
    )
    languages, problems = language.read_all(root)
    translations, more = read_each(languages, lambda tag: _translated(original, languages[tag]))
    original.translations.update(translations)
    return replace(original, problems=[*original.problems, *problems, *more])


def _translated(original: Project, language: Language) -> Project:
    """Return the content of `original` in another language. Raises ProblemsError."""
    root, day = original.root, original.day
    history = policy.read(root, language)
    plain_policy = history.on(day, announce=False)
    words = texts.read(root, language, plain_policy, original.texts)
    history = history.with_means(words.means)
    forms = Forms.of(language, original.language)
    pages, page_problems = translation.read_all(root, language, original.pages, forms)
    flows, flow_problems = flow.read_all(root, language)
    project = replace(
        original,
        language=language,
        history=history,
        policy=history.on(day),
        plain_policy=history.on(day, announce=False),
        facts=facts.read(root, language),
        texts=words,
        pages=pages,
        flows=flows,
        redirects={},
        synonyms=synonyms.read(root, language),
        out_of_scope=phrases.read(root, phrases.out_of_scope(language)),
        problems=(*page_problems, *flow_problems),
        original=original,
        translations={},
    )
    hidden = {source: page for source, page in pages.items() if any(reasons(page, project))}
    shown = {source: page for source, page in pages.items() if source not in hidden}
    return replace(project, pages=shown, withdrawn=hidden)
