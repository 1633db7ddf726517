"""The navigation names each page once, and nothing but pages."""

import pytest

from checks import facts, navigation, page
from checks.content import Content
from macros import policy
from tests.project import DAY, Project


def told(project: Project) -> list[str]:
    root = project.root
    history = policy.read(root)
    pages, _ = page.read_all(root)
    content = Content(root, DAY, history, history.on(DAY), history.on(DAY), facts.load(root), pages)
    return [str(problem) for problem in navigation.check(content)]


def test_the_projects_own_navigation_is_fine(project: Project) -> None:
    assert told(project) == []


LATE = "      - orders/not-received.md\n"


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        (LATE, "", "docs/orders/not-received.md:1: is not in 'nav' in mkdocs.yml"),
        (LATE, LATE + "      - orders/late.md\n", "mkdocs.yml:{}: 'nav' names docs/orders/late.md, and there is no such page"),
        (LATE, LATE + LATE, "mkdocs.yml:{}: 'nav' names docs/orders/not-received.md 2 times"),
        (LATE, LATE + "      - https://shop.example/\n", "mkdocs.yml:{}: 'nav' names docs/https://shop.example/, and there is no such page"),
        (LATE, "      - Late?: orders/not-received.md\n", "mkdocs.yml:{}: the topic 'Orders' holds more than pages"),
        ("  - contact.md\n", "  - Contact: contact.md\n", "mkdocs.yml:{}: 'nav' gives docs/contact.md the title 'Contact'"),
        (LATE, "      - Late:\n          - orders/not-received.md\n", "mkdocs.yml:{}: the topic 'Orders' holds more than pages"),
        ("      - orders/index.md\n" + LATE, LATE + "      - orders/index.md\n", "mkdocs.yml:{}: the topic 'Orders' must begin with a page that has 'template: topic.html' and an 'icon'"),
        ("  - contact.md\n", "  - contact.md\n  - Empty: []\n", "mkdocs.yml:{}: the topic 'Empty' must begin with a page"),
        ("nav:\n", "navigation:\n", "mkdocs.yml:1: expected YAML with the key 'nav'"),
    ],
)  # fmt: skip
def test_a_mistake_in_it_is_told(project: Project, old: str, new: str, problem: str) -> None:
    project.edit("mkdocs.yml", old, new)
    line = problem.partition("docs/")[2].partition(",")[0].partition(" ")[0]
    words = line if line and line in new else "Empty:" if "Empty" in new else "Orders:"
    expected = problem.format(project.line_of("mkdocs.yml", words))
    assert any(expected in each for each in told(project)), told(project)


@pytest.mark.parametrize(
    ("file", "template"),
    [("docs/contact.md", "topic.html"), ("docs/orders/index.md", "home.html")],
)
def test_a_template_in_the_wrong_place_is_told(project: Project, file: str, template: str) -> None:
    text = (project.root / file).read_text(encoding="utf-8")
    without = "\n".join(line for line in text.split("\n") if not line.startswith("template:"))
    (project.root / file).write_text(
        without.replace("reviewed:", f"template: {template}\nreviewed:"), encoding="utf-8"
    )
    assert any(f"'template: {template}' is for another place" in each for each in told(project))


@pytest.mark.parametrize("needed", navigation.NEEDED)
def test_a_page_that_all_others_link_to_must_be_there(project: Project, needed: str) -> None:
    (project.root / "docs" / needed).unlink()
    assert f"mkdocs.yml:1: there is no page docs/{needed}: every page links to it" in told(project)


def test_a_topic_has_as_many_questions_as_a_reader_can_take_in(project: Project) -> None:
    text = (project.root / "docs/orders/track-parcel.md").read_text(encoding="utf-8")
    own = (project.root / "mkdocs.yml").read_text(encoding="utf-8").count("- orders/") - 1
    for number in range(navigation.MOST_QUESTIONS - own):
        (project.root / f"docs/orders/more-{number}.md").write_text(text, encoding="utf-8")
        project.edit("mkdocs.yml", LATE, f"{LATE}      - orders/more-{number}.md\n")
    assert told(project) == []
    (project.root / "docs/orders/last.md").write_text(text, encoding="utf-8")
    project.edit("mkdocs.yml", LATE, f"{LATE}      - orders/last.md\n")
    (problem,) = told(project)
    assert "the topic 'Orders' has 51 questions" in problem
    assert "make two topics of it" in problem
