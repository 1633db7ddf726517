"""What the search worker answers, and that nothing makes it fail: in Node.js, where a browser adds
nothing to that.
"""

import gzip
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from html import escape
from pathlib import Path

import pytest
from playwright.sync_api import Page

from helpcentre import search
from helpcentre.search import encoding
from helpcentre.search.index import Index
from helpcentre.search.language import Language, language
from helpcentre.search.pages import SearchPage, read
from helpcentre.site import assets
from macros import language as languages
from macros.layout import LANGUAGES, THEME
from tests.project import ROOT
from tests.search import hostile
from tests.search.workers import InBrowser, InNode, Worker
from tests.site_server import serving

pytestmark = pytest.mark.slow

PASSWORD = ("reset my password", "a reset of the password", "can you reset passwords")
CONTACT = SearchPage("contact/", "", "Talk to us.", phrases=("phone number", *PASSWORD))
"""Stands for customer care."""
GROUPS = [("refund", "reimbursement", "money back"), ("parcel", "package")]


@dataclass(frozen=True)
class Text:
    """What a page of a small site is made of."""

    title: str
    text: str
    answer: str = ""
    phrases: Sequence[str] = ()
    is_reference: bool = False


TEXTS = {
    "contact/": Text("Contact", "Customer care helps.", "Talk to us."),
    "refund/": Text(
        "When will my refund arrive?",
        "A refund usually takes some days.",
        "It takes some days.",
        ("where is my money", "refund late"),
    ),
    "parcel/": Text(
        "Where is my parcel?",
        "Track the parcel.",
        "Track it.",
        ("where is my parcel", "parcel lost", "lost my parcel", "it is lost"),
    ),
    "cancel/": Text("How do I cancel?", "Click the button to cancel an order."),
}

Made = Callable[..., Worker]


def write(site: Path, texts: Mapping[str, Text], tag: str, *, counts: bool) -> None:
    """Write the search of a small site: its worker, and its index."""
    pages = [
        read(
            f"<h1>{escape(page.title)}</h1><p>{escape(page.text)}</p>",
            url,
            page.answer,
            page.phrases,
            is_reference=page.is_reference,
        )
        for url, page in sorted(texts.items())
    ]
    lists = language(ROOT / LANGUAGES / tag)
    write_search(site, pages, lists, GROUPS, CONTACT, counts=counts)


def write_search(
    site: Path,
    pages: Sequence[SearchPage],
    lists: Language,
    synonyms: Sequence[Sequence[str]],
    contact: SearchPage,
    *,
    counts: bool = False,
) -> None:
    """Write a worker and the index of these pages, with a page that names them."""
    home = f'<html data-search-worker="search/worker.js#{search.INDEX}">'
    (site / "index.html").write_text(home, encoding="utf-8")
    (site / "404.html").write_text("<title>Not here</title>", encoding="utf-8")
    files = dict(search.files_of(Index.of(pages, contact, lists, synonyms)))
    numbers = languages.read(ROOT).numbers
    scripts = ROOT / THEME / search.FOLDER
    parts = search.worker_parts(lists, scripts, counts=counts, numbers=numbers)
    files |= {"worker.js": assets.script(parts), **search.names_file(lists)}
    for name, content in files.items():
        file = site / search.FOLDER / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)


@pytest.fixture
def made(tmp_path: Path) -> Made:
    """Makes a worker of a small site, with `texts` by address."""

    def make(texts: Mapping[str, Text] = TEXTS, tag: str = "en", *, counts: bool = False) -> Worker:
        write(tmp_path, texts, tag, counts=counts)
        return InNode(tmp_path)

    return make


SIZES = ("one file", "parts")
"""Of an index: a small site's, and a large one's."""


@contextmanager
def of_size(size: str) -> Iterator[None]:
    """Have an index written as for a site of that size."""
    with pytest.MonkeyPatch.context() as patch:
        if size == "parts":
            patch.setattr(encoding, "ONE_FILE", 0)
            patch.setattr(encoding, "PART", 100)
        yield


@pytest.fixture(params=SIZES)
def any_made(made: Made, request: pytest.FixtureRequest) -> Iterator[Made]:
    """The same for a small site and for a large one."""
    with of_size(request.param):
        yield made


