"""Every link of the built site leads somewhere, at the root of a host and under a path."""

from pathlib import Path

import pytest

from helpcentre.site import built_pages, links

pytestmark = pytest.mark.site


def test_every_link_leads_somewhere(site: Path) -> None:
    assert links.check(site, built_pages.read(site), {}) == []


def test_every_link_leads_somewhere_under_a_path(help_site: Path) -> None:
    assert links.check(help_site, built_pages.read(help_site), {}, "/help/") == []
