"""What a page sends, on a site that counts what it could not answer, and that it sends nothing else."""

from collections.abc import Iterator
from pathlib import Path
from queue import SimpleQueue
from urllib.parse import parse_qsl, urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect
from selectolax.lexbor import LexborHTMLParser

from tests.conftest import INSIGHTS_URL, refused
from tests.site.test_pages import PATHS
from tests.site.test_search import FIELD, RESULTS
from tests.site.visits import violations
from tests.site_server import serving

pytestmark = [pytest.mark.site, pytest.mark.browser]

PAGE = "orders/track-parcel/"
COUNTED = "What this help centre counts"
DIALOG = ".search[open]"


class Sent(list[dict[str, str]]):
    """The events that a tab has sent, as the browser sends them."""

    def __init__(self, tab: Page) -> None:
        super().__init__()
        tab.context.on("request", lambda request: self.add(request.method, request.url))

    def add(self, method: str, url: str) -> None:
        if urlsplit(url).path == INSIGHTS_URL:
            assert method == "POST"
            self.append(dict(parse_qsl(urlsplit(url).query, keep_blank_values=True)))


@pytest.fixture
def sent(tab: Page) -> Sent:
    return Sent(tab)


def ask(tab: Page, question: str) -> None:
    """Type a question, and wait for its results."""
    tab.keyboard.press("Control+k")
    tab.locator(FIELD).fill(question)
    tab.wait_for_function(
        "(question) => document.querySelector('.search input').value === question"
        " && document.querySelector('.search').dataset.question", arg=question
    )  # fmt: skip
    expect(tab.locator(RESULTS).first).to_be_visible()


def leave(tab: Page, address: str) -> None:
    """Go to another page, and come to rest there: what the last one sent is sent by then."""
    tab.goto(f"{address}glossary/")
    tab.wait_for_load_state()


def test_a_vote_names_the_page_and_nothing_else(
    tab: Page, sent: Sent, counting_address: str
) -> None:
    tab.goto(counting_address + PAGE)
    with tab.expect_request(f"**{INSIGHTS_URL}?*") as posted:
        tab.get_by_role("button", name="No", exact=True).click()
    assert not posted.value.post_data
    assert sent == [{"event": "vote", "page": PAGE, "helpful": "no", "lang": "en-GB"}]
    expect(tab.get_by_text("We are sorry.")).to_be_visible()
    tab.get_by_role("button", name="Yes").click()  # a visit has one vote
    leave(tab, counting_address)
    assert len(sent) == 1


def test_a_search_that_is_left_sends_its_question_once_and_not_while_it_is_typed(
    tab: Page, sent: Sent, counting_address: str
) -> None:
    tab.goto(counting_address)
    ask(tab, "refund of order 12345678 for john@shop.example")
    assert sent == []
    with tab.expect_request(f"**{INSIGHTS_URL}?*"):
        tab.keyboard.press("Escape")
    unanswered = {"event": "unanswered", "question": "refund of order … for …", "lang": "en-GB"}
    assert sent == [unanswered]
    tab.keyboard.press("Control+k")
    expect(tab.locator(RESULTS).first).to_be_visible()
    tab.keyboard.press("Escape")
    leave(tab, counting_address)
    assert sent == [unanswered]


def test_a_page_that_is_left_with_its_list_open_sends_the_question(
    tab: Page, settings_site: Path
) -> None:
    """Browsers do not show this request to whoever drives them: the server says what it got."""
    posted: SimpleQueue[str] = SimpleQueue()
    with serving(settings_site, posted=posted) as address:
        tab.goto(address)
        ask(tab, "can I pay with a voucher")
        leave(tab, address)
        got = posted.get(timeout=60)
    assert got == f"{INSIGHTS_URL}?event=unanswered&question=can+i+pay+with+a+voucher&lang=en-GB"
    assert posted.empty()


def test_nothing_is_sent_of_a_search_whose_first_result_is_opened(
    tab: Page, sent: Sent, counting_address: str
) -> None:
    tab.goto(counting_address)
    ask(tab, "open a dispute")
    tab.locator(RESULTS).first.click()
    tab.wait_for_url("**/open-a-dispute/**")
    tab.go_back()
    expect(tab.locator(FIELD)).to_have_value("open a dispute")
    expect(tab.locator(RESULTS).first).to_be_visible()
    tab.keyboard.press("Escape")
    leave(tab, counting_address)
    assert sent == []


@pytest.mark.parametrize("modifiers", [[], ["Control"]])
def test_another_result_that_is_opened_names_the_first_as_well(
    tab: Page, sent: Sent, counting_address: str, modifiers: list[str]
) -> None:
    tab.goto(counting_address)
    ask(tab, "where is my refund")
    links = tab.locator(".search ol li > a:first-child")
    first, second = (
        links.nth(place).evaluate("link => link.pathname.slice(1)") for place in (0, 1)
    )
    with tab.context.expect_event("request", lambda request: f"{INSIGHTS_URL}?" in request.url):
        links.nth(1).click(modifiers=modifiers)  # type: ignore[arg-type]
    opened = {"event": "opened", "question": "where is my refund", "page": second, "first": first, "lang": "en-GB"}  # fmt: skip
    assert sent == [opened]
    leave(tab, counting_address)
    assert sent == [opened]


