"""Everything that writers wrote, as one frozen value."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from pathlib import Path

from markupsafe import Markup

from helpcentre.content import flow, phrases, redirects
from helpcentre.content.facts import Fact
from helpcentre.content.flow import Flow
from helpcentre.content.page import Page
from helpcentre.content.phrases import Phrase
from helpcentre.content.template import fill
from helpcentre.content.texts import Texts
from helpcentre.content.translation import Forms, State
from macros.language import Language
from macros.policy import History, Policy
from macros.problem import Problem


@dataclass(frozen=True)
class Translated:
    """A translated file, and where its words come from."""

    file: str
    """From the project's root, as that of its original."""
    original: str
    state: State | None
    hash: str
    """The hash of its words, and of the original's, as they are now."""
    original_hash: str

    @property
    def is_stale(self) -> bool:
        """Whether the original's words have changed since."""
        of = self.state.of if self.state else None
        return of is not None and of != self.original_hash

    @property
    def is_unread(self) -> bool:
        """Whether a machine wrote these words, and no speaker of the language has read them."""
        state = self.state
        if not state or state.by != "machine":
            return False
        return not state.read_by or state.read != self.hash


@dataclass(frozen=True)
class Project:
    """The content of one project, as it holds on one day."""

    root: Path
    language: Language
    day: date
    """The day that the site is built for, in the marketplace's zone."""
    history: History
    policy: Policy
    """The values of that day, with announced changes."""
    plain_policy: Policy
    """The same without announcements: descriptions are too short for them."""
    facts: Mapping[str, Fact]
    texts: Texts
    """The words around the pages."""
    pages: Mapping[str, Page]
    """By path under the language's docs/."""
    drafts: AbstractSet[str]
    """The paths under docs/ of all drafts, whether or not they are among `pages`."""
    flows: Mapping[str, Flow]
    """By file name, without .yml."""
    redirects: Mapping[str, str]
    """By old address, the path under docs/ of the page that replaced it, and perhaps its #part."""
    synonyms: Mapping[str, Sequence[str]]
    """By the word on our pages, what shoppers call the same thing."""
    out_of_scope: Sequence[Phrase] = ()
    """Questions that no page answers: search leads them to customer care."""
    problems: Sequence[Problem] = ()
    """What is wrong with the pages and flows that could not be read, and with drafts."""
    original: "Project | None" = None
    """The project in the language that this one is translated from."""
    withdrawn: Mapping[str, Page] = field(default_factory=dict)
    """Translations that say something else than their original does now, by path."""
    translations: dict[str, "Project"] = field(default_factory=dict)
    """The project in each other language, by tag in small letters."""

    @cached_property
    def sources(self) -> frozenset[str]:
        """The paths under docs/ of all pages, those that could not be read and drafts included."""
        docs = f"{self.language.docs}/"
        files = (phrases.page_of(problem.file) for problem in self.problems)
        unreadable = (file.removeprefix(docs) for file in files if file.startswith(docs))
        return frozenset((*self.pages, *self.drafts, *unreadable))

    @cached_property
    def hidden(self) -> AbstractSet[str]:
        """The paths under docs/ of the drafts that are not shown."""
        return self.drafts - self.pages.keys()

    def in_draft(self, problem: Problem) -> bool:
        """Return whether `problem` is one of a draft."""
        docs = f"{self.language.docs}/"
        return phrases.page_of(problem.file).removeprefix(docs) in self.drafts

    def without(self, hidden: AbstractSet[str]) -> "Project":
        """Return the same without these drafts, what only they use, and what leads to them."""
        pages = {source: page for source, page in self.pages.items() if source not in hidden}
        withdrawn = {
            source: page for source, page in self.withdrawn.items() if source not in hidden
        }
        everything = {**self.pages, **self.withdrawn}
        flows = {page.front_matter.flow for page in (*pages.values(), *withdrawn.values())}
        unused = {everything[source].front_matter.flow for source in hidden & everything.keys()}
        files = {f"{self.language.docs}/{source}" for source in hidden}
        shown = replace(
            self,
            pages=pages,
            withdrawn=withdrawn,
            flows={name: flow for name, flow in self.flows.items() if name not in unused - flows},
            redirects={old: new for old, new in self.redirects.items() if new not in hidden},
            problems=[
                problem for problem in self.problems if phrases.page_of(problem.file) not in files
            ],
            translations={},
        )
        shown.translations.update(
            (tag, replace(translation.without(hidden), original=shown))
            for tag, translation in self.translations.items()
        )
        return shown

    @property
    def editions(self) -> "list[Project]":
        """The project in all languages, the original first."""
        original = self.original or self
        return [original, *original.translations.values()]

    @property
    def moved(self) -> dict[str, str]:
        """The new address by old address, in each language that has the page, from the site's."""
        return {
            edition.language.address + old: edition.language.address + new
            for edition in self.editions
            for old, new in redirects.addresses(self.redirects).items()
            if self.redirects[old].partition("#")[0] in edition.pages
        }

    @cached_property
    def forms(self) -> Forms:
        """The forms of values that may differ from those of the original."""
        return Forms.of(self.language, (self.original or self).language)

    @property
    def translated_files(self) -> Iterator[Translated]:
        """Every file that has an original."""
        yield from self._translated([*self.pages.values(), *self.withdrawn.values()], self.flows)
        yield self.translated_texts

    def _translated(
        self, pages: Iterable[Page], flows: Iterable[str | None]
    ) -> Iterator[Translated]:
        """Yield those of these pages and flows that have an original."""
        for page in pages:
            if made := page.translation:
                source = made.original
                yield Translated(page.file, source.file, made.state, page.hash, source.hash)
        for name in flows:
            if name and name in self.flows and self.original and name in self.original.flows:
                own, theirs = self.flows[name], self.original.flows[name]
                file = flow.file_of(self.language, name)
                original = flow.file_of(self.original.language, name)
                yield Translated(file, original, own.translation, own.hash, theirs.hash)

    @property
    def translated_texts(self) -> Translated:
        """The texts, and those of the original."""
        own, source = self.texts, (self.original or self).texts
        return Translated(own.file, source.file, own.translation, own.hash, source.hash)

    def is_stale(self, page: Page) -> bool:
        """Return whether the original's words on `page` or around it have changed since.

        Those of its flow are meant; and where it shows a calculator, the texts that say its rule.
        """
        original = self.original
        if original and page.front_matter.calculators and self.texts.is_rule_stale(original.texts):
            return True
        return any(made.is_stale for made in self._translated([page], [page.front_matter.flow]))

    def is_unread(self, page: Page) -> bool:
        """Return whether a machine wrote `page` or its flow, and no speaker has read all of it."""
        return any(made.is_unread for made in self._translated([page], [page.front_matter.flow]))

    @property
    def has_unread(self) -> bool:
        """Whether a machine wrote any of the language's words that no speaker has read."""
        return self.translated_texts.is_unread or any(map(self.is_unread, self.pages.values()))

    def is_over(self, page: Page) -> bool:
        """Return whether `page` is archived, or a notice past its last day."""
        front = page.front_matter
        return front.archived or bool(front.last_day and front.last_day < self.day)

    def plain_policy_of(self, page: Page) -> Policy:
        """Return the values that `page` states, without announcements.

        A page that is over keeps the values of its last day, or of its last review if it has none:
        it must not say today what it never said.
        """
        front = page.front_matter
        own = front.last_day or front.reviewed
        if not self.is_over(page) or not own or own >= self.day:
            return self.plain_policy
        return self.history.on(own, announce=False, partly=True)

    def answer(self, page: Page) -> Markup:
        """Return the page's description, with its values; `.striptags()` gives its plain words."""
        return fill(page.front_matter.description, self.plain_policy_of(page))
