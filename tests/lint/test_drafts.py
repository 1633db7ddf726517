"""A draft may lack much, is judged all the same, and never stops the publishing of other pages."""

import pytest

from helpcentre import lint
from helpcentre.content.project import Project as Content
from helpcentre.deploy import check
from helpcentre.lint import overdue
from macros.clock import VARIABLE, today
from macros.problem import ProblemsError
from tests.project import DAY, Project

DRAFT = """\
---
title: How do I exchange an item?
draft: true
---

Ask the seller.
"""
FILE = "docs/orders/exchange.md"
LIST = "      - orders/not-received.md\n"


@pytest.fixture(autouse=True)
def _day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, str(DAY))
    today.cache_clear()


def add(project: Project, text: str = DRAFT, file: str = FILE) -> None:
    (project.root / file).write_text(text, encoding="utf-8")


def published(project: Project) -> Content:
    return lint.load(project.root)


def shown(project: Project) -> Content:
    return lint.load(project.root, show_drafts=True)


def test_a_draft_needs_a_title_only_and_is_not_published(project: Project) -> None:
    add(project)
    assert "orders/exchange.md" not in published(project).pages
    assert "orders/exchange.md" in shown(project).pages
    assert shown(project).problems == []


@pytest.mark.parametrize(
    ("old", "new", "is_shown"),
    [
        ("Ask", "Within 20 days, ask", True),
        ("Ask", "# Exchange\n\nAsk", True),
        ("Ask", "[Nothing]() Ask", True),
        ("draft:", "description: Too short\ndraft:", True),
        ("Ask", "{{ policy.exchange }} Ask", False),
        ("Ask", "<iframe src=x></iframe> Ask", False),
        ("draft:", "flow: exchange\ndraft:", False),
        ("draft:", "related: [gone.md]\ndraft:", False),
        ("title:", "titel:", False),
        ("title: How", "title: How: how", False),
        ("Ask", "word\n\n" * 9_000, False),
    ],
)
def test_what_is_wrong_with_a_draft_is_a_warning_and_stops_no_other_page(
    project: Project, old: str, new: str, is_shown: bool
) -> None:
    add(project, DRAFT.replace(old, new))
    assert published(project).drafts == {"orders/exchange.md"}
    assert {problem.file for problem in shown(project).problems} == {FILE}
    assert ("orders/exchange.md" in shown(project).pages) == is_shown


def test_a_draft_that_is_not_text_stops_no_other_page(project: Project) -> None:
    (project.root / FILE).write_bytes(DRAFT.replace("Ask", "Fünf").encode("latin-1"))
    assert "contact.md" in published(project).pages


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("related:\n", "related:\n  - orders/exchange.md\n"),
        ("Before you contact", "See [this](orders/exchange.md#how). Before you contact"),
        ("Before you contact", "See [this][x].\n\n[x]: ./orders/exchange.md\n\nBefore you contact"),
    ],
)
def test_a_published_page_that_leads_to_a_draft_is_an_error_where_it_is_published(
    project: Project, old: str, new: str
) -> None:
    add(project)
    project.edit("docs/contact.md", old, new)
    assert shown(project).pages
    with pytest.raises(ProblemsError) as raised:
        published(project)
    (problem,) = raised.value.problems
    line = project.line_of("docs/contact.md", "orders/exchange.md")
    if old.startswith("related"):
        line -= 1
    assert str(problem) == (
        f"docs/contact.md:{line}: docs/orders/exchange.md is a draft, which is not shown: finish"
        " it, or remove the link [drafts]"
    )


def test_a_draft_may_lead_to_another_that_cannot_be_shown(project: Project) -> None:
    add(project, DRAFT.replace("Ask", "{{ nothing }}"))
    more = "related: [orders/exchange.md]\ndraft:"
    linked = DRAFT.replace("draft:", more).replace("Ask", "[Ask](exchange.md)")
    add(project, linked, "docs/orders/more.md")
    assert shown(project).hidden == {"orders/exchange.md"}


def test_a_flow_that_leads_to_a_draft_is_an_error(project: Project) -> None:
    add(project)
    file = "languages/en/flows/can-i-still-cancel.yml"
    text = (project.root / file).read_text(encoding="utf-8")
    link = text.partition("link: ")[2].partition("\n")[0]
    project.edit(file, f"link: {link}", "link: orders/exchange.md")
    with pytest.raises(ProblemsError, match=rf"{file}:\d+: docs/orders/exchange.md is a draft"):
        published(project)


def test_a_draft_may_have_a_place_in_nav_a_redirect_and_a_flow(project: Project) -> None:
    flow = "languages/en/flows/can-i-still-cancel.yml"
    own = (project.root / flow).read_text(encoding="utf-8")
    (project.root / "languages/en/flows/exchange.yml").write_text(own, encoding="utf-8")
    facts = "sources: [F9, F10, F11, F12, F13, F14, F15, F16]"
    add(project, DRAFT.replace("draft:", f"flow: exchange\n{facts}\ndraft:"))
    project.edit("mkdocs.yml", LIST, f"{LIST}      - orders/exchange.md\n")
    project.edit("content/redirects.yml", "{}", "{exchange/: orders/exchange.md}")
    assert published(project).redirects == {}
    assert shown(project).redirects == {"exchange/": "orders/exchange.md"}
    assert "exchange" in shown(project).flows, shown(project).problems


def test_a_topic_of_drafts_alone_is_not_in_the_published_navigation(project: Project) -> None:
    (project.root / "docs/returns").mkdir()
    icon = "template: topic.html\nicon: material/cash-refund\ndraft:"
    add(project, DRAFT.replace("draft:", icon), "docs/returns/index.md")
    topic = "  - Returns:\n      - returns/index.md\n"
    project.edit("mkdocs.yml", "  - questions.md\n", f"{topic}  - questions.md\n")
    assert published(project).pages
    assert shown(project).problems == []


def test_a_page_that_every_page_needs_cannot_be_a_draft(project: Project) -> None:
    project.edit("docs/contact.md", "title:", "draft: true\ntitle:")
    with pytest.raises(ProblemsError, match=r"there is no page docs/contact.md"):
        published(project)


def test_drafts_are_listed_as_overdue(project: Project) -> None:
    add(project)
    problems = overdue.check(shown(project))
    assert f"{FILE}:3: the page is a draft: finish it, and remove 'draft: true'" in [
        str(problem) for problem in problems
    ]


@pytest.mark.slow
def test_make_check_warns_of_drafts_and_fails_on_links_to_them(
    project: Project, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    add(project, DRAFT.replace("Ask", "Within 20 days, ask"))
    assert check.main(project.root) == 0
    assert f"::warning file={FILE},line=6::'20 days' is typed by hand" in capsys.readouterr().out
    project.edit("docs/contact.md", "related:\n", "related:\n  - orders/exchange.md\n")
    assert check.main(project.root) == 1
    assert "::error file=docs/contact.md,line=" in capsys.readouterr().out


def test_a_page_that_is_no_draft_still_needs_every_key(project: Project) -> None:
    add(project, DRAFT.replace("draft: true", "draft: false"))
    with pytest.raises(ProblemsError) as raised:
        published(project)
    missing = {problem.message for problem in raised.value.problems}
    assert missing >= {
        f"'{key}' is missing" for key in ("description", "reviewed", "review_every", "related")
    }


def test_a_draft_that_was_shown_is_not_judged_again(project: Project) -> None:
    add(project)
    first = shown(project)
    again = lint.load(project.root, first, show_drafts=True)
    assert again.pages["orders/exchange.md"] is first.pages["orders/exchange.md"]
