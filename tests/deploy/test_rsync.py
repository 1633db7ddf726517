"""Publishing by rsync to a folder that a real nginx serves: never half, even when it is killed."""

import os
import shutil
import signal
import socketserver
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from helpcentre.deploy.rsync import KEPT
from helpcentre.deploy.server import locked
from helpcentre.site.manifest import write_checksums
from tests import servers, ssh_server
from tests.deploy import builds as publishing
from tests.deploy.builds import (
    ENVIRONMENT,
    PROGRAM,
    Builds,
    Reader,
    name_of,
    over_http,
    publish_and_kill,
)
from tests.project import OWN_ENVIRONMENT, ROOT, SMALL_DISK, Outcome
from tests.ssh_server import HOST, SshServer

pytestmark = [pytest.mark.site, pytest.mark.slow]

NOWHERE = "http://127.0.0.1:9/"
UNCHANGED = "The site is as it was."


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
    """An SSH server on this machine."""
    with ssh_server.running(tmp_path / "ssh") as server:
        yield server


def publish(to: Path | str, site: Path, **environment: str) -> Outcome:
    return publishing.publish(to, "--site", site, "--seconds=0", **environment)


def roll_back(to: Path | str, **environment: str) -> Outcome:
    return publishing.publish(to, "--rollback", **environment)


