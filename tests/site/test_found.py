"""What search engines read of a site whose address is known."""

import gzip
import json
import re
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from selectolax.lexbor import LexborHTMLParser

from tests.project import own_content
from tests.site.test_pages import PATHS, html

pytestmark = pytest.mark.site

ADDRESS = "https://host.example/help/"


def linked_data(built: LexborHTMLParser) -> list[dict[str, Any]]:
    """Return the things that a page describes in JSON-LD."""
    (script,) = built.css("script[type='application/ld+json']")
    data = json.loads(script.text())
    assert data["@context"] == "https://schema.org"
    things: list[dict[str, Any]] = data["@graph"]
    return things


@pytest.mark.parametrize("path", PATHS)
def test_a_page_names_its_address_its_breadcrumbs_and_its_publisher(
    help_site: Path, path: str
) -> None:
    built = html(help_site, path)
    (canonical,) = built.css("link[rel=canonical]")
    assert canonical.attributes["href"] == ADDRESS + path
    organization, crumbs = linked_data(built)
    assert organization["@type"] == "Organization"
    assert organization["name"] == "Aleigro"
    assert (help_site / organization["logo"].removeprefix(ADDRESS)).is_file()
    steps = crumbs["itemListElement"]
    assert [step["position"] for step in steps] == list(range(1, len(steps) + 1))
    assert (steps[0]["name"], steps[0]["item"]) == ("Home", ADDRESS)
    assert steps[-1]["item"] == ADDRESS + path
    assert path == "" or steps[-1]["name"] == PATHS[path]
    topic = path.partition("/")[0] + "/"
    if topic in PATHS and path not in ("", topic):
        assert [step["item"] for step in steps] == [ADDRESS, ADDRESS + topic, ADDRESS + path]


@pytest.mark.parametrize("path", PATHS)
def test_a_shared_link_shows_the_question_its_answer_and_a_card(help_site: Path, path: str) -> None:
    built = html(help_site, path)
    shared = {
        meta.attributes["property"]: meta.attributes["content"] or ""
        for meta in built.css("meta[property]")
    }
    (description,) = built.css("meta[name=description]")
    assert shared["og:title"] == PATHS[path]
    assert shared["og:description"] == description.attributes["content"]
    assert shared["og:url"] == ADDRESS + path
    card = (help_site / shared["og:image"].removeprefix(ADDRESS)).read_bytes()
    assert [int.from_bytes(card[at : at + 4]) for at in (16, 20)] == [1200, 630]  # of a PNG


def test_a_phone_has_an_icon_for_its_home_screen(site: Path) -> None:
    for path in PATHS:
        (icon,) = html(site, path).css("link[rel=apple-touch-icon]")
        assert (site / path / (icon.attributes["href"] or "")).is_file()


def test_without_an_address_a_page_names_none(site: Path) -> None:
    for path in PATHS:
        built = html(site, path)
        claims = "script[type='application/ld+json'], link[rel=canonical], meta[property]"
        assert built.css(claims) == []


def test_nothing_is_marked_up_as_questions_and_answers(help_site: Path) -> None:
    for path in PATHS:
        assert {thing["@type"] for thing in linked_data(html(help_site, path))} == {
            "Organization",
            "BreadcrumbList",
        }


def test_the_sitemap_names_every_page_with_the_day_of_its_last_change(help_site: Path) -> None:
    text = (help_site / "sitemap.xml").read_text(encoding="utf-8")
    assert gzip.decompress((help_site / "sitemap.xml.gz").read_bytes()).decode() == text
    found = dict(re.findall(r"<loc>(.*?)</loc>\s*<lastmod>(.*?)</lastmod>", text))
    addresses = [each.language.address for each in own_content().editions]
    assert set(found) == {ADDRESS + address + path for address in addresses for path in PATHS}
    latest = date.today() + timedelta(days=1)  # of commits, wherever they were made
    assert all(date(2020, 3, 16) <= date.fromisoformat(day) <= latest for day in found.values())


def test_robots_txt_names_the_sitemap(site: Path, help_site: Path) -> None:
    robots = (help_site / "robots.txt").read_text(encoding="utf-8")
    assert robots == f"User-agent: *\nAllow: /\nSitemap: {ADDRESS}sitemap.xml\n"
    assert "Sitemap" not in (site / "robots.txt").read_text(encoding="utf-8")
