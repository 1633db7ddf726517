"""What a writer does next follows from what shoppers did."""

from collections import Counter
from datetime import timedelta

import pytest

from helpcentre.content.project import Project as Content
from helpcentre.content.synonyms import groups
from helpcentre.insights import findings as insights_findings
from helpcentre.insights.events import Event, Tally
from helpcentre.insights.findings import (
    Finding,
    Findings,
    findings,
    in_all_languages,
    wilson,
)
from helpcentre.insights.questions import grouped, without_pages
from helpcentre.search import language_of
from helpcentre.search.asking import Search
from helpcentre.search.index import Index
from helpcentre.search.pages import SearchPage
from tests.project import DAY, own_content

TRACK, LOST, STATUS = "orders/track-parcel/", "orders/not-received/", "refunds/check-refund-status/"
SINCE = DAY - timedelta(30)


@pytest.fixture(scope="module")
def content() -> Content:
    return own_content()


@pytest.fixture(scope="module")
def search(content: Content) -> Search:
    return search_of(content)


def search_of(content: Content) -> Search:
    """Return a search of all pages by their titles and phrases alone."""
    pages = [
        SearchPage(
            page.url, page.front_matter.title, "", (), "", tuple(p.text for p in page.phrases)
        )
        for page in content.pages.values()
        if page.phrases
    ]
    person = SearchPage("contact/", "", "", phrases=tuple(p.text for p in content.out_of_scope))
    index = Index.of(pages, person, language_of(content), groups(content.synonyms))
    return Search(index, content.root)


def asked(question: str, language: str = "en-GB") -> Event:
    return Event("unanswered", language, "", question)


def of(events: dict[Event, int], content: Content, search: Search) -> list[Finding]:
    """Return the findings of events, each of which was sent so often on each of ten days."""
    made = Tally(SINCE, DAY)
    for event, count in events.items():
        made.days[event] = Counter({DAY - timedelta(ago): count for ago in range(10)})
    return findings(made, content, search).found


def votes(page: str, yes: int, no: int) -> dict[Event, int]:
    """Return the votes of a page, a tenth of them on each day."""
    return {
        Event("vote", "en-GB", page, "", "yes"): yes,
        Event("vote", "en-GB", page, "", "no"): no,
    }


def test_questions_are_grouped_by_stems_and_synonyms_and_the_commonest_names_them(
    content: Content, search: Search
) -> None:
    events = {
        asked("pay with a voucher"): 5,
        asked("can i pay by vouchers"): 3,
        asked("my package is lost"): 2,
        asked("lost parcel"): 4,
    }
    rows = of(events, content, search)
    assert [(row.title, row.days.total()) for row in rows] == [
        ("pay with a voucher", 80),
        ("lost parcel", 60),
    ]
    assert rows[0].questions == [("pay with a voucher", 50), ("can i pay by vouchers", 30)]


def test_what_no_page_answers_asks_for_a_page_and_what_search_answers_for_a_look(
    content: Content, search: Search
) -> None:
    none, some = of({asked("reset my password"): 9, asked("track my parcel"): 5}, content, search)
    assert none.command == "make new-page"
    assert "Search leads to customer care" in none.advice
    assert some.command == f"${{EDITOR:-vi}} docs/{TRACK.rstrip('/')}.md"
    assert "track-parcel.md first" in some.advice


def test_questions_are_grouped_by_their_own_language(content: Content, search: Search) -> None:
    events = {asked("refund", "en-GB"): 3, asked("refund", "en"): 2, asked("refund", "de-DE"): 1}
    rows = of(events, content, search)
    assert [(row.title, row.days.total()) for row in rows] == [("refund", 50), ("refund (de)", 10)]


@pytest.mark.parametrize(
    ("concepts", "together"),
    [("search", True), ("en", False), ("xx", False)],
)
def test_synonyms_are_those_of_the_site_and_stems_those_of_the_language(
    content: Content, search: Search, concepts: str, together: bool
) -> None:
    own = search if concepts == "search" else without_pages(concepts, content)
    assert (len(grouped({"parcel": 2, "package": 1}, own)) == 1) == together
    assert (len(grouped({"vouchers": 2, "voucher": 1}, own)) == 1) == (concepts != "xx")


def test_groups_have_every_question_once(content: Content) -> None:
    texts = {f"{a} {b}": n for n, (a, b) in enumerate((a, b) for a in "pqrst" for b in "vwxyz")}
    made = grouped(texts, without_pages("xx", content))
    assert sorted(text for group in made for text in group) == sorted(texts)


def test_questions_without_a_word_that_search_knows_are_one_group(content: Content) -> None:
    asked = {"…": 3, "the of": 2, "how": 2, "parcel": 1}
    assert grouped(asked, without_pages("en", content)) == [["…", "how", "the of"], ["parcel"]]


def test_a_page_that_was_opened_below_another_names_both_and_what_to_add(
    content: Content, search: Search
) -> None:
    question = "track my parcel"
    (row,) = of({Event("opened", "en-GB", LOST, question, TRACK): 4}, content, search)
    assert row.title == "docs/orders/not-received.md was opened, but docs/orders/track-parcel.md was first"  # fmt: skip
    assert row.questions == [(question, 40)]
    assert row.command == "${EDITOR:-vi} docs/orders/not-received.phrases.txt"


