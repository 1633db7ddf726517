"""The search box in the hands of shoppers: other keys and mice, old browsers, apps and bad networks."""

import json
import re

import pytest
from playwright.sync_api import Page, Route, expect

from tests.site.test_search import ANSWER, FIELD, RESULTS, typed

pytestmark = [pytest.mark.site, pytest.mark.browser]

DIALOG, STATUS = ".search[open]", ".search__status"
REFUND = "refunds/when-will-i-receive-my-refund/"
QUESTIONS = re.compile(r"/questions/")
WITHOUT_WORKERS = 'self.Worker = class { constructor() { throw new Error("refused"); } };'
WITHOUT_DIALOGS = "delete HTMLDialogElement.prototype.showModal;"
WITHOUT_STREAMS = "delete self.DecompressionStream;"


def test_escape_closes_though_something_is_typed(tab: Page, address: str) -> None:
    tab.goto(address)
    typed(tab, "refund")
    tab.keyboard.press("Escape")
    expect(tab.locator(DIALOG)).to_have_count(0)


def test_keys_of_an_input_method_are_left_to_it(tab: Page, address: str) -> None:
    tab.goto(address)
    typed(tab, "refund")
    expect(tab.locator(RESULTS).first).to_be_visible()
    for key in ("ArrowDown", "Escape"):
        tab.locator(FIELD).dispatch_event(
            "keydown", {"key": key, "isComposing": True, "bubbles": True}
        )
    expect(tab.locator(FIELD)).to_be_focused()
    expect(tab.locator(DIALOG)).to_be_visible()


def test_only_a_press_outside_closes(tab: Page, address: str) -> None:
    tab.set_viewport_size({"width": 1280, "height": 800})
    tab.goto(address)
    typed(tab, "refund")
    box = tab.locator(DIALOG).bounding_box()
    field = tab.locator(FIELD).bounding_box()
    assert box
    assert field
    tab.mouse.click(box["x"] + 5, box["y"] + 5)
    expect(tab.locator(DIALOG)).to_be_visible()
    tab.mouse.move(field["x"] + 60, field["y"] + 20)  # text is selected from here
    tab.mouse.down()
    tab.mouse.move(20, 400)
    tab.mouse.up()
    expect(tab.locator(DIALOG)).to_be_visible()
    tab.mouse.click(20, 400)
    expect(tab.locator(DIALOG)).to_have_count(0)


def test_back_leads_to_the_list_again(tab: Page, address: str) -> None:
    tab.goto(address)
    typed(tab, "open a dispute")
    expect(tab.locator(RESULTS).first).to_contain_text("dispute")
    tab.locator(RESULTS).first.click()
    tab.wait_for_url(f"**/{ANSWER}**")
    tab.go_back()
    expect(tab.locator(FIELD)).to_have_value("open a dispute")
    expect(tab.locator(RESULTS).first).to_contain_text("dispute")
    tab.keyboard.press("Escape")
    tab.reload()
    expect(tab.locator(DIALOG)).to_have_count(0)


def test_a_result_in_another_tab_has_its_marks_and_the_list_stays(tab: Page, address: str) -> None:
    tab.goto(address)
    typed(tab, "dispute")
    expect(tab.locator(RESULTS).first).to_contain_text("dispute")
    with tab.context.expect_page() as opened:
        tab.locator(RESULTS).first.click(modifiers=["Control"])
    expect(opened.value.locator("article mark").first).to_have_text(re.compile("dispute", re.I))
    expect(tab.locator(RESULTS).first).to_be_visible()
    tab.goto(f"{address}glossary/")
    expect(tab.locator("article mark")).to_have_count(0)


def test_typing_many_letters_is_announced_once_they_rest(tab: Page, address: str) -> None:
    tab.goto(address)
    tab.evaluate("""() => {
        self.said = [];
        const status = document.querySelector(".search__status");
        new MutationObserver(() => self.said.push(status.textContent))
            .observe(status, {childList: true, characterData: true, subtree: true});
    }""")
    typed(tab, "where is my refund please")
    expect(tab.locator(STATUS)).to_have_text(re.compile("pages found"))
    said = [words for words in tab.evaluate("self.said") if "found" in words]
    assert len(said) < 5  # of 25 letters


