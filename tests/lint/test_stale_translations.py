"""What a translation is worth once its original has changed: as before, less, or nothing."""

import re

import pytest

from helpcentre.content import withdrawn
from helpcentre.content.hashed import of_words
from helpcentre.deploy import translations
from tests.lint.translated import change, spanish
from tests.project import Project, commit, load, own_content, problems

CANCEL = "languages/es/docs/cancellations/cancel-an-order.md"
TEXTS = "languages/es/texts.yml"
FLOW = "languages/es/flows/can-i-still-cancel.yml"
ENGLISH = "docs/cancellations/cancel-an-order.md"
OWN = own_content()


def test_changed_texts_make_pages_with_calculators_stale(bilingual: Project) -> None:
    bilingual.edit("languages/en/texts.yml", "skip: ", "skip: Now ")
    content = spanish(bilingual)
    assert not any(map(content.is_stale, content.pages.values()))
    bilingual.edit("languages/en/texts.yml", "from the day after Aleigro", "from the day Aleigro")
    content = spanish(bilingual)
    stale = [source for source, page in content.pages.items() if content.is_stale(page)]
    assert stale == [
        "cancellations/after-you-request.md",
        "refunds/when-will-i-receive-my-refund.md",
    ]


@pytest.mark.slow
def test_the_home_page_must_follow_at_once_and_says_why(everywhere: Project) -> None:
    everywhere.edit(
        "docs/index.md", "Ask your question here.", "## More\n\nAsk your question here."
    )
    (found,) = [each for each in problems(everywhere) if each.startswith("languages/ar/")]
    assert re.match(
        r"languages/ar/docs/index\.md:\d+: found a paragraph where docs/index\.md", found
    )
    assert "translate it again, for every page links to it" in found


def test_a_draft_whose_translations_are_withdrawn_stops_nothing(bilingual: Project) -> None:
    change(bilingual, "docs/orders/not-received.md", r"^title: ", "draft: true\ntitle: ")
    found = change(bilingual, "docs/orders/not-received.md", r"^## ", "One more thing.\n\n## ")
    assert not [each for each in found if "flows" in each], found


def test_a_new_fact_that_a_page_states_already_withdraws_its_translations(
    bilingual: Project,
) -> None:
    page, fact = "orders/tracking-number-invalid.md", "A late update may be why."
    with (bilingual.root / "content/facts.yml").open("a", encoding="utf-8") as file:
        file.write(f"\n  F90:\n    fact: {fact}\n    pages: [{page}]\n")
    with (bilingual.root / "languages/en/facts.yml").open("a", encoding="utf-8") as file:
        file.write(f"F90: {{of: {of_words(fact)}, words: [late update]}}\n")
    bilingual.edit(f"docs/{page}", "sources: [", "sources: [F90, ")
    assert problems(bilingual) == []
    content = spanish(bilingual)
    (reason,) = withdrawn.reasons(content.withdrawn[page], content)
    assert reason.file == "languages/es/facts.yml"
    assert reason.message.startswith("F90 is missing: add the words that prove it")


def test_a_flow_that_no_page_of_the_language_shows_is_not_compared(bilingual: Project) -> None:
    for suffix in (".md", ".phrases.txt"):
        (bilingual.root / f"languages/es/docs/orders/not-received{suffix}").unlink()
    bilingual.edit(
        "languages/en/flows/my-order-has-not-come.yml",
        "link: orders/track-parcel.md",
        "link: contact.md",
    )
    assert not [each for each in problems(bilingual) if each.startswith("languages/es/flows")]


def test_a_paragraph_that_is_split_in_the_original_withdraws_the_page(bilingual: Project) -> None:
    page = "cancellations/after-you-request.md"
    bilingual.edit(f"docs/{page}", "remains.\nIf the", "remains.\n\nIf the")
    assert problems(bilingual) == []
    assert page in spanish(bilingual).withdrawn


def test_a_new_fact_withdraws_what_was_translated_without_it(bilingual: Project) -> None:
    page = "orders/tracking-number-invalid.md"
    with (bilingual.root / "content/facts.yml").open("a", encoding="utf-8") as file:
        file.write(f"\n  F90:\n    fact: Numbers can be read aloud.\n    pages: [{page}]\n")
    with (bilingual.root / "languages/en/facts.yml").open("a", encoding="utf-8") as file:
        hash_ = of_words("Numbers can be read aloud.")
        file.write(f"F90: {{of: {hash_}, words: [read it aloud]}}\n")
    bilingual.edit(f"docs/{page}", "sources: [", "sources: [F90, ")
    bilingual.edit(
        f"docs/{page}", "You may then contact", "You can read it aloud. You may then contact"
    )
    assert problems(bilingual) == []
    assert page in spanish(bilingual).withdrawn


