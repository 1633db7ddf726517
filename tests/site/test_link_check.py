"""Links of built pages, raw HTML included."""

from pathlib import Path

import pytest

from helpcentre.content.page import Page
from helpcentre.site import built_pages, links
from macros.problem import Problem
from tests.lint.pages import page
from tests.project import own_content


def check(root: Path, base: str = "/", source: Page | None = None) -> list[Problem]:
    """Return what is wrong with the site in `root`, whose page /a/ is made of `source`."""
    sources = {"a/index.html": source} if source else {}
    return links.check(root / "site", built_pages.read(root / "site"), sources, base)


def broken(tmp_path: Path, html: str, base: str = "/") -> list[str]:
    """Return what is wrong with a site whose page /a/ has `html` in it."""
    site = tmp_path / "site"
    for name in ("a", "b c"):
        (site / name).mkdir(parents=True)
    (site / "a/index.html").write_text(f"<h1 id=top>A</h1>{html}", encoding="utf-8")
    (site / "b c/index.html").write_text("<h2 id=über>B</h2><a name=old></a>", encoding="utf-8")
    (site / "logo.svg").write_text("<svg/>", encoding="utf-8")
    return [str(problem) for problem in check(tmp_path, base, page(f"\n{html}\n"))]


@pytest.mark.parametrize(
    "html",
    [
        '<a href="../b%20c/">',
        '<a href="../b%20c/#%C3%BCber">',
        '<a href="../b c/#old">',
        '<a href="#top">',
        '<a href="">',
        '<a href="?q=x#top">',
        '<a href="../b%20c/#about=something">',
        '<a href="/a/">',
        '<img src="../logo.svg?v=1">',
        '<a href="https://elsewhere.example/x">',
        '<a href="mailto:care@shop.example">',
        '<form action="../a/">',
    ],
)
def test_a_link_that_leads_somewhere_is_accepted(tmp_path: Path, html: str) -> None:
    assert broken(tmp_path, html) == []


@pytest.mark.parametrize(
    ("html", "why"),
    [
        ('<a href="../c/">', "no such page or file"),
        ('<a href="../b%20c">', "no such page or file"),
        ('<a href="../b%20c/#uber">', "that page has no anchor 'uber'"),
        ('<a href="../b%20c/#answers=yes">', "that page has no anchor 'answers=yes'"),
        ('<a href="#bottom">', "that page has no anchor 'bottom'"),
        ('<img src="../logo.png">', "no such page or file"),
        ('<video poster="../still.png">', "no such page or file"),
        ('<form action="../search">', "no such page or file"),
        ('<a href="javascript:void(0)">', "'javascript:' is not allowed here"),
        ('<a href="//[bad/">', "Invalid IPv6 URL"),
        ('<a href="/a.md">', "no such page or file"),
        ('<a href="htps://elsewhere.example/">', "'htps:' is not allowed here"),
        ('<img srcset="../logo.svg 1x, ../big.png 2x">', "no such page or file"),
        ('<button formaction="../search">', "no such page or file"),
        ('<object data="../logo.png">', "no such page or file"),
        (f'<a href="/{"x" * 5000}">', "no such page or file"),
        (f'<a href="/{"..%2f" * 12}etc/passwd">', "no such page or file"),
    ],
)
def test_a_link_that_leads_nowhere_is_reported_with_its_line(
    tmp_path: Path, html: str, why: str
) -> None:
    (problem,) = broken(tmp_path, html)
    assert problem.startswith("docs/a.md:11: the link ")
    assert why in problem


def test_a_broken_link_of_a_template_names_the_built_page(tmp_path: Path) -> None:
    (tmp_path / "site/a").mkdir(parents=True)
    (tmp_path / "site/a/index.html").write_text("<a href=../gone/>", encoding="utf-8")
    (problem,) = check(tmp_path)
    assert str(problem).startswith("site/a/index.html:1: the link '../gone/' is broken")
    assert problem.message.endswith("it comes from a template")


def test_a_link_inside_a_picture_leads_somewhere_too(tmp_path: Path) -> None:
    (tmp_path / "site").mkdir()
    picture = "<svg><path id='here'/><use href='#here'/><use href='gone.svg#there'/></svg>"
    (tmp_path / "site/logo.svg").write_text(picture, encoding="utf-8")
    (problem,) = check(tmp_path)
    assert str(problem).startswith("site/logo.svg:1: the link 'gone.svg#there' is broken")


def test_a_markdown_link_is_reported_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "site/a").mkdir(parents=True)
    (tmp_path / "site/a/index.html").write_text('<a href="../a/#no">', encoding="utf-8")
    (problem,) = check(tmp_path, source=page("\n[A](a.md#no)\n"))
    assert (problem.file, problem.line) == ("docs/a.md", 11)


def test_each_page_is_known_by_the_file_that_it_is_built_into() -> None:
    """In every language."""
    known = links.sources_of(own_content())
    for file, source in (
        ("index.html", "docs/index.md"),
        ("orders/index.html", "docs/orders/index.md"),
        ("es/orders/track-parcel/index.html", "languages/es/docs/orders/track-parcel.md"),
    ):
        assert known[file].file == source


def test_under_a_path_a_link_from_the_root_of_the_host_is_broken(tmp_path: Path) -> None:
    (problem,) = broken(tmp_path, '<a href="/a/">', base="/help/")
    assert "it leaves the site, which is under /help/" in problem


def test_under_a_path_a_link_with_that_path_is_accepted(tmp_path: Path) -> None:
    assert broken(tmp_path, '<a href="/help/a/">', base="/help/") == []
