"""The site in every language: its own words, the same facts, and ways from one to another."""

import json
import posixpath
import re
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Browser, Page
from selectolax.lexbor import LexborHTMLParser, LexborNode

from helpcentre import search
from helpcentre.content import template
from helpcentre.content.project import Project as Content
from macros.layout import LANGUAGES, THEME
from tests.project import MKDOCS, OWN_ENVIRONMENT, ROOT, Project, free_port, load, own_content
from tests.site import visits

pytestmark = [pytest.mark.site, pytest.mark.slow]

OWN = own_content()
ALL = OWN.editions
TAGS = list(OWN.translations)
REFUND = "refunds/when-will-i-receive-my-refund/"
DEADLINE = "cancellations/after-you-request/"
CANNOT = "cancellations/cannot-cancel/"


@contextmanager
def served(project: Project) -> Iterator[str]:
    """Serve the project by `mkdocs serve`, and give its address."""
    port = free_port()
    command = (MKDOCS, "serve", "--dev-addr", f"127.0.0.1:{port}")
    with (project.root / "serve.log").open("wb") as log:
        process = subprocess.Popen(
            command, cwd=project.root, env=OWN_ENVIRONMENT, stdout=log, stderr=log
        )
    address = f"http://127.0.0.1:{port}/"
    while process.poll() is None:
        with suppress(OSError), socket.create_connection(("127.0.0.1", port)):
            break
        time.sleep(0.1)
    yield address
    process.terminate()
    process.wait()


def html(site: Path, path: str) -> LexborHTMLParser:
    """Return a page of the built site."""
    return LexborHTMLParser((site / path / "index.html").read_text(encoding="utf-8"))


def only(parsed: LexborHTMLParser, selector: str) -> LexborNode:
    """Return the one element that a selector names."""
    (node,) = parsed.css(selector)
    return node


def address_of(project: Content, url: str) -> str:
    """Return the path of a page in a language."""
    return f"{project.language.address}{url}"


@pytest.mark.parametrize("project", ALL, ids=lambda project: project.language.tag)
def test_every_page_says_in_which_language_it_is_and_where_the_others_are(
    help_site: Path, project: Content
) -> None:
    root = "https://host.example/help/"
    for page in project.pages.values():
        parsed = html(help_site, address_of(project, page.url))
        attributes = only(parsed, "html").attributes
        assert attributes["lang"] == project.language.lang
        assert attributes.get("dir", "ltr") == project.language.direction
        links = {
            link.attributes["hreflang"]: link.attributes["href"]
            for link in parsed.css("link[rel=alternate]")
        }
        expected = {each.language.tag: root + address_of(each, page.url) for each in ALL}
        assert links == {**expected, "x-default": root + page.url}
        assert (
            only(parsed, "link[rel=canonical]").attributes["href"] == expected[project.language.tag]
        )


def test_the_sitemap_names_every_page_in_every_language_with_all_others(help_site: Path) -> None:
    text = (help_site / "sitemap.xml").read_text(encoding="utf-8")
    entries = re.findall(r"<url>.*?</url>", text, re.DOTALL)
    assert len(entries) == len(ALL) * len(OWN.pages)
    for entry in entries:
        assert entry.count("xhtml:link") == len(ALL) + 1


def test_no_page_of_another_language_shows_english_words(site: Path) -> None:
    english = {
        node.text().strip()
        for page in OWN.pages.values()
        for node in html(site, page.url).css(
            "h1, h2, h3, p, li, dt, button, label, summary, caption"
        )
    }
    same = {"Aleigro", "Awaiting Shipment", "China", "policy.json"}
    for project in OWN.translations.values():
        for page in project.pages.values():
            parsed = html(site, address_of(project, page.url))
            for foreign in parsed.css("[lang]:not(html), .languages, script, style"):
                foreign.decompose()
            for node in parsed.css("h1, h2, h3, p, li, dt, button, label, summary, caption"):
                words = node.text().strip()
                is_same = (
                    words in english
                    and re.search("[A-Za-z]{2} [A-Za-z]{2}", words)
                    and words not in same
                )
                assert not is_same, f"{page.file}: {words}"


@pytest.mark.parametrize("tag", TAGS)
def test_pages_of_every_language_state_the_facts(site: Path, tag: str) -> None:
    project = OWN.translations[tag]
    for id_, fact in project.facts.items():
        for source in fact.pages:
            page = project.pages[source]
            article = only(html(site, address_of(project, page.url)), "article")
            text, end = " ".join(article.text().split()).lower(), 0
            for proof in fact.proof:
                filled = template.fill(proof, project.policy).striptags()
                phrase = " ".join(filled.split()).lower()
                found = text.find(phrase, end)
                assert found >= 0, f"{page.file} does not state {phrase!r} of {id_}"
                end = found + len(phrase)


