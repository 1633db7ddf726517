"""The words of the site around its pages, in one language: languages/TAG/texts.yml."""

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import ClassVar

from markupsafe import Markup, escape
from pydantic import Field

from helpcentre.content import template
from helpcentre.content.calculators import CALCULATORS
from helpcentre.content.hashed import of_words
from helpcentre.content.number_words import numbers_in
from helpcentre.content.translation import Hash, State, is_copied
from macros import strict_yaml
from macros.language import Language
from macros.policy import FILE as FILE_OF_VALUES
from macros.policy import Name, Policy
from macros.problem import ProblemsError
from macros.values import Strict, Text

FILE = "texts.yml"
_IN_ORDER = (("{first}", "{last}"), ("{earliest}", "{latest}"))
"""Slots that no language names the other way round."""
_RULES = 5
_SLOT = re.compile(r"(?<!\{)\{(\w+)\}(?!\})")


class _Meaning(Strict):
    of: Hash
    """The hash of the original's words."""
    words: Text


class _File(Strict):
    REFUSES_CUT_WORDS: ClassVar = True

    translation: State | None = None
    """Where the texts come from, if they are translated."""
    texts: Mapping[Name, Text | Mapping[str, Text]]
    means: Mapping[Name, _Meaning] = Field(default_factory=dict)
    """What each value means, for shoppers; of the original, policy.yml has it."""


@dataclass(frozen=True)
class Texts:
    """The texts of one language."""

    language: Language
    file: str
    texts: Mapping[str, str | Mapping[str, str]]
    means: Mapping[str, str]
    """What values mean, by their names, where policy.yml still says the same."""
    stale_means: Mapping[str, str] = field(default_factory=dict)
    """The hashes of what other values mean now, by their names: it is shown in the original."""
    translation: State | None = None
    """Where the texts come from, if they are translated."""

    @cached_property
    def hash(self) -> str:
        """The hash of the texts, in any order."""
        return _hash_of(self.texts)

    def is_rule_stale(self, original: "Texts") -> bool:
        """Return whether what calculators say has changed in `original` since."""
        of = self.translation.of if self.translation else None
        return of is not None and of[:_RULES] != original.hash[:_RULES]

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


def hash_of(text: str) -> str:
    """Return the hash of the texts in a file of texts. Raises ProblemsError."""
    return _hash_of(strict_yaml.read(text, _File, FILE).texts)


def _hash_of(texts: Mapping[str, str | Mapping[str, str]]) -> str:
    """Return a hash, which begins with _RULES letters of the hash of what calculators say."""
    prefixes = tuple(calculator.texts for calculator in CALCULATORS)
    rules = {name: text for name, text in texts.items() if name.startswith(prefixes)}
    words = (json.dumps(part, sort_keys=True, ensure_ascii=False) for part in (rules, texts))
    return "".join(of_words(part)[:_RULES] for part in words)


def read(root: Path, language: Language, policy: Policy, original: Texts | None = None) -> Texts:
    """Return the texts of `language`, which has what `original` has, if that is given.

    Raises ProblemsError with each text that is missing or unknown, lacks a slot, a value or a
    plural form, or has one too many.
    """
    file = file_of(language)
    read = strict_yaml.read_file(root, file, _File)
    now = {current.name: of_words(current.entry.means) for current in policy}
    means = {name: own.words for name, own in read.means.items() if own.of == now.get(name)}
    stale = {name: hash_ for name, hash_ in now.items() if name not in means} if original else {}
    texts = Texts(language, file, read.texts, means, stale, read.translation)
    errors = [
        *_errors(texts, policy),
        *(_differences(texts, original, policy) if original else ()),
    ]
    for name in read.means.keys() - now.keys():
        errors.append((("means", name), f"'means' has '{name}', which is no value: remove it"))
    if errors:
        raise ProblemsError(strict_yaml.problem_at(root, file, *error) for error in errors)
    return texts


def _errors(texts: Texts, policy: Policy) -> Iterator[tuple[tuple[str, ...], str]]:
    words = texts.language.words
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
        for message in words.plural_errors(text) if not isinstance(text, str) else ():
            yield ("texts", name), f"'{name}' {message}"


def _differences(
    texts: Texts, original: Texts, policy: Policy
) -> Iterator[tuple[tuple[str, ...], str]]:
    for name, theirs in original.texts.items():
        ours = texts.texts.get(name)
        if ours is None:
            yield ("texts",), f"the text '{name}' is missing: translate it from {original.file}"
        elif isinstance(ours, str) != isinstance(theirs, str):
            message = "forms by plural category" if isinstance(ours, str) else "one text"
            yield ("texts", name), f"'{name}': expected {message}, as in {original.file}"
        else:
            for category, form in texts.forms(name).items():
                for message in _form_differs(form, category, original.forms(name), texts.language):
                    yield ("texts", name), f"'{name}' {message}: see {original.file}"
    for name in texts.texts.keys() - original.texts.keys():
        near = strict_yaml.did_you_mean(name, original.texts)
        yield ("texts", name), f"unknown text '{name}'{near}: {original.file} has none"
    for current in policy:
        if is_copied(texts.means.get(current.name, ""), current.entry.means):
            message = f"'{current.name}' is not translated: see {FILE_OF_VALUES}"
            yield ("means", current.name), message


def _form_differs(
    form: str, category: str, originals: Mapping[str, str], language: Language
) -> Iterator[str]:
    """Yield what a form of a text lacks, has too much, types, or has not translated."""
    found, expected = _parts(form), _parts(originals["other"])
    words = _SLOT.sub("", form)
    number = language.words.categories_of_one_number.get(category)
    if len(originals) > 1 and number is not None:
        found["{count}"] = expected["{count}"]  # a word may say it, or this one number
        words = re.sub(rf"(?<!\d){number}(?!\d)", "", words)
    for part in sorted((expected - found) | (found - expected)):
        yield f"{'lacks' if expected[part] > found[part] else 'has one too many of'} {part}"
    for first, second in _IN_ORDER:
        if first in form and second in form and form.index(first) > form.index(second):
            yield f"must have {first} before {second}"
    for _, typed in numbers_in(words, language, alone=False):
        yield f"types '{typed}' by hand, instead of stating it by a value"
    if any(is_copied(words, _SLOT.sub("", other)) for other in originals.values()):
        yield "is not translated"


def _parts(text: str) -> Counter[str]:
    """Return the slots and values of a text, each with how often it has it."""
    slots = Counter(f"{{{slot}}}" for slot in _SLOT.findall(text))
    return slots + Counter(f"{{{{ policy.{name} }}}}" for name, _ in template.stated(text))
