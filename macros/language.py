"""The languages of the site: languages/TAG/language.yml, one folder each.

The pages of the original, English, are in docs/, and at the site's own address. Those of any other
language are in languages/TAG/docs/, and at TAG/ below it. Nothing else distinguishes English.
"""

from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import Annotated, get_args

from babel import Locale, UnknownLocaleError
from babel.core import get_global
from babel.units import UnknownUnitError
from pydantic import Field

from macros import strict_yaml
from macros.layout import DOCS, LANGUAGES
from macros.phrases import Phrases, Unit
from macros.problem import Problem, ProblemsError, read_each
from macros.values import Strict, Text
from macros.wording import Wording

ORIGINAL = "en"
"""The folder of the language in which pages are written first."""
FILE = "language.yml"

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
    """Number words, which a translation may not write; in Chinese, before a unit of time."""
    also_numbers: str = ""
    """Words that are numbers beside a unit of time only, such as one and half."""
    time_units: str = ""
    max_sentence: Annotated[int, Field(ge=5, le=200)] = 25
    """The words of a sentence that is easy to read; letters, where words have no spaces."""
    description: tuple[int, int] = Field((50, 160), strict=False)
    """The fewest and the most characters of a description."""

    def errors(self) -> Iterator[tuple[tuple[str, ...], str]]:
        """Yield what is wrong with it, with the keys in the file."""
        try:
            locale = self.words.locale
        except (ValueError, UnknownLocaleError) as error:
            yield ("locale",), f"expected a locale of Unicode CLDR such as pt_BR: {error}"
            return
        if locale.language != self.tag.partition("-")[0]:
            yield ("locale",), f"the locale {self.locale} is of another language than {self.tag}"
        own = {4: locale.script, 2: locale.territory}
        if different := [part for part in self.tag.split("-")[1:] if own[len(part)] != part]:
            yield ("locale",), f"the locale {self.locale} is not of {different[0]}, as the tag is"
        if not self.is_original:
            for key in ("numbers", "time_units"):
                if not getattr(self, key).strip():
                    message = "needs words: without them numbers in words are not found"
                    yield (key,), f"'{key}' {message}"
        yield from self._errors_in_plurals()
        yield from self._errors_in_units()
        if not 0 < self.description[0] < self.description[1]:
            yield ("description",), "'description': expected the fewest characters, then the most"

    def _errors_in_units(self) -> Iterator[tuple[tuple[str, ...], str]]:
        for unit in get_args(Unit):
            try:
                self.words.amount(1, unit)
            except UnknownUnitError:
                message = f"'phrases.units.{unit}' is missing: Unicode CLDR has no words for it"
                yield ("phrases", "units"), message
            except KeyError:
                pass  # a plural is missing, which is said elsewhere

    def _errors_in_plurals(self) -> Iterator[tuple[tuple[str, ...], str]]:
        counted = [
            (("phrases", "units", unit), forms) for unit, forms in self.phrases.units.items()
        ]
        verbs = [(("phrases", "verbs", verb), forms) for verb, forms in self.phrases.verbs.items()]
        for keys, forms in (*counted, *verbs):
            for message in self.words.plural_errors(forms):
                yield keys, f"'{'.'.join(keys)}' {message}"
        for keys, forms in counted:
            for category in sorted(forms.keys() - self.words.categories_of_one_number.keys()):
                if "{count}" not in forms[category]:
                    where = ".".join((*keys, category))
                    message = "must have {count}: it is said of several numbers"
                    yield (*keys, category), f"'{where}' {message}"

    @cached_property
    def words(self) -> Wording:
        """How values read."""
        return Wording(Locale.parse(self.locale), self.phrases, f"{self.folder}/{FILE}")

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
    errors = list(language.errors())
    if language.tag.lower() != folder:
        message = f"the tag {language.tag} belongs to a folder {language.tag.lower()}, not {folder}"
        errors.append((("tag",), message))
    if errors:
        raise ProblemsError(strict_yaml.problem_at(root, file, *error) for error in errors)
    return language


def of_docs(root: Path, docs: Path) -> Language:
    """Return the language whose pages are in the folder `docs`. Raises ProblemsError."""
    is_original = docs.resolve() == (root / DOCS).resolve()
    return read(root, ORIGINAL if is_original else docs.parent.name)


def read_all(root: Path) -> tuple[dict[str, Language], list[Problem]]:
    """Return every language but the original by its folder, in order, and what is wrong."""
    folders = sorted(path.name for path in (root / LANGUAGES).iterdir() if path.is_dir())
    others = [folder for folder in folders if folder[0] != "." and folder != ORIGINAL]
    languages, problems = read_each(others, lambda folder: read(root, folder))
    by_name: dict[str, str] = {}
    for folder, own in languages.items():
        if (twin := by_name.setdefault(own.name, folder)) != folder:
            file = f"{LANGUAGES}/{folder}/{FILE}"
            message = f"{LANGUAGES}/{twin}/{FILE} has the same name: readers could not choose"
            problems.append(strict_yaml.problem_at(root, file, ["name"], message))
    return languages, problems
