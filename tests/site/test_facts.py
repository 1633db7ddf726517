"""Every fact of the source is on the built page that must state it, as a shopper reads it."""

from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

from helpcentre.content import page, template
from tests.project import ROOT, own_content

pytestmark = pytest.mark.site

CONTENT = own_content()
FACTS, POLICY = CONTENT.facts, CONTENT.policy


def words(site: Path, source: str) -> str:
    """Return the text of the article that was built from docs/`source`, on one line."""
    folder = source.removesuffix("index.md").removesuffix(".md")
    html = LexborHTMLParser((site / folder / "index.html").read_text(encoding="utf-8"))
    article = html.css_first("article")
    assert article is not None
    return " ".join(article.text().split())


@pytest.mark.parametrize(
    ("id_", "source"), [(id_, source) for id_, fact in FACTS.items() for source in fact.pages]
)
def test_the_page_states_the_fact(site: Path, id_: str, source: str) -> None:
    text = words(site, source).lower()
    end = 0
    for proof in FACTS[id_].proof:
        phrase = template.fill(proof, POLICY).striptags().lower()
        found = text.find(phrase, end)
        assert found >= 0, f"{source} does not state {phrase!r} (after what came before)"
        end = found + len(phrase)


def test_no_fact_of_the_source_is_missing() -> None:
    assert FACTS.keys() >= {f"F{n}" for n in range(1, 18)}


def test_every_page_ends_with_customer_care(site: Path) -> None:
    """F1, on every page, the 404 page too."""
    pages = [f"{page.url}index.html" for page in CONTENT.pages.values()]
    for name in [*pages, "404.html"]:
        html = LexborHTMLParser((site / name).read_text(encoding="utf-8"))
        care = html.css_first("article .care")
        assert care is not None, name
        text = " ".join(care.text().split())
        assert "answers from other members" in text, name
        assert f"Customer care answers {POLICY.customer_care_hours.plain}" in text, name


def test_closed_and_cancelled_stay_different_words(site: Path) -> None:
    """F12 and F13 close an order; F16 cancels it; due time is not the preparation period."""
    after = words(site, "cancellations/after-you-request.md").lower()
    assert "closed automatically" in after
    assert "cancelled automatically" not in after
    not_shipped = words(site, "cancellations/seller-did-not-ship.md").lower()
    assert "closed" not in not_shipped
    assert "preparation period" not in not_shipped


def test_the_notice_of_2020_is_archived_and_only_linked_to(site: Path) -> None:
    assert page.read(ROOT, "docs/notices/coronavirus-2020.md").front_matter.archived
    assert "Archived notice" in words(site, "notices/coronavirus-2020.md")
    cancelling = words(site, "cancellations/cancel-an-order.md")
    assert "archived notice" in cancelling
    assert "World Health" not in cancelling
    assert "coronavirus" not in cancelling.lower()


def test_a_page_admits_that_we_do_not_know_the_earlier_rule(site: Path) -> None:
    after = words(site, "cancellations/after-you-request.md")
    assert "We do not know which rule was valid then. Ask customer care." in after
