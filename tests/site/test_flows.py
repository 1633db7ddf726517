"""Flows: every path through the questions, in a real browser."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect
from selectolax.lexbor import LexborHTMLParser

from helpcentre.content import template
from helpcentre.content.flow import Flow
from tests.project import own_content

pytestmark = [pytest.mark.site, pytest.mark.browser]

CONTENT = own_content()
PAGES = {
    page.front_matter.flow: page.url for page in CONTENT.pages.values() if page.front_matter.flow
}
CANCEL, PARCEL = "cancellations/cannot-cancel/", "orders/not-received/"


def paths(flow: Flow, name: str) -> Iterator[tuple[list[str], str]]:
    """Yield every path from `name` on: the names of its answers, and of its outcome."""
    if name in flow.outcomes:
        yield [], name
        return
    for key, answer in flow.questions[name].answers.items():
        for answers, outcome in paths(flow, answer.next):
            yield [key, *answers], outcome


PATHS = [
    (name, answers, outcome)
    for name, flow in CONTENT.flows.items()
    for answers, outcome in paths(flow, next(iter(flow.questions)))
]


def words(text: str) -> str:
    return str(template.fill(text, CONTENT.policy).striptags())


def heading(page: Page) -> Any:
    """The question or outcome that is shown; the only one."""
    return page.locator(".flow h3:visible")


def choose(page: Page, answer: str) -> None:
    """Press an answer, and wait for what it leads to: the address changes before the page does."""
    asked = heading(page).inner_text()
    page.locator(".flow").get_by_role("button", name=answer, exact=True).click()
    expect(heading(page)).not_to_have_text(asked)


def test_the_pages_of_the_start_show_a_flow() -> None:
    assert {CANCEL, PARCEL} <= set(PAGES.values())


@pytest.mark.parametrize(("name", "answers", "outcome"), PATHS)
def test_every_path_can_be_followed_by_keyboard_to_its_outcome_and_a_link(
    tab: Page, address: str, name: str, answers: list[str], outcome: str
) -> None:
    flow = CONTENT.flows[name]
    tab.goto(address + PAGES[name])
    step = next(iter(flow.questions))
    tab.locator(".flow h3:visible").focus()
    for key in answers:
        question = flow.questions[step]
        expect(heading(tab)).to_have_text(words(question.text))
        expect(heading(tab)).to_be_focused()
        for _ in range(list(question.answers).index(key) + 1):
            tab.keyboard.press("Tab")
        expect(tab.locator(":focus")).to_have_text(words(question.answers[key].label))
        tab.keyboard.press("Enter")
        step = question.answers[key].next
    assert step == outcome
    end = flow.outcomes[outcome]
    expect(heading(tab)).to_have_text(words(end.result))
    expect(heading(tab)).to_be_focused()
    shown = tab.locator(".flow__outcome:visible")
    expect(shown).to_contain_text(words(end.next_step))
    tab.keyboard.press("Tab")
    expect(tab.locator(":focus")).to_have_text(CONTENT.pages[end.link].front_matter.title)
    tab.keyboard.press("Enter")
    tab.wait_for_url(address + CONTENT.pages[end.link].url)


def test_back_goes_one_question_back_and_finally_leaves_the_page(tab: Page, address: str) -> None:
    tab.goto(address)
    tab.goto(address + CANCEL)
    first = heading(tab).inner_text()
    choose(tab, "Awaiting Shipment")
    second = heading(tab).inner_text()
    choose(tab, "China")
    third = heading(tab).inner_text()
    choose(tab, "The seller refused")
    expect(heading(tab)).to_have_text("Contact the seller and reach an agreement")
    tab.go_back()
    expect(heading(tab)).to_have_text(third)
    tab.go_back()
    expect(heading(tab)).to_have_text(second)
    expect(heading(tab)).to_be_focused()
    tab.go_forward()
    expect(heading(tab)).to_have_text(third)
    tab.go_back()
    expect(heading(tab)).to_have_text(second)
    tab.go_back()
    expect(heading(tab)).to_have_text(first)
    tab.go_back()
    expect(tab).to_have_url(address)


def test_an_outcome_can_be_shared_and_reloaded(tab: Page, browser: Browser, address: str) -> None:
    tab.goto(address + CANCEL)
    choose(tab, "Awaiting Shipment")
    choose(tab, "Outside China")
    expect(heading(tab)).to_have_text("This order cannot be cancelled")
    tab.reload()
    expect(heading(tab)).to_have_text("This order cannot be cancelled")
    other = browser.new_page(viewport={"width": 390, "height": 600})
    other.goto(tab.url)
    expect(heading(other)).to_have_text("This order cannot be cancelled")
    expect(heading(other)).to_be_in_viewport()
    expect(other.locator(".flow__trail li")).to_have_count(2)
    other.close()


def test_an_answer_can_be_changed(tab: Page, address: str) -> None:
    tab.goto(address + PARCEL)
    choose(tab, "Yes, I know its shipping status")
    choose(tab, "Not yet")
    trail = tab.locator(".flow__trail li")
    expect(trail.first).to_contain_text(
        "Have you tracked the parcel? Yes, I know its shipping status"
    )
    trail.first.get_by_role(
        "button", name="Change the answer to: Have you tracked the parcel?"
    ).click()
    expect(heading(tab)).to_have_text("Have you tracked the parcel?")
    expect(heading(tab)).to_be_focused()
    expect(trail).to_have_count(0)


@pytest.mark.parametrize(
    ("fragment", "shown", "answered"),
    [
        ("#answers=awaiting,inside,silent", "Wait for the seller’s answer", 3),
        ("#answers=awaiting,inside,answer-of-old", "What did the seller answer?", 2),
        ("#answers=awaiting%2Cinside%2csilent", "Wait for the seller’s answer", 3),
        ("#answers=nonsense", "What is the order status?", 0),
        ("#answers=", "What is the order status?", 0),
        ("#answers=%00,'\"]<b>,", "What is the order status?", 0),
        ("#answers=awaiting,inside,silent,and,more", "Wait for the seller’s answer", 3),
        ("#step-wait", "Wait for the seller’s answer", 3),
        ("#step-status", "What is the order status?", 0),
        ("#what-to-do", "What is the order status?", 0),
    ],
)
def test_an_address_shows_the_step_that_it_names_as_far_as_it_exists(
    tab: Page, address: str, fragment: str, shown: str, answered: int
) -> None:
    tab.goto(address + CANCEL + fragment)
    expect(heading(tab)).to_have_text(shown)
    expect(tab.locator(".flow__trail li")).to_have_count(answered)


def test_a_link_to_another_part_of_the_page_keeps_the_place(tab: Page, address: str) -> None:
    tab.goto(address + CANCEL)
    choose(tab, "Awaiting Shipment")
    shown = heading(tab).inner_text()
    tab.evaluate(
        """new Promise((resolve) => {
          addEventListener("hashchange", resolve, {once: true});
          location.hash = "what-to-do";
        })"""
    )
    expect(heading(tab)).to_have_text(shown)
    assert not tab.evaluate("document.activeElement.matches('.flow h3')")
    tab.reload()
    expect(heading(tab)).to_have_text(shown)


def test_no_answer_is_sent_to_anybody(tab: Page, address: str) -> None:
    tab.goto(address + CANCEL)
    requests: list[str] = []
    tab.on("request", lambda request: requests.append(request.url))
    choose(tab, "Awaiting Shipment")
    choose(tab, "Outside China")
    expect(heading(tab)).to_have_text("This order cannot be cancelled")
    # The browser asks for the icon again at each step.
    assert [url for url in requests if not url.startswith("data:")] == []


@pytest.mark.parametrize("name", PAGES)
def test_without_javascript_every_question_and_outcome_is_there(
    browser: Browser, address: str, name: str
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address + PAGES[name])
    flow = CONTENT.flows[name]
    titles = [question.text for question in flow.questions.values()]
    for text in titles + [outcome.result for outcome in flow.outcomes.values()]:
        title = words(text)
        expect(page.get_by_role("heading", name=title, exact=True)).to_be_visible()
    for key, question in flow.questions.items():
        for answer in question.answers.values():
            link = page.locator(f"#step-{key}").get_by_role("link", name=words(answer.label))
            link.first.click()
            expect(page.locator(f"#step-{answer.next}")).to_be_in_viewport()
    context.close()


@pytest.mark.parametrize("name", PAGES)
def test_without_its_script_the_answers_are_links(tab: Page, address: str, name: str) -> None:
    tab.route("**/calculators.*.js", lambda route: route.abort())
    tab.goto(address + PAGES[name])
    flow = CONTENT.flows[name]
    start, question = next(iter(flow.questions.items()))
    expect(heading(tab)).to_have_count(1)
    answer = next(iter(question.answers.values()))
    tab.locator(f"#step-{start}").get_by_role("link", name=words(answer.label)).click()
    expect(tab.locator(f"#step-{answer.next}")).to_be_in_viewport()


@pytest.mark.parametrize("name", PAGES)
def test_words_and_links_come_from_the_flow(site: Path, name: str) -> None:
    html = LexborHTMLParser((site / PAGES[name] / "index.html").read_text(encoding="utf-8"))
    flow = CONTENT.flows[name]
    assert len(html.css(".flow__step")) == len(flow.questions) + len(flow.outcomes)
    assert len(html.css(".flow__outcome a")) == len(flow.outcomes)
