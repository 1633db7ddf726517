"""Search as Node.js runs it, for `make phrasings`, insights and the command line."""

import json
import random
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from bench.articles import articles
from helpcentre.search import asking
from helpcentre.search.asking import Search
from helpcentre.search.index import Index
from helpcentre.search.language import language
from helpcentre.search.pages import SearchPage
from macros.layout import LANGUAGES
from tests.project import OWN_ENVIRONMENT, ROOT
from tests.search import hostile, judged
from tests.search.workers import InBrowser, InNode
from tests.site_server import serving

ENGLISH = language(ROOT / LANGUAGES / "en")
MONEY = SearchPage("money/", "Refund", "Soon.", (), "A refund of money.", ("where is my money",))
CARE = SearchPage(
    "contact/", "", "", phrases=tuple(f"{verb} password" for verb in ("set", "get", "lose"))
)


def search_of(*pages: SearchPage, person: SearchPage | None = None) -> Search:
    return Search(Index.of(pages, person, ENGLISH, [("refund", "reimbursement")]), ROOT)


def test_an_index_that_no_site_has_is_asked() -> None:
    search = search_of(MONEY, person=CARE)
    assert search.answer("Where is my money?") == ["money/"]
    assert search.answer("password") == ["contact/"]
    assert search.answer("") == []


def test_a_question_is_ranked_by_its_concepts() -> None:
    scores, concepts = search_of(MONEY, person=CARE).rank("a refunnd of money")
    assert [page for page, _ in scores] == ["money/"]
    assert list(map(tuple, concepts)) == [("refund", 1, 0.9), ("money", 0, 1)]


def test_a_worker_that_cannot_run_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "worker.js").write_text("throw new Error('no worker')", encoding="utf-8")
    with pytest.raises(RuntimeError, match="the search worker failed"):
        asking.Worker(tmp_path / "worker.js", "index.bin").ask("refund")


@pytest.mark.site
def test_without_its_index_search_is_unavailable(site: Path) -> None:
    script, _, _ = asking.worker_path(site).partition("#")
    assert asking.Worker(site / script, "none.bin").ask("refund")["unavailable"]


@pytest.mark.site
def test_the_command_asks_a_built_site(site: Path) -> None:
    command = (sys.executable, "-m", "helpcentre.search", "ask", site)
    done = subprocess.run(
        command,
        input="where is my refnd\ncall off my order\n",
        capture_output=True,
        encoding="utf-8",
        cwd=ROOT,
        env=OWN_ENVIRONMENT,
        check=True,
    )
    one, other = map(json.loads, done.stdout.splitlines())
    assert one["question"] == "where is my refnd"
    assert one["corrected"] == [{"typed": "refnd", "used": "refund"}]
    assert other["results"][0]["url"] == "cancellations/cancel-an-order/"


@pytest.mark.site
@pytest.mark.browser
def test_a_browser_answers_the_same(site: Path, browser: Browser) -> None:
    asked = [*(question.text for question in judged.read()[::10]), *hostile.QUESTIONS]
    asked += ["¿dónde está mi paquete?", "где моя посылка", "我的包裹在哪里", "أين طردي"]
    with serving(site) as address:
        tab = browser.new_page()
        shown = InBrowser(tab, address, site).ask(asked)
        tab.close()
    ours = InNode(site).ask(asked)
    assert [replace(answer, id=1) for answer in shown] == ours


@pytest.mark.slow
def test_without_phrases_an_article_is_found_by_the_words_of_its_title_in_any_order() -> None:
    pages = [replace(page, phrases=()) for page in articles(500)]
    search = search_of(*pages)
    by_url = {page.url: page for page in pages}
    chance = random.Random(4)
    found = 0
    for page in chance.sample(pages, 60):
        words = page.title.split()
        chance.shuffle(words)
        first = by_url[search.answer(" ".join(words))[0]]
        found += sorted(first.title.lower().split()) == sorted(page.title.lower().split())
    assert found >= 57
