"""What the index says of pages, before any browser reads it."""

from pathlib import Path

import pytest

from search import index, pages
from search.index import ASKS_OF_PAGE, ASKS_OF_SIZE, LEVELS
from search.language import language
from search.pages import Searched

ENGLISH = language("en")


def page(title: str, text: str, *asks: str, **more: object) -> Searched:
    return Searched("a/", title, "", (), text, asks, **more)  # type: ignore[arg-type]


def test_a_word_of_the_title_counts_more_than_one_of_the_text() -> None:
    found = index.terms([page("Refund", "dispute"), page("Dispute", "refund")], ENGLISH, [])
    assert found["refund"].impacts[0] > found["refund"].impacts[1]


def test_a_word_counts_more_where_it_is_said_more_often_and_never_too_much() -> None:
    found = index.terms([page("A", "refund"), page("B", "refund " * 50)], ENGLISH, [])
    assert 0 < found["refund"].impacts[0] < found["refund"].impacts[1] <= LEVELS


def test_a_word_counts_less_in_a_longer_text() -> None:
    long = "refund " + "other words of a long page " * 30
    found = index.terms([page("A", "refund soon"), page("B", long)], ENGLISH, [])
    assert found["refund"].impacts[0] > found["refund"].impacts[1]


def test_an_asks_number_says_its_page_and_how_many_of_its_terms_count() -> None:
    found = index.terms([page("Orders", ""), page("Refunds", "", "how long refund")], ENGLISH, [])
    (first, second) = found["refund"].asks
    assert (first // ASKS_OF_PAGE, first % ASKS_OF_PAGE // ASKS_OF_SIZE) == (1, 1)  # the title
    assert (second // ASKS_OF_PAGE, second % ASKS_OF_PAGE // ASKS_OF_SIZE) == (1, 2)


def test_asks_of_the_same_words_are_one() -> None:
    found = index.terms(
        [page("A page", "", "cancel an order", "cancelling my orders")], ENGLISH, []
    )
    assert len(found["cancel"].asks) == 1


def test_synonyms_are_terms_though_no_page_has_them() -> None:
    found = index.terms([page("Refund", "")], ENGLISH, [("refund", "money back", "rebate")])
    assert found["refund"].group == found["rebat"].group == found["money back"].group == 1
    assert not found["rebat"].pages


def test_a_phrase_is_found_in_texts_and_asks() -> None:
    said = page("Title", "get my money back soon", "money back please")
    found = index.terms([said], ENGLISH, [("refund", "money back")])
    assert set(found["money back"].impacts) == {0}
    assert len(found["money back"].asks) == 1


def test_a_group_is_the_best_of_its_members() -> None:
    said = [page("Refund", ""), page("Title", "rebate")]
    found = index.terms(said, ENGLISH, [("refund", "rebate")])
    group = index.with_groups(found)["#1"]
    assert group.impacts == {**found["refund"].impacts, **found["rebat"].impacts}
    assert group.words == {"refund", "rebate"}


HTML = """<!doctype html><title>T - Site</title><meta name=description content="Short &amp; true.">
<nav>menu words</nav><main><article><nav>crumbs</nav><h1>The <em>title</em></h1><p>Some text.</p>
<h2 id=more>More here</h2><p>And <span hidden>secret</span> a value: <b>20 days</b>.</p>
<section data-search-exclude>care</section><script>code()</script></article></main>"""


@pytest.fixture
def built(tmp_path: Path) -> Path:
    for path, html in {
        "a/index.html": HTML,
        "b/index.html": HTML,
        "404.html": HTML,
        "c.html": "<h1>Bare</h1>text",
        "empty.html": "",
    }.items():
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_text(html, encoding="utf-8")
    return tmp_path


def test_a_built_page_is_read_without_menus_and_scripts(built: Path) -> None:
    first = next(pages.read(built, {"a/": {"asks": ["an ask"], "answer": "An answer."}}))
    assert first == Searched(
        url="a/",
        title="The title",
        answer="An answer.",
        headings=(("more", "More here"),),
        text="Some text. More here And a value: 20 days .",
        asks=("an ask",),
    )


def test_a_page_that_nobody_described_is_read_by_itself(built: Path) -> None:
    assert next(pages.read(built, {})).answer == "Short & true."


def test_pages_that_ask_for_it_are_left_out_and_so_are_404_and_empty_ones(built: Path) -> None:
    found = list(pages.read(built, {"b/": {"search": {"exclude": True}}}))
    assert [each.url for each in found] == ["a/", "c.html"]


def test_a_page_of_several_articles_is_read_whole_and_bad_bytes_do_no_harm(tmp_path: Path) -> None:
    (tmp_path / "two.html").write_text(
        "<main><article><h1>One</h1>alpha</article><article><h1>Two</h1>beta</article></main>"
    )
    (tmp_path / "bytes.html").write_bytes(b"<h1>Caf\xe9</h1> refund")
    cafe, two = pages.read(tmp_path, {})
    assert "refund" in cafe.text
    assert {"alpha", "Two", "beta"} <= set(two.text.split())


def test_a_page_without_a_title_is_called_by_its_address(tmp_path: Path) -> None:
    (tmp_path / "bare.html").write_text("<p>A refund takes days.</p>")
    (bare,) = pages.read(tmp_path, {})
    assert bare.title == "bare.html"
