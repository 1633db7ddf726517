"""The site behind real servers with our configuration: what each answers, and what it refuses."""

import shutil
import socket
from collections.abc import Iterator, Mapping
from contextlib import suppress
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from urllib.parse import urlsplit

import brotli
import pytest
from playwright.sync_api import Browser

from helpcentre import content
from helpcentre.deploy.prepare import compress
from helpcentre.site.headers import FOR_EVER, OPEN, POLICY, headers
from tests import servers
from tests.project import ROOT
from tests.site.test_calculators import fill
from tests.site.test_pages import PATHS

pytestmark = [pytest.mark.site, pytest.mark.slow]

REDIRECTS = {"orders/late/": "orders/not-received/", "help/": ""}
BASES = ["/", "/help/"]


@pytest.fixture(scope="module")
def folders(
    site: Path, help_site: Path, tmp_path_factory: pytest.TempPathFactory
) -> Mapping[str, Path]:
    """The sites built for both paths, with compressed copies, by path."""
    made = {}
    for base, built in zip(BASES, (site, help_site), strict=True):
        made[base] = Path(shutil.copytree(built, tmp_path_factory.mktemp("host") / "site"))
        compress(made[base])
    return made


@pytest.fixture(scope="module", params=[(server, base) for server in ("nginx", "caddy") for base in BASES])  # fmt: skip
def host(request: pytest.FixtureRequest, folders: Mapping[str, Path]) -> Iterator[str]:
    """The address of the site behind each server, under each path."""
    server, base = request.param
    with getattr(servers, server)(folders[base], base, REDIRECTS) as address:
        yield address


def ask(url: str, method: str = "GET", **headers: str) -> tuple[HTTPResponse, bytes]:
    """Return a server's response and its content, without following it elsewhere."""
    parts = urlsplit(url)
    connection = HTTPConnection(parts.netloc, timeout=300)
    path = url.partition(parts.netloc)[2]
    connection.putrequest(method, path, skip_accept_encoding=True)
    for name, value in headers.items():
        connection.putheader(name.replace("_", "-"), value)
    connection.endheaders()
    response = connection.getresponse()
    content = response.read()
    connection.close()
    return response, content


def test_every_page_is_there_with_all_headers(host: str) -> None:
    for path in PATHS:
        response, content = ask(host + path)
        assert response.status == 200, path
        assert b"<!doctype html>" in content
        assert (response.headers["Content-Type"] or "").lower() == "text/html; charset=utf-8"
        assert response.headers["Cache-Control"] == "no-cache"
        for name, value in headers().items():
            assert response.headers.get_all(name) == [value], (path, name)


def test_hashed_files_are_kept_for_ever(host: str, folders: Mapping[str, Path]) -> None:
    for name in [path.name for path in (folders["/"] / "assets").iterdir()]:
        if name.endswith((".br", ".gz")):
            continue
        response, _ = ask(f"{host}assets/{name}")
        assert (response.status, response.headers["Cache-Control"]) == (200, FOR_EVER)
        assert response.headers["X-Content-Type-Options"] == "nosniff"
    for path in ("policy.json", "version.json"):
        response, _ = ask(host + path)
        assert (response.status, response.headers["Cache-Control"]) == (200, "no-cache")
    response, _ = ask(f"{host}assets/gone.0123456789.js")
    assert (response.status, response.headers["Cache-Control"]) == (404, "no-cache")


def test_a_page_is_sent_compressed_and_is_revalidated(host: str) -> None:
    whole, page = ask(f"{host}contact/")
    small, content = ask(f"{host}contact/", Accept_Encoding="gzip, br")
    assert small.headers["Content-Encoding"] == "br"
    assert brotli.decompress(content) == page
    assert "Accept-Encoding" in (small.headers["Vary"] or "")
    zipped, _ = ask(f"{host}contact/", Accept_Encoding="gzip")
    assert zipped.headers["Content-Encoding"] == "gzip"
    again, nothing = ask(f"{host}contact/", If_None_Match=whole.headers["ETag"] or "")
    assert (again.status, nothing) == (304, b"")


def test_pages_of_other_origins_may_read_the_values_and_nothing_else(host: str) -> None:
    for path in OPEN:
        assert ask(host + path)[0].headers["Access-Control-Allow-Origin"] == "*"
    for path in ("", "contact/", "llms.txt"):
        assert ask(host + path)[0].headers["Access-Control-Allow-Origin"] is None


