"""The commands of the README, as a newcomer runs them."""

import os
import re
import signal
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

from macros.policy import FILE as POLICY
from tests.project import ROOT, Outcome, Project, free_port, make, run

pytestmark = pytest.mark.slow

REFUND = "docs/refunds/when-will-i-receive-my-refund.md"
STATUS = "docs/refunds/check-refund-status.md"
CONTACT = "docs/contact.md"
TEXTS = "languages/en/texts.yml"
LAST_GOOD = "the last good site"


def build(project: Project, *arguments: str) -> Outcome:
    """Run `make build`."""
    return run(*make(project, *arguments, "build"), cwd=project.root)


def test_make_build_makes_the_site(project: Project) -> None:
    outcome = build(project)
    assert outcome.code == 0, outcome.output
    assert "site/" in outcome.output
    assert (project.root / "site/index.html").is_file()
    assert {path.name for path in (project.root / ".build").iterdir()} <= {"lock", "calendars.json"}


MISTAKES: dict[str, list[tuple[str, str, str, str]]] = {
    "value": [
        (CONTACT, "policy.customer_care_hours }}:", "policy.customer_hours }}:", "{file}:{line}: unknown value 'policy.customer_hours'")
    ],
    "policy": [
        (POLICY, "kind: range, min: ", "kind: range, min: 999", "{file}:{line}: 'values.refund_arrival.value': expected min to be at most max"),
    ],
    "code": [
        (REFUND, "title: When will I receive my refund?", "title: \"{% print(cycler.__init__.__globals__.os.system('touch ran')) %}\"", "{file}:{line}: 'title': a title cannot use values"),
    ],
    "template": [("theme/main.html", "{% extends", "{% extend", "{file}:{line}: ")],
    "links": [
        (STATUS, "(open-a-dispute.md)", "(open-a-dispte.md)", "{file}:{line}: the link 'open-a-dispte.md' is broken: no such page or file"),
        (CONTACT, "(questions.md)", "(questions.md#nowhere)", "{file}:{line}: the link '../questions/#nowhere' is broken: that page has no anchor 'nowhere'"),
        (REFUND, "The time varies with the bank.", "The time varies with <a href='../your-bank/'>your bank</a>.", "{file}:{line}: the link '../your-bank/' is broken: no such page or file"),
        ("docs/glossary.md", "\n## ", "\n<img src='bank.png' alt=''>\n\n## ", "{file}:{line}: the link 'bank.png' is broken: no such page or file"),
    ],
    "link of a template": [
        ("theme/partials/next.html", "<ul", "<p><a href='nowhere/'>Nowhere</a></p>\n  <ul", "site/contact/index.html:1: the link 'nowhere/' is broken: no such page or file; it comes from a template"),
    ],
}  # fmt: skip
"""One of each kind that a build finds, or all that it finds at once."""


@pytest.mark.parametrize("kind", MISTAKES)
def test_a_failed_build_says_where_the_mistakes_are_and_leaves_the_site_as_it_was(
    project: Project, kind: str
) -> None:
    (project.root / "site").mkdir()
    (project.root / "site/index.html").write_text(LAST_GOOD, encoding="utf-8")
    expected = []
    for file, old, new, message in MISTAKES[kind]:
        project.edit(file, old, new)
        expected.append(message.format(file=file, line=project.line_of(file, new.strip())))
    outcome = build(project)
    assert outcome.code != 0
    assert [message for message in expected if message not in outcome.output] == [], outcome.output
    assert "Traceback" not in outcome.output
    assert [path.name for path in (project.root / "site").iterdir()] == ["index.html"]
    assert (project.root / "site/index.html").read_text(encoding="utf-8") == LAST_GOOD
    assert not list(project.root.rglob("ran"))


def test_a_setting_that_is_not_valid_stops_the_build(project: Project) -> None:
    """For each setting see lint/test_planted_mistakes.py."""
    outcome = project.build(CONTACT_URL="javascript:alert(1)")
    assert outcome.code != 0
    assert "contact_url (CONTACT_URL): expected https://... or mailto:..." in outcome.output
    assert "Traceback" not in outcome.output


def test_a_full_disk_leaves_the_site_as_it_was_and_no_unfinished_one(small_disk: Path) -> None:
    project = Project.copy(small_disk / "project")
    (project.root / "site").mkdir()
    (project.root / "site/index.html").write_text(LAST_GOOD, encoding="utf-8")
    free = os.statvfs(small_disk).f_bavail * os.statvfs(small_disk).f_frsize
    (small_disk / "others").write_bytes(bytes(free - 500_000))
    # Python may leave half of a .pyc on a full disk, which it cannot read later: an EOFError.
    without_pyc = {"PYTHONDONTWRITEBYTECODE": "1"}
    outcome = run(*make(project, "build"), cwd=project.root, **without_pyc)
    assert outcome.code != 0
    assert "No space left on device" in outcome.output
    assert "the build failed: site/ is unchanged" in outcome.output
    assert [path.name for path in (project.root / "site").iterdir()] == ["index.html"]
    assert not (project.root / ".build/new").exists()
    (small_disk / "others").unlink()
    assert build(project).code == 0


