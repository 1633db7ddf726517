"""_headers and _redirects, as Netlify's own code and Cloudflare Pages' own program read them."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from helpcentre.content.hashed import FOLDERS
from helpcentre.deploy.prepare import put_under
from helpcentre.site.headers import FOR_EVER, OPEN, headers
from tests import node, servers
from tests.deploy.test_host_config import BASES, REDIRECTS, ask
from tests.site.test_finalize import finalized
from tests.site.test_pages import PATHS

pytestmark = [pytest.mark.site, pytest.mark.slow]

PAGES = {"orders/late/": "orders/not-received.md", "help/": "index.md"}
"""REDIRECTS as redirects.yml has them."""


@pytest.fixture(scope="module", params=BASES)
def base(request: pytest.FixtureRequest) -> str:
    """The path of the site on its host."""
    path: str = request.param
    return path


@pytest.fixture(scope="module")
def root(base: str, site: Path, help_site: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder for the host's root, with the site under its path."""
    copy = tmp_path_factory.mktemp("host") / "site"
    shutil.copytree(dict(zip(BASES, (site, help_site), strict=True))[base], copy)
    assert finalized(copy, PAGES, base) == []
    folder = copy.with_name("root")
    put_under(folder, copy)
    return folder


@pytest.fixture(scope="module")
def host(root: Path, base: str) -> Iterator[str]:
    """The address of the site on Cloudflare Pages."""
    with servers.cloudflare(root) as address:
        yield address.rstrip("/") + base


def test_netlify_reads_every_line_of_both(root: Path, base: str) -> None:
    found = json.loads(node.run(node.PACKAGES, "netlify.mjs", root).stdout)
    assert found["errors"] == []
    rules = {rule["for"]: rule["values"] for rule in found["headers"]}
    assert rules == {
        f"{base}*": dict(headers()),
        **{f"{base}{folder}*": {"Cache-Control": FOR_EVER} for folder in FOLDERS},
        **{f"{base}{file}": {"Access-Control-Allow-Origin": "*"} for file in OPEN},
    }
    for old, new in REDIRECTS.items():
        first = next(rule for rule in found["redirects"] if rule["from"] == base + old)
        assert (first["to"], first["status"], first["force"]) == (base + new, 301, True)


def test_cloudflare_sends_every_page_with_all_headers(host: str) -> None:
    for path in PATHS:
        response, content = ask(host + path)
        assert response.status == 200, path
        assert b"<!doctype html>" in content
        assert "max-age=0" in (response.headers["Cache-Control"] or "")
        for name, value in headers().items():
            assert response.headers.get_all(name) == [value], (path, name)


def test_cloudflare_keeps_hashed_files_for_ever(host: str, root: Path, base: str) -> None:
    for folder in FOLDERS:
        file = next(file for file in (root / base.strip("/") / folder).rglob("*") if file.is_file())
        path = file.relative_to(root / base.strip("/")).as_posix()
        response, _ = ask(host + path)
        assert response.status == 200
        assert FOR_EVER in (response.headers["Cache-Control"] or "")


def test_cloudflare_redirects_from_an_old_address(host: str, base: str) -> None:
    for old, new in REDIRECTS.items():
        for spelled in (old, old.rstrip("/")):
            response, _ = ask(host + spelled)
            assert response.status == 301
            assert urlsplit(response.headers["Location"] or "").path == base + new


def test_cloudflare_shows_the_sites_own_page_for_a_wrong_address(host: str) -> None:
    for path in ("no/such/page/", "contact/more"):
        response, content = ask(host + path)
        assert response.status == 404
        assert b"This page is not here" in content


def test_what_is_for_the_host_only_is_at_its_root(root: Path, base: str) -> None:
    assert {path.name for path in root.rglob("_*")} == {"_headers", "_redirects"}
    assert (root / "_headers").is_file()
    assert (root / "404.html").is_file()
