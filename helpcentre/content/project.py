"""Everything that writers wrote, as one frozen value."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path

from helpcentre.content.facts import Fact
from helpcentre.content.flow import Flow
from helpcentre.content.page import Page
from helpcentre.content.template import fill
from macros.layout import DOCS
from macros.policy import History, Policy
from macros.problem import Problem


@dataclass(frozen=True)
class Project:
    """The content of one project, as it holds on one day."""

    root: Path
    day: date
    """The day that the site is built for, in the marketplace's zone."""
    history: History
    policy: Policy
    """The values of that day, with announced changes."""
    plain_policy: Policy
    """The same without announcements: descriptions are too short for them."""
    facts: Mapping[str, Fact]
    pages: Mapping[str, Page]
    """By path under docs/."""
    flows: Mapping[str, Flow]
    """By file name, without .yml."""
    redirects: Mapping[str, str]
    """By old address, the path under docs/ of the page that replaced it, and perhaps its #part."""
    synonyms: Mapping[str, Sequence[str]]
    """By the word on our pages, what shoppers call the same thing."""
    problems: Sequence[Problem] = ()
    """What is wrong with the pages and flows that could not be read."""

    @cached_property
    def sources(self) -> frozenset[str]:
        """The paths under docs/ of all pages, those that could not be read included."""
        files = (problem.file for problem in self.problems)
        unreadable = (file[len(DOCS) + 1 :] for file in files if file.startswith(f"{DOCS}/"))
        return frozenset((*self.pages, *unreadable))

    def answer(self, page: Page) -> str:
        """Return the page's description in plain words, with its values."""
        return fill(page.front_matter.description, self.plain_policy).striptags()