def worker_of(size: str, folder: Path, *, counts: bool) -> Worker:
    """Return a worker of TEXTS, for a site of that size, in a folder."""
    with of_size(size):
        write(folder, TEXTS, "en", counts=counts)
    return InNode(folder)


@pytest.fixture(scope="module", params=SIZES)
def any_worker(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Worker:
    """A worker of a small site, and of a large one."""
    return worker_of(request.param, tmp_path_factory.mktemp("any"), counts=False)


@pytest.fixture(scope="module", params=SIZES)
def counting(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Worker:
    """The same, of a site that counts questions."""
    return worker_of(request.param, tmp_path_factory.mktemp("counting"), counts=True)


@pytest.fixture
def in_browser(tab: Page, any_made: Made, tmp_path: Path) -> Iterator[InBrowser]:
    """A browser's worker of a small site, and of a large one."""
    any_made()
    with serving(tmp_path) as address:
        yield InBrowser(tab, address, tmp_path)


@pytest.mark.parametrize(
    ("question", "page"),
    [
        ("refund", "refund/"),
        ("REFUNDS!", "refund/"),
        ("where's my refund??", "refund/"),
        ("refnud", "refund/"),
        ("reimbursed", "refund/"),
        ("reimbursment late", "refund/"),
        ("money back", "refund/"),
        ("where is my package", "parcel/"),
        ("wheremypackage", "parcel/"),
        ("howtocancelorder", "cancel/"),
        ("order 123456 cancel", "cancel/"),
        ("canc", "cancel/"),
        ("parcle is lost", "parcel/"),
        ("aprcel", "parcel/"),
        ("arcel lost", "parcel/"),
    ],
)
def test_a_question_finds_its_page(any_worker: Worker, question: str, page: str) -> None:
    assert any_worker.ask_one(question).pages[0] == page


def test_the_last_word_is_completed(any_worker: Worker) -> None:
    assert any_worker.ask_one("my ref").suggestion == "refund"
    assert not any_worker.ask_one("my ref ").suggestion
    assert not any_worker.ask_one("refund").suggestion


def test_a_result_names_the_words_to_mark(any_worker: Worker) -> None:
    first, *_ = any_worker.ask_one("refunds").results
    assert first["title"] == "When will my refund arrive?"
    assert "refund" in first["marks"]


def test_a_corrected_word_is_reported_and_the_right_one_marked(any_worker: Worker) -> None:
    answer = any_worker.ask_one("refnud")
    assert answer.corrected == [{"typed": "refnud", "used": "refund"}]
    assert "refund" in answer.results[0]["marks"]


def test_an_unknown_word_may_begin_like_a_synonym_of_two_words_only(any_worker: Worker) -> None:
    assert any_worker.ask_one("mparcel lost").pages[0] == "parcel/"


def test_a_correction_can_be_refused(any_worker: Worker) -> None:
    answer = any_worker.ask_one("refnud", verbatim=True)
    assert answer.corrected == []
    assert answer.pages == ["contact/"]


@pytest.mark.parametrize("word", ["paste", "refuse", "cancer", "parlour", "orders"])
def test_a_word_of_the_language_is_never_corrected(any_worker: Worker, word: str) -> None:
    assert any_worker.ask_one(f"{word} it").corrected == []


def test_words_with_a_hyphen_are_joined_first(any_worker: Worker) -> None:
    assert any_worker.ask_one("re-fund").pages[0] == "refund/"


def test_the_pages_own_word_for_a_synonym_is_marked(any_worker: Worker) -> None:
    first, *_ = any_worker.ask_one("package").results
    assert "parcel" in first["marks"]


@pytest.mark.parametrize("question", ["tell me a joke", "xyzzy", "zzz 12345", "🎁", "the and of"])
def test_without_an_answer_the_first_result_is_customer_care(
    any_worker: Worker, question: str
) -> None:
    first, *_ = any_worker.ask_one(question).results
    assert first["person"] is True
    assert (first["url"], first["answer"]) == ("contact/", "Talk to us.")


def test_an_out_of_scope_question_leads_to_customer_care(any_worker: Worker) -> None:
    assert any_worker.ask_one("how do I reset a password").pages[0] == "contact/"


def test_a_sure_answer_keeps_customer_care_out_of_the_first_three(any_worker: Worker) -> None:
    assert "contact/" not in any_worker.ask_one("where is my refund").pages[:3]


def test_a_page_that_explains_words_comes_after_answers(any_made: Made) -> None:
    words = Text("A refund", "A refund usually takes some days.", is_reference=True)
    other = Text("A refund", "A refund usually takes some days.")
    worker = any_made({"words/": words, "other/": other, "contact/": TEXTS["contact/"]})
    assert worker.ask_one("refund").pages[:2] == ["other/", "words/"]


@pytest.mark.browser
def test_an_empty_question_has_no_results_and_fetches_nothing(
    in_browser: InBrowser, tab: Page
) -> None:
    requests: list[str] = []
    tab.context.on("request", lambda request: requests.append(request.url))
    worker = in_browser
    assert worker.ask_one("").results == []
    assert worker.ask_one("   ").results == []
    assert not [url for url in requests if url.endswith(".bin")]
    worker.ask_one("refund")
    assert [url for url in requests if url.endswith(".bin")]


@pytest.mark.browser
def test_only_the_latest_question_is_answered(in_browser: InBrowser, tab: Page) -> None:
    tab.evaluate("""() => {
        self.answered = [];
        self.worker.addEventListener("message", ({data}) => self.answered.push(data.id));
        for (const [i, question] of ["p", "pa", "par", "parcel"].entries())
            self.worker.postMessage({id: `of many: ${i}`, question});
    }""")
    tab.wait_for_function("self.answered.length")
    assert in_browser.ask_one("refund").pages[0] == "refund/"
    assert tab.evaluate("self.answered") == ["of many: 3", 1]


EVIL = '<img src=x onerror="document.title=1">'


def test_html_in_titles_and_texts_stays_text(any_made: Made) -> None:
    """What the dialog does with such texts: see tests/site/test_search.py."""
    worker = any_made({"evil/": Text(f"Evil {EVIL} refund", f"{EVIL} refund", f"Answer {EVIL}")})
    for question in ("refund", "evil", "img src onerror", EVIL):
        answer = worker.ask_one(question)
        (result,) = (result for result in answer.results if result["url"] == "evil/")
        assert result["title"] == f"Evil {EVIL} refund"
        assert result["answer"] == f"Answer {EVIL}"


@pytest.mark.browser
def test_once_loaded_it_answers_without_a_network(made: Made, tab: Page, tmp_path: Path) -> None:
    made()
    with serving(tmp_path) as address:
        worker = InBrowser(tab, address, tmp_path)
        worker.ask_one("refund")
    tab.context.set_offline(True)
    assert worker.ask_one("parcel").pages[0] == "parcel/"


def damage_half(file: Path) -> None:
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])


