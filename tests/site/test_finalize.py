"""What every build ends with: pages that a strict policy lets work, and what hosts need."""

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import brotli
import pytest
from playwright.sync_api import Browser
from selectolax.lexbor import LexborHTMLParser

from publish import finish, headers
from publish.assets import digest, named
from tests.project import ROOT, Project, run
from tests.search.asking import worker_path
from tests.site.test_html import mistakes
from tests.site_server import serving

HOME = '<!doctype html><html lang="en-GB"><head><meta charset="utf-8"><title>A</title></head><body>{}</body></html>'


def site_with(folder: Path, html: str) -> Path:
    """Return a site of one page that holds `html`."""
    (folder / "index.html").write_text(HOME.format(html), encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    "html",
    [
        "<script>alert(1)</script>",
        "<script type=module>alert(1)</script>",
        "<script type=text/javascript></script>",
        "<style>p{}</style>",
        "<p style='color:red'>",
        "<p onclick='x()'>",
        "<img src=x.svg OnError=x()>",
        "<script src='https://elsewhere.example/x.js'></script>",
        "<img src='//elsewhere.example/x.png'>",
        "<link rel=stylesheet href='http://elsewhere.example/x.css'>",
        "<script src='HTTPS://elsewhere.example/x.js'></script>",
        "<script src='data:text/javascript,x()'></script>",
        "<link rel='preload Stylesheet' href='data:text/css,p{}'>",
        "<link rel=preload as=image imagesrcset='/x.png, https://elsewhere.example/x.png 2x'>",
        "<img src=' https://elsewhere.example/x.png'>",
        "<img src='\\\\elsewhere.example/x.png'>",
        "<img srcset='x.png, //elsewhere.example/x.png 2x'>",
        "<picture><source srcset='https://elsewhere.example/x.png'></picture>",
        "<table background='https://elsewhere.example/x.png'></table>",
        "<a href='contact/' ping='https://elsewhere.example/'>",
        "<a href='java\tscript:x()'>",
        "<svg><a xlink:href='javascript:x()'></a></svg>",
        "<svg><image href='https://elsewhere.example/x.png'/></svg>",
        "<svg><use xlink:href='https://elsewhere.example/x.svg#a'/></svg>",
        "<svg><rect fill='url( https://elsewhere.example/x.svg#a)'/></svg>",
        "<svg><animate attributeName=href values='javascript:x()'/></svg>",
        "<iframe srcdoc='<script>x()</script>'></iframe>",
        "<object data=x.svg></object>",
        "<video poster='https://elsewhere.example/x.png'></video>",
        "<base href='https://elsewhere.example/'>",
        "<form action='https://elsewhere.example/'></form>",
        "<form><button formaction='//elsewhere.example/'></button></form>",
        "<meta http-equiv=Refresh content='0; url=https://elsewhere.example/'>",
        "<template><p style='color:red'></template>",
        "<noscript><style>p{}</style></noscript>",
    ],
)
def test_a_page_that_the_policy_would_break_is_refused(tmp_path: Path, html: str) -> None:
    (problem,) = finish.finish(site_with(tmp_path, html), {}, "/")
    assert str(problem).startswith("site/index.html:1: ")
    assert not (tmp_path / "checksums.txt").exists()


@pytest.mark.parametrize(
    "html",
    [
        "<script src='site.js'></script>",
        "<script type='application/ld+json'>{}</script>",
        "<script type='application/json'>{}</script>",
        "<link rel=canonical href='https://help.example/'>",
        "<a href='https://elsewhere.example/'>Elsewhere</a>",
        "<img src='data:image/svg+xml,x'>",
        "<link rel=icon href='data:image/svg+xml,x'>",
        "<meta http-equiv=refresh content='0; url=../contact/'>",
        "<svg><use href='#a'/><rect fill='url(#b)'/></svg>",
        "<form action='/votes'></form>",
        "<a href='mailto:care@help.example'>Write</a>",
        "<template><p>Said later</p></template>",
    ],
)
def test_what_the_policy_allows_is_fine(tmp_path: Path, html: str) -> None:
    assert finish.finish(site_with(tmp_path, html), {}, "/") == []