@pytest.mark.parametrize("tag", TAGS)
def test_a_page_that_no_speaker_has_read_says_so(site: Path, tag: str) -> None:
    project = OWN.translations[tag]
    for page in project.pages.values():
        parsed = html(site, address_of(project, page.url))
        name = (
            "site_translated_by_machine" if page.source == "index.md" else "translated_by_machine"
        )
        said = " ".join(node.text() for node in parsed.css(".archived"))
        assert project.texts.fill(name, project.policy) in said
        link = only(parsed, ".archived a[hreflang=en]").attributes["href"]
        assert link
        there = (site / address_of(project, page.url) / link).resolve()
        assert there == (site / page.url).resolve()


def test_values_have_words_of_every_language_for_programs(site: Path) -> None:
    values = json.loads((site / "policy.json").read_text(encoding="utf-8"))["values"]
    said = values["seller_response_time"]["translations"]
    assert said.keys() == {each.language.tag for each in OWN.translations.values()}
    assert said["es"]["reads"] == "72 horas"
    assert said["zh-Hans"]["reads"] == "72小时"
    for project in OWN.translations.values():
        text = (site / project.language.address / "llms.txt").read_text(encoding="utf-8")
        assert str(project.texts.fill("site_name", project.policy)) in text
        assert str(project.texts.fill("site_translated_by_machine", project.policy)) in text
        assert "- [English](../llms.txt)" in text
    text = (site / "llms.txt").read_text(encoding="utf-8")
    assert "- [Español](es/llms.txt)" in text


@pytest.mark.parametrize("tag", TAGS)
def test_the_page_for_wrong_addresses_says_that_no_speaker_has_read_the_site(
    help_site: Path, tag: str
) -> None:
    lost = LexborHTMLParser((help_site / tag / "404.html").read_text(encoding="utf-8"))
    said = OWN.translations[tag].texts.fill("site_translated_by_machine", OWN.policy)
    assert said in only(lost, ".archived").text()
    address = only(lost, ".archived a[hreflang=en]").attributes["href"] or ""
    assert posixpath.normpath(address) == "/help"


@pytest.mark.browser
def test_without_script_the_languages_lead_to_the_same_page(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 320, "height": 640})
    tab = context.new_page()
    tab.goto(f"{address}{REFUND}")
    for tag in (*TAGS, ""):
        tab.click(".languages summary")
        lang = next(each.language.tag for each in ALL if each.language.address.rstrip("/") == tag)
        tab.click(f".languages a[hreflang={lang}]")
        path = f"{tag}/{REFUND}".lstrip("/")
        assert tab.url == f"{address}{path}"
    context.close()


@pytest.mark.browser
def test_the_readers_language_is_offered_until_that_is_closed(
    browser: Browser, address: str
) -> None:
    context = browser.new_context(locale="pt-PT")
    tab = context.new_page()
    tab.goto(f"{address}{REFUND}")
    offer = tab.locator(".offer a")
    assert offer.get_attribute("lang") == "pt-BR"
    assert offer.inner_text() == "Português (Brasil)"
    other_colours = """icons => icons.filter((icon) => getComputedStyle(icon).fill
      !== getComputedStyle(icon).color).map((icon) => icon.parentElement.outerHTML)"""
    icons = tab.locator(":is(a, button, summary) svg")
    assert icons.count() > 3
    assert icons.evaluate_all(other_colours) == []  # so that they are seen in both colour schemes
    tab.locator(".offer button").click()
    assert tab.locator(".offer").count() == 0
    tab.reload()
    assert tab.locator(".offer").count() == 0
    context.close()
    context = browser.new_context(locale="en-US")
    tab = context.new_page()
    tab.goto(address)
    assert tab.locator(".offer").count() == 0
    context.close()


@pytest.mark.browser
def test_a_question_leads_to_results_in_its_own_language(tab: Page, address: str) -> None:
    tab.goto(address)
    tab.keyboard.press("Control+k")
    tab.keyboard.type("где мой возврат")
    tab.locator(".search__other a").click()
    tab.wait_for_url("**/ru/**")
    first = tab.locator(".search ol a").first
    first.wait_for()
    assert first.get_attribute("href")
    assert tab.locator(".search input").input_value() == "где мой возврат"


@pytest.mark.browser
@pytest.mark.parametrize(
    ("tag", "question", "word"),
    [
        ("es", "cancelacion", "cancelación"),
        ("ar", "الغاء", "الإلغاء"),
        ("zh-hans", "退款", "退款"),
        ("ru", "возврат", "возврат"),
    ],
)
def test_words_are_marked_with_their_accents_and_inside_chinese(
    tab: Page, address: str, tag: str, question: str, word: str
) -> None:
    tab.goto(f"{address}{tag}/")
    tab.keyboard.press("Control+k")
    tab.keyboard.type(question)
    tab.locator(".search ol mark").first.wait_for()
    marks = {mark.lower() for mark in tab.locator(".search ol mark").all_inner_texts()}
    assert any(word.endswith(mark) or mark.startswith(word[:4]) for mark in marks), marks


