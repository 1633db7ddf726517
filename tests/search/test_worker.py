"""What the search worker answers, and that nothing makes it fall over."""

import shutil
from collections.abc import Callable, Iterator, Mapping
from html import escape
from pathlib import Path

import pytest
from playwright.sync_api import Page

import search
from search import encoding
from tests.search import hostile
from tests.search.asking import Worker
from tests.site_server import serving

pytestmark = pytest.mark.browser

PAGE = """<!doctype html><title>{title}</title><article><h1>{title}</h1><p>{text}</p></article>"""
ABOUT: search.About = {
    "language": "en",
    "contact": "contact/",
    "questions": "questions/",
    "pages": {
        "contact/": {"answer": "Talk to us.", "asks": ["phone number", "reset my password"]},
        "refund/": {"answer": "It takes some days.", "asks": ["where is my money", "refund late"]},
        "parcel/": {"answer": "Track it.", "asks": ["where is my parcel", "parcel lost"]},
    },
}
TEXTS = {
    "contact/": ("Contact", "Customer care helps."),
    "refund/": ("When will my refund arrive?", "A refund usually takes some days."),
    "parcel/": ("Where is my parcel?", "Track the parcel."),
    "cancel/": ("How do I cancel?", "Click the button to cancel an order."),
}
GROUPS = [("refund", "reimbursement", "money back"), ("parcel", "package")]

Made = Callable[..., Worker]


def write(site: Path, texts: Mapping[str, tuple[str, str]], about: search.About = ABOUT) -> None:
    """Write a small built site and its search."""
    for url, (title, text) in texts.items():
        (site / url).mkdir(parents=True, exist_ok=True)
        html = PAGE.format(title=escape(title), text=escape(text))
        (site / url / "index.html").write_text(html, encoding="utf-8")
    (site / "404.html").write_text("<title>Not here</title>", encoding="utf-8")
    search.build(site, about, GROUPS)


@pytest.fixture
def made(tab: Page, tmp_path: Path) -> Iterator[Made]:
    """Makes a worker of a small site, with `texts` by address."""
    with serving(tmp_path) as address:

        def make(
            texts: Mapping[str, tuple[str, str]] = TEXTS, about: search.About = ABOUT
        ) -> Worker:
            write(tmp_path, texts, about)
            return Worker(tab, address, tmp_path)

        yield make


