"""Everything that writers wrote, as one frozen value."""

from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from pathlib import Path

from markupsafe import Markup

from helpcentre.content import phrases, redirects
from helpcentre.content.facts import Fact
from helpcentre.content.flow import Flow
from helpcentre.content.page import Page
from helpcentre.content.phrases import Phrase
from helpcentre.content.template import fill
from helpcentre.content.texts import Texts
from helpcentre.content.translation import State
from macros.language import Language
from macros.policy import History, Policy
from macros.problem import Problem


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

    def _translated(self, page: Page) -> Iterator[tuple[State, str, str]]:
        """Yield where `page` and its flow come from, with their own and their original's hash."""
        if page.translation:
            yield page.translation.state, page.hash, page.translation.original.hash
        name = page.front_matter.flow or ""
        steps, theirs = self.flows.get(name), self.original and self.original.flows.get(name)
        if steps and steps.translation and theirs:
            yield steps.translation, steps.hash, theirs.hash

    def is_stale(self, page: Page) -> bool:
        """Return whether the original's words on `page` or around it have changed since.

        Those of its flow are meant; and where it shows a calculator, the texts that say its rule.
        """
        original = self.original
        if original and page.front_matter.calculators and self.texts.is_rule_stale(original.texts):
            return True
        return any(state.is_stale(theirs) for state, _, theirs in self._translated(page))

    def is_unread(self, page: Page) -> bool:
        """Return whether a machine wrote `page` or its flow, and no speaker has read all of it."""
        return any(state.is_unread(own) for state, own, _ in self._translated(page))

    @property
    def has_unread(self) -> bool:
        """Whether a machine wrote any of the language's words that no speaker has read."""
        return self.texts.is_unread or any(map(self.is_unread, self.pages.values()))

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
