"""What the index has of pages, before any browser reads it."""

from helpcentre.search import index
from helpcentre.search.index import LEVELS, PHRASES_PER_PAGE, PHRASES_PER_SIZE
from helpcentre.search.language import language
from helpcentre.search.pages import SearchPage, read

ENGLISH = language("en")


def page(title: str, text: str, *phrases: str) -> SearchPage:
    return SearchPage("a/", title, "", (), text, phrases)


def test_a_word_of_the_title_counts_more_than_one_of_the_text() -> None:
    found = index.terms([page("Refund", "dispute"), page("Dispute", "refund")], ENGLISH, [])
    assert found["refund"].impacts[0] > found["refund"].impacts[1]


def test_a_repeated_word_counts_more_and_never_too_much() -> None:
    found = index.terms([page("A", "refund"), page("B", "refund " * 50)], ENGLISH, [])
    assert 0 < found["refund"].impacts[0] < found["refund"].impacts[1] <= LEVELS


def test_a_word_counts_less_in_a_longer_text() -> None:
    long = "refund " + "other words of a long page " * 30
    found = index.terms([page("A", "refund soon"), page("B", long)], ENGLISH, [])
    assert found["refund"].impacts[0] > found["refund"].impacts[1]


def test_the_number_of_a_phrase_has_its_page_and_how_many_of_its_terms_count() -> None:
    found = index.terms([page("Orders", ""), page("Refunds", "", "how long refund")], ENGLISH, [])
    (first, second) = found["refund"].phrases
    assert (first // PHRASES_PER_PAGE, first % PHRASES_PER_PAGE // PHRASES_PER_SIZE) == (
        1,
        1,
    )  # the title
    assert (second // PHRASES_PER_PAGE, second % PHRASES_PER_PAGE // PHRASES_PER_SIZE) == (1, 2)


def test_phrases_of_the_same_words_are_one() -> None:
    found = index.terms(
        [page("A page", "", "cancel an order", "cancelling my orders")], ENGLISH, []
    )
    assert len(found["cancel"].phrases) == 1


def test_synonyms_are_terms_though_no_page_has_them() -> None:
    found = index.terms([page("Refund", "")], ENGLISH, [("refund", "money back", "rebate")])
    assert found["refund"].group == found["rebat"].group == found["money back"].group == 1
    assert not found["rebat"].frequency


def test_a_compound_is_found_in_texts_and_phrases() -> None:
    text = page("Title", "get my money back soon", "money back please")
    found = index.terms([text], ENGLISH, [("refund", "money back")])
    assert set(found["money back"].impacts) == {0}
    assert len(found["money back"].phrases) == 1


def test_a_group_is_the_best_of_its_members() -> None:
    both = [page("Refund", ""), page("Title", "rebate")]
    found = index.terms(both, ENGLISH, [("refund", "rebate")])
    group = index.with_groups(found)["#1"]
    assert group.impacts == {**found["refund"].impacts, **found["rebat"].impacts}
    assert group.words == {"refund", "rebate"}


ARTICLE = """<nav>crumbs</nav><h1>The <em>title</em></h1><p>Some text.</p>
<h2 id=more>More here</h2><p>And <span hidden>secret</span> a value: <b>20 days</b>.</p>
<section data-search-exclude>care</section><script>code()</script>"""


def test_an_article_is_read_without_menus_and_scripts() -> None:
    assert read(ARTICLE, "a/", "An answer.", ["a phrase"]) == SearchPage(
        url="a/",
        title="The title",
        answer="An answer.",
        headings=(("more", "More here"),),
        text="Some text. More here And a value: 20 days .",
        phrases=("a phrase",),
    )


def test_a_page_without_a_heading_is_named_by_its_address() -> None:
    assert read("<p>A refund takes days.</p>", "bare/", "").title == "bare/"
    assert read("", "empty/", "").title == "empty/"
