"""Publishing by rsync to a folder that a real nginx serves: never half, also if it is killed."""

import os
import random
import re
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import urljoin
from urllib.request import urlopen

import pytest

from publish import finish
from publish.release import KEPT
from tests import servers
from tests.project import OWN_ENVIRONMENT, ROOT, Outcome, run

pytestmark = [pytest.mark.site, pytest.mark.slow]

KILLS = int(os.environ.get("KILLS", "4"))
"""`make test-release` says 100."""
PROGRAM = (sys.executable, "-m", "publish.release")
ENVIRONMENT = {"SITE_AS_OF": "", "PYTHONPATH": str(ROOT)}


def edition(site: Path, folder: Path, name: str) -> Path:
    """Return a copy of the built site that says `name` on every page, in a stylesheet of its own."""
    copy = Path(shutil.copytree(site, folder / name / "site"))
    (style,) = (copy / "assets").glob("style.*.css")
    style.rename(style.with_name(f"style.{name}.css"))
    (copy / f"assets/style.{name}.css").write_text(f"/* {name} */", encoding="utf-8")
    for page in copy.rglob("*.html"):
        text = page.read_text(encoding="utf-8").replace(style.name, f"style.{name}.css")
        page.write_text(text.replace("</title>", f" {name}</title>"), encoding="utf-8")
    (copy / "version.json").write_text(f'{{"commit": "{name}"}}', encoding="utf-8")
    finish.write_checksums(copy)
    return copy


