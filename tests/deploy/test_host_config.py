"""The site behind real servers with our configuration: what they answer, and what they refuse."""

import shutil
import socket
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from functools import partial
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from urllib.parse import urlsplit

import brotli
import pytest

from helpcentre.content.redirects import addresses
from helpcentre.deploy import prepare
from helpcentre.site import finalize
from helpcentre.site.headers import FOR_EVER, OPEN, headers, policy
from tests import servers
from tests.project import once, own_content
from tests.site.test_pages import PATHS

pytestmark = [pytest.mark.site, pytest.mark.slow]

REDIRECTS = {
    "orders/late/": "orders/not-received.md",
    "help/": "index.md",
    "hc/en-us/360001-Where_is_it/": "contact.md#answer",
    "shop/faq.php/": "contact.md",
    "old/page.html": "contact.md",
}
MOVED = addresses(REDIRECTS)
BASES = ["/", "/help/"]


def with_redirects(site: Path, base: str, to: Path) -> Path:
    """Return a copy `to` of the built site, with pages at old addresses."""
    copy = Path(shutil.copytree(site, to))
    assert finalize.finalize(copy, replace(own_content(), redirects=REDIRECTS), base) == []
    return copy


@pytest.fixture(scope="session")
def folders(site: Path, help_site: Path, shared: Path) -> dict[str, Path]:
    """The built sites for both paths, ready for hosts, by path."""

    def make(to: Path, base: str, built: Path) -> None:
        prepare.compress(with_redirects(built, base, to))

    return {
        base: once(shared, f"host-of-{built.name}", partial(make, base=base, built=built))
        for base, built in zip(BASES, (site, help_site), strict=True)
    }


@pytest.fixture(scope="module", params=[(server, base) for server in ("nginx", "caddy") for base in BASES])  # fmt: skip
def host(request: pytest.FixtureRequest, folders: dict[str, Path]) -> Iterator[str]:
    """The address of the site behind each server, under each path."""
    server, base = request.param
    with getattr(servers, server)(folders[base], base, MOVED) as address:
        yield address


def ask(url: str, method: str = "GET", **headers: str) -> tuple[HTTPResponse, bytes]:
    """Return a server's response and its content, without following redirects."""
    parts = urlsplit(url)
    connection = HTTPConnection(parts.netloc, timeout=300)
    path = url.partition(parts.netloc)[2]
    connection.putrequest(method, path, skip_accept_encoding=True)
    for name, value in headers.items():
        connection.putheader(name.replace("_", "-"), value)
    connection.endheaders()
    answer = connection.getresponse()
    content = answer.read()
    connection.close()
    return answer, content


def test_every_page_is_sent_with_all_headers(host: str) -> None:
    for path in PATHS:
        answer, content = ask(host + path)
        assert answer.status == 200, path
        assert b"<!doctype html>" in content
        assert (answer.headers["Content-Type"] or "").lower() == "text/html; charset=utf-8"
        assert answer.headers["Cache-Control"] == "no-cache"
        for name, value in headers().items():
            assert answer.headers.get_all(name) == [value], (path, name)


def test_hashed_files_are_kept_for_ever(host: str, folders: dict[str, Path]) -> None:
    names = [path.name for path in (folders["/"] / "assets").iterdir() if path.suffix != ".br" and path.suffix != ".gz"]  # fmt: skip
    for name in names:
        answer, _ = ask(f"{host}assets/{name}")
        assert (answer.status, answer.headers["Cache-Control"]) == (200, FOR_EVER)
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
    for path in ("policy.json", "version.json"):
        answer, _ = ask(host + path)
        assert (answer.status, answer.headers["Cache-Control"]) == (200, "no-cache")
    answer, _ = ask(f"{host}assets/gone.0123456789.js")
    assert (answer.status, answer.headers["Cache-Control"]) == (404, "no-cache")


