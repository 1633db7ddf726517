"""Publishing by rsync to a folder that a real nginx serves: never half, also if it is killed."""

import os
import shutil
import signal
import socketserver
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from publish.release import KEPT, locked
from tests import servers, ssh_server
from tests.project import OWN_ENVIRONMENT, ROOT, SMALL_DISK, Outcome, run
from tests.publish.editions import (
    ENVIRONMENT,
    Editions,
    Reader,
    edition,
    edition_of,
    over_http,
    publish_and_kill,
)
from tests.ssh_server import HOST, SshServer

pytestmark = [pytest.mark.site, pytest.mark.slow]

PROGRAM = (sys.executable, "-m", "publish.release")
NOWHERE = "http://127.0.0.1:9/"


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


@pytest.fixture
def server(tmp_path: Path) -> Iterator[SshServer]:
    """An SSH server of this machine."""
    with ssh_server.running(tmp_path / "ssh") as server:
        yield server


def publish(to: Path | str, site: Path, **environment: str) -> Outcome:
    return run(
        *PROGRAM, str(to), "--site", site, "--seconds=1", cwd=ROOT, **ENVIRONMENT | environment
    )


def start(to: Path | str, site: Path, **environment: str) -> "subprocess.Popen[str]":
    """Begin to publish."""
    return subprocess.Popen(
        (*PROGRAM, str(to), "--site", site, "--seconds=5"),
        cwd=ROOT,
        env=OWN_ENVIRONMENT | ENVIRONMENT | environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )


@contextmanager
def always(answer: bytes) -> Iterator[str]:
    """Yield the address of a server that gives one answer to everything."""

    class Handler(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            self.rfile.readline()
            self.wfile.write(answer)

    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}/"
        server.shutdown()


def shown(to: Path) -> str | None:
    """Return the edition that is published."""
    return edition_of((to / "current/index.html").read_text(encoding="utf-8"))


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


def test_a_site_that_did_not_change_is_not_published_again_unless_it_is_damaged(
    to: Path, editions: dict[str, Path]
) -> None:
    site = next(iter(editions.values()))
    publish(to, site)
    before = (to / "current").readlink()
    assert publish(to, site).output == "The site has not changed: nothing is published.\n"
    assert (to / "current").readlink() == before
    (to / "current/contact/index.html").unlink()
    assert publish(to, site).code == 0
    assert (to / "current").readlink() != before
    assert (to / "current/contact/index.html").is_file()


def test_a_site_that_did_not_change_must_be_shown_all_the_same(
    served: tuple[Path, str], editions: dict[str, Path]
) -> None:
    to, address = served
    site = next(iter(editions.values()))
    assert publish(to, site).code == 0
    assert publish(to, site, SITE_URL=address).code == 0
    outcome = publish(to, site, SITE_URL=f"{address}elsewhere/")
    assert outcome.code == 1
    assert "404" in outcome.output
    assert "is published and has not changed" in outcome.output


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


def test_a_page_read_just_before_going_back_finds_its_files(
    to: Path, editions: dict[str, Path]
) -> None:
    for site in editions.values():
        publish(to, site)
    run(*PROGRAM, str(to), "--back", cwd=ROOT, **ENVIRONMENT)
    for name in editions:
        assert (to / f"current/assets/style.{name}.css").read_text() == f"/* {name} */"


def test_a_release_that_was_left_is_not_gone_back_to(
    to: Path, editions: dict[str, Path], tmp_path: Path
) -> None:
    first, second = editions
    for site in editions.values():
        publish(to, site)
    run(*PROGRAM, str(to), "--back", cwd=ROOT, **ENVIRONMENT)
    assert publish(to, edition(editions[second], tmp_path, "third")).code == 0
    run(*PROGRAM, str(to), "--back", cwd=ROOT, **ENVIRONMENT)
    assert shown(to) == first


