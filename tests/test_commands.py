"""The commands of the README, as a newcomer runs them."""

import os
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from urllib.request import urlopen

import pytest
from playwright.sync_api import Page, expect

from tests.project import ROOT, Project, free_port, make, run

pytestmark = pytest.mark.slow


def test_make_build_makes_the_site(project: Project) -> None:
    outcome = run(*make(project, "build"), cwd=project.root)
    assert outcome.code == 0, outcome.output
    assert "site/" in outcome.output
    assert (project.root / "site/index.html").is_file()
    left = {path.name for path in (project.root / ".build").iterdir()}
    assert left == {"lock", "pages.json"}


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("docs/contact.md", "policy.customer_care_hours }}:", "policy.customer_hours }}:"),
        ("docs/contact.md", "(questions.md)", "(question.md)"),
        ("docs/contact.md", "Before you contact", "<a href='nowhere/'>Before</a> you contact"),
        ("policy.yml", "kind: range, min: ", "kind: range, min: 999"),
        ("overrides/main.html", "{% endblock %}", ""),
    ],
    ids=["value", "link", "raw link", "policy", "template"],
)
def test_a_failed_make_build_leaves_the_site_as_it_was(
    project: Project, file: str, old: str, new: str
) -> None:
    (project.root / "site").mkdir()
    (project.root / "site/index.html").write_text("the last good site", encoding="utf-8")
    project.edit(file, old, new)
    outcome = run(*make(project, "build"), cwd=project.root)
    assert outcome.code != 0
    assert [path.name for path in (project.root / "site").iterdir()] == ["index.html"]
    assert (project.root / "site/index.html").read_text(encoding="utf-8") == "the last good site"


def test_a_full_disk_leaves_the_site_as_it_was_and_no_half_of_another(small_disk: Path) -> None:
    project = Project.copy(small_disk / "project")
    (project.root / "site").mkdir()
    (project.root / "site/index.html").write_text("the last good site", encoding="utf-8")
    free = os.statvfs(small_disk).f_bavail * os.statvfs(small_disk).f_frsize
    (small_disk / "others").write_bytes(bytes(free - 500_000))
    outcome = run(*make(project, "build"), cwd=project.root)
    assert outcome.code != 0
    assert "No space left on device" in outcome.output
    assert "the build failed: site/ is as it was" in outcome.output
    assert [path.name for path in (project.root / "site").iterdir()] == ["index.html"]
    assert not (project.root / ".build/new").exists()
    (small_disk / "others").unlink()
    assert run(*make(project, "build"), cwd=project.root).code == 0


def test_a_build_puts_back_what_a_killed_one_left_aside(project: Project) -> None:
    (project.root / ".build/old-site").mkdir(parents=True)
    (project.root / ".build/old-site/index.html").write_text("the last good site", encoding="utf-8")
    project.edit("policy.yml", "kind: range, min: ", "kind: range, min: 999")
    outcome = run(*make(project, "build"), cwd=project.root)
    assert outcome.code != 0
    assert (project.root / "site/index.html").read_text(encoding="utf-8") == "the last good site"


def test_a_second_build_at_once_is_refused_and_harms_nothing(project: Project) -> None:
    first = subprocess.Popen(
        make(project, "build"), cwd=project.root, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )
    wait_until((project.root / ".build/new").exists)
    second = run(*make(project, "build"), cwd=project.root)
    first.communicate()
    assert first.returncode == 0
    assert second.code != 0
    assert "another build is at work here" in second.output
    assert (project.root / "site/index.html").is_file()


def test_a_preview_is_built_apart_and_leaves_the_site_as_it_was(project: Project) -> None:
    (project.root / "site").mkdir()
    outcome = run(*make(project, "SITE_AS_OF=2027-01-15", "build"), cwd=project.root)
    assert outcome.code == 0, outcome.output
    assert (project.root / "site-preview/index.html").is_file()
    assert not list((project.root / "site").iterdir())


def test_a_time_of_the_last_change_that_is_none_is_told(project: Project) -> None:
    for told in ("yesterday", "-1", "1" * 12):
        outcome = run(*make(project, f"SOURCE_DATE_EPOCH={told}", "build"), cwd=project.root)
        assert outcome.code != 0
        assert f"SOURCE_DATE_EPOCH: expected seconds since 1970, found '{told}'" in outcome.output


def test_a_site_that_is_a_link_is_refused(project: Project) -> None:
    (project.root / "elsewhere").mkdir()
    (project.root / "site").symlink_to("elsewhere")
    outcome = run(*make(project, "build"), cwd=project.root)
    assert outcome.code != 0
    assert "site is no folder" in outcome.output


def test_make_lists_its_targets(project: Project) -> None:
    outcome = run("make", cwd=project.root)
    for target in ("serve", "build", "test", "check"):
        assert f"make {target} " in outcome.output


def test_a_python_that_is_too_old_is_told(project: Project) -> None:
    outcome = run("make", "build", "PYTHON=", cwd=project.root)
    assert outcome.code != 0
    assert "Python 3.11 or newer is needed" in outcome.output


def test_without_a_browser_the_tests_say_what_to_do(tmp_path: Path) -> None:
    code = (
        "import sys, tests.browser as browser; browser.NAMES = browser.PLACES = ();"
        "browser._installers = lambda: [['true']]; sys.exit(browser.main())"
    )
    nowhere = {"PLAYWRIGHT_BROWSERS_PATH": str(tmp_path), "BROWSER_PATH": ""}
    outcome = run(sys.executable, "-c", code, cwd=ROOT, **nowhere)
    assert outcome.code == 1
    assert "sudo apt-get install chromium" in outcome.output