@pytest.mark.slow
def test_a_page_is_withdrawn_when_its_original_states_another_fact(everywhere: Project) -> None:
    """The words that prove the fact are known, but the page was translated before it had them."""
    page, file = "orders/tracking-number-invalid.md", "content/facts.yml"
    everywhere.edit(
        file, "pages: [orders/not-received.md, orders/track-parcel.md]", f"pages: [{page}]"
    )
    text = (everywhere.root / "docs" / page).read_text(encoding="utf-8")
    (everywhere.root / "docs" / page).write_text(
        re.sub(
            r"(?m)(^sources: \[)(.*?^---\n\n)",
            r"\1F2, \2Track the parcel to know its shipping status. ",
            text,
            count=1,
            flags=re.DOTALL,
        ),
        encoding="utf-8",
    )
    assert problems(everywhere) == []
    for translation in load(everywhere.root).translations.values():
        assert page in translation.withdrawn
        assert page not in translation.pages


@pytest.mark.slow
@pytest.mark.parametrize("tag", ["es", "zh-hans"])
def test_a_changed_fact_withdraws_what_proved_the_old_one(everywhere: Project, tag: str) -> None:
    everywhere.edit(
        "content/facts.yml", "hours of the preparation", "hours of the whole preparation"
    )
    (found,) = problems(everywhere)
    assert re.match(r"languages/en/facts\.yml:\d+: the fact F13 has changed", found)
    hash_ = found.partition("then write of: ")[2][:10]
    change(everywhere, "languages/en/facts.yml", r"^(F13:\n  of: )\w+", rf"\g<1>{hash_}")
    assert problems(everywhere) == []
    page = "cancellations/after-you-request.md"
    assert page in load(everywhere.root).translations[tag].withdrawn
    change(everywhere, f"languages/{tag}/facts.yml", r"^(F13:\n  of: )\w+", rf"\g<1>{hash_}")
    assert page in load(everywhere.root).translations[tag].pages


def test_a_changed_word_of_a_flow_makes_its_page_stale_and_a_changed_step_withdraws_it(
    bilingual: Project,
) -> None:
    page, english = "cancellations/cannot-cancel.md", "languages/en/flows/can-i-still-cancel.yml"
    assert not spanish(bilingual).is_stale(spanish(bilingual).pages[page])
    bilingual.edit(english, "What is the order status?", "Which status does the order have?")
    assert problems(bilingual) == []
    assert spanish(bilingual).is_stale(spanish(bilingual).pages[page])
    bilingual.edit(english, "facts: [F9]", "facts: [F9, F15]")
    assert problems(bilingual) == []
    assert page in spanish(bilingual).withdrawn
    (reason,) = withdrawn.reasons(spanish(bilingual).withdrawn[page], spanish(bilingual))
    assert reason.file == FLOW
    assert "facts: [F9, F15]', as in the original" in reason.message


def test_a_meaning_that_is_not_translated_is_shown_in_english(bilingual: Project) -> None:
    assert change(bilingual, TEXTS, r"^  refund_arrival:\n.*\n.*\n", "") == []
    assert list(spanish(bilingual).texts.stale_means) == ["refund_arrival"]


def test_a_changed_meaning_is_shown_in_english_until_it_is_translated(bilingual: Project) -> None:
    bilingual.edit(
        "content/policy.yml", "means: When customer care", "means: At what times customer care"
    )
    assert problems(bilingual) == []
    texts = spanish(bilingual).texts
    assert list(texts.stale_means) == ["customer_care_hours"]
    assert "customer_care_hours" not in texts.means
    lines = list(translations.report(spanish(bilingual)))
    assert "    content/policy.yml says now: At what times customer care answers" in lines


def test_changed_texts_are_reported(bilingual: Project) -> None:
    commit(bilingual.root, "2026-11-01")
    bilingual.edit("languages/en/texts.yml", "skip: ", "skip: Now ")
    assert problems(bilingual) == []
    lines = list(translations.report(spanish(bilingual)))
    assert any(line.startswith(f"  stale: {TEXTS} (once it says the same") for line in lines)
    assert [line for line in lines if line.startswith("    +  skip: Now ")]


def test_a_page_of_the_original_that_is_gone_leaves_no_translation(bilingual: Project) -> None:
    (bilingual.root / "languages/es/docs/orders/spare.md").write_text("---\n", encoding="utf-8")
    (problem,) = problems(bilingual)
    assert problem.startswith(
        "languages/es/docs/orders/spare.md:1: there is no docs/orders/spare.md"
    )


@pytest.mark.slow
def test_the_home_page_must_be_translated(everywhere: Project) -> None:
    (everywhere.root / "languages/ar/docs/index.md").unlink()
    (found,) = problems(everywhere)
    assert found.startswith("languages/ar/docs/index.md:1: is missing: translate docs/index.md")


@pytest.mark.slow
@pytest.mark.parametrize("source", ["orders/track-parcel", "questions", "contact"])
def test_any_other_page_may_be_missing(everywhere: Project, source: str) -> None:
    for suffix in (".md", ".phrases.txt"):
        (everywhere.root / f"languages/ar/docs/{source}{suffix}").unlink(missing_ok=True)
    assert problems(everywhere) == []