@pytest.mark.parametrize("without", [WITHOUT_WORKERS, WITHOUT_STREAMS])
def test_without_what_search_needs_enter_leads_to_all_questions(
    tab: Page, address: str, without: str
) -> None:
    tab.add_init_script(without)
    tab.goto(address)
    typed(tab, "refund")
    expect(tab.locator(STATUS)).to_have_text(re.compile("all questions"))
    tab.keyboard.press("Enter")
    tab.wait_for_url(QUESTIONS)


def test_an_old_browser_is_told_that_it_is_too_old(tab: Page, address: str) -> None:
    tab.add_init_script(WITHOUT_STREAMS)
    tab.goto(address)
    typed(tab, "refund")
    expect(tab.locator(STATUS)).to_have_text(re.compile("too old"))


def test_without_dialogs_the_link_and_the_field_lead_to_all_questions(
    tab: Page, address: str
) -> None:
    tab.add_init_script(WITHOUT_DIALOGS)
    tab.goto(address)
    tab.locator(".search-link").click()
    tab.wait_for_url(QUESTIONS)
    tab.goto(address)
    tab.get_by_label("What is your question?").fill("refund")
    tab.keyboard.press("Enter")
    tab.wait_for_url(re.compile(r"/questions/\?q=refund"))


def test_where_search_is_refused_the_rest_of_the_page_works(tab: Page, address: str) -> None:
    tab.add_init_script(WITHOUT_WORKERS)
    tab.goto(f"{address}{ANSWER}")
    tab.get_by_role("button", name="Yes").click()
    expect(tab.locator(".helpful [role=status]")).to_have_text("Thank you.")


@pytest.mark.parametrize("end", ["<body>", "</header>", "</main>"])
def test_a_page_that_was_cut_off_on_its_way_has_no_error(tab: Page, address: str, end: str) -> None:
    def cut(route: Route) -> None:
        response = route.fetch()
        route.fulfill(response=response, body=response.text().partition(end)[0])

    tab.route(f"{address}{ANSWER}", cut)
    tab.goto(f"{address}{ANSWER}")
    assert tab.title()


def test_a_slow_index_is_said_and_one_that_never_comes_fails(tab: Page, address: str) -> None:
    tab.clock.install()
    tab.context.route("**/index.*.bin", lambda route: None)
    tab.goto(address)
    typed(tab, "refund")
    tab.clock.run_for(1_000)
    expect(tab.locator(STATUS)).to_have_text("Searching")
    tab.clock.run_for(10_000)
    expect(tab.locator(STATUS)).to_have_text(re.compile("not available just now"))
    tab.keyboard.press("Enter")
    tab.wait_for_url(QUESTIONS)


def test_a_suggestion_is_shown_only_where_it_fits(tab: Page, address: str) -> None:
    tab.goto(address)
    typed(tab, "ref")
    expect(tab.locator(".search__suggestion")).to_have_text("refund")
    tab.locator(FIELD).fill(
        "a question that is much longer than the field is wide here, about a ref"
    )
    expect(tab.locator(RESULTS).first).to_be_visible()
    expect(tab.locator(".search__suggestion")).to_be_empty()


def test_what_is_printed_is_the_page(tab: Page, address: str) -> None:
    tab.goto(f"{address}{ANSWER}")
    typed(tab, "refund")
    tab.emulate_media(media="print")
    expect(tab.locator(".search")).to_be_hidden()
    expect(tab.locator("h1")).to_be_visible()


def test_a_single_letter_opens_nothing(tab: Page, address: str) -> None:
    tab.goto(address)
    for key in "/kqs":
        tab.keyboard.press(key)
    expect(tab.locator(DIALOG)).to_have_count(0)