def test_a_browser_path_that_is_wrong_is_told() -> None:
    outcome = run(sys.executable, "-m", "tests.browser", cwd=ROOT, BROWSER_PATH="/no/such/chrome")
    assert outcome.code == 1
    assert outcome.output == "BROWSER_PATH names /no/such/chrome, which does not exist\n"


@contextmanager
def serving(project: Project) -> Iterator[tuple[str, Path]]:
    """Run `make serve`; yield its address once it answers, and the file with what it prints."""
    address = f"127.0.0.1:{free_port()}"
    log = project.root / "serve.log"
    with log.open("w") as output:
        server = subprocess.Popen(
            make(project, "serve", f"ADDR={address}"),
            cwd=project.root,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        wait_until(lambda: f"Serving on http://{address}/" in log.read_text(), log)
        yield f"http://{address}/", log
    finally:
        os.killpg(server.pid, 15)
        server.wait()


def wait_until(true: Callable[[], bool], log: Path | None = None) -> None:
    """Wait until `true` holds, for a minute at most."""
    for _ in range(600):
        if true():
            return
        time.sleep(0.1)
    pytest.fail(f"waited a minute in vain: {log.read_text() if log else ''}")


def tells(log: Path, words: str, start: int) -> bool:
    """Return whether `words` stand in `log` after its first `start` characters."""
    return words in log.read_text()[start:]


def asset(url: str) -> str:
    """Return the address of a page's stylesheet, from the site's root; nothing if it cannot be had."""
    with suppress(OSError), urlopen(url, timeout=5) as page:  # noqa: S310 - our own server
        if found := re.search(r"assets/style\.\w+\.css", page.read().decode()):
            return found[0]
    return ""


def shows(url: str, pattern: str) -> bool:
    """Return whether the page has `pattern` in it; a server at work may answer late, or not."""
    try:
        with urlopen(url, timeout=5) as page:  # noqa: S310 - our own server
            return bool(re.search(pattern, page.read().decode()))
    except OSError:
        return False


def test_make_serve_shows_every_change(project: Project) -> None:
    with serving(project) as (address, log):
        refund = f"{address}refunds/when-will-i-receive-my-refund/"
        assert shows(refund, r"\d+ to \d+ business days")

        project.edit("docs/contact.md", "Before you contact", "Before you write to")
        wait_until(lambda: shows(f"{address}contact/", "Before you write to"), log)

        project.edit("docs/contact.md", "title: How do I", "title: How could I")
        wait_until(lambda: shows(f"{address}questions/", ">How could I"), log)

        project.edit("docs/assets/style.css", "/*", "p { color: #123456 }\n/*")
        wait_until(lambda: shows(f"{address}{asset(refund)}", "color:#123456"), log)

        project.edit(
            "flows/can-i-still-cancel.yml", "ask: What is the order status?", "ask: Which status?"
        )
        wait_until(lambda: shows(f"{address}cancellations/cannot-cancel/", "Which status?"), log)

        project.edit("policy.yml", "unit: business day}", "unit: day}")
        wait_until(lambda: shows(refund, r"\d+ to \d+ days"), log)

        project.edit("macros/wording.py", '"other": "{count} days"', '"other": "{count} sunrises"')
        wait_until(lambda: shows(refund, r"\d+ to \d+ sunrises"), log)

        project.edit("overrides/partials/next.html", ">Where to go next<", ">What to read next<")
        wait_until(lambda: shows(refund, "What to read next"), log)

        project.edit("mkdocs.yml", "site_name: Aleigro Help Centre", "site_name: Aleigro Help")
        wait_until(lambda: shows(refund, "Aleigro Help</title>"), log)


@pytest.mark.browser
def test_make_serve_finds_a_page_by_its_new_words(project: Project, tab: Page) -> None:
    with serving(project) as (address, log):
        project.edit("docs/contact.md", "Before you contact", "Before you telegraph")
        project.edit("docs/glossary.md", "  - glossary\n", "  - lexicon\n")
        wait_until(lambda: shows(f"{address}contact/", "Before you telegraph"), log)
        for word, page in (("telegraph", "contact/"), ("lexicon", "glossary/")):
            tab.goto(f"{address}questions/?q={word}")
            first = tab.locator(".md-search-result__link").first
            expect(first).to_have_attribute("href", re.compile(page))


def test_make_serve_outlives_mistakes_and_shows_what_is_mended(project: Project) -> None:
    """Each file is broken, told, and mended; the server lives, and shows the mended page."""
    mistakes = (
        ("docs/contact.md", "policy.customer_care_hours }}:", "policy.hours }}:", "unknown value 'policy.hours'"),
        ("docs/contact.md", "sources: [F1]", "sources: [", "docs/contact.md:"),
        ("docs/contact.md", "(questions.md)", "(question.md)", "question.md"),
        ("policy.yml", "kind: range", "kind: rnge", "expected one of 'range'"),
        ("macros/wording.py", "def wording(", "def wording((", "SyntaxError"),
        ("macros/values.py", "return words.country(self.country)", "return words.city(self.country)", "has no attribute 'city'"),
        ("overrides/main.html", "{% extends", "{% extend", "overrides/main.html"),
        ("mkdocs.yml", "site_name:", "site_nmae:", "site_nmae"),
    )  # fmt: skip
    with serving(project) as (address, log):
        for n, (file, good, bad, told) in enumerate(mistakes):
            before = len(log.read_text())
            project.edit(file, good, bad)
            wait_until(partial(tells, log, told, before), log)
            project.edit(file, bad, good)
            project.edit("docs/contact.md", "Before you contact", f"{n} Before you contact")
            wait_until(partial(shows, f"{address}contact/", f"{n} Before you contact"), log)
