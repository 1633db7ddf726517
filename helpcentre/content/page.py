"""A page as its writer sees it: front matter and Markdown, with their lines."""

import posixpath
import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Self
from urllib.parse import unquote

from pydantic import AfterValidator, Field, create_model, field_validator, model_validator

from helpcentre.content import phrases
from helpcentre.content.calculators import CALCULATORS, Calculator
from helpcentre.content.hashed import of_words
from helpcentre.content.phrases import Phrase
from macros import strict_yaml
from macros.layout import DOCS
from macros.policy import Day, Days, FactId
from macros.problem import Problem, ProblemsError, read_each
from macros.strict_yaml import Model
from macros.values import Strict, Text

if TYPE_CHECKING:
    from helpcentre.content.translation import Translation

LISTS = ("home.html", "topic.html", "questions.html", "key-dates.html")
"""Templates of pages that list answers instead of giving one."""

CONTACT = "contact.md"
"""The page about customer care: search leads shoppers there whom no page answers."""

MAX_PAGE, MAX_BLOCK = 50_000, 4_000
"""Characters of a page, and of a paragraph or table: far more than anybody reads.

Markdown takes time by the square of a block's length: some seconds for the longest, at worst.
"""

_MARKDOWN = (".md", ".markdown", ".mdown", ".mkd", ".mkdn")
"""What MkDocs takes for a page; ours all end in the first."""


_DRAFT_LACKS: Mapping[str, Any] = {
    "description": "This page is a draft: it has no description yet, and is not published.",
    "reviewed": date(2020, 1, 1),
    "review_every": 1,
    "related": [CONTACT],
}
"""What stands in a draft for the keys that it may leave out."""

COMMENT = re.compile(r"<!--.*?-->|\{#.*?#\}", re.DOTALL)
_DRAFT = re.compile(r"^draft:[ \t]*true\b", re.MULTILINE)
_FRONT_MATTER = re.compile(r"-{3}[ \t]*\n(.*?\n)(?:\.{3}|-{3})[ \t]*\n", re.DOTALL)


def _without_html(words: str) -> str:
    if mark := re.search(r"[<>\"]", words):
        raise ValueError(f"expected words without HTML or straight quotes, found {mark[0]}")
    return words


PlainText = Annotated[Text, AfterValidator(_without_html)]
"""Words that templates may show anywhere, also in attributes."""


class Words(Strict):
    """The keys at the top of a page that are words."""

    REFUSES_CUT_WORDS: ClassVar = True

    title: PlainText
    description: PlainText
    menu: PlainText | None = None
    """A shorter name for the menu."""

    @field_validator("title")
    @classmethod
    def _no_macros_in_title(cls, title: str) -> str:
        if not re.search(r"[^\W\d_]{2}", title):  # MkDocs would take it for a number
            raise ValueError(f"expected a question in words, found '{title}'")
        if re.search(r"\{[{%#]", title):
            raise ValueError("a title cannot use values: browsers and menus would show the braces")
        return title


class _FrontMatter(Words):
    """The keys at the top of a page. CONTRIBUTING.md explains each."""

    RENAMED: ClassVar = dict.fromkeys(
        ("asks", "search_phrases"), f"NAME{phrases.SUFFIX}"
    ) | dict.fromkeys(("unanswered", "out_of_scope"), phrases.OUT_OF_SCOPE)

    template: Text | None = None
    icon: Annotated[str, Field(pattern=strict_yaml.ICON)] | None = None
    """A topic's picture on the home page: one of Material's icons."""
    reference: bool = False
    """Whether it explains words rather than answers: search puts answers before it."""
    draft: bool = False
    """Whether it is shown by `serve` and in previews only, and may lack what is needed else."""
    archived: bool = False
    first_day: Day | None = None
    last_day: Day | None = None
    """The days on which a temporary notice holds, both included, in the marketplace's zone."""
    flow: Annotated[str, Field(pattern=strict_yaml.FILE_NAME)] | None = None
    """The few questions that lead a shopper to the next step: languages/TAG/flows/NAME.yml."""
    sources: Annotated[tuple[FactId, ...], Field(strict=False)] = ()
    reviewed: Day
    review_every: Days
    related: Annotated[tuple[Text, ...], Field(min_length=1, strict=False)]
    """Paths under docs/."""

    @model_validator(mode="before")
    @classmethod
    def _drafts_may_lack_keys(cls, keys: Any) -> Any:
        is_draft = isinstance(keys, dict) and keys.get("draft") is True
        return {**_DRAFT_LACKS, **keys} if is_draft else keys

    @model_validator(mode="after")
    def _days_in_order(self) -> Self:
        if (self.first_day is None) != (self.last_day is None):
            raise ValueError("a notice has both 'first_day' and 'last_day', or neither")
        if self.first_day and self.last_day and self.first_day > self.last_day:
            raise ValueError("expected 'first_day' to be no later than 'last_day'")
        return self

    @model_validator(mode="after")
    def _answers_have_sources(self) -> Self:
        if self.template is not None and self.template not in LISTS:
            near = strict_yaml.did_you_mean(self.template, LISTS)
            raise ValueError(f"unknown template '{self.template}'{near}")
        if self.template is None and not self.draft and not self.sources:
            raise ValueError("an answer needs 'sources': the ids of the facts it states")
        return self

    @property
    def calculators(self) -> list[tuple[Calculator, Any]]:
        """The calculators that the page shows, each with its example."""
        examples = [(calculator, getattr(self, calculator.key)) for calculator in CALCULATORS]
        return [(calculator, example) for calculator, example in examples if example]