def damage_one_byte(file: Path) -> None:
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 0xFF
    file.write_bytes(bytes(content))


@pytest.mark.parametrize(
    "damage",
    [
        Path.unlink,
        damage_half,
        damage_one_byte,
        lambda file: file.write_bytes(b""),
        lambda file: file.write_text("<!doctype html><title>Sign in</title>"),
    ],
    ids=["missing", "half", "one byte", "empty", "another page"],
)
@pytest.mark.parametrize("file", ["index", "terms", "pages", "words"])
def test_a_damaged_index_is_reported_and_the_next_question_tries_again(
    made: Made,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    file: str,
    damage: Callable[[Path], None],
) -> None:
    monkeypatch.setattr(encoding, "ONE_FILE", 0)
    worker = made()
    shutil.copytree(tmp_path / "search", tmp_path / "good")
    for damaged in (tmp_path / "search").rglob(f"{file}*.bin"):
        damage(damaged)
    answer = worker.ask_one("refnud")
    assert answer.unavailable
    assert answer.results == []
    shutil.copytree(tmp_path / "good", tmp_path / "search", dirs_exist_ok=True)
    assert worker.ask_one("refnud").pages[0] == "refund/"


@pytest.mark.parametrize("damage", [Path.unlink, damage_half, damage_one_byte])
def test_a_damaged_index_of_one_file_is_reported_too(
    made: Made, tmp_path: Path, damage: Callable[[Path], None]
) -> None:
    worker = made()
    file = tmp_path / "search/index.bin"
    good = file.read_bytes()
    damage(file)
    assert worker.ask_one("refund").unavailable
    file.write_bytes(good)
    assert worker.ask_one("refund").pages[0] == "refund/"