@pytest.mark.slow
@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        (ENGLISH, r"^2\. Click", "2. Press"),
        (ENGLISH, r"^title: .*", "title: How can I cancel an order?"),
    ],
)
def test_a_changed_word_of_the_original_makes_every_translation_stale(
    everywhere: Project, file: str, old: str, new: str
) -> None:
    assert change(everywhere, file, old, new) == []
    for translated in load(everywhere.root).translations.values():
        stale = [page.source for page in translated.pages.values() if translated.is_stale(page)]
        assert stale == ["cancellations/cancel-an-order.md"]
        assert not translated.withdrawn


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        (ENGLISH, r"^reviewed: .*", "reviewed: 2026-11-22"),
        (ENGLISH, r"(the order is closed) (automatically)", r"\1\n  \2"),
        (ENGLISH.replace(".md", ".phrases.txt"), r"\A", "undo the thing that i ordered\n"),
    ],
)
def test_other_changes_of_the_original_make_none_stale(
    bilingual: Project, file: str, old: str, new: str
) -> None:
    assert change(bilingual, file, old, new) == []
    content = spanish(bilingual)
    assert not any(map(content.is_stale, content.pages.values()))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (r"^2\. .*\n", ""),
        (r"^2\. ", "2. Wait {{ policy.refund_arrival }}, then "),
        (r"\(after-you-request\.md\)", "(seller-refused.md)"),
    ],
)
def test_where_steps_values_or_links_changed_the_translation_is_withdrawn(
    bilingual: Project, old: str, new: str
) -> None:
    assert change(bilingual, ENGLISH, old, new) == []
    content = spanish(bilingual)
    assert list(content.withdrawn) == ["cancellations/cancel-an-order.md"]
    assert not content.withdrawn.keys() & content.pages.keys()


@pytest.mark.slow
def test_a_changed_value_is_stated_in_every_language(everywhere: Project) -> None:
    everywhere.set_value("seller_response_time", "value: {kind: duration, count: 71, unit: hour}")
    content = load(everywhere.root)
    for each in content.editions:
        assert "71" in each.policy.seller_response_time.plain
        assert "72" not in each.answer(each.pages["cancellations/after-you-request.md"])


def test_a_machines_translation_is_unread_until_these_words_were_read(bilingual: Project) -> None:
    def is_unread() -> bool:
        content = spanish(bilingual)
        return content.is_unread(content.pages["cancellations/cancel-an-order.md"])

    assert is_unread()
    own = spanish(bilingual).pages["cancellations/cancel-an-order.md"].hash
    assert change(bilingual, CANCEL, "by: machine", f"by: machine, read_by: Ana, read: {own}") == []
    assert not is_unread()
    assert change(bilingual, CANCEL, r"^2\. Haz", "2. Por favor, haz") == []
    assert is_unread()


def test_the_report_names_what_is_missing_stale_and_unread_with_what_changed(
    bilingual: Project,
) -> None:
    commit(bilingual.root, "2026-11-01")
    (bilingual.root / "languages/es/docs/orders/track-parcel.md").unlink()
    (bilingual.root / "languages/es/docs/orders/track-parcel.phrases.txt").unlink()
    change(bilingual, ENGLISH, r"^2\. Click", "2. Press")
    lines = list(translations.report(spanish(bilingual), names_unread=True))
    assert lines[0] == ("Español (es): 21 of 22 pages, 1 missing, 1 stale, 0 withdrawn, 21 unread")
    assert "  missing: languages/es/docs/orders/track-parcel.md" in lines
    assert any(line.startswith(f"  stale: {CANCEL} (once it says the same") for line in lines)
    assert "    -2. Click {{ policy.cancel_button }}." in lines
    assert "    +2. Press {{ policy.cancel_button }}." in lines
    unread = [line.split()[1] for line in lines if line.startswith("  unread: ")]
    assert len(unread) == 21 + 2 + 1, "pages, flows and texts"
    assert {TEXTS, FLOW, CANCEL} <= set(unread)


def test_phrases_with_a_mistake_hide_none_of_their_translation(bilingual: Project) -> None:
    with (bilingual.root / CANCEL.replace(".md", ".phrases.txt")).open("a") as file:
        file.write("a \x07 bell\n")
    found = change(bilingual, CANCEL, r"^title:", "tile:")
    assert [problem for problem in found if f"{CANCEL[:-3]}.phrases.txt:" in problem]
    assert [problem for problem in found if "unknown key 'tile'" in problem]


def test_a_flow_that_two_pages_show_is_missing_once(bilingual: Project) -> None:
    bilingual.edit(ENGLISH, "sources:", "flow: can-i-still-cancel\nsources:")
    (bilingual.root / FLOW).unlink()
    missing = [problem for problem in problems(bilingual) if "is missing: translate" in problem]
    assert [problem.partition(":")[0] for problem in missing] == [FLOW]
