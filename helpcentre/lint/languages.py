"""A language has the texts and flows of the original, as they are now, and no page it lacks."""

from collections.abc import Iterator

from helpcentre.content import facts, flow, phrases, template, translation, withdrawn
from helpcentre.content.number_words import numbers_in
from helpcentre.content.page import Page
from helpcentre.content.project import Project
from helpcentre.content.translation import Forms, State
from helpcentre.lint import hard_coded
from macros.layout import DOCS
from macros.problem import Problem
from macros.strict_yaml import line_in, line_of, read_text

MOST_SAME = 0.5
"""The share of its texts that a language may have in common with one like it."""
LONG = 10
"""Characters of a text that two languages do not have in common by chance."""
_COPY = "translate the one that was copied"
HOME = "index.md"
"""The page without which a language has no address."""


def check(project: Project) -> Iterator[Problem]:
    """Yield a problem for each text, proof, page and flow that differs from the original."""
    original = project.original
    if not original:
        return
    yield from _texts(project, original)
    yield from _proofs(project, original)
    if HOME in project.withdrawn:
        for reason in withdrawn.reasons(project.withdrawn[HOME], project):
            again = "translate it again, for every page links to it"
            yield reason._replace(message=f"{reason.message}; {again}")
    elif HOME not in project.sources:
        message = f"is missing: translate {original.pages[HOME].file}; every page links to it"
        yield Problem(f"{project.language.docs}/{HOME}", 1, message)
    root = project.root / project.language.docs
    for path in sorted(root.rglob("*")):
        source = path.relative_to(root).as_posix()
        page = phrases.page_of(source)
        if path.is_file() and not path.name.startswith(".") and page not in original.sources:
            message = f"there is no {DOCS}/{page}: a translation has the path of its original"
            yield Problem(f"{project.language.docs}/{source}", 1, message)
    yield from _flows(project, original)
    yield from _copies(project, original)


def _copies(project: Project, original: Project) -> Iterator[Problem]:
    """Yield a problem for what is still as in another language that was copied."""
    language, texts = project.language, project.texts
    for other in original.translations.values():
        primaries = {each.language.tag.partition("-")[0] for each in (project, other)}
        are_variants = len(primaries) == 1
        if other.language.tag >= language.tag or are_variants:  # of two, one is enough
            continue
        name, folder = other.language.name, other.language.folder
        own, theirs = (_long_texts(each) for each in (project, other))
        same = sum(theirs.get(key) == form for key, form in own.items())
        if same > MOST_SAME * len(own):
            message = f"{same} of {len(own)} texts are those of {name}, in {folder}: {_COPY}"
            yield Problem(texts.file, 1, message)
        if language.numbers == other.language.numbers:
            file = language.words.file
            line = line_in(project.root, file, ("numbers",))
            yield Problem(file, line, f"'numbers' are those of {name}, in {folder}: {_COPY}")
        for source, page in project.pages.items():
            twin = other.pages.get(source)
            if twin and _words_of(page) == _words_of(twin):
                yield Problem(page.file, 1, f"is the same as {twin.file}: {_COPY}")


def _long_texts(project: Project) -> dict[str, str]:
    return {name: form for name, form in project.texts.all() if len(form) > LONG}


def _words_of(page: Page) -> tuple[str, str]:
    return page.front_matter.title, page.body


def _texts(project: Project, original: Project) -> Iterator[Problem]:
    texts = project.texts
    written: list[tuple[tuple[str, ...], str]] = []
    written += [(("texts", name), form) for name, form in texts.all()]
    written += [(("means", name), words) for name, words in texts.means.items()]
    yield from _without_state(texts.translation, texts.file, original.texts.hash)
    yield from _labels(project, texts.file, written)


def _proofs(project: Project, original: Project) -> Iterator[Problem]:
    file = facts.proofs_of(project.language)
    forms = Forms.of(project.language, original.language)
    text = read_text(project.root, file)
    for id_, fact in project.facts.items():
        own, other = ("\n".join(proof) for proof in (fact.proof, original.facts[id_].proof))
        messages = [message for _, message in template.errors(own, project.policy)]
        if own:
            messages += translation.values_differ(own, other, forms)
        for message in messages:
            yield Problem(file, line_of(text, (id_,)), f"{id_}: {message}")


def _flows(project: Project, original: Project) -> Iterator[Problem]:
    language = project.language
    shown = {page.front_matter.flow for page in project.pages.values()}
    for name, theirs in original.flows.items():
        file = flow.file_of(language, name)
        ours = project.flows.get(name)
        if ours:
            yield from _without_state(ours.translation, file, theirs.hash)
            yield from _labels(project, file, list(ours.texts()))
            text = read_text(project.root, file)
            wrong = [
                Problem(file, line_of(text, keys), message)
                for keys, own in ours.texts()
                for _, message in template.errors(own, project.policy)
            ]
            yield from wrong
            for keys, own in ours.texts():
                for _, typed in numbers_in(own, language):
                    message = f"'{typed}' is typed by hand: state it by a value"
                    yield Problem(file, line_of(text, keys), message)
            if name in shown and not wrong:
                yield from withdrawn.flow_differences(name, project)
        elif name in shown and not any(problem.file == file for problem in project.problems):
            source = flow.file_of(original.language, name)
            yield Problem(file, 1, f"is missing: translate {source}")
    for name in project.flows.keys() - original.flows.keys():
        yield Problem(flow.file_of(language, name), 1, "the original has no such flow: remove it")


def _without_state(state: State | None, file: str, original: str) -> Iterator[Problem]:
    """Yield a problem if a translated file does not say which words were translated."""
    if not state or not state.of:
        message = f"name the original that was translated: translation: {{of: {original}, by: ...}}"
        yield Problem(file, 1, message)


def _labels(
    project: Project, file: str, written: list[tuple[tuple[str, ...], str]]
) -> Iterator[Problem]:
    """Yield a problem for each label that a text with these keys types by hand."""
    text = read_text(project.root, file)
    for keys, words in written:
        for _, message in hard_coded.labels_in(words, project.policy, project.language.script):
            yield Problem(file, line_of(text, keys), message)
