"""A page as its writer sees it: front matter and Markdown, each with its lines."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from pathlib import Path, PurePosixPath
from types import MappingProxyType
from typing import Annotated, Self

from pydantic import Field, field_validator, model_validator

from macros import business_days, strict_yaml
from macros.policy import Day, Days, FactId
from macros.problem import Problem, ProblemsError
from macros.values import Strict, Text, Zone

LISTS = ("home.html", "topic.html", "questions.html", "key-dates.html")
"""Templates of pages that list answers and are none themselves."""

FEWEST_ASKS = 12
"""Search finds the right page first for 70 of 100 questions with one ask a page, 93 with twelve."""

LONGEST, LONGEST_BLOCK = 50_000, 4_000
"""In characters, of a page and of a paragraph or table: far more than anybody reads.

Markdown takes time by the square of a block's length: some seconds for the longest, at worst.
"""

_MARKDOWN = (".md", ".markdown", ".mdown", ".mkd", ".mkdn")
"""What MkDocs takes for a page; ours all end in the first."""

_FRONT_MATTER = re.compile(r"-{3}[ \t]*\n(.*?\n)(?:\.{3}|-{3})[ \t]*\n", re.DOTALL)


class RefundExample(Strict):
    """A refund whose arrival the page works out, to show how days are counted."""

    processed: Day
    country: str
    """Of the bank: US, or GB-ENG for a nation."""

    @field_validator("country")
    @classmethod
    def _known(cls, country: str) -> str:
        if country not in business_days.countries():
            raise ValueError(f"expected a country such as US or GB-ENG, found '{country}'")
        return country


class SellerDeadlineExample(Strict):
    """A request to cancel for which the page works out until when the seller must answer."""

    requested: datetime
    preparation_ends: datetime
    """Both on the clocks of `zone`."""
    zone: Zone

    @model_validator(mode="after")
    def _on_the_clocks_of_the_zone(self) -> Self:
        if self.requested.tzinfo or self.preparation_ends.tzinfo:
            raise ValueError("expected times without an offset, on the clocks of 'zone'")
        return self


class FrontMatter(Strict):
    """What a page says about itself. CONTRIBUTING.md tells writers what each key is for."""

    title: Text
    description: Text
    menu: Text | None = None
    """A shorter name for the menu."""
    template: Text | None = None
    icon: Annotated[str, Field(pattern=strict_yaml.ICON)] | None = None
    """A topic's picture on the home page, below overrides/.icons/."""
    reference: bool = False
    """Explains words, rather than answers: search puts answers before it."""
    archived: bool = False
    first_day: Day | None = None
    last_day: Day | None = None
    """Of a notice that holds for a time only; both days included, in the marketplace's zone."""
    asks: Annotated[tuple[Text, ...], Field(strict=False)] = ()
    unanswered: Annotated[tuple[Text, ...], Field(strict=False)] = ()
    """What no page answers: search hands who asks it to this page, which is about customer care."""
    refund_example: RefundExample | None = None
    seller_deadline_example: SellerDeadlineExample | None = None
    flow: Annotated[str, Field(pattern=strict_yaml.FILE_NAME)] | None = None
    """The few questions that lead a shopper to the next step: flows/NAME.yml."""
    sources: Annotated[tuple[FactId, ...], Field(strict=False)] = ()
    reviewed: Day
    review_every: Days
    related: Annotated[tuple[Text, ...], Field(min_length=1, strict=False)]
    """Paths under docs/."""

    @field_validator("title", "description", "menu")
    @classmethod
    def _words_only(cls, words: str | None) -> str | None:
        if words and (found := re.search(r"[<>\"]", words)):
            raise ValueError(f"expected words without HTML or straight quotes, found {found[0]}")
        return words

    @field_validator("title")
    @classmethod
    def _no_macros_in_title(cls, title: str) -> str:
        if not re.search(r"[^\W\d_]{2}", title):  # MkDocs would take it for a number
            raise ValueError(f"expected a question in words, found '{title}'")
        if re.search(r"\{[{%#]", title):
            raise ValueError("a title cannot use values: browsers and menus would show the braces")
        return title

    @model_validator(mode="after")
    def _days_in_order(self) -> Self:
        if (self.first_day is None) != (self.last_day is None):
            raise ValueError("a notice has both 'first_day' and 'last_day', or neither")
        if self.first_day and self.last_day and self.first_day > self.last_day:
            raise ValueError("expected 'first_day' to be no later than 'last_day'")
        return self

    @model_validator(mode="after")
    def _answers_have_asks_and_sources(self) -> Self:
        if self.template is not None and self.template not in LISTS:
            near = strict_yaml.did_you_mean(self.template, LISTS)
            raise ValueError(f"unknown template '{self.template}'{near}")
        if self.template is None and not self.sources:
            raise ValueError("an answer needs 'sources': the ids of the facts it states")
        if self.template is None and len(self.asks) < FEWEST_ASKS:
            raise ValueError(
                f"an answer needs at least {FEWEST_ASKS} 'asks', the ways in which shoppers put it;"
                f" found {len(self.asks)}"
            )
        return self