def test_what_is_first_today_is_solved_and_pages_that_are_gone_are_counted(
    content: Content, search: Search
) -> None:
    made = Tally(SINCE, DAY)
    for page, first in ((TRACK, LOST), ("old/", TRACK), (TRACK, "old/")):
        made.days[Event("opened", "en-GB", page, "track my parcel", first)] = Counter({DAY: 3})
    made.days[Event("vote", "en-GB", "old/", "", "no")] = Counter({DAY: 5})
    assert findings(made, content, search) == Findings(gone=11, solved=3)


def test_pages_come_by_how_surely_they_help_less_than_others(
    content: Content, search: Search
) -> None:
    events = votes(TRACK, 90, 10) | votes(LOST, 2, 8) | votes(STATUS, 30, 10)
    rows = of(events, content, search)
    assert [row.title for row in rows] == [
        "docs/orders/not-received.md did not help 80 of 100",
        "docs/refunds/check-refund-status.md did not help 100 of 400",
    ]
    assert rows[0].share[0] == 0.8
    assert rows[0].share[1] == pytest.approx(0.711, abs=0.001)
    assert rows[0].command == "${EDITOR:-vi} docs/orders/not-received.md"


def test_few_votes_mean_nothing(content: Content, search: Search) -> None:
    made = Tally(SINCE, DAY)
    made.days[Event("vote", "en-GB", LOST, "", "no")] = Counter({DAY: 9})
    assert findings(made, content, search).found == []


@pytest.mark.parametrize(
    ("part", "whole", "bound"),
    [(0, 0, 0), (0, 10, 0), (1, 1, 0.207), (10, 10, 0.722), (50, 100, 0.404), (500, 1000, 0.469)],
)
def test_the_lower_bound_is_wilsons(part: int, whole: int, bound: float) -> None:
    """By R: prop.test(part, whole, correct = FALSE)."""
    assert wilson(part, whole) == pytest.approx(bound, abs=0.001)


def test_a_flood_of_one_day_comes_last_and_is_named(content: Content, search: Search) -> None:
    made = Tally(SINCE, DAY)
    spread = {DAY - timedelta(ago): 1 for ago in range(10)}
    made.days[asked("reset my password")] = Counter(spread)
    made.days[asked("buy my watches")] = Counter({DAY: 5_000, DAY - timedelta(3): 2})
    rows = findings(made, content, search).found
    assert [(row.title, row.flood) for row in rows] == [
        ("reset my password", None),
        ("buy my watches", DAY),
    ]


@pytest.mark.parametrize("vote", ["yes", "no"])
def test_a_flood_of_votes_changes_no_share(content: Content, search: Search, vote: str) -> None:
    made = Tally(SINCE, DAY)
    for event, count in (votes(TRACK, 90, 10) | votes(LOST, 2, 8) | votes(STATUS, 30, 3)).items():
        made.days[event] = Counter({DAY - timedelta(ago): count for ago in range(10)})
    (without,) = findings(made, content, search).found
    made.days[Event("vote", "en-GB", STATUS, "", vote)][DAY - timedelta(3)] += 100_000
    low, flood = findings(made, content, search).found
    assert (low.title, low.share) == (without.title, without.share)
    assert low.weight == pytest.approx(without.weight, rel=0.01)
    assert flood.title == (
        f"docs/refunds/check-refund-status.md had {100_033:d} of its {100_330:d} votes on one day"
    )
    assert flood.flood == DAY - timedelta(3)


def test_questions_too_rare_to_be_compared_are_counted(
    content: Content, search: Search, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(insights_findings, "MOST_QUESTIONS", 2)
    monkeypatch.setattr(insights_findings, "MOST_LANGUAGES", 1)
    made = Tally(SINCE, DAY)
    texts = {"reset my password": 9, "pay with a voucher": 5, "gift card": 3, "parcel lost": 2}
    for text, count in texts.items():
        made.days[asked(text)] = Counter({DAY: count})
        made.days[Event("opened", "en-GB", LOST, text, TRACK)] = Counter({DAY: count})
    made.days[asked("passwort", "de")] = Counter({DAY: 4})
    assert findings(made, content, search).rare == 3 + 2 + 4 + 3 + 2


def test_nothing_sent_is_nothing_to_do(content: Content, search: Search) -> None:
    assert findings(Tally(SINCE, DAY), content, search) == Findings()


def test_words_that_no_page_sends_are_not_shown_and_cost_nothing(
    content: Content, search: Search
) -> None:
    texts = ("voucher for kowalczyk", "voucher for qxzvy", "a voucher for …")
    (row,) = of({asked(text): 1 for text in texts}, content, search)
    assert row.questions == [("voucher for …", 20), ("a voucher for …", 10)]


def test_what_shoppers_of_another_language_did_is_said_of_its_own_pages(content: Content) -> None:
    made = Tally(SINCE, DAY)
    events = [
        Event("opened", "es", LOST, "número de seguimiento", TRACK),
        Event("unanswered", "pt-BR", "", "posso pagar com cartão"),
        Event("vote", "zh-Hans-CN", STATUS, "", "no"),
        Event("vote", "en-GB", STATUS, "", "yes"),
        Event("vote", "zh-Hans-CN", TRACK, "", "yes"),
    ]
    for event in events:
        made.days[event] = Counter({DAY - timedelta(ago): 2 for ago in range(10)})
    rows = in_all_languages(made, content, search_of).found
    by_kind = {row.kind: row for row in rows}
    assert "languages/es/docs/orders/not-received.phrases.txt" in by_kind["opened"].command
    assert "languages/zh-hans/docs/refunds/check-refund-status.md" in by_kind["vote"].command
    assert by_kind["unanswered"].title.endswith("(pt)")
    assert len(rows) == 3