@pytest.mark.parametrize(
    ("file", "content", "told"),
    [
        ("style.css", "@import url(https://elsewhere.example/x.css);", "loads https://elsewhere"),
        ("style.css", "@import '//elsewhere.example/x.css';", "loads //elsewhere.example/x.css"),
        ("style.css", "p{background:url( 'HTTPS://elsewhere.example/x.png')}", "loads HTTPS:"),
        ("style.css", "@font-face{src:url(own.woff2)}", "allows no fonts"),
        ("logo.svg", "<svg><script>x()</script></svg>", "a script in a page"),
        ("logo.svg", "<svg><image href='https://elsewhere.example/x.png'/></svg>", "loads https:"),
    ],
)
def test_a_stylesheet_or_picture_that_the_policy_would_break_is_refused(
    tmp_path: Path, file: str, content: str, told: str
) -> None:
    site = site_with(tmp_path, "")
    (site / file).write_text(content, encoding="utf-8")
    (problem,) = finish.finish(site, {}, "/")
    assert str(problem).startswith(f"site/{file}:1: ")
    assert told in problem.message


def test_a_stylesheet_may_hold_pictures_and_name_its_own(tmp_path: Path) -> None:
    site = site_with(tmp_path, "")
    css = "p{background:url(\"data:image/svg+xml,%3Csvg xmlns='http://x'/%3E\"),url(x.png)}"
    (site / "style.css").write_text(css, encoding="utf-8")
    assert finish.finish(site, {}, "/") == []


def test_an_old_address_does_not_take_the_place_of_a_page(tmp_path: Path) -> None:
    site = site_with(tmp_path, "")
    (site / "contact").mkdir()
    (site / "contact/index.html").write_text(HOME.format("Call us"), encoding="utf-8")
    for _ in range(2):
        assert finish.finish(site, {"old/": "contact/"}, "/") == []
    (problem,) = finish.finish(site, {"contact/": "", "old/": "contact/"}, "/")
    assert str(problem) == "redirects.yml:1: 'contact/' is the address of a page"
    assert "Call us" in (site / "contact/index.html").read_text(encoding="utf-8")


def test_by_hand_it_may_be_said_again_for_another_host(tmp_path: Path) -> None:
    """Nothing compressed is left of what was; and the path is that of the build."""
    site = site_with(tmp_path, "<p>" + "Much to say. " * 50)
    assert finish.finish(site, {}, "/help/") == []
    for words in (("--compress",), ("--meta-policy",), ("--compress",)):
        outcome = run(sys.executable, "-m", "publish", site, *words, cwd=ROOT)
        assert outcome.code == 0, outcome.output
        small = site / "index.html.br"
        assert small.exists() is (words == ("--compress",))
    assert brotli.decompress(small.read_bytes()) == (site / "index.html").read_bytes()
    assert (site / "_headers").read_text(encoding="utf-8").startswith("/help/*\n")
    outcome = run(sys.executable, "-m", "publish", tmp_path / "nowhere", cwd=ROOT)
    assert (outcome.code, outcome.output) == (1, f"there is no built site in {tmp_path}/nowhere/\n")


def test_the_folder_for_a_hosts_root_is_never_one_that_holds_something_else(
    tmp_path: Path,
) -> None:
    site = tmp_path / "work/site"
    site.mkdir(parents=True)
    for name in ("index.html", "404.html"):
        (site / name).write_text(HOME.format(name), encoding="utf-8")
    assert finish.finish(site, {}, "/help/") == []
    (tmp_path / "other").mkdir()
    (tmp_path / "other/mine.txt").write_text("mine", encoding="utf-8")
    before = sorted(tmp_path.rglob("*"))
    for folder, told in (
        (tmp_path / "other", "holds something else"),
        (site, "lie in each other"),
        (site.parent, "lie in each other"),
        (site / "host", "lie in each other"),
    ):
        outcome = run(sys.executable, "-m", "publish", site, "--host-root", folder, cwd=ROOT)
        assert outcome.code == 1
        assert told in outcome.output
        assert sorted(tmp_path.rglob("*")) == before
    for _ in range(2):
        host = tmp_path / "host"
        outcome = run(sys.executable, "-m", "publish", site, "--host-root", host, cwd=ROOT)
        assert outcome.code == 0, outcome.output
        assert {path.name for path in host.iterdir()} == {"404.html", "_headers", "_redirects", "help"}  # fmt: skip


