"""What real servers log of events, and that they log nothing else, whatever is sent."""

import gzip
import random
import re
import shutil
import socket
import stat
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from helpcentre.deploy.host_config import configuration
from helpcentre.insights import form
from tests import servers
from tests.deploy.test_host_config import ask
from tests.project import ROOT, free_port, run, run_module

pytestmark = pytest.mark.slow

VOTE = "event=vote&page=orders%2Ftrack-parcel%2F&helpful=no&lang=en-GB"
ASKED = "event=unanswered&question=can+i+pay+with+a+%E2%80%A6&lang=en-GB"
OPENED = "event=opened&question=late&page=orders%2Fnot-received%2F&first=&lang=en-GB"
LINES = {
    "nginx": r"\d{4}-\d\d-\d\d " + form.QUERY,
    "caddy": r'\{"level":"info","ts":"\d{4}-\d\d-\d\d","logger":"[\w.]+","msg":"handled request",'
    r'"request":\{"uri":"/insights\?' + form.QUERY + r'"\}\}',
}
"""How each server writes an event: its day, its query, and nothing of who sent it."""


@pytest.fixture(params=LINES)
def server(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A site of two files."""
    folder = tmp_path / "site"
    folder.mkdir()
    for name in ("index.html", "404.html"):
        (folder / name).write_text("A page", encoding="utf-8")
    return folder


@pytest.fixture
def log(tmp_path: Path) -> Path:
    return tmp_path / "insights.log"


@pytest.fixture
def host(server: str, site: Path, log: Path) -> Iterator[str]:
    """The address of a site that counts, behind each server."""
    with getattr(servers, server)(site, log=log) as address:
        yield address


def lines(log: Path, count: int) -> list[str]:
    """Return the lines of a log, once it has so many: servers write after they have answered."""
    while (text := log.read_bytes() if log.exists() else b"").count(b"\n") < count:
        time.sleep(0.01)
    return text.decode().splitlines()


def test_events_are_answered_with_nothing_and_logged_in_one_line_each(
    host: str, server: str, log: Path
) -> None:
    for event in (VOTE, ASKED, OPENED):
        answer, content = ask(f"{host}insights?{event}", "POST", Cookie="id=7", Referer=host)
        assert (answer.status, content) == (204, b"")
    logged = lines(log, 3)
    assert [line for line in logged if not re.fullmatch(LINES[server], line)] == []
    assert [event in line for event, line in zip((VOTE, ASKED, OPENED), logged, strict=True)] == [
        True
    ] * 3


def test_pages_are_not_logged_and_other_posts_are_refused(host: str, log: Path) -> None:
    assert ask(host)[0].status == 200
    assert ask(f"{host}nothing-here")[0].status == 404
    assert ask(f"{host}?{VOTE}", "POST")[0].status == 405
    assert ask(f"{host}insights?{VOTE}")[0].status in (404, 405)
    assert ask(f"{host}insights", "POST")[0].status == 400
    assert ask(f"{host}insights?{ASKED}", "POST")[0].status == 204
    assert len(lines(log, 1)) == 1


GARBAGE = [
    "event=vote",
    VOTE.replace("no", "maybe"),
    f"{VOTE}&id=7",
    f"id=7&{VOTE}",
    VOTE.replace("en-GB", "e"),
    VOTE.replace("en-GB", "e" * 36),
    ASKED.replace("pay", "<script>alert(1)</script>"),
    ASKED.replace("pay", '"}\\"'),
    ASKED.replace("pay", "pay\\x0a2026-11-27"),
    ASKED.replace("pay", "x" * 1_001),
    ASKED.replace("pay", "é"),
    VOTE.replace("orders", "x" * 241),
    f"{ASKED}#{VOTE}",
    f"{ASKED}?{VOTE}",
    "x" * 7_000,
]


def raw(host: str, request: bytes) -> None:
    """Send bytes as they are, and read the answer, if there is one, to its end."""
    parts = urlsplit(host)
    at = (parts.hostname or "", parts.port or 0)
    with socket.create_connection(at, timeout=300) as client, suppress(OSError):
        client.sendall(request)
        client.shutdown(socket.SHUT_WR)
        while client.recv(65_536):
            pass


def test_garbage_is_neither_logged_nor_ends_a_line(host: str, server: str, log: Path) -> None:
    chance = random.Random(7)
    head = b" HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
    for garbage in GARBAGE:
        raw(host, b"POST /insights?" + garbage.encode() + head + b"Content-Length: 0\r\n\r\n")
    for byte in (*range(33), 34, 92, 127, 128, 255):
        event = ASKED.replace("pay", "p").encode().replace(b"p", bytes([byte]), 1)
        raw(host, b"POST /insights?" + event + head + b"Content-Length: 0\r\n\r\n")
    for _ in range(50):
        raw(host, chance.randbytes(300) + b"\r\n\r\n")
    body = f"2026-11-27 {VOTE}\n".encode() * 2_000
    raw(host, f"POST /insights?{ASKED}".encode() + head + b"Content-Length: %d\r\n\r\n" % len(body) + body)  # fmt: skip
    raw(host, f"POST /insights?{ASKED}".encode() + head + b"Transfer-Encoding: chunked\r\n\r\nffffff\r\n" + body)  # fmt: skip
    raw(host, b"POST /insights?" + b"x" * 3_000_000 + head + b"\r\n")
    assert ask(f"{host}insights?{VOTE}", "POST")[0].status == 204
    while VOTE not in (logged := lines(log, 1))[-1]:
        time.sleep(0.01)
    assert len(logged) <= 3  # the events with a body too many, if the server did not mind
    assert [line for line in logged if not re.fullmatch(LINES[server], line)] == []
    assert max(map(len, logged)) < form.LONGEST


def test_the_longest_event_is_a_bounded_line(host: str, log: Path) -> None:
    page = "x" * 240
    event = f"event=opened&question={'x' * 1_000}&page={page}&first={page}&lang={'e' * 35}"
    assert ask(f"{host}insights?{event}", "POST")[0].status == 204
    (line,) = lines(log, 1)
    assert event in line
    assert len(line) < form.LONGEST


def flood(host: str, events: int, event: str = VOTE) -> Counter[int]:
    """Send so many events by one connection; return how many answers had which status."""
    statuses: Counter[int] = Counter()
    connection = HTTPConnection(urlsplit(host).netloc, timeout=300)
    for _ in range(events):
        connection.request("POST", f"/insights?{event}")
        answer = connection.getresponse()
        answer.read()
        statuses[answer.status] += 1
    connection.close()
    return statuses


def test_of_a_flood_nginx_logs_what_its_limit_lets_through(site: Path, log: Path) -> None:
    with servers.nginx(site, log=log) as host:
        start = time.monotonic()
        statuses = flood(host, 2_000)
        seconds = time.monotonic() - start
        assert statuses[204] + statuses[429] == 2_000
        assert 20 <= statuses[204] <= 22 + seconds / 2  # 20 at once, then one in two seconds
        assert ask(host)[0].status == 200
        assert len(lines(log, statuses[204])) == statuses[204]


def test_of_a_flood_caddy_keeps_no_more_than_its_files_hold(site: Path, log: Path) -> None:
    at = f"http://127.0.0.1:{free_port()}"
    values = {"root": site, "listen": at, "base": "/", "redirects": {}, **servers.counting(log)}
    config = configuration(ROOT, "caddy", **values)
    for whole, small in (("roll_size 10MiB", "roll_size 1MiB"), ("roll_keep 60", "roll_keep 2")):
        assert whole in config
        config = config.replace(whole, small)
    with servers.caddy_by(config, at):
        assert flood(f"{at}/", 5_000, ASKED.replace("pay", "x" * 900)) == {204: 5_000}
        while len(files := list(log.parent.glob("insights*.gz"))) != 2 or len(list(log.parent.glob("insights*"))) != 3:  # fmt: skip
            time.sleep(0.01)
    assert log.stat().st_size < 1_100_000
    for file in files:
        logged = gzip.decompress(file.read_bytes()).decode().splitlines()
        assert [line for line in logged if not re.fullmatch(LINES["caddy"], line)] == []


def test_logrotate_turns_the_log_of_nginx_over_and_nothing_is_lost(
    site: Path, log: Path, tmp_path: Path
) -> None:
    at, pid = f"127.0.0.1:{free_port()}", tmp_path / "nginx.pid"
    values = {"root": site, "listen": at, "base": "/", "redirects": {}, **servers.counting(log)}
    config = configuration(ROOT, "nginx", **values, name=None, certificate=None)
    rotation = tmp_path / "logrotate.conf"
    rotation.write_text(configuration(ROOT, "logrotate", log=log, pid=pid), encoding="utf-8")
    rotation.chmod(stat.S_IRUSR | stat.S_IWUSR)
    command = (str(servers.find("logrotate")), "--force", "--state", tmp_path / "state", rotation)
    with servers.nginx_by(config, f"http://{at}") as folder:
        shutil.copy(folder / "nginx.pid", pid)
        assert ask(f"http://{at}/insights?{VOTE}", "POST")[0].status == 204
        lines(log, 1)
        outcome = run(*command, cwd=tmp_path)
        assert outcome.code == 0, outcome.output
        while not log.exists():  # nginx opens it again
            time.sleep(0.01)
        assert ask(f"http://{at}/insights?{ASKED}", "POST")[0].status == 204
        assert [ASKED in line for line in lines(log, 1)] == [True]
    (old,) = tmp_path.glob("insights.log-*.gz")
    assert VOTE in gzip.decompress(old.read_bytes()).decode()


@pytest.mark.parametrize(
    ("environment", "message"),
    [
        ({"INSIGHTS_URL": "/a; }"}, "insights (INSIGHTS_URL): expected a path of the site's own"),
        ({"VOTES_URL": "/votes"}, "votes (VOTES_URL): use insights (INSIGHTS_URL)"),
    ],
)
def test_a_path_that_is_not_valid_makes_no_configuration(
    environment: dict[str, str], message: str
) -> None:
    words = ("nginx", "--root", "/srv/help", "--listen", "80")
    outcome = run_module("helpcentre.deploy.host_config", *words, cwd=ROOT, **environment)
    assert outcome.code == 1
    assert message in outcome.output
    assert "server_name" not in outcome.output
