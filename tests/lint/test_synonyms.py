"""synonyms.yml: what it may say, and what a writer hears who says something else."""

from pathlib import Path

import pytest

from macros.problem import ProblemsError
from search import synonyms
from search.language import language
from tests.project import ROOT

ENGLISH = language("en")


def read(tmp_path: Path, text: str) -> list[tuple[str, ...]]:
    (tmp_path / "search").mkdir()
    (tmp_path / synonyms.FILE).write_text(text, encoding="utf-8")
    return synonyms.read(tmp_path, ENGLISH)


def test_a_line_is_a_group_with_the_pages_word_first(tmp_path: Path) -> None:
    read_groups = read(tmp_path, "refund: [reimbursement, money back]\nparcel: [package]\n")
    assert read_groups == [("refund", "reimbursement", "money back"), ("parcel", "package")]


def test_the_projects_own_list_is_fine() -> None:
    assert len(synonyms.read(ROOT, ENGLISH)) > 10


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("refund: [rebate]\nmoney: [rebate]\n", "2: 'rebate' stands under 'refund' already"),
        ("refund: [rebate, rebates]\n", "1: 'rebates' stands under 'refund' already"),
        ("refund:\n  - rebate\n  - rebate\n", "3: 'rebate' stands under 'refund' already"),
        ("refund: [rebate]\nrebate: [refund]\n", "1: 'rebate' leads back to the line 'rebate:'"),
        ("refund: [rebate]\nrebate: [refund]\n", "2: 'refund' leads back to the line 'refund:'"),
        ("refund: [refunds]\n", "1: 'refunds' leads back to itself"),
        ("refund: [money, the money]\n", "1: 'the money' holds a word that is not searched"),
        ("the: [a]\n", "1: 'the' holds a word that is not searched"),
        ("refund: [Rebate]\n", "1: expected small letters only, found 'Rebate'"),
        ("refund: [pay-back]\n", "1: expected small letters only, found 'pay-back'"),
        ("refund: [over 20]\n", "1: expected small letters only, found 'over 20'"),
        ("refund: []\n", "1: 'refund' is empty"),
        ("refund: rebate\n", "1: 'refund': expected a list"),
        ("refund: [rebate]\nrefund: [cash]\n", "2: not valid YAML: the key 'refund' stands here"),
        ("- refund\n", "1: the file: expected"),
        ("refund: [12]\n", "1: 'refund.0': expected words in quotes"),
        ("refund: [yes]\n", "1: 'refund.0': expected words in quotes"),
    ],
)
def test_a_mistake_is_told_with_its_line(tmp_path: Path, text: str, problem: str) -> None:
    with pytest.raises(ProblemsError) as caught:
        read(tmp_path, text)
    told = [str(each) for each in caught.value.problems]
    assert any(each.startswith(f"{synonyms.FILE}:{problem}") for each in told), told


def test_a_list_that_is_missing_is_told(tmp_path: Path) -> None:
    with pytest.raises(ProblemsError, match=r"search/synonyms\.yml:1: cannot be read"):
        synonyms.read(tmp_path, ENGLISH)