def test_a_page_is_compressed_and_revalidated(host: str) -> None:
    plain, page = ask(f"{host}contact/")
    compressed, content = ask(f"{host}contact/", Accept_Encoding="gzip, br")
    assert compressed.headers["Content-Encoding"] == "br"
    assert brotli.decompress(content) == page
    assert "Accept-Encoding" in (compressed.headers["Vary"] or "")
    gzipped, _ = ask(f"{host}contact/", Accept_Encoding="gzip")
    assert gzipped.headers["Content-Encoding"] == "gzip"
    again, nothing = ask(f"{host}contact/", If_None_Match=plain.headers["ETag"] or "")
    assert (again.status, nothing) == (304, b"")


def test_other_origins_may_read_the_values_and_nothing_else(host: str) -> None:
    for path in OPEN:
        assert ask(host + path)[0].headers["Access-Control-Allow-Origin"] == "*"
    for path in ("", "contact/", "llms.txt"):
        assert ask(host + path)[0].headers["Access-Control-Allow-Origin"] is None


def test_an_old_address_redirects(host: str) -> None:
    for old, new in MOVED.items():
        for address in (old, old.rstrip("/")):
            answer, _ = ask(host + address)
            assert answer.status == 301
            target = urlsplit(answer.headers["Location"] or "")
            assert target._replace(scheme="", netloc="").geturl() == urlsplit(host).path + new


def test_an_address_without_its_slash_redirects(host: str) -> None:
    answer, _ = ask(f"{host}contact")
    assert answer.status in (301, 308)
    assert urlsplit(answer.headers["Location"] or "").path in ("contact/", urlsplit(host).path + "contact/")  # fmt: skip


def test_a_wrong_address_shows_the_page_for_it(host: str) -> None:
    for path in ("no/such/page/", "no-such-file.html", "contact/more"):
        answer, content = ask(host + path)
        assert answer.status == 404
        assert b"This page is not here" in content
        assert answer.headers["Content-Security-Policy"] == policy()


@pytest.mark.parametrize(
    "path",
    [
        "../../../../etc/passwd",
        "..%2f..%2f..%2fetc/passwd",
        "%2e%2e/%2e%2e/etc/passwd",
        "assets/..%2f..%2f..%2f..%2fetc/passwd",
        "assets../../../etc/passwd",
        ".git/config",
        ".env",
        "contact/.htaccess",
        "%2egit/config",
        "_headers",
        "_redirects",
        "contact/%00",
        "%ff%fe",
        "index.html%00.txt",
        "a" * 300,
        "%c3%a9" * 120,
        "assets/",
        "a" * 60_000,
        "//etc/passwd",
    ],
)
def test_other_files_are_refused(host: str, path: str) -> None:
    answer, content = ask(host + path)
    assert 400 <= answer.status < 500
    assert b"root:" not in content
    assert b"Cache-Control:" not in content
    assert ask(host)[0].status == 200


@pytest.mark.parametrize(
    "method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "PROPFIND"]
)
def test_only_get_and_head_are_allowed(host: str, method: str) -> None:
    answer, _ = ask(f"{host}contact/", method)
    assert answer.status == 405
    head, content = ask(f"{host}contact/", "HEAD")
    assert (head.status, content) == (200, b"")


def test_huge_headers_are_refused(host: str) -> None:
    answer, _ = ask(host, Cookie="x" * 2_000_000)
    assert 400 <= answer.status < 500
    assert ask(host)[0].status == 200


def test_slow_clients_are_disconnected(folders: dict[str, Path]) -> None:
    """Two hundred of each server; other clients are answered meanwhile."""
    with servers.nginx(folders["/"]) as first, servers.caddy(folders["/"]) as second:
        slow = []
        for host in (first, second) * 200:
            parts = urlsplit(host)
            slow.append(socket.create_connection((parts.hostname or "", parts.port or 0)))
            slow[-1].sendall(b"GET / HTTP/1.1\r\nHost: x\r\n")
        assert [ask(host)[0].status for host in (first, second)] == [200, 200]
        for client in slow:
            client.settimeout(300)
            received = b""
            with suppress(ConnectionError):
                while part := client.recv(1000):
                    received += part
            client.close()
            assert b" 200 " not in received
        assert [ask(host)[0].status for host in (first, second)] == [200, 200]