@pytest.fixture(params=["one file", "parts"])
def any_made(made: Made, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Made:
    """The same for a small site and for a large one."""
    if request.param == "parts":
        monkeypatch.setattr(encoding, "ONE_FILE", 0)
        monkeypatch.setattr(encoding, "PART", 100)
    return made


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
def test_a_question_finds_its_page(any_made: Made, question: str, page: str) -> None:
    assert any_made().ask_one(question).pages[0] == page


def test_the_last_word_is_completed(any_made: Made) -> None:
    worker = any_made()
    assert worker.ask_one("my ref").suggest == ["refund"]
    assert not worker.ask_one("my ref ").suggest
    assert not worker.ask_one("refund").suggest


def test_the_words_found_are_marked(any_made: Made) -> None:
    ((item, *_), *_) = any_made().ask_one("refunds").items
    assert item["title"] == "When will my <mark>refund</mark> arrive?"
    assert item["terms"]["refund"] is True


def test_a_mended_word_is_shown_and_what_was_meant_is_marked(any_made: Made) -> None:
    ((item, *_), *_) = any_made().ask_one("refnud").items
    assert item["text"].startswith('<em class="search-note">Results for “refund”.</em> ')
    assert "<mark>refund</mark>" in item["title"]


def test_a_synonym_of_what_was_typed_is_marked(any_made: Made) -> None:
    ((item, *_), *_) = any_made().ask_one("package").items
    assert "<mark>parcel</mark>" in item["title"]


@pytest.mark.parametrize("question", ["tell me a joke", "xyzzy", "zzz 12345", "🎁", "the and of"])
def test_without_an_answer_the_shopper_is_handed_to_a_person(any_made: Made, question: str) -> None:
    (first, *_) = any_made().ask_one(question).items
    assert first[0]["location"] == "contact/"
    assert first[0]["title"] == "No answer here? Talk to us"
    assert first[0]["text"] == "Talk to us."


def test_what_the_help_centre_does_not_know_leads_to_a_person_too(any_made: Made) -> None:
    assert any_made().ask_one("how do I reset a password").pages[0] == "contact/"


def test_a_sure_answer_leaves_customer_care_out_of_the_first_three(any_made: Made) -> None:
    assert "contact/" not in any_made().ask_one("where is my refund").pages[:3]


def test_a_page_that_explains_words_comes_after_answers(any_made: Made) -> None:
    text = ("A refund", "A refund usually takes some days.")
    pages = {**ABOUT["pages"], "words/": {"reference": True}, "other/": {}}
    about: search.About = {**ABOUT, "pages": pages}
    worker = any_made({"words/": text, "other/": text, "contact/": TEXTS["contact/"]}, about)
    assert worker.ask_one("refund").pages[:2] == ["other/", "words/"]


def test_no_question_gets_no_answer_and_loads_nothing(any_made: Made, tab: Page) -> None:
    asked: list[str] = []
    tab.context.on("request", lambda request: asked.append(request.url))
    worker = any_made()
    assert worker.ask_one("").items == []
    assert worker.ask_one("   ").items == []
    assert not [url for url in asked if url.endswith(".bin")]
    worker.ask_one("refund")
    assert [url for url in asked if url.endswith(".bin")]


def test_only_the_latest_question_is_answered(any_made: Made, tab: Page) -> None:
    worker = any_made()
    answers = tab.evaluate("""async () => {
        const answers = [];
        await new Promise((resolve) => {
            self.worker.addEventListener("message", ({data: {type, data}}) => {
                if (type === 3) answers.push(data.question);
                if (data?.question === "parcel") setTimeout(resolve, 100);
            });
            for (const data of ["p", "pa", "par", "parcel"]) self.worker.postMessage({type: 2, data});
        });
        return answers;
    }""")
    assert answers == ["parcel"]
    assert worker.ask_one("refund").pages[0] == "refund/"


EVIL = '<img src=x onerror="document.title=1">'


def test_html_in_titles_and_texts_does_nothing(any_made: Made, tab: Page) -> None:
    pages = {"evil/": {"answer": f"Answer {EVIL}"}}
    about: search.About = {**ABOUT, "pages": pages}
    worker = any_made({"evil/": (f"Evil {EVIL} refund", f"{EVIL} refund")}, about)
    for question in ("refund", "evil", "img src onerror", EVIL):
        for group in worker.ask_one(question).items:
            shown = f"<h1>{group[0]['title']}</h1>{group[0]['text']}"
            tab.evaluate("(html) => { document.body.innerHTML = html; }", shown)
            assert tab.locator("img").count() == 0
            assert tab.title() != "1"


def test_once_loaded_it_answers_without_a_network(made: Made, tab: Page) -> None:
    worker = made()
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
def test_a_damaged_index_is_said_and_the_next_question_tries_again(
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
    assert answer.pages == ["questions/", "contact/"]
    assert answer.items[0][0]["title"] == "Search is not available just now"
    shutil.copytree(tmp_path / "good", tmp_path / "search", dirs_exist_ok=True)
    assert worker.ask_one("refnud").pages[0] == "refund/"


@pytest.mark.parametrize("damage", [Path.unlink, damage_half, damage_one_byte])
def test_a_damaged_index_of_one_file_is_said_too(
    made: Made, tmp_path: Path, damage: Callable[[Path], None]
) -> None:
    worker = made()
    file = tmp_path / "search/index.bin"
    good = file.read_bytes()
    damage(file)
    assert worker.ask_one("refund").pages == ["questions/", "contact/"]
    file.write_bytes(good)
    assert worker.ask_one("refund").pages[0] == "refund/"


def test_an_index_that_a_host_has_decompressed_is_read(made: Made, tmp_path: Path) -> None:
    import gzip

    worker = made()
    file = tmp_path / "search/index.bin"
    file.write_bytes(gzip.decompress(file.read_bytes()))
    assert worker.ask_one("refund").pages[0] == "refund/"


def test_no_question_makes_it_fall_over(any_made: Made) -> None:
    answers = any_made().ask(hostile.QUESTIONS)
    assert len(answers) == len(hostile.QUESTIONS)
    assert all(answer.items for answer in answers)


def test_a_thousand_random_questions_are_all_answered(tab: Page, address: str, site: Path) -> None:
    questions = list(hostile.random_questions(1_000))
    answers = Worker(tab, address, site).ask(questions)
    assert len(answers) == len(questions)
    assert all(answer.items for answer in answers)


UNSPACED = {
    "tag/": ("我的包裹在哪里", "您可以查询物流状态。"),
    "rueckgabe/": ("我什么时候收到退款", "退款通常需要几个工作日。"),
    "ja/": ("荷物が届きません", "追跡番号を確認してください。"),
    "th/": ("พัสดุของฉันอยู่ที่ไหน", "ตรวจสอบหมายเลขติดตาม"),
    "th-refund/": ("ฉันจะได้รับเงินคืนเมื่อไหร่", "โดยปกติใช้เวลาหลายวันทำการ"),
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
    about: search.About = {**ABOUT, "language": "zh", "pages": {}}
    (first, *_) = any_made(UNSPACED, about).ask_one(question).items
    assert first[0]["location"] == page
    assert "<mark>" in first[0]["title"]
