"""The words of the site around its pages, in one language: languages/TAG/texts.yml."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, ClassVar

from markupsafe import Markup, escape
from pydantic import Field

from helpcentre.content import template
from helpcentre.content.translation import is_copied
from macros import strict_yaml
from macros.language import Language
from macros.policy import Policy
from macros.problem import Problem, ProblemsError
from macros.values import Strict, Text

FILE = "texts.yml"
_SLOT = re.compile(r"(?<!\{)\{(\w+)\}(?!\})")

Name = Annotated[str, Field(pattern=strict_yaml.NAME)]


class _File(Strict):
    REFUSES_CUT_WORDS: ClassVar = True

    texts: Mapping[Name, Text | Mapping[str, Text]]
    means: Mapping[Name, Text] = Field(default_factory=dict)
    """What each value means, for shoppers; of the original, policy.yml has it."""


@dataclass(frozen=True)
class Texts:
    """The texts of one language."""

    language: Language
    file: str
    texts: Mapping[str, str | Mapping[str, str]]
    means: Mapping[str, str]

    def fill(self, name: str, policy: Policy, /, **slots: object) -> Markup:
        """Return a text with its values and its slots filled in; `count` chooses a plural.

        Raises KeyError for an unknown name, and for a slot that is not given.
        """
        text = self.texts[name]
        if not isinstance(text, str):
            count = slots["count"]
            if not isinstance(count, int):
                raise TypeError(f"'{name}' needs a whole number as its count")
            text = self.language.words.plural(text, count)
        filled = template.fill(text, policy) if "{{" in text else escape(text)
        if "{" not in filled:
            return filled
        return Markup(_SLOT.sub(lambda slot: escape(slots[slot[1]]), filled))  # noqa: S704

    def all(self) -> Iterator[tuple[str, str]]:
        """Yield each text with its name; one with a count, once for each plural category."""
        for name, text in self.texts.items():
            yield from (
                (name, form) for form in ([text] if isinstance(text, str) else text.values())
            )

    def forms(self, name: str) -> Mapping[str, str]:
        """Return a text's forms by plural category, for the browser."""
        text = self.texts[name]
        return {"other": text} if isinstance(text, str) else text


def file_of(language: Language) -> str:
    """Return the path of the texts of `language`, from the project's root."""
    return f"{language.folder}/{FILE}"


def read(root: Path, language: Language, policy: Policy, original: Texts | None = None) -> Texts:
    """Return the texts of `language`, which has what `original` has, if that is given.

    Raises ProblemsError with each text that is missing or unknown, lacks a slot, a value or a
    plural form, or has one too many.
    """
    file = file_of(language)
    text = strict_yaml.read_text(root, file)
    read = strict_yaml.read(text, _File, file)
    texts = Texts(language, file, read.texts, read.means)
    problems = []
    for keys, message in (
        *_errors(texts, policy),
        *(_differences(texts, original) if original else ()),
    ):
        problems.append(Problem(file, strict_yaml.line_of(text, keys), message))
    if problems:
        raise ProblemsError(sorted(problems))
    return texts


def _errors(texts: Texts, policy: Policy) -> Iterator[tuple[tuple[str, ...], str]]:
    categories = texts.language.words.plural_categories
    written = [("texts", name, _SLOT.sub("", form)) for name, form in texts.all()]
    written += [("means", name, form) for name, form in texts.means.items()]
    for kind, name, form in written:
        for _, message in template.errors(form, policy):
            yield (kind, name), f"'{name}': {message}"
        if any(mark in form for mark in "<>"):
            yield (kind, name), f"'{name}': expected words without HTML"
        if any(mark in template.without_values(form) for mark in "{}"):
            yield (kind, name), f"'{name}': has a brace that belongs to no {{slot}} and no value"
    for name, text in texts.texts.items():
        if isinstance(text, str):
            continue
        if missing := sorted(categories - text.keys()):
            yield ("texts", name), f"'{name}' lacks the plural {', '.join(missing)}"
        if unknown := sorted(text.keys() - categories):
            message = (
                f"'{name}' has the plural {', '.join(unknown)}, which the language does not have"
            )
            yield ("texts", name), message


def _differences(texts: Texts, original: Texts) -> Iterator[tuple[tuple[str, ...], str]]:
    for name, theirs in original.texts.items():
        ours = texts.texts.get(name)
        if ours is None:
            yield ("texts",), f"the text '{name}' is missing: translate it from {original.file}"
        elif isinstance(ours, str) != isinstance(theirs, str):
            message = "forms by plural category" if isinstance(ours, str) else "one text"
            yield ("texts", name), f"'{name}': expected {message}, as in {original.file}"
        else:
            yield from _parts_that_differ(name, ours, theirs, original.file)
        words = [_SLOT.sub("", str(text)) for text in (ours, theirs)]
        if isinstance(ours, str) and (typed := re.search(r"\d+", words[0])):
            message = f"'{typed[0]}' is typed by hand: state it by a value"
            yield ("texts", name), f"'{name}': {message}"
        if isinstance(ours, str) and is_copied(*words):
            yield ("texts", name), f"'{name}' is not translated: see {original.file}"
    for name in texts.texts.keys() - original.texts.keys():
        near = strict_yaml.did_you_mean(name, original.texts)
        yield ("texts", name), f"unknown text '{name}'{near}: {original.file} has none"


def _parts_that_differ(
    name: str, ours: str | Mapping[str, str], theirs: str | Mapping[str, str], file: str
) -> Iterator[tuple[tuple[str, ...], str]]:
    expected = _parts(theirs if isinstance(theirs, str) else theirs["other"])
    for form in [ours] if isinstance(ours, str) else ours.values():
        found = _parts(form)
        if not isinstance(ours, str):  # "one" may be a word instead of a number
            found["{count}"] = expected["{count}"]
        for part in sorted((expected - found) | (found - expected)):
            message = "lacks" if expected[part] > found[part] else "has one too many of"
            yield ("texts", name), f"'{name}' {message} {part}: see {file}"


def _parts(text: str) -> Counter[str]:
    """Return the slots and values of a text, each with how often it has it."""
    slots = Counter(f"{{{slot}}}" for slot in _SLOT.findall(text))
    return slots + Counter(f"{{{{ policy.{name} }}}}" for name, _ in template.stated(text))
