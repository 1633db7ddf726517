"""The navigation names each page once, and nothing but pages."""

from pathlib import Path

import pytest

from checks import navigation

PAGES = ("index.md", "orders/index.md", "orders/late.md")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for page in PAGES:
        (tmp_path / "docs" / page).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "docs" / page).touch()
    (tmp_path / "mkdocs.yml").write_text(
        "nav:\n  - index.md\n  - orders/lat.md\n", encoding="utf-8"
    )
    return tmp_path


def told(root: Path, nav: object) -> list[str]:
    return [str(problem) for problem in navigation.check(nav, root)]


def test_a_whole_navigation_is_fine(root: Path) -> None:
    assert (
        told(root, ["index.md", {"Orders": ["orders/index.md", {"Late?": "orders/late.md"}]}]) == []
    )


def test_a_page_that_is_left_out_is_told(root: Path) -> None:
    assert told(root, ["index.md", "orders/late.md"]) == [
        "docs/orders/index.md:1: is not in 'nav' in mkdocs.yml"
    ]


def test_a_page_that_does_not_exist_is_told_with_its_line(root: Path) -> None:
    (_, wrong) = told(root, ["index.md", "orders/index.md", "orders/lat.md"])
    assert wrong == (
        "mkdocs.yml:3: 'nav' names docs/orders/lat.md, and there is no such page"
        " (did you mean 'orders/late.md'?)"
    )


def test_a_page_that_stands_there_twice_is_told(root: Path) -> None:
    (twice,) = told(root, [*PAGES, "index.md"])
    assert twice == "mkdocs.yml:2: 'nav' names docs/index.md 2 times"