def test_a_link_that_was_set_by_hand_is_gone_back_to(to: Path, editions: dict[str, Path]) -> None:
    first, second = editions
    for site in editions.values():
        publish(to, site)
    oldest = min((to / "releases").iterdir())
    (to / "current").unlink()
    (to / "current").symlink_to(oldest)
    assert publish(to, editions[first], SITE_URL=NOWHERE).code == 1
    assert (to / "current").readlink() == oldest
    assert publish(to, editions[second], SITE_URL=NOWHERE).code == 1
    assert shown(to) == first
    assert publish(to, editions[second]).code == 0
    assert shown(to) == second


def test_old_releases_go_the_last_few_stay_and_what_others_keep_there_is_left_alone(
    to: Path, editions: dict[str, Path]
) -> None:
    own = ("v1", "zzz", "my notes", ".20", "20261126")
    for name in own:
        (to / "releases" / name).mkdir(parents=True)
    for number in range(KEPT + 2):
        assert publish(to, list(editions.values())[number % 2]).code == 0
    there = {path.name for path in (to / "releases").iterdir()}
    assert there >= set(own)
    assert len(there) == KEPT + len(own)


@pytest.mark.parametrize("what", ["a folder", "a file", "a link elsewhere"])
def test_what_is_current_without_us_is_not_replaced(
    to: Path, editions: dict[str, Path], what: str
) -> None:
    to.mkdir(parents=True)
    if what == "a folder":
        (to / "current").mkdir()
    elif what == "a file":
        (to / "current").write_text("mine", encoding="utf-8")
    else:
        (to / "current").symlink_to("/srv/mine")
    before = (to / "current").lstat().st_ino
    outcome = publish(to, next(iter(editions.values())))
    assert outcome.code == 1
    assert outcome.output.endswith("/current is not a link that this has made: choose another folder\n")  # fmt: skip
    assert (to / "current").lstat().st_ino == before
    assert list((to / "releases").iterdir()) == []


@pytest.mark.parametrize("wrong", ["", "srv/help", "host:", "host:~/help", "/", "~/help"])
def test_a_place_that_is_no_folder_from_the_root_on_is_told(
    wrong: str, editions: dict[str, Path]
) -> None:
    outcome = publish(wrong, next(iter(editions.values())))
    assert outcome.code == 1
    assert outcome.output == (
        "expected a folder from the root on, such as /srv/help-centre or "
        f"user@host:/srv/help-centre, found '{wrong}'\n"
    )


def test_going_back_makes_no_folder(tmp_path: Path) -> None:
    outcome = run(*PROGRAM, str(tmp_path / "mistyped"), "--back", cwd=ROOT, **ENVIRONMENT)
    assert outcome.code == 1
    assert f"nothing can be written to {tmp_path}/mistyped: see above" in outcome.output
    assert list(tmp_path.iterdir()) == []


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
    assert "HTTP Error 404" in outcome.output
    assert "The site is as it was: mend that, and publish again." in outcome.output
    assert shown(to) == next(iter(editions))
    assert len(list((to / "current/assets").glob("style.*.css"))) == 2  # of pages read meanwhile
    assert publish(to, second, SITE_URL=address).code == 0


@pytest.mark.parametrize(
    "answer",
    [
        b"SSH-2.0-hello\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\nshort",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        b"HTTP/1.1 302 Found\r\nLocation: http://[bad/\r\nContent-Length: 0\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nX: " + b"x" * 70_000 + b"\r\n\r\n",
    ],
)
def test_a_host_that_answers_nonsense_does_not_keep_the_new_release(
    to: Path, editions: dict[str, Path], answer: bytes
) -> None:
    first, second = editions
    publish(to, editions[first])
    with always(answer) as address:
        outcome = publish(to, editions[second], SITE_URL=address)
    assert outcome.code == 1
    assert "does not answer as it should" in outcome.output
    assert "The site is as it was: mend that, and publish again." in outcome.output
    assert "Traceback" not in outcome.output
    assert shown(to) == first
    assert len(list((to / "releases").iterdir())) == 1


