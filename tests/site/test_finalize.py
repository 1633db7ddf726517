"""The last step of a build: what no host may get is refused, and what hosts need is added."""

import json
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

from helpcentre.content.hashed import digest
from helpcentre.content.project import Project as Content
from helpcentre.search.asking import worker_path
from helpcentre.site import built_pages, finalize, headers
from macros.problem import Problem
from tests.project import MKDOCS, ROOT, Project, own_content, run
from tests.site.test_html import mistakes

HOME = '<!doctype html><html lang="en-GB"><head><meta charset="utf-8"><title>A</title></head><body>{}</body></html>'


TAGS = list(own_content().translations)


@pytest.fixture(scope="module")
def content() -> Content:
    """The project's own content."""
    return replace(own_content(), translations={})


def finalized(site: Path, content: Content, base: str = "/", **redirects: str) -> list[Problem]:
    """Finalize the folder `site`, in which each old address leads to a page."""
    moved = {old.replace("_", "/"): new for old, new in redirects.items()}
    return finalize.finalize(site, replace(content, redirects=moved), base)


def refused(site: Path) -> list[Problem]:
    """Return what the content security policy would stop in the folder `site`."""
    return list(built_pages.refused(built_pages.read(site)))


def site_with(folder: Path, html: str) -> Path:
    """Return a site of one page that contains `html`."""
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
def test_what_the_policy_would_stop_is_refused(tmp_path: Path, html: str) -> None:
    (problem,) = refused(site_with(tmp_path, html))
    assert str(problem).startswith("site/index.html:1: ")


def test_a_site_with_a_problem_is_not_finalized(tmp_path: Path, content: Content) -> None:
    problems = finalized(site_with(tmp_path, "<style>p{}</style><a href='lost/'>x</a>"), content)
    assert len(problems) == 2
    assert [path.name for path in tmp_path.iterdir()] == ["index.html"]


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
def test_what_the_policy_allows_is_accepted(tmp_path: Path, html: str) -> None:
    assert refused(site_with(tmp_path, html)) == []


@pytest.mark.parametrize(
    ("file", "text", "message"),
    [
        ("style.css", "@import url(https://elsewhere.example/x.css);", "loads https://elsewhere"),
        ("style.css", "@import '//elsewhere.example/x.css';", "loads //elsewhere.example/x.css"),
        ("style.css", "p{background:url( 'HTTPS://elsewhere.example/x.png')}", "loads HTTPS:"),
        ("style.css", "@font-face{src:url(own.woff2)}", "allows no fonts"),
        ("logo.svg", "<svg><script>x()</script></svg>", "a script in a page"),
        ("logo.svg", "<svg><image href='https://elsewhere.example/x.png'/></svg>", "loads https:"),
    ],
)
def test_a_stylesheet_or_picture_that_the_policy_would_stop_is_refused(
    tmp_path: Path, file: str, text: str, message: str
) -> None:
    site = site_with(tmp_path, "")
    (site / file).write_text(text, encoding="utf-8")
    (problem,) = refused(site)
    assert str(problem).startswith(f"site/{file}:1: ")
    assert message in problem.message


def test_a_stylesheet_may_contain_pictures_and_name_those_of_the_site(tmp_path: Path) -> None:
    site = site_with(tmp_path, "")
    css = "p{background:url(\"data:image/svg+xml,%3Csvg xmlns='http://x'/%3E\"),url(x.png)}"
    (site / "style.css").write_text(css, encoding="utf-8")
    assert refused(site) == []


def test_an_old_address_does_not_replace_a_page(tmp_path: Path, content: Content) -> None:
    site = site_with(tmp_path, "")
    (site / "contact").mkdir()
    (site / "contact/index.html").write_text(HOME.format("Call us"), encoding="utf-8")
    assert finalized(site, content, old_="contact.md") == []
    (problem,) = finalized(site, content, contact_="index.md")
    assert str(problem) == "content/redirects.yml:1: 'contact/' is the address of a page or file"
    assert "Call us" in (site / "contact/index.html").read_text(encoding="utf-8")


def test_an_old_address_does_not_replace_a_file(tmp_path: Path, content: Content) -> None:
    site = site_with(tmp_path, "")
    (site / "robots.txt").write_text("User-agent: *", encoding="utf-8")
    (problem,) = finalized(site, content, **{"robots.txt/": "index.md"})
    assert "'robots.txt/' is the address of a page or file" in problem.message


@pytest.mark.slow
def test_an_old_address_may_lead_to_a_part_that_exists(tmp_path: Path, content: Content) -> None:
    site = site_with(tmp_path, "<h2 id=part>A</h2>")
    (problem,) = finalized(site, content, old_="index.md#lost")
    assert problem.message == "'old/' leads to '#lost', but that page has no anchor 'lost'"
    assert finalized(site, content, **{"old/page.html": "index.md#part"}) == []
    page = (site / "old/page.html").read_text(encoding="utf-8")
    assert '<a href="../#part">' in page
    assert not mistakes(site / "old/page.html")


