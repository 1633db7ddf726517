"""synonyms.yml: what it may contain, and the errors for everything else."""

import pytest

from helpcentre import content
from helpcentre.content.synonyms import file_of, groups, read
from helpcentre.lint import synonyms
from macros import language
from macros.problem import Problem, ProblemsError
from tests.project import ROOT, Project, own_content

ENGLISH = language.read(ROOT)
FILE = file_of(ENGLISH)


def problems(project: Project, text: str) -> list[Problem]:
    """Return what is wrong where synonyms.yml has this text: in reading it, or by the rule."""
    (project.root / FILE).write_text(text, encoding="utf-8")
    try:
        return list(synonyms.check(content.read(project.root)))
    except ProblemsError as error:
        return list(error.problems)


def test_a_line_is_a_group_with_the_pages_word_first(project: Project) -> None:
    text = "refund: [reimbursement, money back]\nparcel: [package]\n"
    assert problems(project, text) == []
    assert groups(read(project.root, ENGLISH)) == [
        ("refund", "reimbursement", "money back"),
        ("parcel", "package"),
    ]


def test_the_projects_own_list_has_no_errors() -> None:
    assert list(synonyms.check(own_content())) == []
    assert len(read(ROOT, ENGLISH)) > 10


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("refund: [rebate]\nmoney: [rebate]\n", "2: 'rebate' is already under 'refund': remove one"),
        ("refund: [rebate, rebates]\n", "1: 'rebates' is already under 'refund': remove one"),
        ("refund:\n  - rebate\n  - rebate\n", "3: 'rebate' is already under 'refund': remove one"),
        ("refund: [rebate]\nrebate: [refund]\n", "1: 'rebate' leads back to the line 'rebate:'"),
        ("refund: [rebate]\nrebate: [refund]\n", "2: 'refund' leads back to the line 'refund:'"),
        ("refund: [refunds]\n", "1: 'refunds' leads back to itself"),
        ("refund: [money, the money]\n", "1: 'the money' has a word that is not searched"),
        ("the: [a]\n", "1: 'the' has a word that is not searched"),
        ("refund: [Rebate]\n", "1: expected lower-case letters only, found 'Rebate'"),
        ("refund: [pay-back]\n", "1: expected lower-case letters only, found 'pay-back'"),
        ("refund: [over 20]\n", "1: expected lower-case letters only, found 'over 20'"),
        ("refund: []\n", "1: 'refund' is empty"),
        ("refund: rebate\n", "1: 'refund': expected a list"),
        ("refund: [rebate]\nrefund: [cash]\n", "2: not valid YAML: duplicate key 'refund'"),
        ("- refund\n", "1: the file: expected"),
        ("refund: [12]\n", "1: 'refund.0': expected words in quotes"),
        ("refund: [yes]\n", "1: 'refund.0': expected words in quotes"),
    ],
)  # fmt: skip
def test_an_error_is_reported_with_its_line(project: Project, text: str, problem: str) -> None:
    found = [str(each) for each in problems(project, text)]
    assert any(each.startswith(f"{FILE}:{problem}") for each in found), found


def test_a_missing_list_is_an_error(project: Project) -> None:
    (project.root / FILE).unlink()
    with pytest.raises(ProblemsError, match=r"languages/en/synonyms\.yml:1: cannot be read"):
        read(project.root, ENGLISH)
