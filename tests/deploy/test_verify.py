"""A deployment is compared with what was built."""

import re
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from helpcentre.content.redirects import addresses
from helpcentre.deploy import prepare, verify
from helpcentre.site import finalize
from helpcentre.site.headers import headers
from helpcentre.site.manifest import CHECKSUMS, digests
from tests import servers
from tests.project import ROOT, Outcome, own_content, run_module
from tests.site_server import serving

pytestmark = [pytest.mark.site, pytest.mark.slow]


def expected(site: Path) -> dict[str, str]:
    """Return what a built site lists: the SHA-256 by file."""
    return digests((site / CHECKSUMS).read_text(encoding="utf-8"))


def command(*words: str | Path) -> Outcome:
    return run_module("helpcentre.deploy.verify", *words, cwd=ROOT)


def test_a_site_as_it_was_built_has_no_problems(site: Path) -> None:
    with servers.nginx(site) as address:
        outcome = command(address)
        assert outcome.code == 0, outcome.output
        assert "files are as they were built, from commit " in outcome.output


def test_changed_and_lost_files_are_reported(site: Path, tmp_path: Path) -> None:
    copy = Path(shutil.copytree(site, tmp_path / "site"))
    with (copy / "contact/index.html").open("a") as page:
        page.write(" ")
    (copy / "policy.json").unlink()
    with servers.nginx(copy) as address:
        problems = list(verify.check(address, expected(site), {}))
    assert problems == [
        "contact/index.html: not what was built",
        "policy.json: the host answers 404",
    ]


def test_missing_headers_are_reported_unless_pages_carry_the_policy(
    site: Path, tmp_path: Path
) -> None:
    copy = Path(shutil.copytree(site, tmp_path / "site"))
    with serving(copy) as address:
        outcome = command(address)
        assert outcome.code == 1
        missing = re.findall("the host does not send '([^:]+): ", outcome.output)
        assert missing == list(headers())
        prepare.add_meta_policy(copy)
        outcome = command(address)
        assert outcome.code == 0, outcome.output


def test_the_checksums_list_every_file_that_a_host_serves(site: Path) -> None:
    named = set(expected(site))
    files = {path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()}
    for_hosts = {"_headers", "_redirects", "sitemap.xml.gz"}  # the last is a compressed copy
    assert files - named == {CHECKSUMS, *for_hosts}


def test_another_release_and_a_host_that_does_not_answer_are_reported(
    site: Path, help_site: Path
) -> None:
    with servers.nginx(site) as address:
        outcome = command(address, "--site", help_site)
    assert outcome.code == 1
    assert "index.html: not what was built" in outcome.output
    gone = command(address)
    assert gone.code == 1
    assert gone.output.startswith(f"{address} is not a site of this project: ")


def test_an_old_address_may_redirect_and_must_lead_to_its_page(site: Path, tmp_path: Path) -> None:
    copy = Path(shutil.copytree(site, tmp_path / "site"))
    pages = {"orders/late/": "orders/not-received.md", "old-contact/": "contact.md"}
    moved = addresses(pages)
    assert finalize.finalize(copy, replace(own_content(), redirects=pages), "/") == []
    built = expected(copy)
    with serving(copy) as address:
        assert list(verify.check(address, built, moved)) == []
    with servers.nginx(copy, "/", moved) as address:
        assert list(verify.check(address, built, moved)) == []
    elsewhere = moved | {"old-contact/": "glossary/"}
    with servers.nginx(copy, "/", elsewhere) as address:
        assert list(verify.check(address, built, moved)) == [
            "old-contact/index.html: not what was built"
        ]


@pytest.mark.parametrize(
    "checksums", ["", "<title>Log in</title>\n", f"{'0' * 64}  contact.html\n"]
)
def test_an_invalid_list_is_reported(site: Path, tmp_path: Path, checksums: str) -> None:
    copy = Path(shutil.copytree(site, tmp_path / "site"))
    (copy / CHECKSUMS).write_text(checksums, encoding="utf-8")
    with serving(copy) as address:
        outcome = command(address)
    assert outcome.code == 1
    assert outcome.output.endswith(": it is not a list of a site's files\n")