FrontMatter = create_model(
    "FrontMatter",
    __base__=_FrontMatter,
    **{calculator.key: (calculator.example | None, None) for calculator in CALCULATORS},  # type: ignore[call-overload]
)
"""The model of front matter, with a key for each calculator."""


@dataclass(frozen=True)
class Page:
    """One Markdown file under docs/."""

    file: str
    """From the project's root: docs/orders/track-parcel.md."""
    front_matter: _FrontMatter
    body: str
    """The Markdown, with macros not yet filled in."""
    body_line: int
    """The line of the file on which `body` begins."""
    text: str
    """The whole file."""
    phrases: tuple[Phrase, ...] = ()
    """How shoppers put the question."""
    translation: "Translation | None" = None
    """How it stands to its original, if it has one."""

    @cached_property
    def source(self) -> str:
        """The path under its language's docs/, by which pages refer to it."""
        return self.file.partition(f"{DOCS}/")[2]

    @cached_property
    def url(self) -> str:
        """The address, relative to the site's: orders/track-parcel/, or empty for the home page."""
        return url_of(self.source)

    @cached_property
    def hash(self) -> str:
        """The hash of its words: title, description, name in menus and paragraphs."""
        front = self.front_matter
        paragraphs = re.split(r"\n[ \t]*\n", COMMENT.sub("", self.body).strip())
        parts = (front.title, front.description, front.menu or "")
        return of_words(*parts, *filter(str.strip, paragraphs))

    def texts(self) -> Iterator[tuple[int, str]]:
        """Yield its title, description, name in menus and body, each after its first line."""
        for key in ("title", "description", "menu"):
            if words := getattr(self.front_matter, key):
                yield self.line_of_key(key), words
        yield self.body_line, self.body

    def source_of(self, target: str) -> str:
        """Return the path under docs/ of the file that the page's link `target` names."""
        path = unquote(target.partition("#")[0])
        return posixpath.normpath(posixpath.join(posixpath.dirname(self.source), path))

    def line_at(self, start: int) -> int:
        """Return the line of the file on which the body's character `start` stands."""
        return self.body_line + self.body.count("\n", 0, start)

    def line_of_key(self, key: str) -> int:
        """Return the line of `key` in front matter; 1 if it is not there."""
        return line_of_key(self.text, key)


def line_of_key(text: str, key: str) -> int:
    """Return the line of `key` in YAML or at the top of a page; 1 if it is not there."""
    before, found, _ = text.partition(f"\n{key}:")
    return before.count("\n") + 2 if found else 1


def url_of(source: str) -> str:
    """Return the address of the page at the path `source` under docs/."""
    folder, slash, name = posixpath.splitext(source)[0].rpartition("/")
    return f"{folder}{slash}" if name == "index" else f"{folder}{slash}{name}/"


def slug(words: str) -> str:
    """Return `words` as a part of an address: lower-case letters, digits and hyphens."""
    plain = unicodedata.normalize("NFKD", words.casefold()).encode("ascii", "ignore").decode()
    return "-".join(re.findall(r"[a-z0-9]+", plain.replace("'", "")))