def test_a_build_restores_the_site_that_a_killed_one_had_moved_away(project: Project) -> None:
    (project.root / ".build/old-site").mkdir(parents=True)
    (project.root / ".build/old-site/index.html").write_text(LAST_GOOD, encoding="utf-8")
    project.edit(POLICY, "kind: range, min: ", "kind: range, min: 999")
    assert build(project).code != 0
    assert (project.root / "site/index.html").read_text(encoding="utf-8") == LAST_GOOD


def test_a_second_build_into_the_same_site_is_refused_and_harms_nothing(project: Project) -> None:
    first = subprocess.Popen(
        make(project, "build"),
        cwd=project.root,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        start_new_session=True,
    )
    wait_until((project.root / ".build/new").exists)
    os.killpg(first.pid, signal.SIGSTOP)
    second = build(project)
    os.killpg(first.pid, signal.SIGCONT)
    first.communicate()
    assert first.returncode == 0
    assert second.code != 0
    assert "another build is running here" in second.output
    assert (project.root / "site/index.html").is_file()


def test_a_preview_is_built_apart_and_leaves_the_site_as_it_was(project: Project) -> None:
    (project.root / "site").mkdir()
    outcome = build(project, "SITE_AS_OF=2027-01-15")
    assert outcome.code == 0, outcome.output
    assert (project.root / "site-preview/index.html").is_file()
    assert not list((project.root / "site").iterdir())


@pytest.mark.parametrize("epoch", ["yesterday", "-1", "1" * 12])
def test_a_time_of_the_last_change_that_is_not_valid_is_an_error(
    project: Project, epoch: str
) -> None:
    outcome = build(project, f"SOURCE_DATE_EPOCH={epoch}")
    assert outcome.code != 0
    assert f"SOURCE_DATE_EPOCH: expected seconds since 1970, found '{epoch}'" in outcome.output


def test_a_site_that_is_a_symbolic_link_is_refused(project: Project) -> None:
    (project.root / "elsewhere").mkdir()
    (project.root / "site").symlink_to("elsewhere")
    outcome = build(project)
    assert outcome.code != 0
    assert "site is not a directory" in outcome.output


def test_make_lists_its_targets(project: Project) -> None:
    outcome = run("make", cwd=project.root)
    for target in ("serve", "build", "test", "check"):
        assert f"make {target} " in outcome.output


def test_what_a_desktop_calls_its_language_names_no_translations(project: Project) -> None:
    outcome = run(*make(project, "--dry-run", "translations"), cwd=ROOT, LANGUAGE="en_US:en")
    assert outcome.code == 0
    assert "en_US" not in outcome.output


def test_a_missing_or_old_python_is_reported(project: Project) -> None:
    outcome = run("make", "build", "PYTHON=", cwd=project.root)
    assert outcome.code != 0
    assert "Python 3.11 or newer is needed" in outcome.output


def test_without_a_browser_the_tests_explain_what_to_do(tmp_path: Path) -> None:
    code = (
        "import sys, tests.browser as browser; browser.NAMES = browser.PLACES = ();"
        "browser._OWN, browser._by_apt = ['false'], lambda *packages: [['false']];"
        "sys.exit(browser.main())"
    )
    nowhere = {"PLAYWRIGHT_BROWSERS_PATH": str(tmp_path), "BROWSER_PATH": ""}
    outcome = run(sys.executable, "-c", code, cwd=ROOT, **nowhere)
    assert outcome.code == 1
    assert outcome.output.splitlines()[1:3] == ["+ false", "+ false"]  # both ways were tried
    assert "sudo apt-get install chromium" in outcome.output


def test_a_wrong_browser_path_is_reported() -> None:
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
        os.killpg(server.pid, signal.SIGKILL)
        server.wait()


def wait_until(true: Callable[[], bool], log: Path | None = None) -> None:
    """Wait until `true` holds. Fails after five minutes, which no machine needs."""
    end = time.monotonic() + 300
    while time.monotonic() < end:
        if true():
            return
        time.sleep(0.1)
    pytest.fail(f"nothing happened: {log.read_text() if log else ''}")


def prints(log: Path, words: str, start: int) -> bool:
    """Return whether `log` has `words` after its first `start` characters."""
    return words in log.read_text()[start:]