def test_whoever_breaks_off_while_the_site_is_asked_gets_the_old_one(
    to: Path, editions: dict[str, Path]
) -> None:
    first, second = editions
    publish(to, editions[first])
    process = start(to, editions[second], SITE_URL=NOWHERE)
    while shown(to) != second:
        time.sleep(0.01)
    os.killpg(process.pid, signal.SIGINT)
    output, _ = process.communicate()
    assert process.returncode == 1
    assert output == "Broken off. The site is as it was: mend that, and publish again.\n"
    assert shown(to) == first
    assert len(list((to / "releases").iterdir())) == 1


def test_a_release_that_was_not_published_to_the_end_is_not_gone_back_to(
    served: tuple[Path, str], editions: dict[str, Path], tmp_path: Path
) -> None:
    """Its publishing was killed while it asked the site."""
    to, address = served
    first, second = editions
    third = edition(editions[first], tmp_path, "third")
    assert publish(to, editions[first], SITE_URL=address).code == 0
    for site in (editions[second], third):
        process = start(to, site, SITE_URL=NOWHERE)
        while shown(to) != site.parent.name:
            time.sleep(0.01)
        os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
    assert shown(to) == "third"
    outcome = publish(to, editions[second], SITE_URL=f"{address}elsewhere/")
    assert outcome.code == 1
    assert "Published again is releases/" in outcome.output
    assert "the last that was published to the end" in outcome.output
    assert shown(to) == first
    assert publish(to, third, SITE_URL=address).code == 0
    run(*PROGRAM, str(to), "--back", cwd=ROOT, **ENVIRONMENT)
    assert shown(to) == first


def test_two_do_not_publish_at_once(to: Path, editions: dict[str, Path]) -> None:
    site = next(iter(editions.values()))
    publish(to, site)
    holder = subprocess.Popen(["flock", str(to / ".lock"), "sleep", "60"], start_new_session=True)
    time.sleep(0.5)
    outcome = publish(to, site)
    os.killpg(holder.pid, signal.SIGKILL)
    holder.wait()
    assert outcome.code == 1
    assert outcome.output.startswith("somebody else is publishing there: wait, and try again")
    assert publish(to, site).code == 0


def test_a_full_disk_leaves_the_old_site_and_says_what_to_do(
    small_disk: Path, editions: dict[str, Path], tmp_path: Path
) -> None:
    to = small_disk / "help"
    first, second = editions.values()
    assert publish(to, first).code == 0
    before = sorted(to.rglob("*"))
    large = Path(shutil.copytree(second, tmp_path / "large"))
    (large / "large.bin").write_bytes(os.urandom(SMALL_DISK))
    outcome = publish(to, large)
    assert outcome.code == 1
    assert "No space left on device" in outcome.output
    assert "The site is as it was: mend that, and publish again." in outcome.output
    assert shown(to) == next(iter(editions))
    assert sorted(to.rglob("*")) == before
    assert publish(to, second).code == 0


def test_by_ssh_a_site_is_published_and_gone_back_from(
    server: SshServer, to: Path, editions: dict[str, Path]
) -> None:
    first, second = editions
    for site in editions.values():
        outcome = publish(f"{HOST}:{to}", site, PATH=server.path)
        assert outcome.code == 0, outcome.output
    assert shown(to) == second
    outcome = run(*PROGRAM, f"{HOST}:{to}", "--back", cwd=ROOT, **ENVIRONMENT | {"PATH": server.path})  # fmt: skip
    assert outcome.code == 0, outcome.output
    assert shown(to) == first


