"""A language has every text, flow and needed page of the original, and no page that it lacks."""

from collections.abc import Iterator

from helpcentre.content import facts, flow, phrases, template, translation
from helpcentre.content.flow import Flow
from helpcentre.content.page import CONTACT
from helpcentre.content.project import Project
from helpcentre.content.translation import numbers_in
from macros import policy
from macros.layout import DOCS
from macros.problem import Problem
from macros.strict_yaml import line_of, read_text

NEEDED = ("index.md", "questions.md", CONTACT)
"""Pages without which nobody finds the others."""


def check(project: Project) -> Iterator[Problem]:
    """Yield a problem for each meaning, page and flow that differs from the original."""
    original, language = project.original, project.language
    if not original:
        return
    for name in project.history.entries:
        if name not in project.texts.means:
            message = f"'means' lacks '{name}': translate it from {policy.FILE}"
            yield Problem(project.texts.file, 1, message)
    for name in project.texts.means.keys() - project.history.entries.keys():
        line = line_of(read_text(project.root, project.texts.file), ("means", name))
        yield Problem(
            project.texts.file, line, f"'means' has '{name}', which is no value: remove it"
        )
    for id_, fact in project.facts.items():
        for _, message in template.errors("\n".join(fact.proof), project.policy):
            file = facts.proofs_of(language)
            yield Problem(file, line_of(read_text(project.root, file), (id_,)), f"{id_}: {message}")
    for source in NEEDED:
        if source in original.pages and source not in project.sources:
            message = f"is missing: translate {original.pages[source].file}"
            if source in project.withdrawn:
                message = "has changed in more than words: translate it again"
            yield Problem(f"{language.docs}/{source}", 1, f"{message}; every page links to it")
    root = project.root / language.docs
    for path in sorted(root.rglob("*")):
        source = path.relative_to(root).as_posix()
        page = phrases.page_of(source)
        if path.is_file() and not path.name.startswith(".") and page not in original.sources:
            message = f"there is no {DOCS}/{page}: a translation has the path of its original"
            yield Problem(f"{language.docs}/{source}", 1, message)
    yield from _flows(project, original)


def _flows(project: Project, original: Project) -> Iterator[Problem]:
    language = project.language
    for name, theirs in original.flows.items():
        file = flow.file_of(language, name)
        ours = project.flows.get(name)
        if not ours:
            if not any(problem.file == file for problem in project.problems):
                source = flow.file_of(original.language, name)
                yield Problem(file, 1, f"is missing: translate {source}")
            continue
        if _shape(ours) != _shape(theirs):
            source = flow.file_of(original.language, name)
            yield Problem(
                file, 1, f"its questions, answers, outcomes or links differ from {source}"
            )
            continue
        text = read_text(project.root, file)
        verbs = language.phrases.verbs.keys() | original.language.phrases.verbs.keys()
        for (keys, own), (_, other) in zip(ours.texts(), theirs.texts(), strict=True):
            line = line_of(text, keys)
            for message in translation.values_differ(own, other, verbs):
                yield Problem(file, line, f"this text {message}")
            if translation.is_copied(own, other):
                yield Problem(file, line, "this text is not translated")
            for typed in numbers_in(own, language):
                yield Problem(file, line, f"'{typed}' is typed by hand: state it by a value")
    for name in project.flows.keys() - original.flows.keys():
        yield Problem(flow.file_of(language, name), 1, "the original has no such flow: remove it")


def _shape(steps: Flow) -> object:
    """Return all of a flow but its words."""
    questions = {
        name: {key: answer.next for key, answer in question.answers.items()}
        for name, question in steps.questions.items()
    }
    outcomes = {name: (outcome.link, outcome.facts) for name, outcome in steps.outcomes.items()}
    return list(questions.items()), list(outcomes.items())