@pytest.mark.slow
def test_a_preview_says_so_and_is_never_published(project: Project, tmp_path: Path) -> None:
    assert project.build(SITE_AS_OF="2027-01-15").code == 0
    for program, to in (
        ("release", str(tmp_path / "srv")),
        ("s3", "s3://help"),
        ("github_pages", "--branch=gh-pages"),
    ):
        key = {"AWS_DEFAULT_REGION": "us-east-1"}
        outcome = run(sys.executable, "-m", f"publish.{program}", to, cwd=project.root, SITE_AS_OF="", **key)  # fmt: skip
        assert outcome.code == 1
        assert "site/ is a preview of 2027-01-15, and is never published" in outcome.output


@pytest.mark.slow
def test_a_build_with_a_script_inside_a_template_fails(project: Project) -> None:
    project.edit(
        "overrides/main.html", "{% block content %}", "{% block content %}<script>alert(1)</script>"
    )
    outcome = project.build()
    assert outcome.code == 1
    assert "a script in a page: put it into a file of docs/assets/" in outcome.output


def test_the_policy_makes_no_exception() -> None:
    assert "unsafe" not in headers.POLICY
    assert "*" not in headers.POLICY
    assert "sha256" not in headers.POLICY
    assert headers.POLICY.startswith("default-src 'none'; script-src 'self'; ")


@pytest.mark.site
def test_every_file_that_pages_use_has_a_hash_of_its_content_in_its_name(site: Path) -> None:
    """But those that programs and hosts look for by their names."""
    known = {
        *("404.html", "_headers", "_redirects", "checksums.txt", "llms.txt", "policy.json"),
        *("policy.schema.json", "robots.txt", "sitemap.xml", "sitemap.xml.gz", "version.json"),
    }
    unnamed = set()
    for path in site.rglob("*"):
        if path.is_file() and path.name != "index.html":
            folder = sorted(path.parent.iterdir())
            own = digest(path.read_bytes())
            together = digest(b"".join(each.read_bytes() for each in folder if each.is_file()))
            if own not in path.name and together != path.parent.name:
                unnamed.add(path.relative_to(site).as_posix())
    assert unnamed - known == set()


@pytest.mark.site
def test_every_page_names_the_search_and_its_index_as_they_are(site: Path, tmp_path: Path) -> None:
    """Also after the search was made anew from the built site, and published by hand."""
    copy = Path(shutil.copytree(site, tmp_path / "site"))
    index = next((copy / "search").glob("index.*.bin"))
    for content in (index.read_bytes(), b"another"):
        index.unlink()
        (copy / "search/index.bin").write_bytes(content)
        assert finish.finish(copy, {}, "/") == []
        index = copy / "search" / named("index.bin", content)
        assert index.read_bytes() == content
        for page in copy.rglob("*.html"):
            found = re.findall(r'"search": "([^"]*)"', page.read_text(encoding="utf-8"))
            base = copy if page.name == "404.html" else page.parent
            (place,) = {(base / path.lstrip("/")).resolve() for path in found}
            assert place == (copy / worker_path(copy)).resolve()


@pytest.mark.site
def test_an_old_address_leads_on_without_a_script(site: Path, tmp_path: Path) -> None:
    copy = Path(shutil.copytree(site, tmp_path / "site"))
    assert finish.finish(copy, {"old/way/": "contact/", "help/": ""}, "/") == []
    for old, new in {"old/way/": "contact/", "help/": ""}.items():
        page = copy / old / "index.html"
        html = LexborHTMLParser(page.read_text(encoding="utf-8"))
        (link,) = html.css("a")
        assert (copy / old / (link.attributes["href"] or "")).resolve() == (copy / new).resolve()
        assert f"url={link.attributes['href']}" in page.read_text(encoding="utf-8")
        assert html.css("meta[name=robots][content=noindex]")
        assert mistakes(page) == ""


