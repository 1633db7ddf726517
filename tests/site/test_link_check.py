"""Links of built pages, raw HTML included."""

from pathlib import Path

import pytest

from checks import links


def broken(tmp_path: Path, html: str, base: str = "/") -> list[str]:
    """Return what is wrong with a site whose page /a/ has `html` in it."""
    site = tmp_path / "site"
    for name in ("a", "b c"):
        (site / name).mkdir(parents=True)
    (site / "a/index.html").write_text(f"<h1 id=top>A</h1>{html}", encoding="utf-8")
    (site / "b c/index.html").write_text("<h2 id=über>B</h2><a name=old></a>", encoding="utf-8")
    (site / "logo.svg").write_text("<svg/>", encoding="utf-8")
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs/a.md").write_text(f"---\n---\n\n{html}\n", encoding="utf-8")
    return [str(problem) for problem in links.check(site, tmp_path, base)]


@pytest.mark.parametrize(
    "html",
    [
        '<a href="../b%20c/">',
        '<a href="../b%20c/#%C3%BCber">',
        '<a href="../b c/#old">',
        '<a href="#top">',
        '<a href="">',
        '<a href="?q=x#top">',
        '<a href="/a/">',
        '<img src="../logo.svg?v=1">',
        '<a href="https://elsewhere.example/x">',
        '<a href="mailto:care@shop.example">',
        '<form action="../a/">',
    ],
)
def test_a_link_that_leads_somewhere_is_fine(tmp_path: Path, html: str) -> None:
    assert broken(tmp_path, html) == []


@pytest.mark.parametrize(
    ("html", "why"),
    [
        ('<a href="../c/">', "there is no such page or file"),
        ('<a href="../b%20c">', "there is no such page or file"),
        ('<a href="../b%20c/#uber">', "that page has no 'uber' to jump to"),
        ('<a href="#bottom">', "that page has no 'bottom' to jump to"),
        ('<img src="../logo.png">', "there is no such page or file"),
        ('<video poster="../still.png">', "there is no such page or file"),
        ('<form action="../search">', "there is no such page or file"),
        ('<a href="javascript:void(0)">', "'javascript:' leads nowhere here"),
        ('<a href="//[bad/">', "Invalid IPv6 URL"),
        ('<a href="/a.md">', "there is no such page or file"),
        ('<a href="htps://elsewhere.example/">', "'htps:' leads nowhere here"),
        ('<img srcset="../logo.svg 1x, ../big.png 2x">', "there is no such page or file"),
        ('<button formaction="../search">', "there is no such page or file"),
        ('<object data="../logo.png">', "there is no such page or file"),
        (f'<a href="/{"x" * 5000}">', "there is no such page or file"),
        (f'<a href="/{"..%2f" * 12}etc/passwd">', "there is no such page or file"),
    ],
)
def test_a_link_that_leads_nowhere_is_told_with_its_line(
    tmp_path: Path, html: str, why: str
) -> None:
    (problem,) = broken(tmp_path, html)
    assert problem.startswith("docs/a.md:4: the link ")
    assert why in problem


def test_a_broken_link_of_a_template_names_the_built_page(tmp_path: Path) -> None:
    (tmp_path / "site/a").mkdir(parents=True)
    (tmp_path / "site/a/index.html").write_text("<a href=../gone/>", encoding="utf-8")
    (problem,) = links.check(tmp_path / "site", tmp_path)
    assert str(problem).startswith("site/a/index.html:1: the link '../gone/' is broken")
    assert problem.message.endswith("it comes from a template")


def test_a_markdown_link_is_told_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "site/a").mkdir(parents=True)
    (tmp_path / "docs").mkdir()
    (tmp_path / "site/a/index.html").write_text('<a href="../a/#no">', encoding="utf-8")
    (tmp_path / "docs/a.md").write_text("---\nx: a\n---\n\n[A](a.md#no)\n", encoding="utf-8")
    (problem,) = links.check(tmp_path / "site", tmp_path)
    assert (problem.file, problem.line) == ("docs/a.md", 5)


def test_under_a_path_a_link_from_the_root_of_the_host_is_told(tmp_path: Path) -> None:
    (problem,) = broken(tmp_path, '<a href="/a/">', base="/help/")
    assert "it leaves the site, which lives under /help/" in problem


def test_under_a_path_a_link_with_that_path_is_fine(tmp_path: Path) -> None:
    assert broken(tmp_path, '<a href="/help/a/">', base="/help/") == []