@pytest.mark.slow
def test_a_build_with_a_script_inside_a_template_fails(project: Project) -> None:
    project.edit(
        "theme/main.html", "{% block content %}", "{% block content %}<script>alert(1)</script>"
    )
    outcome = project.build()
    assert outcome.code == 1
    assert "a script in a page: put it into a file of theme/assets/" in outcome.output


def test_the_policy_has_no_exceptions() -> None:
    assert "unsafe" not in headers.policy()
    assert "*" not in headers.policy()
    assert "sha256" not in headers.policy()
    assert headers.policy().startswith("default-src 'none'; script-src 'self'; ")


@pytest.mark.site
def test_every_file_that_pages_use_has_a_hash_of_its_content_in_its_name(site: Path) -> None:
    """Except those that programs and hosts look for by name."""
    known = {
        *("404.html", "_headers", "_redirects", "checksums.txt", "llms.txt", "policy.json"),
        *("policy.schema.json", "robots.txt", "sitemap.xml", "sitemap.xml.gz", "version.json"),
    }
    unnamed = set()
    for path in site.rglob("*"):
        if path.is_file() and path.name != "index.html":
            folder = sorted(path.parent.iterdir())
            own = digest(path.read_bytes())
            together = digest(b"".join(file.read_bytes() for file in folder if file.is_file()))
            if own not in path.name and together != path.parent.name:
                unnamed.add(path.relative_to(site).as_posix())
    of_languages = {f"{tag}/{name}" for tag in TAGS for name in ("404.html", "llms.txt")}
    assert unnamed - known - of_languages == set()


@pytest.mark.site
def test_every_page_names_the_search_worker_and_its_index(site: Path) -> None:
    of_languages = {site / tag for tag in TAGS}
    for page in site.rglob("*.html"):
        if of_languages & {*page.parents}:
            continue
        html = LexborHTMLParser(page.read_text(encoding="utf-8"))
        (dialog,) = html.css("[data-search-worker]")
        folder = site if page.name == "404.html" else page.parent
        named = folder / (dialog.attributes["data-search-worker"] or "").lstrip("/")
        assert named.resolve() == (site / worker_path(site)).resolve()


@pytest.mark.slow
def test_an_old_address_redirects_without_a_script(tmp_path: Path, content: Content) -> None:
    site = site_with(tmp_path, "")
    assert finalized(site, content, old_way_="contact.md", help_="index.md") == []
    for old, new in {"old/way/": "contact/", "help/": ""}.items():
        page = site / old / "index.html"
        html = LexborHTMLParser(page.read_text(encoding="utf-8"))
        (link,) = html.css("a")
        assert (site / old / (link.attributes["href"] or "")).resolve() == (site / new).resolve()
        assert f"url={link.attributes['href']}" in page.read_text(encoding="utf-8")
        assert html.css("meta[name=robots][content=noindex]")
        assert not mistakes(page)


@pytest.mark.site
def test_a_site_names_its_commit_and_the_time_of_the_build(site: Path) -> None:
    version = json.loads((site / "version.json").read_text())
    commit = subprocess.run(["git", "rev-parse", "HEAD"], cwd=ROOT, capture_output=True, text=True, check=True)  # fmt: skip
    assert version["commit"].removesuffix("-dirty") == commit.stdout.strip()
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", version["built"])


@pytest.mark.site
def test_sha256sum_reads_the_checksums(site: Path) -> None:
    done = subprocess.run(
        ["sha256sum", "--check", "--quiet", "checksums.txt"], cwd=site, check=False
    )
    assert done.returncode == 0


@pytest.mark.slow
@pytest.mark.site
def test_two_builds_of_one_commit_are_byte_identical(project: Project, tmp_path: Path) -> None:
    """On another day, in another folder, zone and locale."""
    git = ("git", "-c", "user.name=T", "-c", "user.email=t@t.example")
    other = Project(tmp_path / "elsewhere/in another folder")
    for arguments in (
        ("init", "--quiet"),
        ("add", "--all"),
        ("commit", "--quiet", "--message", "First"),
        ("clone", "--quiet", ".", str(other.root)),
    ):
        assert run(*git, *arguments, cwd=project.root).code == 0
    epoch = {"SOURCE_DATE_EPOCH": "1790000000", "SITE_URL": "https://host.example/help/"}
    later = tmp_path / "later"
    later.mkdir()
    (later / "sitecustomize.py").write_text(
        "import time_machine\ntime_machine.travel('2027-02-03T04:05:06Z').start()\n",
        encoding="utf-8",
    )
    shown = run(sys.executable, "-c", "import time; print(time.gmtime()[:3])", cwd=tmp_path, PYTHONPATH=str(later))  # fmt: skip
    assert shown.output == "(2027, 2, 3)\n"
    here = {"TZ": "Asia/Shanghai", "LC_ALL": "C", "PYTHONHASHSEED": "1"}
    there = {"TZ": "America/St_Johns", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "2"}
    assert run(MKDOCS, "build", cwd=project.root, **here, **epoch).code == 0
    assert run(MKDOCS, "build", cwd=other.root, **there, **epoch, PYTHONPATH=str(later)).code == 0
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
