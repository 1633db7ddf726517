"""All that writers wrote, in one hand."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from checks.facts import Fact
from checks.flow import Flow
from checks.page import Page
from macros.policy import History, Policy


@dataclass(frozen=True)
class Content:
    """policy.yml, facts.yml and the pages that can be read, of one project on one day."""

    root: Path
    day: date
    """The day that it is read for."""
    history: History
    policy: Policy
    """The values that hold on that day, with announced changes."""
    plain_policy: Policy
    """The same without: descriptions are too short to announce anything."""
    facts: Mapping[str, Fact]
    pages: Mapping[str, Page]
    """By their path under docs/."""
    flows: Mapping[str, Flow] = field(default_factory=dict)
    """By the name of their file."""
    redirects: Mapping[str, str] = field(default_factory=dict)
    """By old address, the path under docs/ of the page that took its place."""
    synonyms: Sequence[tuple[str, ...]] = ()
    """Groups of words that mean the same to a shopper."""
