"""Old addresses lead to pages, at once, and on this site."""

from pathlib import Path

import pytest

from tests.project import Project, commit, problems, run

FILE = "content/redirects.yml"


def redirected(project: Project, lines: str) -> list[str]:
    """Return what the lint finds where redirects.yml has these lines."""
    project.edit(FILE, "redirects: {}", f"redirects:\n{lines}")
    return problems(project)


def test_a_page_that_moved_keeps_its_old_address(project: Project) -> None:
    assert redirected(project, "  orders/late/: orders/not-received.md\n  help/: index.md") == []


@pytest.mark.parametrize(
    "line",
    [
        "hc/en-us/articles/360001-Where_is_it/: contact.md",
        "orders/late/: contact.md#answer",
        "old.html: contact.md",
        "shop/faq.php/: contact.md",
        "contact.html: contact.md",
        "care~2/a.b/: contact.md",
    ],
)
def test_an_address_of_an_older_system_leads_to_a_page(project: Project, line: str) -> None:
    assert redirected(project, f"  {line}") == []


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        ("  orders/late/: orders/not-here.md", "'orders/late/' leads to docs/orders/not-here.md, which does not exist"),
        ("  orders/late/: orders/not-receive.md", "did you mean 'orders/not-received.md'"),
        ("  contact/: index.md", "'contact/' is the address of docs/contact.md"),
        ("  Contact/: index.md", "'Contact/' is the address of docs/contact.md"),
        ("  a/: b/\n  b/: a/", "'b/' has moved too: name the page that it leads to"),
        ("  a/: a/", "'a/' has moved too"),
        ("  a/: https://elsewhere.example/", "which does not exist"),
        ("  a/: //elsewhere.example/", "which does not exist"),
        ("  Old/: contact.md\n  old/: index.md", "'old/' differs from 'Old/' in capital letters only"),
        ("  assets/old/: contact.md", "'assets/old/' is in a folder that never holds pages"),
        ("  Search/: contact.md", "'Search/' is in a folder that never holds pages"),
        ("  contact.html: glossary.md", "'contact.html' is the address of docs/contact.md"),
        ("  contact/index.html: contact.md", "'contact/index.html' is the address of docs/contact.md"),
        ("  index.html: contact.md", "'index.html' is the address of docs/index.md"),
        ("  Contact/: contact.md", "'Contact/' is the address of docs/contact.md"),
        ("  a/: contact.md#b c", "'a/' leads to docs/contact.md#b c, which does not exist"),
        ("  show?id=3: contact.md", "hosts of static files cannot tell addresses apart by what follows ? or #"),
        ("  'a/#b': contact.md", "hosts of static files cannot tell addresses apart by what follows ? or #"),
        ("  möbel/: contact.md", "hosts do not agree on letters other than A to Z, digits and - _ . ~"),
        ("  a.html/b/: contact.md", "expected an address from the site's root"),
        ("  a/.git/: contact.md", "expected an address from the site's root"),
        ("  a/: contact.md\n  a/: index.md", "duplicate key 'a/'"),
        ("  /a/: contact.md", "expected an address from the site's root with a slash at its end"),
        ("  a: contact.md", "expected an address from the site's root with a slash at its end"),
        ("  ../a/: contact.md", "expected an address from the site's root"),
        ("  'a b/': contact.md", "expected an address from the site's root"),
        ("  'a/; return 200 x; /': contact.md", "expected an address from the site's root"),
    ],
)  # fmt: skip
def test_an_error_is_reported_with_its_line(project: Project, lines: str, message: str) -> None:
    first, *_ = redirected(project, lines)
    line = project.line_of(FILE, lines.splitlines()[0])
    last = line + len(lines.splitlines()) - 1
    assert first.startswith((f"{FILE}:{line}: ", f"{FILE}:{last}: "))
    assert message in first


def test_a_page_that_is_gone_needs_a_redirect(project: Project) -> None:
    page = project.root / "docs/orders/late.md"
    page.write_text("x", encoding="utf-8")
    commit(project.root, "2026-01-05")
    page.unlink()
    message = "a page was there once, says git: name the page that replaced it, as in"
    expected = [f"{FILE}:1: {message} 'orders/late/: PAGE.md' [redirects]"]
    assert problems(project) == expected
    commit(project.root, "2026-01-06")
    assert problems(project) == expected
    assert redirected(project, "  orders/late/: orders/not-received.md") == []


def test_a_page_that_moves_to_a_folder_of_its_own_keeps_its_address(project: Project) -> None:
    commit(project.root, "2026-01-05")
    (project.root / "docs/glossary").mkdir()
    (project.root / "docs/glossary.md").rename(project.root / "docs/glossary/index.md")
    assert not [problem for problem in problems(project) if "says git" in problem]


def test_a_shallow_clone_demands_nothing(project: Project, tmp_path: Path) -> None:
    page = project.root / "docs/orders/late.md"
    page.write_text("x", encoding="utf-8")
    commit(project.root, "2026-01-05")
    page.unlink()
    commit(project.root, "2026-01-06")
    clone = (
        "git",
        "clone",
        "--quiet",
        "--depth=1",
        f"file://{project.root}",
        str(tmp_path / "clone"),
    )
    assert run(*clone, cwd=tmp_path).code == 0
    assert problems(Project(tmp_path / "clone")) == []