def test_an_old_address_redirects(host: str) -> None:
    for old, new in REDIRECTS.items():
        for spelled in (old, old.rstrip("/")):
            response, _ = ask(host + spelled)
            assert response.status == 301
            assert urlsplit(response.headers["Location"] or "").path == urlsplit(host).path + new


def test_an_address_without_its_slash_leads_to_the_page(host: str) -> None:
    response, _ = ask(f"{host}contact")
    assert response.status in (301, 308)
    assert urlsplit(response.headers["Location"] or "").path in ("contact/", urlsplit(host).path + "contact/")  # fmt: skip


def test_a_wrong_address_shows_the_sites_own_page(host: str) -> None:
    for path in ("no/such/page/", "no-such-file.html", "contact/more"):
        response, content = ask(host + path)
        assert response.status == 404
        assert b"This page is not here" in content
        assert response.headers["Content-Security-Policy"] == POLICY


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
def test_other_files_of_the_server_are_refused(host: str, path: str) -> None:
    response, content = ask(host + path)
    assert 400 <= response.status < 500
    assert b"root:" not in content
    assert b"Cache-Control:" not in content
    assert ask(host)[0].status == 200


@pytest.mark.parametrize(
    "method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "PROPFIND"]
)
def test_only_reading_is_allowed(host: str, method: str) -> None:
    response, _ = ask(f"{host}contact/", method)
    assert response.status == 405
    head, content = ask(f"{host}contact/", "HEAD")
    assert (head.status, content) == (200, b"")


def test_huge_headers_are_refused(host: str) -> None:
    response, _ = ask(host, Cookie="x" * 2_000_000)
    assert 400 <= response.status < 500
    assert ask(host)[0].status == 200


def test_clients_that_keep_a_server_waiting_are_disconnected(folders: Mapping[str, Path]) -> None:
    """Two hundred of each server; others are answered meanwhile."""
    with servers.nginx(folders["/"]) as first, servers.caddy(folders["/"]) as second:
        slow = []
        for host in (first, second) * 200:
            parts = urlsplit(host)
            slow.append(socket.create_connection((parts.hostname or "", parts.port or 0)))
            slow[-1].sendall(b"GET / HTTP/1.1\r\nHost: x\r\n")
        assert [ask(host)[0].status for host in (first, second)] == [200, 200]
        for client in slow:
            received = b""
            with suppress(ConnectionError):
                while part := client.recv(1000):  # until the server ends the connection
                    received += part
            client.close()
            assert b" 200 " not in received
        assert [ask(host)[0].status for host in (first, second)] == [200, 200]


def kinds_of_pages() -> list[str]:
    """Return a page of each template, each calculator and each flow, and no page's address."""
    found = {}
    for page in content.read(ROOT).pages.values():
        front = page.front_matter
        names = [calculator.key for calculator, _ in front.calculators]
        found.setdefault((front.template, front.flow, *names), page.url)
    return [*found.values(), "no/such/page/"]


@pytest.mark.browser
@pytest.mark.parametrize("path", kinds_of_pages())
def test_nothing_that_a_page_does_is_against_the_policy(
    browser: Browser, nginx_site: str, path: str
) -> None:
    """Its colours, menu, search, calculators and flows are used, and it is printed."""
    context = browser.new_context(viewport={"width": 390, "height": 844})
    page = context.new_page()
    messages: list[str] = []
    page.on("console", lambda message: messages.append(message.text) if message.type in ("error", "warning") else None)  # fmt: skip
    page.on("pageerror", lambda error: messages.append(str(error)))
    requests: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    page.goto(nginx_site + path)
    page.locator(".head__scheme").click()
    page.locator(".menu summary").click()
    page.keyboard.press("Escape")
    page.locator(".search-link").click()
    page.keyboard.type("where is my refund")
    page.locator(".search ol a").first.wait_for()
    page.get_by_role("button", name="Close search").click()
    if page.locator(".calculator__form, .flow").count():
        fill(page)
    page.emulate_media(media="print")
    page.pdf()
    context.close()
    if path.startswith("no/"):
        messages.remove("Failed to load resource: the server responded with a status of 404 (Not Found)")  # fmt: skip
    assert messages == []
    assert {urlsplit(url).netloc for url in requests if not url.startswith("data:")} == {
        urlsplit(nginx_site).netloc
    }


@pytest.fixture(scope="module")
def nginx_site(folders: Mapping[str, Path]) -> Iterator[str]:
    """The address of the site behind nginx."""
    with servers.nginx(folders["/"]) as address:
        yield address