def start(to: Path | str, site: Path, **environment: str) -> "subprocess.Popen[str]":
    """Start publishing; the site at SITE_URL has as long as it takes to answer."""
    return subprocess.Popen(
        (*PROGRAM, str(to), "--site", site, "--seconds=3600"),
        cwd=ROOT,
        env=OWN_ENVIRONMENT | ENVIRONMENT | environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
        # The tests may run where Ctrl-C is ignored, as in the background of a shell.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )


def wait_until(happened: Callable[[], bool], process: "subprocess.Popen[str]") -> None:
    """Wait for something that `process` does; it fails if that ends before."""
    while not happened():
        assert process.poll() is None, process.communicate()[0]
        time.sleep(0.01)


@contextmanager
def always(response: bytes, asked: threading.Event | None = None) -> Iterator[str]:
    """Yield the address of a server that gives one response to everything, and sets `asked`."""

    class Handler(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            self.rfile.readline()
            if asked:
                asked.set()
            self.wfile.write(response)

    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}/"
        server.shutdown()


def shown(to: Path) -> str | None:
    """Return the name of the build that is published."""
    return name_of((to / "current/index.html").read_text(encoding="utf-8"))


def test_a_release_replaces_the_one_before(to: Path, builds: Mapping[str, Path]) -> None:
    for name, site in builds.items():
        before = sorted(site.rglob("*"))
        outcome = publish(to, site)
        assert outcome.code == 0, outcome.output
        assert outcome.output.startswith("Published as releases/")
        assert outcome.output.endswith(" It was not verified, because SITE_URL is not set.\n")
        assert shown(to) == name
        assert sorted(site.rglob("*")) == before
    assert len(list((to / "releases").iterdir())) == 2
    assert (to / "current/index.html.br").is_file()


def test_a_release_has_the_hashed_files_of_the_one_before_and_no_older_ones(
    to: Path, builds: Mapping[str, Path], more_builds: Builds
) -> None:
    first, second = builds
    for site in builds.values():
        publish(to, site)
    assert (to / f"current/assets/style.{first}.css").read_text() == f"/* {first} */"
    publish(to, more_builds["third"])
    names = {path.name for path in (to / "current/assets").glob("style.*.css")}
    assert names == {f"style.{second}.css", "style.third.css"}


def test_compressed_copies_of_hashed_files_stay_too(
    to: Path, builds: Mapping[str, Path], more_builds: Builds
) -> None:
    site = more_builds["first"]
    (site / "assets/long.0000000000.css").write_text("p { color: inherit }\n" * 50)
    write_checksums(site)
    assert publish(to, site).code == 0
    assert publish(to, next(iter(builds.values()))).code == 0
    names = {path.name for path in (to / "current/assets").glob("long.*")}
    assert names == {f"long.0000000000.css{copy}" for copy in ("", ".br", ".gz")}


def test_a_change_that_keeps_size_and_time_is_published(
    to: Path, builds: Mapping[str, Path], tmp_path: Path
) -> None:
    site = Path(shutil.copytree(next(iter(builds.values())), tmp_path / "copy"))
    publish(to, site)
    page = site / "contact/index.html"
    before = page.stat()
    text = page.read_text(encoding="utf-8")
    page.write_text(text.replace("customer", "custemor"), encoding="utf-8")
    os.utime(page, ns=(before.st_atime_ns, before.st_mtime_ns))
    publish(to, site)
    assert "custemor" in (to / "current/contact/index.html").read_text(encoding="utf-8")


def test_an_unchanged_site_is_published_again_only_if_the_published_one_is_damaged(
    to: Path, builds: Mapping[str, Path]
) -> None:
    site = next(iter(builds.values()))
    publish(to, site)
    before = (to / "current").readlink()
    assert publish(to, site).output == "The site has not changed: nothing is published.\n"
    assert (to / "current").readlink() == before
    (to / "current/contact/index.html").unlink()
    assert publish(to, site).code == 0
    assert (to / "current").readlink() != before
    assert (to / "current/contact/index.html").is_file()


def test_an_unchanged_site_must_be_shown_all_the_same(
    served: tuple[Path, str], builds: Mapping[str, Path]
) -> None:
    to, address = served
    site = next(iter(builds.values()))
    assert publish(to, site).code == 0
    assert publish(to, site, SITE_URL=address).code == 0
    outcome = publish(to, site, SITE_URL=f"{address}elsewhere/")
    assert outcome.code == 1
    assert "404" in outcome.output
    assert "is published and has not changed" in outcome.output


def test_a_rollback_publishes_the_release_before(to: Path, builds: Mapping[str, Path]) -> None:
    first, second = builds
    for site in builds.values():
        publish(to, site)
    assert shown(to) == second
    outcome = roll_back(to)
    assert outcome.output.startswith("Published again: releases/")
    assert shown(to) == first
    # Pages of the release that was given up may still be open.
    for name in builds:
        assert (to / f"current/assets/style.{name}.css").read_text() == f"/* {name} */"
    again = roll_back(to)
    assert (again.code, again.output) == (1, "there is no older release to go back to\n")
    assert shown(to) == first


def test_a_release_that_was_given_up_is_not_gone_back_to(
    to: Path, builds: Mapping[str, Path], more_builds: Builds
) -> None:
    for site in builds.values():
        publish(to, site)
    roll_back(to)
    assert publish(to, more_builds["third"]).code == 0
    roll_back(to)
    assert shown(to) == next(iter(builds))


def test_a_link_that_was_set_by_hand_is_gone_back_to(to: Path, builds: Mapping[str, Path]) -> None:
    first, second = builds
    for site in builds.values():
        publish(to, site)
    oldest = min((to / "releases").iterdir())
    (to / "current").unlink()
    (to / "current").symlink_to(oldest)
    assert publish(to, builds[first], SITE_URL=NOWHERE).code == 1
    assert (to / "current").readlink() == oldest
    assert publish(to, builds[second], SITE_URL=NOWHERE).code == 1
    assert shown(to) == first
    assert publish(to, builds[second]).code == 0
    assert shown(to) == second


def test_the_last_few_releases_stay_and_so_does_what_others_keep_there(
    to: Path, builds: Mapping[str, Path]
) -> None:
    theirs = ("v1", "zzz", "my notes", ".20", "20261126")
    for name in theirs:
        (to / "releases" / name).mkdir(parents=True)
    for number in range(KEPT + 1):
        assert publish(to, list(builds.values())[number % 2]).code == 0
    names = {path.name for path in (to / "releases").iterdir()}
    assert names >= set(theirs)
    assert len(names) == KEPT + len(theirs)


@pytest.mark.parametrize("kind", ["a folder", "a file", "a link elsewhere"])
def test_what_somebody_else_serves_as_current_is_not_replaced(
    to: Path, builds: Mapping[str, Path], kind: str
) -> None:
    to.mkdir(parents=True)
    if kind == "a folder":
        (to / "current").mkdir()
    elif kind == "a file":
        (to / "current").write_text("mine", encoding="utf-8")
    else:
        (to / "current").symlink_to("/srv/mine")
    before = (to / "current").lstat().st_ino
    outcome = publish(to, next(iter(builds.values())))
    assert outcome.code == 1
    assert outcome.output.endswith("/current was not made by this command: choose another folder\n")
    assert (to / "current").lstat().st_ino == before
    assert list((to / "releases").iterdir()) == []


def test_a_rollback_creates_no_folder(tmp_path: Path) -> None:
    outcome = roll_back(tmp_path / "mistyped")
    assert outcome.code == 1
    assert f"cannot write to {tmp_path}/mistyped: see above" in outcome.output
    assert list(tmp_path.iterdir()) == []


def test_a_release_that_the_site_does_not_show_is_undone(
    served: tuple[Path, str], builds: Mapping[str, Path], tmp_path: Path
) -> None:
    to, address = served
    first, second = builds.values()
    assert publish(to, first, SITE_URL=address).code == 0
    broken = Path(shutil.copytree(second, tmp_path / "broken"))
    (broken / "index.html").unlink()
    outcome = publish(to, broken, SITE_URL=address)
    assert outcome.code == 1
    assert "HTTP Error 404" in outcome.output
    assert outcome.output.endswith(f" {UNCHANGED} Fix the cause, and publish again.\n")
    assert shown(to) == next(iter(builds))
    assert len(list((to / "current/assets").glob("style.*.css"))) == 2  # of pages read meanwhile
    assert publish(to, second, SITE_URL=address).code == 0


@pytest.mark.parametrize(
    "response",
    [
        b"SSH-2.0-hello\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\nshort",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        b"HTTP/1.1 302 Found\r\nLocation: http://[bad/\r\nContent-Length: 0\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nX: " + b"x" * 70_000 + b"\r\n\r\n",
    ],
)
def test_a_host_that_does_not_speak_http_does_not_keep_the_new_release(
    to: Path, builds: Mapping[str, Path], response: bytes
) -> None:
    first, second = builds
    publish(to, builds[first])
    with always(response) as address:
        outcome = publish(to, builds[second], SITE_URL=address)
    assert outcome.code == 1
    assert "does not answer as expected" in outcome.output
    assert outcome.output.endswith(f" {UNCHANGED} Fix the cause, and publish again.\n")
    assert "Traceback" not in outcome.output
    assert shown(to) == first
    assert len(list((to / "releases").iterdir())) == 1


def test_who_interrupts_while_the_site_is_asked_keeps_the_old_one(
    to: Path, builds: Mapping[str, Path]
) -> None:
    first, second = builds
    publish(to, builds[first])
    process = start(to, builds[second], SITE_URL=NOWHERE)
    wait_until(lambda: shown(to) == second, process)
    os.killpg(process.pid, signal.SIGINT)
    output, _ = process.communicate()
    assert process.returncode == 1
    assert output == f"Interrupted. {UNCHANGED}\n"
    assert shown(to) == first
    assert len(list((to / "releases").iterdir())) == 1


def test_a_release_that_was_not_published_to_the_end_is_not_gone_back_to(
    served: tuple[Path, str], builds: Mapping[str, Path], more_builds: Builds
) -> None:
    """Publishing it was killed while the site was asked."""
    to, address = served
    first, second = builds
    third = more_builds["third"]
    assert publish(to, builds[first], SITE_URL=address).code == 0
    for site, name in ((builds[second], second), (third, "third")):
        process = start(to, site, SITE_URL=NOWHERE)
        wait_until(lambda name=name: shown(to) == name, process)  # type: ignore[misc]
        os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
    assert shown(to) == "third"
    outcome = publish(to, builds[second], SITE_URL=f"{address}elsewhere/")
    assert outcome.code == 1
    assert "Published again is releases/" in outcome.output
    assert "the last that was published to the end" in outcome.output
    assert shown(to) == first
    assert publish(to, third, SITE_URL=address).code == 0
    roll_back(to)
    assert shown(to) == first


def test_two_cannot_publish_at_once(to: Path, builds: Mapping[str, Path]) -> None:
    site = next(iter(builds.values()))
    with locked(str(to)):
        outcome = publish(to, site)
    assert outcome.code == 1
    assert outcome.output.startswith("somebody else is publishing there: wait, and publish again")
    assert publish(to, site).code == 0


def test_a_full_disk_leaves_the_old_site(
    small_disk: Path, builds: Mapping[str, Path], tmp_path: Path
) -> None:
    to = small_disk / "help"
    first, second = builds.values()
    assert publish(to, first).code == 0
    before = sorted(to.rglob("*"))
    large = Path(shutil.copytree(second, tmp_path / "large"))
    (large / "large.bin").write_bytes(os.urandom(SMALL_DISK))
    outcome = publish(to, large)
    assert outcome.code == 1
    assert "No space left on device" in outcome.output
    assert f"rsync failed: see above. {UNCHANGED} Fix the cause" in outcome.output
    assert shown(to) == next(iter(builds))
    assert sorted(to.rglob("*")) == before
    assert publish(to, second).code == 0


def test_a_site_is_published_and_rolled_back_by_ssh(
    server: SshServer, to: Path, builds: Mapping[str, Path]
) -> None:
    first, second = builds
    for site in builds.values():
        outcome = publish(f"{HOST}:{to}", site, PATH=server.path)
        assert outcome.code == 0, outcome.output
    assert shown(to) == second
    outcome = roll_back(f"{HOST}:{to}", PATH=server.path)
    assert outcome.code == 0, outcome.output
    assert shown(to) == first


def test_a_wrong_key_and_an_unreachable_server_are_reported(
    server: SshServer, to: Path, builds: Mapping[str, Path]
) -> None:
    first, second = builds.values()
    publish(to, first)
    server.change_key()
    for why in ("Permission denied", "Connection refused"):
        outcome = publish(f"{HOST}:{to}", second, PATH=server.path)
        assert outcome.code == 1
        assert why in outcome.output
        assert f"cannot write to {HOST}:{to}: see above" in outcome.output
        assert shown(to) == next(iter(builds))
        server.lose()


def test_a_network_lost_on_the_way_leaves_the_old_site_and_the_next_run_succeeds(
    server: SshServer, to: Path, builds: Mapping[str, Path], tmp_path: Path
) -> None:
    first, second = builds.values()
    publish(to, first)
    large = Path(shutil.copytree(second, tmp_path / "large"))
    (large / "large.bin").write_bytes(os.urandom(100_000_000))
    process = start(f"{HOST}:{to}", large, PATH=server.path)
    wait_until(lambda: bool(list((to / "releases").glob(".2*/*"))), process)
    server.lose()
    output, _ = process.communicate()
    assert process.returncode == 1
    assert output.endswith(
        f"rsync failed: see above. {UNCHANGED} Fix the cause, and publish again.\n"
    )
    assert shown(to) == next(iter(builds))
    assert publish(to, second).code == 0
    assert len(list((to / "releases").iterdir())) == 2


def test_a_network_lost_while_the_site_is_asked_is_reported(
    server: SshServer, to: Path, builds: Mapping[str, Path]
) -> None:
    first, second = builds
    publish(to, builds[first])
    asked = threading.Event()
    with always(b"", asked) as address:
        process = start(f"{HOST}:{to}", builds[second], PATH=server.path, SITE_URL=address)
        wait_until(lambda: shown(to) == second, process)
        asked.clear()  # it was asked for its pages before
        wait_until(asked.is_set, process)
        server.lose()
        os.killpg(process.pid, signal.SIGINT)  # it would notice after some pages only
        output, _ = process.communicate()
    assert process.returncode == 1
    assert "the connection to the server was lost: releases/" in output
    assert "may be published." in output


def test_the_lock_is_free_only_when_the_server_has_done_all(tmp_path: Path) -> None:
    """So that no step of a killed publisher comes after those of the next."""
    folder = tmp_path / "srv"
    script = f"""from helpcentre.deploy.server import locked
from helpcentre.site.manifest import write_checksums
with locked({str(folder)!r}) as server:
    server.run("touch started; while [ ! -e go ]; do sleep 0.05; done; touch done")"""
    process = subprocess.Popen((sys.executable, "-c", script), cwd=ROOT, text=True)
    wait_until((folder / "started").exists, process)
    process.kill()
    process.wait()
    with pytest.raises(SystemExit, match="somebody else is publishing"), locked(str(folder)):
        pass
    (folder / "go").touch()
    while True:
        with suppress(SystemExit), locked(str(folder)) as server:
            assert server.run("ls") == "done\ngo\nreleases\nstarted"
            break


@pytest.mark.parametrize("way", ["here", "by ssh"])
def test_a_reader_never_gets_half_of_a_site_whenever_publishing_is_killed(
    served: tuple[Path, str], server: SshServer, more_builds: Builds, way: str
) -> None:
    folder, address = served
    to = str(folder) if way == "here" else f"{HOST}:{folder}"

    def publish_whole(name: str) -> None:
        outcome = publish(to, more_builds[name], PATH=server.path)
        while "somebody else" in outcome.output:  # the server still does what the other sent
            outcome = publish(to, more_builds[name], PATH=server.path)
        assert outcome.code == 0, outcome.output

    publish_and_kill(
        publish_whole,
        lambda name: (*PROGRAM, to, "--site", more_builds[name]),
        lambda: shown(folder),
        Reader(over_http(address), ("", "contact/", "orders/")),
        environment={"PATH": server.path},
    )