def read(root: Path, file: str, own_phrases: tuple[Phrase, ...] = ()) -> Page:
    """Return the page at `file`; one that is unchanged since the last time is the same object.

    Raises ProblemsError for front matter that is missing or wrong.
    """
    return parse(file, strict_yaml.read_text(root, file), own_phrases)


@lru_cache(maxsize=1 << 14)  # under `serve` most pages are as they were
def parse(file: str, text: str, own_phrases: tuple[Phrase, ...] = ()) -> Page:
    """Return the page that has this `text`. Raises ProblemsError, as `read` does."""
    front_matter, body, body_line = split(file, text, FrontMatter)
    return Page(file, front_matter, body, body_line, text, own_phrases)


def split(file: str, text: str, model: type[Model]) -> tuple[Model, str, int]:
    """Return a page's front matter, its body, and the line on which the body begins.

    Raises ProblemsError for front matter that is missing or wrong, and for what is far too long.
    """
    if PurePosixPath(file).stem.lower() == "readme":  # MkDocs would take it for an index
        raise ProblemsError([Problem(file, 1, "a page cannot be named README: rename it")])
    if not file.endswith(".md"):
        raise ProblemsError([Problem(file, 1, "the file name of a page must end in .md")])
    if len(text) > MAX_PAGE:
        message = f"expected a page of at most {MAX_PAGE} characters, found {len(text)}"
        raise ProblemsError([Problem(file, 1, message)])
    match = _FRONT_MATTER.match(text)
    if not match:
        message = (
            "the page must begin with front matter: '---', its keys, '---', each on its own line"
        )
        raise ProblemsError([Problem(file, 1, message)])
    front_matter = strict_yaml.read(match[1], model, file, first_line=2)
    body = text[match.end() :]
    body_line = text[: match.end()].count("\n") + 1
    for block in re.finditer(r"[^\n]+(?:\n[^\n]+)*", body):
        if len(block[0]) > MAX_BLOCK:
            line = body_line + body[: block.start()].count("\n")
            is_html = block[0].lstrip().startswith("<")
            what = "a piece of HTML" if is_html else "a paragraph or table"
            how = ": write it in Markdown, or split it" if is_html else ""
            message = f"expected {what} of at most {MAX_BLOCK} characters, found {len(block[0])}"
            raise ProblemsError([Problem(file, line, message + how)])
    return front_matter, body, body_line


def is_draft(root: Path, file: str) -> bool:
    """Return whether `file`, which need not be readable, says that it is a draft."""
    try:
        text = (root / file).read_bytes()[:MAX_PAGE].decode(errors="replace")
    except OSError:
        return False
    return bool(_DRAFT.search(text.partition("\n---")[0]))


def files(root: Path) -> Iterator[str]:
    """Yield the path of every page from the project's root, in order."""
    named = (path for path in (root / DOCS).rglob("*") if path.suffix.lower() in _MARKDOWN)
    for path in sorted(named):
        if path.is_file() and not path.name.startswith("."):
            yield path.relative_to(root).as_posix()


def with_phrases(
    root: Path, files: Mapping[str, str], read: Callable[[str, tuple[Phrase, ...]], Page]
) -> tuple[dict[str, Page], list[Problem]]:
    """Return the page that `read` makes of each name in `files` and of its phrases; and problems.

    A page whose phrases cannot be read has none.
    """
    own, wrong = read_each(files, lambda name: phrases.read(root, phrases.file_of(files[name])))
    pages, problems = read_each(files, lambda name: read(name, own.get(name, ())))
    return pages, [*problems, *wrong]


def read_all(root: Path) -> tuple[dict[str, Page], frozenset[str], list[Problem]]:
    """Return the pages that can be read, by path under docs/, and what is wrong with the others.

    Between the two are the paths of all drafts, those that cannot be read included.
    """
    named = {file.removeprefix(f"{DOCS}/"): file for file in files(root)}
    pages, problems = with_phrases(root, named, lambda source, own: read(root, named[source], own))
    drafts = {source for source, page in pages.items() if page.front_matter.draft}
    unread = named.keys() - pages.keys()
    drafts |= {source for source in unread if is_draft(root, named[source])}
    return pages, frozenset(drafts), problems
