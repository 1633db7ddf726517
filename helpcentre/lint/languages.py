"""A language has the texts of the original, as they are now, and no page it lacks."""

from collections.abc import Iterator

from helpcentre.content import facts, phrases, template, translation, withdrawn
from helpcentre.content.page import line_of_key
from helpcentre.content.project import Project
from helpcentre.lint import hard_coded
from helpcentre.search.language import primary
from macros.layout import DOCS
from macros.problem import Problem
from macros.strict_yaml import problem_at, read_text

MOST_SAME = 0.5
"""The share of its texts that a language may have in common with one like it."""
LONG = 10
"""Characters of a text that two languages do not have in common by chance."""
_COPY = "translate the one that was copied"
HOME = "index.md"
"""The page without which a language has no address."""


def check(project: Project) -> Iterator[Problem]:
    """Yield a problem for each text, proof and page that differs from the original."""
    original = project.original
    if not original:
        return
    yield from _states(project)
    yield from _typed(project)
    yield from _proofs(project, original)
    if HOME in project.withdrawn:
        for reason in withdrawn.reasons(project.withdrawn[HOME], project):
            again = "translate it again, for every page links to it"
            yield reason._replace(message=f"{reason.message}; {again}")
    elif HOME not in project.sources:
        message = f"is missing: translate {DOCS}/{HOME}; every page links to it"
        yield Problem(f"{project.language.docs}/{HOME}", 1, message)
    root = project.root / project.language.docs
    for path in sorted(root.rglob("*")):
        source = path.relative_to(root).as_posix()
        page = phrases.page_of(source)
        if path.is_file() and not path.name.startswith(".") and page not in original.sources:
            message = f"there is no {DOCS}/{page}: a translation has the path of its original"
            yield Problem(f"{project.language.docs}/{source}", 1, message)
    yield from _copies(project, original)


def _copies(project: Project, original: Project) -> Iterator[Problem]:
    """Yield a problem for what is still as in another language that was copied."""
    language, texts = project.language, project.texts
    for other in original.translations.values():
        are_variants = primary(language.tag) == primary(other.language.tag)
        if other.language.tag >= language.tag or are_variants:  # of two, one is enough
            continue
        name, folder = other.language.name, other.language.folder
        own, copied = (
            {name: form for name, form in texts.all() if len(form) > LONG}
            for texts in (project.texts, other.texts)
        )
        same = sum(copied.get(key) == form for key, form in own.items())
        if same > MOST_SAME * len(own):
            message = f"{same} of {len(own)} texts are those of {name}, in {folder}: {_COPY}"
            yield Problem(texts.file, 1, message)
        if language.numbers == other.language.numbers:
            file = language.words.file
            message = f"'numbers' are those of {name}, in {folder}: {_COPY}"
            yield problem_at(project.root, file, ("numbers",), message)
        for source, page in project.pages.items():
            twin = other.pages.get(source)
            if twin and (page.body, page.front_matter.title) == (
                twin.body,
                twin.front_matter.title,
            ):
                yield Problem(page.file, 1, f"is the same as {twin.file}: {_COPY}")


def _states(project: Project) -> Iterator[Problem]:
    """Yield a problem for each translated file that does not say which words were translated."""
    for made in project.translated_files:
        if not made.state or not made.state.of:
            line = line_of_key(read_text(project.root, made.file), "translation")
            message = "name the original that was translated: translation:"
            yield Problem(made.file, line, f"{message} {{of: {made.original_hash}, by: ...}}")


def _typed(project: Project) -> Iterator[Problem]:
    """Yield a problem for each label that texts type by hand, and number that meanings do."""
    texts = project.texts
    labels = (("texts", name, hard_coded.labels_in(form, project)) for name, form in texts.all())
    typed = (
        ("means", name, hard_coded.typed_in(words, project)) for name, words in texts.means.items()
    )
    for key, name, found in (*labels, *typed):
        for _, message in found:
            yield problem_at(project.root, texts.file, (key, name), message)


def _proofs(project: Project, original: Project) -> Iterator[Problem]:
    file = facts.proofs_of(project.language)
    for id_, fact in project.facts.items():
        own, other = ("\n".join(proof) for proof in (fact.proof, original.facts[id_].proof))
        messages = [message for _, message in template.errors(own, project.policy)]
        if own:
            messages += translation.values_differ(own, other, project.forms)
        for message in messages:
            yield problem_at(project.root, file, (id_,), f"{id_}: {message}")