@dataclass(frozen=True)
class Page:
    """One Markdown file under docs/."""

    file: str
    """From the project's root: docs/orders/track-parcel.md."""
    front_matter: FrontMatter
    body: str
    """The Markdown, with macros not yet filled in."""
    body_line: int
    """The line of the file on which `body` begins."""
    text: str
    """The whole file."""

    @cached_property
    def source(self) -> str:
        """The path under docs/, by which pages name each other."""
        return str(PurePosixPath(self.file).relative_to("docs"))

    @cached_property
    def url(self) -> str:
        """The address, relative to the site's: orders/track-parcel/, or empty for the home page."""
        return url_of(self.source)

    def line_of(self, words: str) -> int:
        """Return the line of the file on which `words` first stand; 1 if nowhere."""
        before, found, _ = self.text.partition(words)
        return before.count("\n") + 1 if found else 1

    def line_of_key(self, key: str) -> int:
        """Return the line of the file on which front matter's `key` stands; 1 if it does not."""
        before, found, _ = self.text.partition(f"\n{key}:")
        return before.count("\n") + 2 if found else 1


def url_of(source: str) -> str:
    """Return the address of the page at the path `source` under docs/."""
    path = PurePosixPath(source)
    folder = path.parent if path.stem == "index" else path.with_suffix("")
    return "" if folder == PurePosixPath() else f"{folder}/"


def read(root: Path, file: str) -> Page:
    """Return the page at `file`. Raises ProblemsError for front matter that is missing or wrong."""
    if PurePosixPath(file).stem.lower() == "readme":  # MkDocs would take it for an index
        raise ProblemsError([Problem(file, 1, "a page is not named README: give it another name")])
    if not file.endswith(".md"):
        raise ProblemsError([Problem(file, 1, "the name of a page ends in .md")])
    text = strict_yaml.read_text(root, file)
    if len(text) > LONGEST:
        message = f"expected a page of at most {LONGEST} characters, found {len(text)}"
        raise ProblemsError([Problem(file, 1, message)])
    found = _FRONT_MATTER.match(text)
    if not found:
        message = (
            "the page must begin with front matter: '---', its keys, '---', each on its own line"
        )
        raise ProblemsError([Problem(file, 1, message)])
    front_matter = strict_yaml.read(found[1], FrontMatter, file, first_line=2)
    body_line = text[: found.end()].count("\n") + 1
    for block in re.finditer(r"[^\n]+(?:\n[^\n]+)*", text[found.end() :]):
        if len(block[0]) > LONGEST_BLOCK:
            line = body_line + text[found.end() :][: block.start()].count("\n")
            message = f"expected a paragraph or table of at most {LONGEST_BLOCK} characters"
            raise ProblemsError([Problem(file, line, f"{message}, found {len(block[0])}")])
    return Page(file, front_matter, text[found.end() :], body_line, text)


def files(root: Path) -> Iterator[str]:
    """Yield the path of every page from the project's root, in order."""
    for path in sorted((root / "docs").rglob("*")):
        if path.suffix.lower() in _MARKDOWN and path.is_file() and not path.name.startswith("."):
            yield path.relative_to(root).as_posix()


def read_all(
    root: Path, before: Mapping[str, Page] = MappingProxyType({})
) -> tuple[dict[str, Page], list[Problem]]:
    """Return the pages that can be read, by path under docs/, and what is wrong with others.

    Of `before`, pages read earlier, those whose files are still the same are returned themselves.
    """
    pages: dict[str, Page] = {}
    problems: list[Problem] = []
    for file in files(root):
        try:
            page = before.get(file.removeprefix("docs/"))
            if not page or page.text != strict_yaml.read_text(root, file):
                page = read(root, file)
        except ProblemsError as error:
            problems += error.problems
        else:
            pages[page.source] = page
    return pages, problems