@pytest.mark.browser
def test_the_browsers_plurals_are_those_of_the_pages(tab: Page) -> None:
    for language in (project.language for project in ALL):
        plurals = "(tag) => [...Array(202).keys()].map((n) => new Intl.PluralRules(tag).select(n))"
        expected = [language.words.locale.plural_form(count) for count in range(202)]
        assert tab.evaluate(plurals, language.lang) == expected


@pytest.mark.browser
@pytest.mark.parametrize("tag", TAGS)
def test_the_browsers_dates_are_those_of_the_pages(tab: Page, address: str, tag: str) -> None:
    project = OWN.translations[tag]
    words = project.language.words
    days = [date(2019, 12, 28) + timedelta(days=n) for n in range(800)]
    tab.goto(f"{address}{tag}/{REFUND}")
    script = (ROOT / THEME / "calculators/words.js").read_text(encoding="utf-8")
    run = f"([days, pattern]) => {{ {script}; return days.map((day) => dayInWords(day, pattern).words) }}"
    numbers = [(day - date(1970, 1, 1)).days for day in days]
    for pattern, expected in (
        (words.phrases.date, [words.day(day) for day in days]),
        (words.phrases.short_date, [words.day(day, short=True) for day in days]),
    ):
        assert tab.evaluate(run, [numbers, pattern]) == expected


@pytest.mark.browser
@pytest.mark.parametrize("tag", TAGS)
def test_the_sellers_deadline_reads_as_the_rule_words_it(tab: Page, address: str, tag: str) -> None:
    project = OWN.translations[tag]
    tab.goto(f"{address}{tag}/{DEADLINE}")
    tab.fill("#requested", "2020-05-04T09:05")
    tab.fill("#preparation_ends", "2020-06-06T12:00")
    tab.fill("#zone", "UTC")
    tab.click("form[data-calculator] button[type=submit]")
    tab.locator(".calculator__answer").wait_for()
    closes = datetime(2020, 5, 7, 9, 5, tzinfo=UTC)
    market = closes.astimezone(ZoneInfo("Asia/Shanghai"))
    shown = tab.locator(".calculator__result").inner_text()
    words = project.language.words
    assert words.moment(closes).partition("UTC")[0] in shown
    assert words.day(market) in shown


@pytest.mark.browser
@pytest.mark.parametrize("tag", TAGS)
def test_a_refund_is_counted_in_weeks_of_the_language(tab: Page, address: str, tag: str) -> None:
    tab.goto(f"{address}{tag}/{REFUND}")
    tab.fill("#processed", "2020-03-16")
    tab.select_option("#country", "unlisted")
    tab.click("form[data-calculator] button[type=submit]")
    tab.locator(".count").wait_for()
    words = OWN.translations[tag].language.words
    answer = tab.locator(".calculator__answer").inner_text()
    assert words.day(date(2020, 4, 13)) in answer
    first = tab.locator(".count th").first.inner_text()
    day = words.locale.first_week_day
    assert first.rstrip(".").lower() in {
        words.locale.days[context][width][day].rstrip(".").lower()
        for context in ("format", "stand-alone")
        for width in ("abbreviated", "wide", "short", "narrow")
    }


@pytest.mark.browser
@pytest.mark.parametrize("path", ["", REFUND, CANNOT, "key-dates/", "404.html"])
@pytest.mark.parametrize("tag", TAGS)
def test_every_language_passes_axe_and_nothing_overflows(
    tab: Page, address: str, tag: str, path: str
) -> None:
    tab.goto(f"{address}{tag}/{path}")
    for width in (320, 1280):
        for scheme in ("light", "dark"):
            seen = visits.look(tab, width, scheme)
            assert (seen.violations, seen.scroll_width) == ([], width), (width, scheme)


def test_styles_name_no_side_but_by_the_direction_of_the_text() -> None:
    css = (ROOT / THEME / "assets/style.css").read_text(encoding="utf-8")
    css = re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)
    sides = r"(?:(?:margin|padding|border)-)?(?:left|right)\b[\w-]*\s*:|text-align:\s*(?:left|right)|float:"
    assert re.findall(sides, css) == []
    assert set(re.findall(r"[^;{]*:\s*(?:left|right)\b", css)) == {
        "\n  --end: right",
        "\n  --end: left",
    }