def test_a_search_that_leads_to_customer_care_had_no_answer(
    tab: Page, sent: Sent, counting_address: str
) -> None:
    tab.goto(counting_address)
    ask(tab, "reset my password")
    with tab.context.expect_event("request", lambda request: f"{INSIGHTS_URL}?" in request.url):
        tab.get_by_role("link", name="No answer here? Talk to us").click()
    tab.wait_for_url("**/contact/")
    assert [(event["event"], event["question"]) for event in sent] == [
        ("unanswered", "reset my password")
    ]


def test_what_was_emptied_before_the_list_was_left_is_not_sent(
    tab: Page, sent: Sent, counting_address: str
) -> None:
    tab.goto(counting_address)
    ask(tab, "my own business")
    tab.locator(FIELD).fill("")
    expect(tab.locator(RESULTS)).to_have_count(0)
    tab.keyboard.press("Escape")
    leave(tab, counting_address)
    assert sent == []


NOT_TRACKED = {
    "Do Not Track": 'Object.defineProperty(navigator, "doNotTrack", {value: "1"})',
    "Global Privacy Control": 'Object.defineProperty(navigator, "globalPrivacyControl", {value: true})',
}


def test_what_was_not_asked_to_the_end_is_not_sent(
    tab: Page, sent: Sent, counting_address: str
) -> None:
    tab.goto(counting_address)
    ask(tab, "can I pay with a")
    tab.evaluate("Worker.prototype.postMessage = () => {}")  # the next answer never comes
    tab.locator(FIELD).press_sequentially(" voucher")
    tab.keyboard.press("Escape")
    leave(tab, counting_address)
    assert sent == []


def test_results_in_another_language_are_no_missing_answer(
    tab: Page, sent: Sent, counting_address: str
) -> None:
    tab.goto(counting_address)
    ask(tab, "где мой заказ")
    tab.locator(".search__other a").click()
    tab.wait_for_url("**/ru/**")
    leave(tab, counting_address)
    assert sent == []


def use(tab: Page, address: str) -> None:
    """Do everything that a site may count."""
    tab.goto(address + PAGE)
    tab.get_by_role("button", name="Yes").click()
    ask_without_counting(tab, "can I pay with a voucher")
    tab.keyboard.press("Escape")
    expect(tab.locator(DIALOG)).to_have_count(0)
    ask_without_counting(tab, "where is my refund")
    tab.locator(".search ol li > a:first-child").nth(1).click()
    tab.wait_for_load_state()
    leave(tab, address)


def ask_without_counting(tab: Page, question: str) -> None:
    tab.keyboard.press("Control+k")
    tab.locator(FIELD).fill(question)
    expect(tab.locator(RESULTS).nth(1)).to_be_visible()


@pytest.mark.parametrize("signal", NOT_TRACKED)
def test_who_asks_not_to_be_tracked_sends_nothing(
    tab: Page, sent: Sent, counting_address: str, signal: str
) -> None:
    tab.add_init_script(NOT_TRACKED[signal])
    use(tab, counting_address)
    assert sent == []


def test_switched_off_nothing_is_sent_and_nothing_more_is_fetched(
    tab: Page, address: str, site: Path
) -> None:
    requests: list[str] = []
    tab.context.on("request", lambda request: requests.append(f"{request.method} {request.url}"))
    use(tab, address)
    assert requests
    assert [request for request in requests if not request.startswith(f"GET {address}")] == []
    assert not list(site.rglob("insights*"))
    assert not list(site.rglob("names*"))
    for path in PATHS:
        html = (site / path / "index.html").read_text(encoding="utf-8")
        assert "insights" not in html
        assert COUNTED not in html


def test_switched_on_only_events_are_sent(tab: Page, sent: Sent, counting_address: str) -> None:
    requests: list[str] = []
    tab.context.on("request", lambda request: requests.append(f"{request.method} {request.url}"))
    use(tab, counting_address)
    posted = [request for request in requests if not request.startswith(f"GET {counting_address}")]
    assert [event["event"] for event in sent] == ["vote", "unanswered", "opened"]
    assert len(posted) == 3


def test_the_page_that_says_who_answers_says_what_is_counted(settings_site: Path) -> None:
    for path in PATHS:
        html = LexborHTMLParser((settings_site / path / "index.html").read_text(encoding="utf-8"))
        headings = [heading.text() for heading in html.css("h2")]
        assert (COUNTED in headings) == (path == "contact/"), path


def test_what_is_counted_is_said_accessibly(tab: Page, counting_address: str) -> None:
    tab.goto(f"{counting_address}contact/")
    expect(tab.get_by_role("region", name=COUNTED)).to_be_visible()
    assert violations(tab) == []


@pytest.fixture
def blocked(browser: Browser) -> Iterator[Page]:
    """A tab whose requests to count anything come to nothing."""
    context = browser.new_context()
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda text: errors.append(text.text) if refused(text.text) else None)
    context.route(f"**{INSIGHTS_URL}?*", lambda route: route.abort())
    yield page
    context.close()
    assert errors == []


def test_where_nobody_counts_everything_else_works(blocked: Page, counting_address: str) -> None:
    use(blocked, counting_address)
    expect(blocked.locator("h1")).to_be_visible()
