"""_headers and _redirects as Netlify parses them, and as Cloudflare Pages' own program serves them."""

import json
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from helpcentre.content import hashed
from helpcentre.deploy import prepare
from helpcentre.site.headers import FOR_EVER, OPEN, headers
from tests import node, servers
from tests.deploy.test_host_config import BASES, MOVED, ask, with_redirects
from tests.site.test_pages import PATHS

pytestmark = [pytest.mark.site, pytest.mark.slow]


@pytest.fixture(scope="module", params=BASES)
def base(request: pytest.FixtureRequest) -> str:
    """The path of the site on its host."""
    path: str = request.param
    return path


@pytest.fixture(scope="module")
def root(base: str, site: Path, help_site: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder for the host's root, with the site under its path."""
    built = dict(zip(BASES, (site, help_site), strict=True))[base]
    copy = with_redirects(built, base, tmp_path_factory.mktemp("host") / "site")
    folder = copy.with_name("root")
    prepare.put_under(folder, copy)
    return folder


@pytest.fixture(scope="module")
def host(root: Path, base: str) -> Iterator[str]:
    """The address of the site on Cloudflare Pages."""
    with servers.cloudflare(root) as address:
        yield address.rstrip("/") + base


def test_netlify_parses_every_line(root: Path, base: str) -> None:
    parsed = json.loads(node.run(node.PACKAGES, "netlify.mjs", root).stdout)
    assert parsed["errors"] == []
    rules = {rule["for"]: rule["values"] for rule in parsed["headers"]}
    assert rules == {
        f"{base}*": dict(headers()),
        **{f"{base}{folder}*": {"Cache-Control": FOR_EVER} for folder in hashed.FOLDERS},
        **{f"{base}{file}": {"Access-Control-Allow-Origin": "*"} for file in OPEN},
    }
    for old, new in MOVED.items():
        first = next(rule for rule in parsed["redirects"] if rule["from"] == base + old)
        assert (first["to"], first["status"], first["force"]) == (base + new, 301, True)


def test_cloudflare_sends_every_page_with_all_headers(host: str) -> None:
    for path in PATHS:
        answer, content = ask(host + path)
        assert answer.status == 200, path
        assert b"<!doctype html>" in content
        assert "max-age=0" in (answer.headers["Cache-Control"] or "")
        for name, value in headers().items():
            assert answer.headers.get_all(name) == [value], (path, name)


def test_cloudflare_keeps_hashed_files_for_ever(host: str, root: Path, base: str) -> None:
    for folder in hashed.FOLDERS:
        file = next(file for file in (root / base.strip("/") / folder).rglob("*") if file.is_file())
        path = file.relative_to(root / base.strip("/")).as_posix()
        answer, _ = ask(host + path)
        assert answer.status == 200
        assert FOR_EVER in (answer.headers["Cache-Control"] or "")


def test_cloudflare_redirects_from_an_old_address(host: str, base: str) -> None:
    for old, new in MOVED.items():
        for address in (old, old.rstrip("/")):
            answer, _ = ask(host + address)
            assert answer.status == 301
            target = urlsplit(answer.headers["Location"] or "")
            assert target._replace(scheme="", netloc="").geturl() == base + new


def test_cloudflare_shows_our_page_for_a_wrong_address(host: str) -> None:
    for path in ("no/such/page/", "contact/more"):
        answer, content = ask(host + path)
        assert answer.status == 404
        assert b"This page is not here" in content


def test_files_for_the_host_are_at_its_root(root: Path, base: str) -> None:
    assert {path.name for path in root.rglob("_*")} == {"_headers", "_redirects"}
    assert (root / "_headers").is_file()
    assert (root / "404.html").is_file()