@pytest.mark.site
@pytest.mark.browser
def test_a_host_without_headers_gets_the_policy_inside_its_pages(
    site: Path, tmp_path: Path, browser: Browser
) -> None:
    copy = Path(shutil.copytree(site, tmp_path / "site"))
    finish.add_meta_policy(copy)
    finish.add_meta_policy(copy)  # once is enough
    page = copy / "contact/index.html"
    text = page.read_text(encoding="utf-8")
    assert text.count("Content-Security-Policy") == 1
    page.write_text(
        text.replace("</h1>", "</h1><script>window.ran = true</script>"), encoding="utf-8"
    )
    with serving(copy) as address:
        tab = browser.new_page()
        refused: list[str] = []
        tab.on("console", lambda message: refused.append(message.text))
        tab.goto(f"{address}contact/", wait_until="networkidle")
        assert tab.evaluate("window.ran") is None
        assert len(refused) == 1
        assert "Content Security Policy" in refused[0]
        tab.goto(f"{address}orders/")
        tab.locator(".search-link").click()
        tab.keyboard.type("refund")
        tab.locator(".search .md-search-result__link").first.wait_for()
        assert len(refused) == 1
        tab.close()


@pytest.mark.site
def test_the_release_says_its_commit_and_when_it_was_built(site: Path) -> None:
    version = json.loads((site / "version.json").read_text())
    commit = subprocess.run(["git", "rev-parse", "HEAD"], cwd=ROOT, capture_output=True, text=True, check=True)  # fmt: skip
    assert version["commit"].removesuffix("-dirty") == commit.stdout.strip()
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", version["built"])


@pytest.mark.site
def test_sha256sum_reads_the_list(site: Path) -> None:
    done = subprocess.run(
        ["sha256sum", "--check", "--quiet", "checksums.txt"], cwd=site, check=False
    )
    assert done.returncode == 0


@pytest.mark.site
def test_the_program_can_be_run_by_hand_and_again(site: Path, tmp_path: Path) -> None:
    copy = Path(shutil.copytree(site, tmp_path / "site"))
    for _ in range(2):
        outcome = run(sys.executable, "-m", "publish", copy, "--compress", cwd=ROOT)
        assert outcome.code == 0, outcome.output
    assert (copy / "index.html.br").stat().st_size < (copy / "index.html").stat().st_size / 2
    assert not list(copy.rglob("*.br.*")) + list(copy.rglob("*.gz.*"))
    site_with(tmp_path, "<style></style>")
    refused = run(sys.executable, "-m", "publish", tmp_path, cwd=ROOT)
    assert refused.code == 1
    assert "<style> in a page" in refused.output


@pytest.mark.slow
@pytest.mark.site
def test_two_builds_of_one_commit_are_the_same_to_the_byte(
    project: Project, tmp_path: Path
) -> None:
    """On another day, in another folder, zone and locale."""
    git = ("git", "-c", "user.name=T", "-c", "user.email=t@t.example")
    other = Project(tmp_path / "elsewhere/in another place")
    for words in (
        ("init", "--quiet"),
        ("add", "--all"),
        ("commit", "--quiet", "--message", "First"),
        ("clone", "--quiet", ".", str(other.root)),
    ):
        assert run(*git, *words, cwd=project.root).code == 0
    epoch = {"SOURCE_DATE_EPOCH": "1790000000", "SITE_URL": "https://host.example/help/"}
    later = tmp_path / "later"
    later.mkdir()
    (later / "sitecustomize.py").write_text(
        "import time_machine\ntime_machine.travel('2027-02-03T04:05:06Z').start()\n",
        encoding="utf-8",
    )
    told = run(sys.executable, "-c", "import time; print(time.gmtime()[:3])", cwd=tmp_path, PYTHONPATH=str(later))  # fmt: skip
    assert told.output == "(2027, 2, 3)\n"
    here = {"TZ": "Asia/Shanghai", "LC_ALL": "C", "PYTHONHASHSEED": "1"}
    there = {"TZ": "America/St_Johns", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "2"}
    assert project.build(**here, **epoch).code == 0
    assert other.build(**there, **epoch, PYTHONPATH=str(later)).code == 0
    sites = [
        {
            path.relative_to(root / "site").as_posix(): path.read_bytes()
            for path in (root / "site").rglob("*")
            if path.is_file()
        }
        for root in (project.root, other.root)
    ]
    assert sites[0] == sites[1]
    commit = run("git", "rev-parse", "HEAD", cwd=project.root).output.strip()
    assert json.loads(sites[0]["version.json"])["commit"] == commit