def test_a_page_that_is_not_translated_is_the_originals(project: Project) -> None:
    """Missing in Arabic, withdrawn in all others since a step was added to it."""
    Project.copy(project.root, translations=True)
    project.edit(
        "docs/orders/track-parcel.md",
        "## If tracking does not help",
        "See [all questions](../questions.md).\n\n## If tracking does not help",
    )
    project.edit("docs/orders/not-received.md", "title: ", "title: Help! ")
    (project.root / "languages/ar/docs/orders/track-parcel.md").unlink()
    (project.root / "languages/ar/docs/orders/track-parcel.phrases.txt").unlink()
    outcome = project.build(SITE_URL="https://host.example/help/")
    assert outcome.code == 0, outcome.output
    site = project.root / "site"
    for tag in TAGS:
        assert not (site / tag / "orders/track-parcel").exists()
        topic = html(site, f"{tag}/orders/")
        link = only(topic, "article .questions a[hreflang=en]")
        assert link.attributes["href"] == "../../orders/track-parcel/"
        assert (
            only(topic, "article .questions a bdi[lang=en]").text() == "How do I track my parcel?"
        )
        stale = html(site, f"{tag}/orders/not-received/")
        changed = OWN.translations[tag].texts.fill("original_changed", OWN.policy)
        assert changed in " ".join(node.text() for node in stale.css(".archived"))
    english = html(site, "orders/track-parcel/")
    alternates = [link.attributes["hreflang"] for link in english.css("link[rel=alternate]")]
    assert alternates == ["en", "x-default"]
    spanish = OWN.translations["es"]
    choice = only(english, ".languages a[hreflang=es]")
    assert choice.attributes["href"] == "../../es/"
    assert spanish.texts.fill("not_translated", OWN.policy) in choice.text()
    assert "orders/track-parcel" in (site / "sitemap.xml").read_text(encoding="utf-8")


def test_pages_that_all_others_name_need_not_be_translated(project: Project) -> None:
    """The glossary, a topic, a page that states a value, all questions and customer care."""
    shutil.copytree(ROOT / LANGUAGES, project.root / LANGUAGES, dirs_exist_ok=True)
    for page in (
        "glossary",
        "orders/index",
        "refunds/when-will-i-receive-my-refund",
        "questions",
        "contact",
    ):
        (project.root / f"languages/es/docs/{page}.md").unlink()
        phrases = project.root / f"languages/es/docs/{page}.phrases.txt"
        phrases.unlink(missing_ok=True)
    outcome = project.build(SITE_URL="https://host.example/help/")
    assert outcome.code == 0, outcome.output
    site = project.root / "site"
    text = "".join(page.read_text(encoding="utf-8") for page in (site / "es").rglob("*.html"))
    assert "__original__" not in text
    lost = LexborHTMLParser((site / "es/404.html").read_text(encoding="utf-8"))
    assert only(lost, 'footer [href="/help/glossary/"]').attributes["hreflang"] == "en"
    home = html(site, "es")
    topic = only(home, 'main .cards [href="../orders/"]')
    assert topic.attributes["hreflang"] == "en"
    assert only(home, 'main .cards [href="../orders/"] bdi').attributes["lang"] == "en"
    assert only(home, 'main .cards [href="refunds/"]').css("bdi") == []
    care = only(html(site, "es/orders/not-received"), '.care a.button[href="../../../contact/"]')
    assert care.attributes["hreflang"] == "en"
    content = load(project.root).translations["es"]
    _, person = search.pages_of(content, dict.fromkeys(content.pages, ""))
    assert person.url == "../contact/"
    assert person.answer == "Atención al cliente responde a cualquier hora."


@pytest.mark.browser
def test_under_serve_each_language_has_its_own_search(project: Project, tab: Page) -> None:
    Project.copy(project.root, translations=["es"])
    with served(project) as address:
        for own, question in ((OWN, "parcel"), (OWN.translations["es"], "paquete")) * 2:
            tab.goto(f"{address}{own.language.address}?q={question}")
            result = tab.locator(".search ol a b").first
            assert result.inner_text() in {page.front_matter.title for page in own.pages.values()}
            tab.goto("about:blank")


@pytest.mark.browser
def test_an_edit_of_one_language_is_shown_and_the_others_are_made_when_they_are_asked_for(
    project: Project, tab: Page
) -> None:
    Project.copy(project.root, translations=True)
    with served(project) as address:
        tab.goto(f"{address}es/{REFUND}")
        assert tab.locator("html").get_attribute("lang") == "es"
        tab.goto(f"{address}ru/{REFUND}")
        assert tab.locator("html").get_attribute("lang") == "ru"
        tab.goto(f"{address}es/contact/")
        heading = tab.locator("h1")
        file = "languages/es/docs/contact.md"
        title = OWN.translations["es"].pages["contact.md"].front_matter.title
        assert heading.inner_text() == title
        project.edit(file, title, f"{title} (otra vez)")
        tab.wait_for_function("document.querySelector('h1').textContent.includes('otra vez')")
