"""The languages of the site: languages/TAG/language.yml, one folder each.

The pages of the original, English, are in docs/, and at the site's own address. Those of any other
language are in languages/TAG/docs/, and at TAG/ below it. Nothing else distinguishes English.
"""

import string
from collections.abc import Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import Annotated, Self

from babel import Locale, UnknownLocaleError
from babel.core import get_global
from pydantic import Field, model_validator

from macros import strict_yaml
from macros.layout import DOCS, LANGUAGES
from macros.problem import Problem, ProblemsError
from macros.values import Strict, Text
from macros.wording import Phrases, Wording

ORIGINAL = "en"
"""The folder of the language in which pages are written first."""
FILE = "language.yml"

_SLOTS: Mapping[str, frozenset[str]] = {
    name: frozenset(slots.split())
    for name, slots in {
        "counted": "count noun",
        "adjective": "count unit",
        "range": "min max",
        "in_zone": "time zone",
        "opening_days": "days hours",
        "moment": "time date zone",
        "start_of_day": "date zone",
        "opening_hours": "hours days",
        "nation": "country nation",
        "case": "case value",
        "change": "now day later",
    }.items()
}
"""What a phrase fills in; others fill in nothing."""


_ENOUGH = 201
"""So many numbers, from 0, have all plural categories of whole numbers more than once."""
_SAME_LETTERS = {"Hans": "Hani", "Hant": "Hani", "Jpan": "Hani", "Kore": "Hang"}
"""Scripts that Unicode does not tell apart by letters."""


class Language(Strict):
    """One language: how its readers call it, and how values read in it."""

    tag: Annotated[str, Field(pattern=strict_yaml.LANGUAGE_TAG)]
    """The BCP 47 tag: pt-BR. Its folder and its address are the same in small letters."""
    locale: Text
    """The locale of Unicode CLDR: pt_BR."""
    name: Text
    """The language's own name."""
    phrases: Phrases
    numbers: str = ""
    """Number words that a translation may not write before a unit of time."""
    time_units: str = ""
    max_sentence: Annotated[int, Field(ge=5, le=200)] = 25
    """The words of a sentence that is easy to read; letters, where words have no spaces."""
    description: tuple[int, int] = Field((50, 160), strict=False)
    """The fewest and the most characters of a description."""

    @model_validator(mode="after")
    def _is_known_and_whole(self) -> Self:
        try:
            locale = Locale.parse(self.locale)
        except (ValueError, UnknownLocaleError) as error:
            raise ValueError(
                f"locale: expected one of Unicode CLDR such as pt_BR: {error}"
            ) from error
        if locale.language != self.tag.partition("-")[0]:
            raise ValueError(f"the locale {self.locale} is of another language than {self.tag}")
        own = {4: locale.script, 2: locale.territory}
        if different := [part for part in self.tag.split("-")[1:] if own[len(part)] != part]:
            raise ValueError(f"the locale {self.locale} is not of {different[0]}, as the tag is")
        categories = locale.plural_form.tags | {"other"}
        for where, forms in self._by_category():
            if missing := sorted(categories - forms.keys()):
                raise ValueError(f"{where} lacks the plural {', '.join(missing)}")
            unknown = sorted(forms.keys() - categories)
            if unknown:
                raise ValueError(
                    f"{where} has the plural {', '.join(unknown)}, which {self.name} does not have:"
                    f" expected {', '.join(sorted(categories))}"
                )
        of_one_number = {
            category
            for category in categories
            if [*map(locale.plural_form, range(_ENOUGH))].count(category) == 1
        }
        for unit, forms in self.phrases.units.items():
            for category in sorted(forms.keys() - of_one_number):
                if "{count}" not in forms[category]:
                    where = f"phrases.units.{unit}.{category}"
                    message = "must have {count}: it is said of several numbers"
                    raise ValueError(f"{where} {message}")
        for name, slots in _SLOTS.items():
            phrase = string.Formatter().parse(getattr(self.phrases, name))
            if sorted(slot for _, slot, _, _ in phrase if slot is not None) != sorted(slots):
                expected = ", ".join(f"{{{slot}}}" for slot in sorted(slots))
                raise ValueError(f"phrases.{name} must have {expected}, each once")
        return self

    def _by_category(self) -> Iterator[tuple[str, Mapping[str, str]]]:
        for unit, forms in self.phrases.units.items():
            yield f"phrases.units.{unit}", forms
        for verb, forms in self.phrases.verbs.items():
            yield f"phrases.verbs.{verb}", forms

    @cached_property
    def words(self) -> Wording:
        """How values read."""
        return Wording(Locale.parse(self.locale), self.phrases)

    @property
    def is_original(self) -> bool:
        """Whether pages are written in it first."""
        return self.folder == f"{LANGUAGES}/{ORIGINAL}"

    @property
    def folder(self) -> str:
        """The folder of its texts, from the project's root: languages/pt-br."""
        return f"{LANGUAGES}/{self.tag.lower()}"

    @property
    def docs(self) -> str:
        """The folder of its pages, from the project's root."""
        return DOCS if self.is_original else f"{self.folder}/{DOCS}"

    @property
    def address(self) -> str:
        """Its address, from the site's: pt-br/, or nothing."""
        return "" if self.is_original else f"{self.tag.lower()}/"

    @property
    def lang(self) -> str:
        """What browsers call it, with the country whose dates and lists it writes: en-GB."""
        return self.locale.replace("_", "-")

    @property
    def script(self) -> str:
        """The ISO 15924 code of its script: Latn."""
        locale = self.words.locale
        likely = get_global("likely_subtags").get(locale.language, "")
        script = str(locale.script or likely.split("_")[1])
        return _SAME_LETTERS.get(script, script)

    @property
    def direction(self) -> str:
        """How its script runs: ltr or rtl."""
        return str(self.words.locale.text_direction)


def read(root: Path, folder: str = ORIGINAL) -> Language:
    """Return the language of `root`'s languages/`folder`. Raises ProblemsError."""
    file = f"{LANGUAGES}/{folder}/{FILE}"
    language = strict_yaml.read_file(root, file, Language)
    if language.tag.lower() != folder:
        line = strict_yaml.line_of(strict_yaml.read_text(root, file), ("tag",))
        message = f"the tag {language.tag} belongs to a folder {language.tag.lower()}, not {folder}"
        raise ProblemsError([Problem(file, line, message)])
    return language


def of_docs(root: Path, docs: Path) -> Language:
    """Return the language whose pages are in the folder `docs`. Raises ProblemsError."""
    is_original = docs.resolve() == (root / DOCS).resolve()
    return read(root, ORIGINAL if is_original else docs.parent.name)


def read_all(root: Path) -> tuple[list[Language], list[Problem]]:
    """Return every language but the original, in the order of their tags, and what is wrong."""
    languages: list[Language] = []
    problems: list[Problem] = []
    for path in sorted((root / LANGUAGES).iterdir()):
        if path.name == ORIGINAL or path.name.startswith(".") or not path.is_dir():
            continue
        try:
            languages.append(read(root, path.name))
        except ProblemsError as error:
            problems += error.problems
    return languages, problems