def test_a_server_out_of_reach_and_a_wrong_key_are_told(
    server: SshServer, to: Path, editions: dict[str, Path]
) -> None:
    first, second = editions.values()
    publish(to, first)
    server.change_key()
    for told in ("Permission denied", "Connection refused"):
        outcome = publish(f"{HOST}:{to}", second, PATH=server.path)
        assert outcome.code == 1
        assert told in outcome.output
        assert f"nothing can be written to {HOST}:{to}: see above" in outcome.output
        assert shown(to) == next(iter(editions))
        server.lose()


def test_a_network_lost_on_the_way_leaves_the_old_site_and_the_next_run_succeeds(
    server: SshServer, to: Path, editions: dict[str, Path], tmp_path: Path
) -> None:
    first, second = editions.values()
    publish(to, first)
    large = Path(shutil.copytree(second, tmp_path / "large"))
    (large / "large.bin").write_bytes(os.urandom(100_000_000))
    process = start(f"{HOST}:{to}", large, PATH=server.path)
    while not list((to / "releases").glob(".2*/*")) and process.poll() is None:
        time.sleep(0.01)
    server.lose()
    output, _ = process.communicate()
    assert process.returncode == 1
    assert output.endswith(
        "rsync failed: see above. The site is as it was: mend that, and publish again.\n"
    )
    assert shown(to) == next(iter(editions))
    assert publish(to, second).code == 0
    assert len(list((to / "releases").iterdir())) == 2


def test_a_network_lost_while_the_site_is_asked_is_told(
    server: SshServer, to: Path, editions: dict[str, Path]
) -> None:
    first, second = editions
    publish(to, editions[first])
    process = start(f"{HOST}:{to}", editions[second], PATH=server.path, SITE_URL=NOWHERE)
    while shown(to) != second:
        time.sleep(0.01)
    server.lose()
    output, _ = process.communicate()
    assert process.returncode == 1
    assert "may be shown, as it is: publish again, or say 'make rollback'.\n" in output


def test_whoever_publishes_next_waits_until_the_server_has_done_all(tmp_path: Path) -> None:
    """Of one who was killed, no step comes after those of the next."""
    folder = tmp_path / "srv"
    script = f"""from publish.release import locked
with locked({str(folder)!r}) as server:
    server.run("touch begun; sleep 2; touch done")"""
    process = subprocess.Popen((sys.executable, "-c", script), cwd=ROOT)
    while not (folder / "begun").exists():
        time.sleep(0.01)
    process.kill()
    process.wait()
    with pytest.raises(SystemExit, match="somebody else is publishing there"), locked(str(folder)):
        pass
    while not (folder / "done").exists():
        time.sleep(0.01)
    time.sleep(0.5)
    with locked(str(folder)) as server:
        assert server.run("ls") == "begun\ndone\nreleases"


def test_what_is_no_site_or_a_preview_is_not_published(
    to: Path, tmp_path: Path, editions: dict[str, Path]
) -> None:
    outcome = publish(to, tmp_path)
    assert (outcome.code, "run 'make build' first" in outcome.output) == (1, True)
    outcome = publish(to, next(iter(editions.values())), SITE_AS_OF="2027-01-15")
    assert (outcome.code, "a preview is never published" in outcome.output) == (1, True)
    assert not to.exists()


@pytest.mark.parametrize("way", ["here", "by ssh"])
def test_a_reader_never_gets_half_of_it_whenever_it_is_killed(
    served: tuple[Path, str], server: SshServer, more_editions: Editions, way: str
) -> None:
    folder, address = served
    to = str(folder) if way == "here" else f"{HOST}:{folder}"

    def published(name: str) -> None:
        # The server may still do what it was told by the one who was killed.
        for _ in range(20):
            outcome = publish(to, more_editions[name], PATH=server.path)
            if "somebody else" not in outcome.output:
                break
            time.sleep(0.5)
        assert outcome.code == 0, outcome.output

    publish_and_kill(
        published,
        lambda name: (*PROGRAM, to, "--site", str(more_editions[name])),
        lambda: shown(folder),
        Reader(over_http(address), ("", "contact/", "orders/")),
        environment={"PATH": server.path},
    )
