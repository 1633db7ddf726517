"""The navigation names each page once, and nothing but pages."""

import pytest

from helpcentre import content
from helpcentre.lint import navigation
from tests.project import ROOT, Project


def problems(project: Project) -> list[str]:
    """Return what the rule finds in the project's navigation."""
    return [str(problem) for problem in navigation.check(content.read(project.root))]


def test_the_projects_own_navigation_has_no_errors() -> None:
    assert problems(Project(ROOT)) == []


LATE = "      - orders/not-received.md\n"


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        (LATE, "", "docs/orders/not-received.md:1: is not in 'nav' in mkdocs.yml"),
        (LATE, LATE + "      - orders/late.md\n", "mkdocs.yml:{}: 'nav' names docs/orders/late.md, which does not exist"),
        (LATE, LATE + LATE, "mkdocs.yml:{}: 'nav' names docs/orders/not-received.md 2 times"),
        (LATE, LATE + "      - https://shop.example/\n", "mkdocs.yml:{}: 'nav' names docs/https://shop.example/, which does not exist"),
        (LATE, "      - Late?: orders/not-received.md\n", "mkdocs.yml:{}: the topic 'Orders' has sub-topics: expected pages only"),
        ("  - contact.md\n", "  - Contact: contact.md\n", "mkdocs.yml:{}: 'nav' gives docs/contact.md the title 'Contact'"),
        (LATE, "      - Late:\n          - orders/not-received.md\n", "mkdocs.yml:{}: the topic 'Orders' has sub-topics: expected pages only"),
        ("      - orders/index.md\n" + LATE, LATE + "      - orders/index.md\n", "mkdocs.yml:{}: the topic 'Orders' must begin with a page that has 'template: topic.html' and an 'icon'"),
        ("  - contact.md\n", "  - contact.md\n  - Empty: []\n", "mkdocs.yml:{}: the topic 'Empty' must begin with a page"),
        ("nav:\n", "navigation:\n", "mkdocs.yml:1: expected YAML with the key 'nav'"),
    ],
)  # fmt: skip
def test_an_error_is_reported_with_its_line(
    project: Project, old: str, new: str, problem: str
) -> None:
    project.edit("mkdocs.yml", old, new)
    line = problem.partition("docs/")[2].partition(",")[0].partition(" ")[0]
    words = line if line and line in new else "Empty:" if "Empty" in new else "Orders:"
    expected = problem.format(project.line_of("mkdocs.yml", words))
    assert any(expected in each for each in problems(project)), problems(project)


@pytest.mark.parametrize(
    ("file", "template"),
    [("docs/contact.md", "topic.html"), ("docs/orders/index.md", "home.html")],
)
def test_a_template_in_the_wrong_place_is_an_error(
    project: Project, file: str, template: str
) -> None:
    text = (project.root / file).read_text(encoding="utf-8")
    without = "\n".join(line for line in text.split("\n") if not line.startswith("template:"))
    (project.root / file).write_text(
        without.replace("reviewed:", f"template: {template}\nreviewed:"), encoding="utf-8"
    )
    assert any(f"'template: {template}' is for another place" in each for each in problems(project))


@pytest.mark.parametrize("needed", navigation.NEEDED)
def test_a_page_that_all_others_link_to_must_exist(project: Project, needed: str) -> None:
    (project.root / "docs" / needed).unlink()
    message = f"mkdocs.yml:1: there is no page docs/{needed}: every page links to it"
    assert message in problems(project)


def test_a_topic_has_as_many_questions_as_a_reader_can_scan(project: Project) -> None:
    text = (project.root / "docs/orders/track-parcel.md").read_text(encoding="utf-8")
    own = (project.root / "mkdocs.yml").read_text(encoding="utf-8").count("- orders/") - 1
    for number in range(navigation.MAX_QUESTIONS - own):
        (project.root / f"docs/orders/more-{number}.md").write_text(text, encoding="utf-8")
        project.edit("mkdocs.yml", LATE, f"{LATE}      - orders/more-{number}.md\n")
    assert problems(project) == []
    (project.root / "docs/orders/last.md").write_text(text, encoding="utf-8")
    project.edit("mkdocs.yml", LATE, f"{LATE}      - orders/last.md\n")
    (problem,) = problems(project)
    assert f"the topic 'Orders' has {navigation.MAX_QUESTIONS + 1} questions" in problem
    assert "split it" in problem
