"""Old addresses lead to pages, at once, and on this site."""

import pytest

import checks
from macros.problem import ProblemsError
from tests.project import Project


def told(project: Project, lines: str) -> list[str]:
    """Return what is wrong with the project where redirects.yml has these lines."""
    project.edit("redirects.yml", "redirects: {}", f"redirects:\n{lines}")
    try:
        checks.read(project.root)
    except ProblemsError as error:
        return [str(problem) for problem in error.problems]
    return []


def test_a_page_that_moved_keeps_its_old_address(project: Project) -> None:
    assert told(project, "  orders/late/: orders/not-received.md\n  help/: index.md") == []


@pytest.mark.parametrize(
    ("lines", "problem"),
    [
        ("  orders/late/: orders/not-here.md", "'orders/late/' leads to docs/orders/not-here.md, and there is no such page"),
        ("  orders/late/: orders/not-receive.md", "did you mean 'orders/not-received.md'"),
        ("  contact/: index.md", "'contact/' is the address of docs/contact.md"),
        ("  Contact/: index.md", "'Contact/' is the address of docs/contact.md"),
        ("  a/: b/\n  b/: a/", "'b/' has moved too: name the page that it leads to"),
        ("  a/: a/", "'a/' has moved too"),
        ("  a/: https://elsewhere.example/", "there is no such page"),
        ("  a/: //elsewhere.example/", "there is no such page"),
        ("  Old/: contact.md\n  old/: index.md", "'old/' differs from 'Old/' in capitals only"),
        ("  assets/old/: contact.md", "'assets/old/' lies in a folder that has files only"),
        ("  Search/: contact.md", "'Search/' lies in a folder that has files only"),
        ("  a/: contact.md\n  a/: index.md", "the key 'a/' stands here a second time"),
        ("  /a/: contact.md", "expected an address from the site's root with a slash at its end"),
        ("  a: contact.md", "expected an address from the site's root with a slash at its end"),
        ("  ../a/: contact.md", "expected an address from the site's root"),
        ("  'a b/': contact.md", "expected an address from the site's root"),
        ("  'a/; return 200 x; #/': contact.md", "expected an address from the site's root"),
    ],
)  # fmt: skip
def test_a_mistake_is_told_with_its_line(project: Project, lines: str, problem: str) -> None:
    first, *_ = told(project, lines)
    line = project.line_of("redirects.yml", lines.splitlines()[0])
    last = line + len(lines.splitlines()) - 1
    assert first.startswith((f"redirects.yml:{line}: ", f"redirects.yml:{last}: "))
    assert problem in first
