"""A live site is held against what was built."""

import re
import shutil
import sys
from pathlib import Path

import pytest

from publish import finish, verify
from publish.built import CHECKSUMS
from publish.headers import headers
from tests import servers
from tests.project import ROOT, run
from tests.site_server import serving

pytestmark = [pytest.mark.site, pytest.mark.slow]


def test_a_site_as_it_was_built_is_fine(site: Path) -> None:
    with servers.nginx(site) as address:
        outcome = run(sys.executable, "-m", "publish.verify", address, cwd=ROOT)
        assert outcome.code == 0, outcome.output
        assert "files are as they were built, from commit " in outcome.output


def test_what_was_changed_or_lost_on_the_way_is_told(site: Path, tmp_path: Path) -> None:
    copy = Path(shutil.copytree(site, tmp_path / "site"))
    with (copy / "contact/index.html").open("a") as page:
        page.write(" ")
    (copy / "policy.json").unlink()
    with servers.nginx(copy) as address:
        told = list(verify.check(address, (site / CHECKSUMS).read_text(encoding="utf-8"), {}))
    assert told == [
        "contact/index.html: not what was built",
        "policy.json: the host answers 404",
    ]


def test_a_host_that_sends_no_headers_is_told_unless_pages_carry_the_policy(
    site: Path, tmp_path: Path
) -> None:
    copy = Path(shutil.copytree(site, tmp_path / "site"))
    with serving(copy) as address:
        outcome = run(sys.executable, "-m", "publish.verify", address, cwd=ROOT)
        assert outcome.code == 1
        told = re.findall("the host does not send '([^:]+): ", outcome.output)
        assert told == list(headers())
        finish.add_meta_policy(copy)
        outcome = run(sys.executable, "-m", "publish.verify", address, cwd=ROOT)
        assert outcome.code == 0, outcome.output


def test_the_list_names_every_file_that_a_host_serves(site: Path) -> None:
    sums = (site / CHECKSUMS).read_text(encoding="utf-8")
    named = {line.split("  ", 1)[1] for line in sums.splitlines()}
    there = {path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()}
    for_hosts = {"_headers", "_redirects", "sitemap.xml.gz"}  # the last as any compressed copy
    assert there - named == {CHECKSUMS, *for_hosts}


def test_another_release_is_told_and_so_is_a_host_that_is_not_there(
    site: Path, help_site: Path
) -> None:
    with servers.nginx(site) as address:
        outcome = run(
            sys.executable, "-m", "publish.verify", address, "--site", help_site, cwd=ROOT
        )
    assert outcome.code == 1
    assert "index.html: not what was built" in outcome.output
    gone = run(sys.executable, "-m", "publish.verify", address, cwd=ROOT)
    assert gone.code == 1
    assert gone.output.startswith(f"{address} is not a site that was built by this: ")


def test_an_old_address_may_be_a_redirect_and_must_lead_to_its_page(
    site: Path, tmp_path: Path
) -> None:
    copy = Path(shutil.copytree(site, tmp_path / "site"))
    moved = {"orders/late/": "orders/not-received/", "old-contact/": "contact/"}
    assert finish.finish(copy, moved, "/") == []
    sums = (copy / CHECKSUMS).read_text(encoding="utf-8")
    with serving(copy) as address:
        assert list(verify.check(address, sums, moved)) == []
    with servers.nginx(copy, "/", moved) as address:
        assert list(verify.check(address, sums, moved)) == []
    elsewhere = moved | {"old-contact/": "glossary/"}
    with servers.nginx(copy, "/", elsewhere) as address:
        assert list(verify.check(address, sums, moved)) == [
            "old-contact/index.html: not what was built"
        ]


@pytest.mark.parametrize("sums", ["", "<title>Log in</title>\n", f"{'0' * 64}  contact.html\n"])
def test_a_list_that_is_none_is_told(site: Path, tmp_path: Path, sums: str) -> None:
    copy = Path(shutil.copytree(site, tmp_path / "site"))
    (copy / CHECKSUMS).write_text(sums, encoding="utf-8")
    with serving(copy) as address:
        outcome = run(sys.executable, "-m", "publish.verify", address, cwd=ROOT)
    assert outcome.code == 1
    assert outcome.output.endswith(": it is not a list of a site's files\n")
