"""What the index has of pages, before any browser reads it."""

from helpcentre.search import index
from helpcentre.search.index import LEVELS
from helpcentre.search.language import language
from helpcentre.search.pages import SearchPage, read
from tests.project import ROOT

ENGLISH = language(ROOT / "languages/en")


def page(title: str, text: str, *phrases: str) -> SearchPage:
    return SearchPage("a/", title, "", (), text, phrases)


def test_a_word_of_the_title_counts_more_than_one_of_the_text() -> None:
    found = index.terms([page("Refund", "dispute"), page("Dispute", "refund")], ENGLISH, [], {})
    assert found["refund"].impacts[0] > found["refund"].impacts[1]


def test_a_repeated_word_counts_more_and_never_too_much() -> None:
    found = index.terms([page("A", "refund"), page("B", "refund " * 50)], ENGLISH, [], {})
    assert 0 < found["refund"].impacts[0] < found["refund"].impacts[1] <= LEVELS


def test_a_word_counts_less_in_a_longer_text() -> None:
    long = "refund " + "other words of a long page " * 30
    found = index.terms([page("A", "refund soon"), page("B", long)], ENGLISH, [], {})
    assert found["refund"].impacts[0] > found["refund"].impacts[1]


def test_a_term_counts_the_phrases_that_have_it_the_title_included() -> None:
    phrases = (
        "where is my refund",
        "refund late",
        "no refund, refund!",
        "refund gone",
        "no refunds",
    )
    found = index.terms([page("Orders", ""), page("Refunds", "", *phrases)], ENGLISH, [], {})
    assert found["refund"].counts == {1: 4}  # of six, the highest power of two


def test_small_words_count_in_phrases_only() -> None:
    phrases = ("where is it now", "is it late")
    found = index.terms([page("Where is it?", "Where it is.", *phrases)], ENGLISH, [], {})
    assert found["~is"].counts == {0: 2}
    assert not found["~is"].impacts


def test_phrases_of_the_same_words_are_one() -> None:
    phrases = ("cancel order", "cancelling orders", "cancels the order", "order cancelled")
    found = index.terms([page("Title", "cancel", *phrases)], ENGLISH, [], {})
    assert found["cancel"].counts == {0: 2}  # with "the" and without


def test_a_word_of_two_phrases_and_no_text_is_left_out() -> None:
    phrases = ("my lamp", "my wardrobe", "my sofa", "grandma", "grandma too")
    found = index.terms([page("Refund", "lamp", *phrases)], ENGLISH, [], {})
    assert found.keys() == {"lamp", "refund", "~my"}


def test_numbers_are_terms_by_their_value() -> None:
    found = index.terms([page("Refund", "It takes 72 hours or 20 business days.")], ENGLISH, [], {})
    assert {name for name in found if name.startswith("=")} == {"=72", "=72h", "=20", "=480h"}


def test_a_misspelt_word_of_a_phrase_is_never_offered() -> None:
    phrases = [f"{start} {word}" for start in ("my", "no", "a") for word in ("refnd", "lamp")]
    found = index.terms([page("A page", "", *phrases)], ENGLISH, [], {})
    assert found["lamp"].words == {"lamp"}
    assert found["refnd"].words == set()


def test_a_page_with_few_phrases_has_half_of_the_mean() -> None:
    phrases = ("my order", "my order soon", "my order now")
    pages = [page("Refund", ""), page("Title", "", *phrases)]
    counts, kinds = index.evidence(index.terms(pages, ENGLISH, [], {}), 2)
    assert counts == [1, 5]  # refund; title, and order and my in three phrases, counted as two
    assert kinds == 4


def test_synonyms_are_terms_though_no_page_has_them() -> None:
    found = index.terms([page("Refund", "")], ENGLISH, [("refund", "money back", "rebate")], {})
    assert found["refund"].group == found["rebat"].group == found["money back"].group == 1
    assert not found["rebat"].frequency


def test_a_compound_is_found_in_texts_and_phrases() -> None:
    text = page("Title", "get my money back soon", "money back please")
    found = index.terms([text], ENGLISH, [("refund", "money back")], {})
    assert set(found["money back"].impacts) == {0}
    assert found["money back"].counts == {0: 1}


def test_a_group_is_the_best_of_its_members() -> None:
    both = [page("Refund", ""), page("Title", "rebate")]
    found = index.terms(both, ENGLISH, [("refund", "rebate")], {})
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