@pytest.mark.parametrize(
    ("path", "field"),
    [("refunds/when-will-i-receive-my-refund/", "processed"), ("cancellations/after-you-request/", "requested")],
)  # fmt: skip
def test_an_answer_never_stands_beside_other_input_whatever_throws(
    tab: Page, address: str, path: str, field: str
) -> None:
    """As WebKit throws after a hundred changes of history in ten seconds."""
    tab.add_init_script('history.replaceState = () => { throw new Error("too often"); };')
    tab.goto(address + path)
    form = tab.locator("form[data-calculator]")
    for number, control in enumerate(
        form.locator("input[type=date], input[type=datetime-local]").all()
    ):
        day = f"2026-03-{16 + number}"
        control.fill(day if control.get_attribute("type") == "date" else f"{day}T10:00")
    for control in form.locator("select").all():
        control.select_option(index=1)
    form.locator("button[type=submit]").click()
    expect(form.locator(".calculator__result")).not_to_be_empty()
    form.locator("input").first.fill("2026-04-01" if field == "processed" else "2026-04-01T10:00")
    expect(form.locator(".calculator__result")).to_be_empty()


def test_enter_leads_on_where_the_index_cannot_be_fetched(tab: Page, address: str) -> None:
    tab.context.route("**/index.*.bin", lambda route: route.abort())
    tab.goto(address)
    typed(tab, "refund")
    expect(tab.locator(STATUS)).to_have_text(re.compile("press Enter for all questions"))
    expect(tab.locator(".search ul a").first).to_be_visible()
    tab.keyboard.press("Enter")
    tab.wait_for_url(QUESTIONS)


def test_without_the_known_words_search_works_and_corrects_nothing(tab: Page, address: str) -> None:
    tab.context.route("**/known.*.bin", lambda route: route.abort())
    tab.goto(address)
    typed(tab, "refnud for my order ")
    expect(tab.locator(RESULTS).first).to_be_visible()
    expect(tab.locator(STATUS)).to_have_text(re.compile(r"^\d+ pages found"))


def test_nothing_is_searched_before_anything_is_typed(tab: Page, address: str) -> None:
    tab.clock.install()
    tab.goto(address)
    tab.keyboard.press("Control+k")
    tab.clock.run_for(15_000)
    expect(tab.locator(STATUS)).to_have_text(re.compile("^Type your question"))


def test_a_result_on_the_same_page_is_marked_and_back_leads_to_the_list(
    tab: Page, address: str
) -> None:
    tab.goto(f"{address}glossary/")
    typed(tab, "what is a dispute")
    part = tab.locator(".search__part", has_text="Dispute").first
    part.click()
    tab.wait_for_url("**/glossary/#dispute")
    expect(tab.locator("article mark").first).to_be_visible()
    tab.go_back()
    expect(tab.locator(FIELD)).to_have_value("what is a dispute")


def test_a_wrong_address_with_a_question_answers_the_question(tab: Page, address: str) -> None:
    tab.goto(f"{address}help/refund.php?q=dispute")
    expect(tab.locator(RESULTS).first).to_contain_text("dispute")


@pytest.mark.parametrize("start", ["r", "re", "ref", "refu", "refun"])
def test_half_a_word_is_read_as_what_it_may_become(tab: Page, address: str, start: str) -> None:
    tab.goto(address)
    typed(tab, start)
    expect(tab.locator(RESULTS).first).to_have_attribute("href", re.compile("refund"))


def test_enter_waits_for_the_answer_though_the_same_was_answered_before(
    tab: Page, address: str
) -> None:
    tab.goto(address)
    typed(tab, "open a dispute")
    expect(tab.locator(RESULTS).first).to_contain_text("dispute")
    tab.locator(FIELD).fill("")
    expect(tab.locator(RESULTS)).to_have_count(0)
    tab.evaluate("""() => {
        const field = document.querySelector(".search input");
        field.value = "open a dispute";
        field.dispatchEvent(new Event("input", {bubbles: true}));
        field.form.requestSubmit();
    }""")
    tab.wait_for_url(f"**/{ANSWER}**")


