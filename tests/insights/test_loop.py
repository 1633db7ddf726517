"""The loop is closed: shoppers ask, the host logs, the report names it, a writer adds it, search has it."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from helpcentre import content
from helpcentre.content import phrases
from helpcentre.search import phrasings
from macros.layout import SITE
from tests import servers
from tests.deploy.test_insights_log import lines
from tests.deploy.test_recipes import commands, shell
from tests.project import Project, free_port
from tests.site.test_insights import ask
from tests.site.test_search import RESULTS

pytestmark = [pytest.mark.browser, pytest.mark.slow]

PAGES = {
    "the drone dropped my box on a roof": "orders/not-received.md",
    "the kettle leaks": "refunds/open-a-dispute.md",
    "the porch is empty": "orders/not-received.md",
}
"""Questions that nobody foresaw, with the pages that answer them."""


def not_first(project: Project) -> tuple[str, str]:
    """Return a question of PAGES whose page is not the first yet."""
    read = content.read(project.root)
    now = phrasings.search_of(read, phrasings.articles_of(read, project.root / SITE))
    for question, source in PAGES.items():
        if phrasings.place(question, [read.pages[source].url], now) != 1:
            return question, source
    raise AssertionError("all pages are first: think of other questions")


@pytest.fixture
def recipe(project: Project, tmp_path: Path) -> tuple[list[str], str, Path]:
    """The commands of the recipe, where they serve the site, and the log."""
    address, log = f"http://127.0.0.1:{free_port()}", tmp_path / "log/insights.log"
    log.parent.mkdir()
    ours = {
        "scp \"user@host:/var/log/help-centre/insights*\" .": f"cp {log.parent}/insights* .",
        " --certificate /etc/ssl/help.example.com.pem --key /etc/ssl/private/help.example.com.key": "",
        "https://help.example.com/": f"{address}/",
        "/srv/help-centre/current": str(tmp_path / "srv/current"),
        "user@host:/srv/help-centre": str(tmp_path / "srv"),
        "/var/log/help-centre/insights.log": str(log),
        "--listen 443": f"--listen {address.removeprefix('http://')}",
    }  # fmt: skip
    (tmp_path / "srv").mkdir()
    return commands(project, "insights", ours), address, log


def test_a_question_that_nobody_foresaw_is_first_once_the_report_was_read(
    project: Project, tab: Page, recipe: tuple[list[str], str, Path]
) -> None:
    steps, address, log = recipe
    nginx, rotation, caddy, publish, fetch, report = steps
    for step in (nginx, rotation, caddy):
        shell(project, step)
    config = (project.root / "help-centre.conf").read_text(encoding="utf-8")
    with servers.nginx_by(config, address):
        shell(project, publish)
        question, source = not_first(project)
        page = source.removesuffix(".md")
        tab.goto(f"{address}/")
        ask(tab, question)
        expect(tab.locator(RESULTS).first).not_to_have_attribute("href", f"{address}/{page}/")
        tab.keyboard.press("Escape")
        tab.goto(f"{address}/{page}/")
        tab.get_by_role("button", name="No", exact=True).click()
        logged = lines(log, 2)
        assert [line.split("&")[0][11:] for line in logged] == ["event=unanswered", "event=vote"]

        shell(project, fetch)
        outcome = shell(project, report, SITE_AS_OF="")
        assert f" 1. {question}\n    No answer, 1 time on 1 day\n" in outcome.output

        file = project.root / phrases.file_of(f"docs/{source}")
        file.write_text(f"{file.read_text(encoding='utf-8')}{question}\n", encoding="utf-8")
        shell(project, publish)
        tab.goto(f"{address}/?q={question.replace(' ', '+')}")
        expect(tab.locator(RESULTS).first).to_have_attribute("href", f"{address}/{page}/")