def asset(url: str) -> str:
    """Return the address of a page's stylesheet, from the site's root; nothing if it cannot be had."""
    with suppress(OSError), urlopen(url, timeout=60) as page:  # noqa: S310 - our own server
        if found := re.search(r"assets/style\.\w+\.css", page.read().decode()):
            return found[0]
    return ""


def shows(url: str, pattern: str) -> bool:
    """Return whether the page has `pattern`; a server that is busy may answer late, or not."""
    try:
        with urlopen(url, timeout=60) as page:  # noqa: S310 - our own server
            return bool(re.search(pattern, page.read().decode()))
    except OSError:
        return False


def test_make_serve_shows_every_change(project: Project) -> None:
    with serving(project) as (address, log):
        refund = f"{address}refunds/when-will-i-receive-my-refund/"
        assert shows(refund, r"\d+ to \d+ business days")

        project.edit(CONTACT, "Before you contact", "Before you write to")
        wait_until(lambda: shows(f"{address}contact/", "Before you write to"), log)

        project.edit(CONTACT, "title: How do I", "title: How could I")
        wait_until(lambda: shows(f"{address}questions/", ">How could I"), log)

        project.edit("theme/assets/style.css", "/*", "p { color: #123456 }\n/*")
        wait_until(lambda: shows(f"{address}{asset(refund)}", "color:#123456"), log)

        project.edit(
            "languages/en/flows/can-i-still-cancel.yml",
            "text: What is the order status?",
            "text: Which status?",
        )
        wait_until(lambda: shows(f"{address}cancellations/cannot-cancel/", "Which status?"), log)

        project.edit(POLICY, "unit: business day}", "unit: day}")
        wait_until(lambda: shows(refund, r"\d+ to \d+ days"), log)

        project.edit(TEXTS, "where_next: Where to go next", "where_next: What to read next")
        wait_until(lambda: shows(refund, "What to read next"), log)

        project.edit("mkdocs.yml", "  - Orders:", "  - Your orders:")
        wait_until(lambda: shows(refund, "Your orders"), log)


@pytest.mark.browser
def test_search_under_serve_finds_a_page_by_its_new_words_once_it_has_no_mistakes(
    project: Project, tab: Page
) -> None:
    """For what is made of a failed build see tests/site/test_serve.py."""
    tab.route(
        "**/livereload/**", lambda route: route.abort()
    )  # the tab is loaded by this test only
    with serving(project) as (address, log):
        project.edit(CONTACT, "Before you contact", "Before you telegraph")
        wait_until(lambda: shows(f"{address}contact/", "Before you telegraph"), log)
        tab.goto(f"{address}questions/?q=telegraph")
        first = tab.locator(".search ol a").first
        expect(first).to_have_attribute("href", f"{address}contact/", timeout=60_000)

        before = len(log.read_text())
        project.edit("docs/glossary.md", "when you track", "when you semaphore")
        project.edit(REFUND, "sources: [", "sources: [F99, ")
        wait_until(partial(prints, log, "unknown fact 'F99'", before), log)
        tab.locator(".search input").fill("telegraph us")  # the open page has the last good index
        expect(first).to_have_attribute("href", f"{address}contact/")

        project.edit(REFUND, "sources: [F99, ", "sources: [")
        wait_until(lambda: shows(f"{address}contact/", "Before you telegraph"), log)
        tab.goto(f"{address}questions/?q=semaphore")
        expect(first).to_have_attribute("href", f"{address}glossary/", timeout=60_000)


def test_make_serve_survives_mistakes_and_shows_what_is_corrected(project: Project) -> None:
    """Each file is broken, reported, and corrected; the server lives, and shows the new page."""
    mistakes = (
        (CONTACT, "policy.customer_care_hours }}:", "policy.hours }}:", "unknown value 'policy.hours'"),
        (CONTACT, "sources: [F1]", "sources: [", "docs/contact.md:"),
        (CONTACT, "(questions.md)", "(question.md)", "question.md"),
        (POLICY, "kind: range", "kind: rnge", "expected one of 'range'"),
        ("theme/main.html", "{% extends", "{% extend", "theme/main.html"),
        ("mkdocs.yml", "site_name:", "site_nmae:", "site_nmae"),
    )  # fmt: skip
    with serving(project) as (address, log):
        for n, (file, good, bad, message) in enumerate(mistakes):
            before = len(log.read_text())
            project.edit(file, good, bad)
            wait_until(partial(prints, log, message, before), log)
            project.edit(file, bad, good)
            project.edit(CONTACT, "Before you contact", f"{n} Before you contact")
            wait_until(partial(shows, f"{address}contact/", f"{n} Before you contact"), log)