@pytest.fixture(scope="module")
def editions(site: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Two sites of which no page is the same."""
    folder = tmp_path_factory.mktemp("editions")
    return {name: edition(site, folder, name) for name in ("0123456789", "abcdefabcd")}


@pytest.fixture
def to(tmp_path: Path) -> Path:
    """Where releases go."""
    return tmp_path / "srv/help centre"


@pytest.fixture
def served(tmp_path: Path) -> Iterator[tuple[Path, str]]:
    """Where releases go, and the address at which nginx serves the current one."""
    folder = tmp_path / "srv/help"
    with servers.nginx(folder / "current") as address:
        yield folder, address


def publish(to: Path, site: Path, **environment: str) -> Outcome:
    return run(
        *PROGRAM, str(to), "--site", site, "--seconds=2", cwd=ROOT, **ENVIRONMENT | environment
    )


def shown(to: Path) -> str:
    """Return the edition that is published."""
    found = re.search(r"(\w+)</title>", (to / "current/index.html").read_text(encoding="utf-8"))
    assert found
    return found[1]


def test_a_release_takes_the_place_of_the_one_before(to: Path, editions: dict[str, Path]) -> None:
    for name, site in editions.items():
        outcome = publish(to, site)
        assert outcome.code == 0, outcome.output
        assert outcome.output.startswith("Published as releases/")
        assert shown(to) == name
    assert len(list((to / "releases").iterdir())) == 2


def test_it_carries_the_hashed_files_of_the_one_before_and_no_older_ones(
    to: Path, editions: dict[str, Path], tmp_path: Path
) -> None:
    first, second = editions.values()
    third = edition(first, tmp_path, "third")
    for site in (first, second):
        publish(to, site)
    assert (to / "current/assets/style.0123456789.css").read_text() == "/* 0123456789 */"
    publish(to, third)
    names = {path.name for path in (to / "current/assets").glob("style.*.css")}
    assert names == {"style.abcdefabcd.css", "style.third.css"}


def test_a_change_that_keeps_size_and_time_is_published(
    to: Path, editions: dict[str, Path], tmp_path: Path
) -> None:
    site = Path(shutil.copytree(next(iter(editions.values())), tmp_path / "copy"))
    publish(to, site)
    page = site / "contact/index.html"
    before = page.stat()
    text = page.read_text(encoding="utf-8")
    page.write_text(text.replace("customer", "custemor"), encoding="utf-8")
    os.utime(page, ns=(before.st_atime_ns, before.st_mtime_ns))
    publish(to, site)
    assert "custemor" in (to / "current/contact/index.html").read_text(encoding="utf-8")


def test_old_releases_go_and_the_last_few_stay(to: Path, editions: dict[str, Path]) -> None:
    site = next(iter(editions.values()))
    for _ in range(KEPT + 2):
        assert publish(to, site).code == 0
    assert len(list((to / "releases").iterdir())) == KEPT


def test_one_can_go_back(to: Path, editions: dict[str, Path]) -> None:
    first, second = editions
    for site in editions.values():
        publish(to, site)
    assert shown(to) == second
    outcome = run(*PROGRAM, str(to), "--back", cwd=ROOT, **ENVIRONMENT)
    assert outcome.output.startswith("Published again: releases/")
    assert shown(to) == first
    again = run(*PROGRAM, str(to), "--back", cwd=ROOT, **ENVIRONMENT)
    assert (again.code, again.output) == (1, "there is no older release to go back to\n")
    assert shown(to) == first


def test_a_release_that_the_site_does_not_show_is_taken_back(
    served: tuple[Path, str], editions: dict[str, Path], tmp_path: Path
) -> None:
    to, address = served
    first, second = editions.values()
    assert publish(to, first, SITE_URL=address).code == 0
    broken = Path(shutil.copytree(second, tmp_path / "broken"))
    (broken / "index.html").unlink()
    outcome = publish(to, broken, SITE_URL=address)
    assert outcome.code == 1
    assert "is published again" in outcome.output
    assert shown(to) == next(iter(editions))
    assert publish(to, second, SITE_URL=address).code == 0


def test_two_do_not_publish_at_once(to: Path, editions: dict[str, Path]) -> None:
    site = next(iter(editions.values()))
    publish(to, site)
    holder = subprocess.Popen(["flock", str(to / ".lock"), "sleep", "60"], start_new_session=True)
    time.sleep(0.5)
    outcome = publish(to, site)
    os.killpg(holder.pid, signal.SIGKILL)
    holder.wait()
    assert (outcome.code, outcome.output) == (
        1,
        "somebody else is publishing there: wait, and try again\n",
    )
    assert publish(to, site).code == 0


def test_a_failure_leaves_the_old_site_and_says_what_to_do(
    to: Path, editions: dict[str, Path], tmp_path: Path
) -> None:
    first, second = editions.values()
    publish(to, first)
    no_rsync = tmp_path / "bin"
    no_rsync.mkdir()
    (no_rsync / "rsync").write_text("#!/bin/sh\necho No space left on device >&2; exit 11\n")
    (no_rsync / "rsync").chmod(0o755)
    outcome = publish(to, second, PATH=f"{no_rsync}:{os.environ['PATH']}")
    assert outcome.code == 1
    assert "the site is as it was" in outcome.output
    assert shown(to) == next(iter(editions))
    assert not (to / "releases/.new").exists()
    (no_rsync / "ssh").write_text("#!/bin/sh\necho Permission denied >&2; exit 255\n")
    (no_rsync / "ssh").chmod(0o755)
    elsewhere = run(
        *PROGRAM,
        "me@host.example:/srv/x",
        "--site",
        second,
        cwd=ROOT,
        **ENVIRONMENT | {"PATH": f"{no_rsync}:{os.environ['PATH']}"},
    )
    assert elsewhere.code == 1
    assert "Permission denied" in elsewhere.output
    assert "nothing can be written to me@host.example:/srv/x" in elsewhere.output


def test_what_is_no_site_or_a_preview_is_not_published(
    to: Path, tmp_path: Path, editions: dict[str, Path]
) -> None:
    outcome = publish(to, tmp_path)
    assert (outcome.code, "run 'make build' first" in outcome.output) == (1, True)
    outcome = publish(to, next(iter(editions.values())), SITE_AS_OF="2027-01-15")
    assert (outcome.code, "a preview is never published" in outcome.output) == (1, True)
    assert not to.exists()


class Reader(threading.Thread):
    """Reads pages and, a moment later, the stylesheets that they name; keeps what was wrong."""

    def __init__(self, address: str) -> None:
        super().__init__(daemon=True)
        self.address, self.wrong, self.read, self.ended = address, [], 0, False  # type: ignore[var-annotated]

    def run(self) -> None:
        while not self.ended:
            try:
                with urlopen(  # noqa: S310 - our own server
                    urljoin(self.address, random.choice(("", "contact/", "orders/"))), timeout=120
                ) as answer:
                    page, url = answer.read().decode(), answer.url
                found = re.search(r"style\.(\w+)\.css", page)
                edition = re.search(r"(\w+)</title>", page)
                if not page.endswith("</html>\n") and not page.endswith("</html>"):
                    self.wrong.append(f"{url}: {len(page)} characters, not whole")
                elif not found or not edition or found[1] != edition[1]:
                    self.wrong.append(f"{url}: a page of two editions")
                else:
                    time.sleep(random.uniform(0, 0.05))
                    style = page[: found.start()].rpartition('"')[2] + found[0]
                    with urlopen(urljoin(url, style), timeout=120) as answer:  # noqa: S310
                        if answer.read().decode() != f"/* {found[1]} */":
                            self.wrong.append(f"{style} is another's")
                self.read += 1
            except HTTPError as error:
                self.wrong.append(f"{error.url}: {error.code}")


def test_a_reader_never_gets_half_of_it_whenever_it_is_killed(
    served: tuple[Path, str], editions: dict[str, Path]
) -> None:
    to, address = served
    sites = list(editions.values())
    began = time.monotonic()
    for site in sites:
        assert publish(to, site).code == 0
    took = (time.monotonic() - began) / 2
    reader = Reader(address)
    reader.start()
    chance = random.Random(11)
    for number in range(KILLS):
        process = subprocess.Popen(
            [*PROGRAM, str(to), "--site", str(sites[number % 2])],
            cwd=ROOT,
            env=OWN_ENVIRONMENT | ENVIRONMENT,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        time.sleep(chance.uniform(0, took))
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        assert publish(to, sites[number % 2]).code == 0, "the next run succeeds"
        assert shown(to) == list(editions)[number % 2]
    reader.ended = True
    reader.join()
    assert reader.wrong == []
    assert reader.read > KILLS