def test_an_index_that_a_host_has_decompressed_is_read(made: Made, tmp_path: Path) -> None:
    worker = made()
    file = tmp_path / "search/index.bin"
    file.write_bytes(gzip.decompress(file.read_bytes()))
    assert worker.ask_one("refund").pages[0] == "refund/"


def test_no_question_makes_it_fail(any_worker: Worker) -> None:
    answers = any_worker.ask(hostile.QUESTIONS)
    assert len(answers) == len(hostile.QUESTIONS)
    assert all(answer.results for answer in answers)


@pytest.mark.site
def test_a_thousand_random_questions_are_all_answered(site: Path) -> None:
    questions = list(hostile.random_questions(1_000))
    answers = InNode(site).ask(questions)
    assert len(answers) == len(questions)
    assert all(answer.results for answer in answers)


UNSPACED = {
    "tag/": Text("我的包裹在哪里", "您可以查询物流状态。"),
    "rueckgabe/": Text("我什么时候收到退款", "退款通常需要几个工作日。"),
    "ja/": Text("荷物が届きません", "追跡番号を確認してください。"),
    "th/": Text("พัสดุของฉันอยู่ที่ไหน", "ตรวจสอบหมายเลขติดตาม"),
    "th-refund/": Text("ฉันจะได้รับเงินคืนเมื่อไหร่", "โดยปกติใช้เวลาหลายวันทำการ"),
}


@pytest.mark.parametrize(
    ("question", "page"),
    [
        ("包裹在哪", "tag/"),
        ("退款", "rueckgabe/"),
        ("什么时候退款？", "rueckgabe/"),
        ("荷物", "ja/"),
        ("พัสดุอยู่ที่ไหน", "th/"),
        ("เงินคืน", "th-refund/"),
    ],
)
def test_a_script_without_spaces_is_searched(any_made: Made, question: str, page: str) -> None:
    first, *_ = any_made(UNSPACED, "zh").ask_one(question).results
    assert first["url"] == page
    assert any(mark in first["title"] for mark in first["marks"])


@pytest.mark.parametrize(
    ("question", "counted"),
    [
        ("Where is my PARCEL, please?", "where is my parcel please"),
        ("my refnud is late", "my refund is late"),
        ("where is my ref", "where is my refund"),
        ("my parcel 123456789 has not arrived", "my parcel … has not arrived"),
        ("call me on +44 20 7946 0018 about my refund", "call me on … about my refund"),
        ("john.smith@example.com wants a refund", "… wants a refund"),
        ("refund at https://shop.example/orders?id=x now", "refund at … now"),
        ("parcel for Fatima Al-Hussein, Kowalczyk and john smith", "parcel for … and …"),
        ("my voucher and my password", "my voucher and my password"),
        ("<script>alert</script> parcel", "… parcel"),
        ("\x1b[31mparcel lost", "… lost"),
        ("ЖЗЖЗ parcel", "… parcel"),
        ("12345", "…"),
        ("card four two four two is refused", "card … is refused"),
        ("Nguyen", "…"),
    ],
)
def test_what_may_be_counted_has_no_number_name_address_or_link(
    counting: Worker, question: str, counted: str
) -> None:
    assert counting.ask_one(question).counted == counted


def test_what_may_be_counted_ends_at_a_word_before_121_characters(made: Made) -> None:
    counted = made(counts=True).ask_one("where is my parcel " * 50).counted
    assert 110 < len(counted) <= 120
    assert counted.endswith(("where", "is", "my", "parcel"))
    assert made(counts=True).ask_one("x" * 1_000_000).counted == "…"


def test_without_the_lists_only_words_of_pages_are_counted(made: Made, tmp_path: Path) -> None:
    worker = made(counts=True)
    for file in (tmp_path / search.FOLDER).glob("*.bin"):
        if not file.name.startswith("index"):
            file.unlink()
    assert worker.ask_one("a voucher for my parcel").counted == "a … for my parcel"


def test_in_chinese_only_pairs_of_letters_that_pages_have_are_counted(made: Made) -> None:
    texts = {"parcel/": Text("我的包裹在哪里", "查看包裹"), "contact/": TEXTS["contact/"]}
    worker = made(texts, "zh-Hans", counts=True)
    assert worker.ask_one("王小明的包裹在哪里").counted == "…的包裹在哪里"


def test_a_site_that_does_not_count_says_nothing_of_it(made: Made) -> None:
    assert made().ask_one("where is my parcel").counted == ""