@pytest.mark.parametrize("start", ["", "glossary/", "refunds/open-a-dispute/", "not/there/"])
def test_a_result_names_its_topic_last(tab: Page, address: str, start: str) -> None:
    """So that whoever hears or names it begins with its title. Pages outside topics have none."""
    tab.goto(address + start)
    typed(tab, "refund")
    result = tab.locator(f".search ol a:not(.search__part)[href*='{REFUND}']")
    expect(result).to_have_accessible_name(
        re.compile(r"^When will I receive my refund\?.+ Refunds$")
    )
    expect(result.locator("small")).to_be_visible()
    tab.locator(FIELD).fill("what is a dispute")
    expect(tab.locator(".search ol a[href$='glossary/']")).to_be_visible()
    expect(tab.locator(".search ol a[href*='glossary/'] small")).to_have_count(0)
    expect(tab.locator(".search__part small")).to_have_count(0)


def third_result(tab: Page) -> str:
    """Open the third result of the whole question, and return its words."""
    query = tab.locator(FIELD).input_value()
    expect(tab.locator(f"{DIALOG}[data-asked={json.dumps(query)}]")).to_be_visible()
    third = tab.locator(RESULTS).nth(2)
    expect(third).to_be_visible()
    words = third.inner_text()
    third.click()
    tab.wait_for_load_state()
    expect(tab.locator(DIALOG)).to_have_count(0)
    return words


@pytest.mark.parametrize("question", ["refund", "how do I get my money back"])
def test_back_leads_to_the_result_that_was_opened(tab: Page, address: str, question: str) -> None:
    tab.set_viewport_size({"width": 390, "height": 400})
    tab.goto(address)
    typed(tab, question)
    words = third_result(tab)
    tab.go_back()
    third = tab.locator(RESULTS).nth(2)
    expect(third).to_be_focused()
    expect(third).to_be_in_viewport(ratio=1)
    assert third.inner_text() == words


def test_back_leads_to_the_list_without_corrections_that_were_taken_back(
    tab: Page, address: str
) -> None:
    tab.goto(address)
    typed(tab, "refnud parcel ")
    tab.locator(".search__verbatim").click()
    expect(tab.locator(".search__verbatim")).to_be_hidden()
    words = third_result(tab)
    tab.go_back()
    expect(tab.locator(RESULTS).nth(2)).to_be_focused()
    expect(tab.locator(".search__verbatim")).to_be_hidden()
    assert tab.locator(RESULTS).nth(2).inner_text() == words


@pytest.mark.parametrize("width", [390, 1024])
def test_the_sheet_leaves_room_for_a_keyboard_that_covers_the_page(
    tab: Page, address: str, width: int
) -> None:
    tab.add_init_script("""Object.defineProperty(VisualViewport.prototype, "height", {
        get: () => self.room ?? innerHeight});""")
    tab.set_viewport_size({"width": width, "height": 800})
    tab.goto(address)
    typed(tab, "refund")
    expect(tab.locator(RESULTS).first).to_be_visible()
    tab.evaluate("self.room = 350; visualViewport.dispatchEvent(new Event('resize'))")
    last = tab.locator(".search ol li").last
    last.scroll_into_view_if_needed()
    for part in (tab.locator(DIALOG), last):
        box = part.bounding_box()
        assert box
        assert box["y"] + box["height"] <= 350
    tab.evaluate("self.room = 800; visualViewport.dispatchEvent(new Event('resize'))")
    box = tab.locator(DIALOG).bounding_box()
    assert box
    assert box["height"] > 350


def test_a_keyboard_makes_the_page_smaller_where_it_can(tab: Page, address: str) -> None:
    tab.goto(address)
    viewport = tab.locator("meta[name=viewport]").get_attribute("content") or ""
    assert "interactive-widget=resizes-content" in viewport
