"""What tests share: the built site, a server for it, a copy to break, a real browser."""

import json
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from helpcentre.site import headers, manifest
from tests import browser as browsers
from tests.project import LINTED, MKDOCS, OWN_ENVIRONMENT, ROOT, SMALL_DISK, Project, once, run
from tests.site_server import serving

SLOW = ("site", "browser", "slow")
"""The marks of tests that `make test-fast` leaves out."""

MEMORY, ROOM = Path("/dev/shm"), 2_000_000_000  # noqa: S108 - a folder of its own is made there
"""Where Linux has a disk in memory, and the bytes that must be free there; a run needs a fifth."""
SCRATCH = pytest.StashKey[Path]()


def has_room(folder: Path) -> bool:
    """Return whether the files of tests, among which are programs, can be kept in a folder."""
    if not (folder.is_dir() and os.access(folder, os.W_OK)):
        return False
    disk = os.statvfs(folder)
    return not disk.f_flag & os.ST_NOEXEC and disk.f_bavail * disk.f_frsize > ROOM


def pytest_sessionstart(session: pytest.Session) -> None:
    """Keep temporary files in memory if there is room: a run makes a hundred thousand.

    If a test fails, they stay until the next run.
    """
    if "PYTEST_XDIST_WORKER" in os.environ:
        return  # it has inherited TMPDIR
    for old in MEMORY.glob("tests-*-*"):
        with suppress(FileNotFoundError):  # another run may remove it
            is_own = old.stat().st_uid == os.geteuid()
            if is_own and not Path("/proc", old.name.split("-")[1]).exists():
                shutil.rmtree(old, ignore_errors=True)
    if has_room(MEMORY):
        own = Path(tempfile.mkdtemp(prefix=f"tests-{os.getpid()}-", dir=MEMORY))
        session.config.stash[SCRATCH] = own
        os.environ["TMPDIR"] = OWN_ENVIRONMENT["TMPDIR"] = tempfile.tempdir = str(own)


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """Remove temporary files, unless a test failed."""
    if not session.testsfailed and SCRATCH in session.config.stash:
        shutil.rmtree(session.config.stash[SCRATCH], ignore_errors=True)


def is_slow(test: pytest.Item) -> bool:
    """Return whether `make test-fast` leaves a test out."""
    return any(map(test.get_closest_marker, SLOW))


@pytest.fixture(scope="session")
def shared(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """A folder that all workers of this run share, and no other run."""
    own = tmp_path_factory.getbasetemp()
    return own if worker_id == "master" else own.parent


def build(folder: Path, root: Path = ROOT, **environment: str) -> None:
    """Build the project at `root` into `folder`, as a site that may be published."""
    outcome = run(MKDOCS, "build", "--site-dir", folder, cwd=root, **environment)
    assert outcome.code == 0, outcome.output
    # Built for a day that is not today it is a preview, which would never be published.
    version = json.loads((folder / manifest.VERSION).read_text(encoding="utf-8"))
    del version[manifest.PREVIEW]
    (folder / manifest.VERSION).write_text(json.dumps(version) + "\n", encoding="utf-8")
    manifest.write_checksums(folder)


@pytest.fixture(scope="session")
def site(shared: Path) -> Path:
    """The built site, for the root of a host."""
    return once(shared, "site", lambda folder: build(folder, SITE_URL="", CONTACT_URL=""))


@pytest.fixture(scope="session")
def site_of_one_language(shared: Path) -> Path:
    """The built site without translations: a fifth of the files, for tests that copy all of it."""

    def make(folder: Path) -> None:
        copy = Project.copy(shared / "project-of-one-language")
        build(folder, copy.root, SITE_URL="", CONTACT_URL="")

    return once(shared, "site-of-one-language", make)


@pytest.fixture(scope="session")
def address(site: Path) -> Iterator[str]:
    """Where the built site is served, with the headers that a host should send."""
    with serving(site, headers=headers.headers()) as url:
        yield url


@pytest.fixture(scope="session")
def help_site(shared: Path) -> Path:
    """The site built for the path /help/ of a host."""
    return once(
        shared, "help-site", lambda folder: build(folder, SITE_URL="https://host.example/help/")
    )


@pytest.fixture(scope="session")
def help_address(help_site: Path) -> Iterator[str]:
    """Where the site for /help/ is served."""
    with serving(help_site, "/help/", headers.headers()) as url:
        yield url


CONTACT_URL, INSIGHTS_URL = "https://shop.example/care?a=1&b=2", "/insights"


@pytest.fixture(scope="session")
def settings_site(shared: Path) -> Path:
    """The built site, with an address of customer care and one where it counts."""
    return once(
        shared,
        "settings-site",
        lambda folder: build(folder, CONTACT_URL=CONTACT_URL, INSIGHTS_URL=INSIGHTS_URL),
    )


@pytest.fixture
def counting_address(settings_site: Path) -> Iterator[str]:
    """Where a site is served that counts on its own host; nobody answers there."""
    with serving(settings_site, headers=headers.headers()) as url:
        yield url


@pytest.fixture
def project(tmp_path: Path, request: pytest.FixtureRequest) -> Project:
    """A copy of the project that a test may break: in a fast test, of what the lint reads."""
    return Project.copy(tmp_path / "project", *([] if is_slow(request.node) else LINTED))


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of its own that is soon full; root's right to mount one is needed for it."""
    folder = tmp_path / "small"
    folder.mkdir()
    sudo = [] if os.geteuid() == 0 else ["sudo", "--non-interactive"]
    size = f"size={SMALL_DISK},mode=777"
    mount = [*sudo, "mount", "-t", "tmpfs", "-o", size, "tmpfs", str(folder)]
    if subprocess.run(mount, check=False).returncode:
        pytest.skip("nobody may mount a file system here")
    yield folder
    subprocess.run([*sudo, "umount", "--lazy", str(folder)], check=True)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A real Chrome or Chromium. The tests fail, and never skip, where there is none."""
    with sync_playwright() as playwright:
        running = browsers.launch(playwright)
        yield running
        running.close()


@pytest.fixture
def tab(browser: Browser) -> Iterator[Page]:
    """A fresh tab the size of a small phone.

    A script error fails the test, and so does anything that the content security policy refuses.
    """
    context = browser.new_context(viewport={"width": 390, "height": 844}, locale="en-US")
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on(
        "console", lambda message: errors.append(message.text) if refused(message.text) else None
    )
    yield page
    context.close()
    assert errors == []


def refused(message: str) -> bool:
    """Return whether a message of the browser's console is about our content security policy."""
    return "Content Security Policy" in message
