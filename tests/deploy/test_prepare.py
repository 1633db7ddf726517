"""What is added to a built site for one host."""

import re
import shutil
from functools import cache
from itertools import pairwise
from pathlib import Path

import brotli
import pytest
from playwright.sync_api import Browser

from helpcentre.content.project import Project as Content
from helpcentre.deploy.prepare import add_meta_policy, add_previous, compress
from helpcentre.site import finalize
from helpcentre.site.manifest import CHECKSUMS, digests
from tests.project import ROOT, Outcome, own_content, run, run_module
from tests.site.test_finalize import site_with
from tests.site_server import serving

pytestmark = pytest.mark.slow  # each command is a process


def command(site: Path, *options: str | Path) -> Outcome:
    return run_module("helpcentre.deploy.prepare", site, *options, cwd=ROOT, SITE_AS_OF="")


@cache
def content() -> Content:
    """Return the project's own content."""
    return own_content()


def small_site(folder: Path, text: str = "One", style: str = "p {}") -> Path:
    """Make a built site of one page and one hashed file, for the path /help/."""
    (folder / "assets").mkdir(parents=True)
    (folder / f"assets/style.{len(style):010x}.css").write_text(style, encoding="utf-8")
    (folder / "404.html").write_text("Not here", encoding="utf-8")
    site_with(folder, text)
    assert finalize.finalize(folder, content(), "/help/") == []
    return folder


def files(site: Path) -> set[str]:
    return {path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()}


def test_each_file_gets_one_compressed_copy_of_a_kind_however_often(tmp_path: Path) -> None:
    site = small_site(tmp_path / "site", "<p>" + "Much to say. " * 50)
    before = files(site)
    for _ in range(2):
        compress(site)
        added = {name for name in files(site) - before if name.startswith("index")}
        assert added == {"index.html.br", "index.html.gz"}
    copy = (site / "index.html.br").read_bytes()
    assert brotli.decompress(copy) == (site / "index.html").read_bytes()
    assert len(copy) < (site / "index.html").stat().st_size / 2
    assert run("sha256sum", "--check", "--quiet", CHECKSUMS, cwd=site).output == ""


def test_what_is_no_built_site_is_refused(tmp_path: Path) -> None:
    outcome = command(tmp_path / "nowhere")
    assert outcome.code == 1
    assert outcome.output.startswith(f"there is no built site in {tmp_path}/nowhere/: run")
    site = small_site(tmp_path / "site")
    (site / CHECKSUMS).write_text("<title>Log in</title>\n", encoding="utf-8")
    outcome = command(site)
    assert outcome.code == 1
    assert outcome.output.startswith(f"there is no built site in {site}/: run")
    assert command(site, "--nonsense").code == 2


def test_the_root_of_a_host_is_never_a_folder_that_holds_something_else(tmp_path: Path) -> None:
    site = small_site(tmp_path / "work/site")
    (tmp_path / "other").mkdir()
    (tmp_path / "other/mine.txt").write_text("mine", encoding="utf-8")
    before = sorted(tmp_path.rglob("*"))
    for folder, why in (
        (tmp_path / "other", "holds other files: name a folder that does not exist yet"),
        (site, "must not be nested"),
        (site.parent, "must not be nested"),
        (site / "host", "must not be nested"),
    ):
        outcome = command(site, "--host-root", folder)
        assert outcome.code == 1
        assert why in outcome.output
        assert sorted(tmp_path.rglob("*")) == before
    host = tmp_path / "host"
    for _ in range(2):
        outcome = command(site, "--host-root", host)
        assert outcome.code == 0, outcome.output
        assert {path.name for path in host.iterdir()} == {"404.html", "_headers", "_redirects", "help"}  # fmt: skip
        assert (host / "help/index.html").is_file()


def test_the_hashed_files_of_the_site_before_are_added_and_no_older_ones(tmp_path: Path) -> None:
    sites = [small_site(tmp_path / f"site-{n}", f"{n}", "p {}" + " " * n) for n in range(3)]
    for previous, site in pairwise(sites):
        listed = (site / CHECKSUMS).read_bytes()
        with serving(previous) as address:
            for _ in range(2):
                outcome = command(site, "--previous", address)
                assert (outcome.code, outcome.output) == (0, "")
        assert (site / CHECKSUMS).read_bytes() == listed
    names = {path.name for path in (sites[2] / "assets").iterdir()}
    assert names == {"style.0000000005.css", "style.0000000006.css"}


def test_a_site_before_that_cannot_be_read_is_noted_and_stops_nothing(tmp_path: Path) -> None:
    first, second = (small_site(tmp_path / name, name, f"p {{}}{name}") for name in ("a", "bb"))
    before = files(second)
    (first / "assets/style.0000000005.css").write_text("changed", encoding="utf-8")
    with serving(first) as address:
        for url, why in (
            (address, "assets/style.0000000005.css is not what was built"),
            (f"{address}nowhere/", "404"),
            ("http://127.0.0.1:9/", "Connection refused"),
        ):
            outcome = command(second, "--previous", url)
            assert outcome.code == 0
            assert outcome.output.startswith("note: no files of the site before are kept: ")
            assert why in outcome.output
            assert files(second) == before


def test_a_site_before_cannot_write_outside_of_the_new_one(tmp_path: Path) -> None:
    site = small_site(tmp_path / "site")
    for name in ("assets/../../outside.css", "assets/../index.html.br", "/outside.css"):
        listed = f"{'0' * 64}  {name}\n{'0' * 64}  index.html\n".encode()
        before = sorted(tmp_path.rglob("*"))
        add_previous(site, lambda _, listed=listed: listed)  # type: ignore[misc]
        assert sorted(tmp_path.rglob("*")) == before


@pytest.mark.site
@pytest.mark.browser
def test_a_host_without_our_headers_gets_the_policy_inside_its_pages(
    site: Path, tmp_path: Path, browser: Browser
) -> None:
    copy = Path(shutil.copytree(site, tmp_path / "site"))
    add_meta_policy(copy)
    add_meta_policy(copy)  # once is enough
    page = copy / "contact/index.html"
    text = page.read_text(encoding="utf-8")
    assert text.count("Content-Security-Policy") == 1
    assert "contact/index.html" in digests((copy / CHECKSUMS).read_text(encoding="utf-8"))
    script = "</h1><script>window.ran = true</script>"
    page.write_text(re.sub("</h1>", script, text, count=1), encoding="utf-8")
    with serving(copy) as address:
        tab = browser.new_page()
        messages: list[str] = []
        tab.on("console", lambda message: messages.append(message.text))
        tab.goto(f"{address}contact/")
        assert tab.evaluate("window.ran") is None
        (refused,) = messages
        assert "Content Security Policy" in refused
        tab.goto(f"{address}orders/")
        tab.locator(".search-link").click()
        tab.keyboard.type("refund")
        tab.locator(".search ol a").first.wait_for()
        assert messages == [refused]
        tab.close()
