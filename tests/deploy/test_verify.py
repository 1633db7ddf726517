"""A deployment is verified against what was built."""

import re
import shutil
import sys
from pathlib import Path

import pytest

from helpcentre.deploy import prepare, verify
from helpcentre.site.headers import headers
from helpcentre.site.manifest import CHECKSUMS
from tests import servers
from tests.project import ROOT, Outcome, run
from tests.site.test_finalize import finalized
from tests.site_server import serving

pytestmark = [pytest.mark.site, pytest.mark.slow]


def command(*arguments: str | Path) -> Outcome:
    return run(sys.executable, "-m", "helpcentre.deploy.verify", *arguments, cwd=ROOT)


def test_a_complete_deployment_passes(site: Path) -> None:
    with servers.nginx(site) as address:
        outcome = command(address)
        assert outcome.code == 0, outcome.output
        assert "files are as they were built, from commit " in outcome.output


def test_changed_and_missing_files_are_reported(site: Path, tmp_path: Path) -> None:
    copy = Path(shutil.copytree(site, tmp_path / "site"))
    with (copy / "contact/index.html").open("a") as page:
        page.write(" ")
    (copy / "policy.json").unlink()
    with servers.nginx(copy) as address:
        checksums = (site / CHECKSUMS).read_text(encoding="utf-8")
        assert list(verify.check(address, checksums, {})) == [
            "contact/index.html: not what was built",
            "policy.json: the host answers 404",
        ]


def test_a_host_must_send_the_headers_unless_pages_carry_the_policy(
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


def test_the_list_names_every_file_that_a_host_serves(site: Path) -> None:
    listed = {
        line.split("  ", 1)[1]
        for line in (site / CHECKSUMS).read_text(encoding="utf-8").splitlines()
    }
    files = {path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()}
    for_hosts = {"_headers", "_redirects", "sitemap.xml.gz"}  # the last as any compressed copy
    assert files - listed == {CHECKSUMS, *for_hosts}


def test_another_release_and_an_unreachable_host_are_reported(site: Path, help_site: Path) -> None:
    with servers.nginx(site) as address:
        outcome = command(address, "--site", help_site)
    assert outcome.code == 1
    assert "index.html: not what was built" in outcome.output
    gone = command(address)
    assert gone.code == 1
    assert gone.output.startswith(f"{address} is not a site of this project: ")
    assert command().code == 2


def test_an_old_address_may_redirect_and_must_lead_to_its_page(site: Path, tmp_path: Path) -> None:
    copy = Path(shutil.copytree(site, tmp_path / "site"))
    pages = {"orders/late/": "orders/not-received.md", "old-contact/": "contact.md"}
    assert finalized(copy, pages) == []
    redirects = {"orders/late/": "orders/not-received/", "old-contact/": "contact/"}
    checksums = (copy / CHECKSUMS).read_text(encoding="utf-8")
    with serving(copy) as address:
        assert list(verify.check(address, checksums, redirects)) == []
    with servers.nginx(copy, "/", redirects) as address:
        assert list(verify.check(address, checksums, redirects)) == []
    elsewhere = redirects | {"old-contact/": "glossary/"}
    with servers.nginx(copy, "/", elsewhere) as address:
        assert list(verify.check(address, checksums, redirects)) == [
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
