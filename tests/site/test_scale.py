"""A site of many questions costs the reader of a page no more than a site of few."""

from pathlib import Path

import brotli
import pytest
from selectolax.lexbor import LexborHTMLParser

from bench.build import PER_TOPIC, add_articles
from helpcentre.site.templates import MAX_IN_MENU
from tests.project import Project, once

pytestmark = [pytest.mark.site, pytest.mark.slow]

COUNT = 14 * PER_TOPIC
MAX_BYTES = 6_000
"""Of any page, by brotli; the made-up words are twice as hard to compress as real ones."""


def build(folder: Path) -> None:
    """Build the project in `folder` with many more questions, in many more topics."""
    project = Project.copy(folder)
    add_articles(project, COUNT)
    outcome = project.build()
    assert outcome.code == 0, outcome.output


@pytest.fixture(scope="module")
def large_site(shared: Path) -> Path:
    """A built site with these pages."""
    return once(shared, "large", build) / "site"


def links(site: Path, page: str, within: str) -> list[str]:
    """Return the addresses of a page's links, from the site's root."""
    html = LexborHTMLParser((site / page / "index.html").read_text(encoding="utf-8"))
    found = [(site / page / (link.attributes["href"] or "")).resolve() for link in html.css(f"{within} a")]  # fmt: skip
    return [path.relative_to(site.resolve()).as_posix() for path in found]


def test_no_page_grows_with_the_site(large_site: Path, site: Path) -> None:
    pages = sorted(large_site.rglob("*.html"))
    assert len(pages) > COUNT
    for page in pages:
        assert len(brotli.compress(page.read_bytes(), quality=5)) < MAX_BYTES, page
    few = (site / "contact/index.html").stat().st_size
    assert (large_site / "contact/index.html").stat().st_size < few + MAX_IN_MENU * 300


def test_a_menu_names_the_open_topic_and_links_to_all(large_site: Path) -> None:
    menu = links(large_site, "topic-13/article-7", "nav[aria-label=Menu]")
    assert {"topic-13", "topic-13/article-7", "questions", "contact"} <= set(menu)
    assert "topic-13/article-8" not in menu
    assert len(menu) < MAX_IN_MENU + 10


def test_every_question_can_be_reached_by_links(large_site: Path) -> None:
    topics = links(large_site, "questions", ".topics__all")
    reached = {page for topic in topics for page in links(large_site, topic, ".questions")}
    assert reached >= {
        f"topic-{number // PER_TOPIC}/article-{number % PER_TOPIC}" for number in range(COUNT)
    }
