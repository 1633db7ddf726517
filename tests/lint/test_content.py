"""What writers hear of their pages: every mistake at once, with file, line and a way out."""

from pathlib import Path

import pytest

import checks
from checks import notices
from checks.page import read
from macros.clock import VARIABLE, today
from macros.problem import Problem, ProblemsError
from tests.project import DAY, ROOT, Project

PAGE = """\
---
title: When will it come?
description: It usually takes {{ policy.refund_arrival }}, and it varies from bank to bank.
asks: [when, how soon, how long, what day, which day, so late, so slow, is it near, no sign, any news, still not, not yet]
sources: [F6]
reviewed: 2026-11-23
review_every: 180
related: [contact.md]
---

It takes {{ policy.refund_arrival }}.
"""
BODY = PAGE.count("\n")
"""The line of the last words of PAGE."""
ONLY_VALUES = "a page may only state values, as in {{ policy.name }}"


@pytest.fixture(autouse=True)
def as_of(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, str(DAY))
    today.cache_clear()


def mistakes(root: Path) -> list[Problem]:
    """Return what is wrong with the content of the project at `root`."""
    try:
        checks.read(root)
    except ProblemsError as error:
        return list(error.problems)
    return []


def problems(project: Project, page: str) -> list[str]:
    """Add `page` to the project's pages, and return what is wrong with it."""
    project.edit("mkdocs.yml", "  - contact.md\n", "  - contact.md\n  - new.md\n")
    (project.root / "docs/new.md").write_text(page, encoding="utf-8")
    return [str(problem) for problem in mistakes(project.root)]


def test_a_preview_of_no_day_is_told(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, "soon")
    (problem,) = mistakes(project.root)
    assert str(problem) == "SITE_AS_OF:1: expected a day such as 2027-01-15, found 'soon'"


def test_the_projects_own_content_has_no_mistakes() -> None:
    assert mistakes(ROOT) == []


def test_a_good_page_has_no_mistakes(project: Project) -> None:
    assert problems(project, PAGE) == []


@pytest.mark.parametrize(
    ("old", "new", "line", "message"),
    [
        ("It takes {{ policy.refund_arrival }}", "It takes {{ policy.refund_arival }}", BODY, "unknown value 'policy.refund_arival' (did you mean 'policy.refund_arrival'?)"),
        ("It takes {{ policy.refund_arrival }}", "It takes {{ policy.refund_arrival.mx }}", BODY, "unknown value 'policy.refund_arrival.mx' (did you mean 'policy.refund_arrival.max'?)"),
        ("It takes {{ policy.refund_arrival }}", "It takes {{ refund_arrival }}", BODY, "unknown name 'refund_arrival' (did you mean 'policy.refund_arrival'?)"),
        ("usually takes {{ policy.refund_arrival }}", "usually takes {{ policy.refund }}", 3, "unknown value 'policy.refund'"),
        ("It takes {{ policy.refund_arrival }}.", "It takes {{ policy.refund_arrival }.", BODY, "a macro begins here and cannot be read"),
        ("It takes {{ policy.refund_arrival }}.", "It takes {{ policy.refund_arrival\n\nand so on.", BODY, "a macro begins here and cannot be read"),
        ("It takes {{ policy.refund_arrival }}.", "It takes {{.\n\nand so on.", BODY, "a macro begins here and cannot be read"),
        ("It takes {{ policy.refund_arrival }}.", "It takes policy.refund_arrival }}.", BODY, "'}}' stands outside of {{ }}"),
        ("It takes {{ policy.refund_arrival }}.", "It takes 20 }} days.", BODY, "'}}' stands outside of {{ }}"),
        ("It takes {{ policy.refund_arrival }}.", "## Heading {#anchor}", BODY, "a macro begins here and cannot be read"),
        ("{{ policy.refund_arrival }}.\n", "{{ policy['refund_arrival'] }}.\n", BODY, ONLY_VALUES),
        ("{{ policy.refund_arrival }}.\n", "{{ policy.refund_arrival() }}.\n", BODY, ONLY_VALUES),
        ("{{ policy.refund_arrival }}.\n", "{{ policy.refund_arrival | upper }}.\n", BODY, ONLY_VALUES),
        ("{{ policy.refund_arrival }}.\n", "{{ policy.refund_arrival.max + 1 }}.\n", BODY, ONLY_VALUES),
        ("{{ policy.refund_arrival }}.\n", "{{ policy.refund_arrival.max.real }}.\n", BODY, ONLY_VALUES),
        ("{{ policy.refund_arrival }}.\n", "{{ 20 }}.\n", BODY, ONLY_VALUES),
        ("{{ policy.refund_arrival }}.\n", "{% for x in y %}{{ x }}{% endfor %}.\n", BODY, ONLY_VALUES),
        ("{{ policy.refund_arrival }}.\n", "{% raw %}x{% endraw %}.\n", BODY, ONLY_VALUES),
        ("{{ policy.refund_arrival }}.\n", "{% include 'index.md' %}.\n", BODY, ONLY_VALUES),
        ("{{ policy.refund_arrival }}.\n", "{% set policy = 1 %}.\n", BODY, ONLY_VALUES),
        ("{{ policy.refund_arrival }}.\n", "{{ policy }}.\n", BODY, "unknown name 'policy'"),
        ("{{ policy.refund_arrival }}.\n", "{{ policy._entries }}.\n", BODY, "unknown value 'policy._entries'"),
        ("{{ policy.refund_arrival }}.\n", "{{ policy.refund_arrival._wording }}.\n", BODY, "unknown value 'policy.refund_arrival._wording'"),
        ("{{ policy.refund_arrival }}.\n", "{{ config }}.\n", BODY, "unknown name 'config'"),
        ("title: When will it come?", "title: When {{ policy.refund_arrival }}?", 2, "'title': a title cannot use values"),
        ("title: When will it come?\n", "", 2, "'title' is missing"),
        ("title:", "titel:", 2, "unknown key 'titel' (did you mean 'title'?)"),
        ("title: When will it come?", "title: When: will it come?", 2, "not valid YAML"),
        ("title: When will it come?", "title: {{ policy.refund_arrival }}", 2, "not valid YAML"),
        ("reviewed: 2026-11-23", "reviewed: 23 November", 6, "'reviewed': expected a day such as 2020-03-16, found '23 November'"),
        ("reviewed: 2026-11-23", "reviewed: 2026-11-31", 6, "not valid YAML: day is out of range for month"),
        ("review_every: 180", "refund_example: {processed: 2020-03-16, country: XX}\nreview_every: 180", 7, "'refund_example.country': expected a country such as US or GB-ENG, found 'XX'"),
        ("review_every: 180", "seller_deadline_example: {requested: 2020-03-15T23:59:00, preparation_ends: 2020-03-20T00:00:00, zone: Asia/Shanghai}\nreview_every: 180", 7, "'seller_deadline_example': the request, 2020-03-15 15:59:00+00:00, is before the cut-off"),
        ("review_every: 180", "seller_deadline_example: {requested: 2020-03-16T00:00:00, preparation_ends: 2020-03-16T00:00:00, zone: Asia/Shanghai}\nreview_every: 180", 7, "'seller_deadline_example': the preparation period ended"),
        ("review_every: 180", "seller_deadline_example: {requested: 2020-03-17T00:00:00Z, preparation_ends: 2020-03-18T00:00:00, zone: Asia/Shanghai}\nreview_every: 180", 7, "'seller_deadline_example': expected times without an offset"),
        ("review_every: 180", "seller_deadline_example: {requested: 2020-03-17T00:00:00, preparation_ends: 2020-03-18T00:00:00, zone: Mars}\nreview_every: 180", 7, "'seller_deadline_example.zone': expected an IANA time zone"),
        ("review_every: 180", "unanswered: [who are you]\nreview_every: 180", 7, "'unanswered' belongs to docs/contact.md alone"),
        ("review_every: 180", "review_every: often", 7, "'review_every': expected a whole number, found 'often'"),
        ("sources: [F6]", "sources: [F99]", 5, "unknown fact 'F99': see facts.yml"),
        ("sources: [F6]", "policy: [F6]", 5, "unknown key 'policy'"),
        ("related: [contact.md]", "related: [contcat.md]", 8, "there is no other page docs/contcat.md (did you mean 'contact.md'?)"),
        ("asks: [when", "questions: [when", 4, "unknown key 'questions'"),
        ("asks: [when, ", "asks: [", 2, "an answer needs at least 12 'asks', the ways in which shoppers put it; found 11"),
        ("sources:", "template: hme.html\nsources:", 2, "unknown template 'hme.html' (did you mean 'home.html'?)"),
        ("sources:", "menu: <b>\nsources:", 5, "'menu': expected words without HTML or straight quotes, found <"),
        ("title: When will it come?", "title: Is it <b>?", 2, "'title': expected words without HTML or straight quotes, found <"),
        ("it varies from bank", "it \"varies\" from bank", 3, "'description': expected words without HTML or straight quotes"),
        ("sources:", "icon: topic/none\nsources:", 5, "there is no overrides/.icons/topic/none.svg"),
        ("[when,", "[when in 20 days,", 4, "the ask 'when in 20 days' holds a digit"),
        ("[when,", "['When?', when,", 4, "the ask 'when' stands in docs/new.md already"),
        (", and it varies from bank to bank.", ".", 3, "expected a description of 50 to 160 characters, found 39"),
        ("bank to bank.", "bank to bank, " + "and so on " * 9, 3, "expected a description of 50 to 160 characters"),
        ("It takes", "<script>1</script> It takes", BODY, "<script> is not allowed in a page"),
        ("It takes", "<IFRAME src=x> It takes", BODY, "<iframe> is not allowed in a page"),
        ("It takes", "<b onclick='x'>It</b> takes", BODY, "'onclick=' would run code"),
        ("It takes", "<img/onerror=x src=x> It takes", BODY, "'onerror=' would run code"),
        ("It takes", "<b style='color:red'>It</b> takes", BODY, "'style=' is not allowed in a page"),
        ("It takes", "[It](a){: style='x' } takes", BODY, "'style=' is not allowed in a page"),
        ("It takes", "[It](javascript:x) takes", BODY, "'javascript:' is not allowed in a page's links"),
        ("It takes", "It takes 20 business days, or", BODY, "'20 business days' is typed by hand: "),
        ("When will it come?", "Will it come in 20 days?", 2, "'20 days' is typed by hand"),
        ("sources:", "first_day: 2026-11-23\nlast_day: 2026-11-22\nsources:", 2, "expected 'first_day' to be no later than 'last_day'"),
        ("sources:", "last_day: 2026-11-22\nsources:", 2, "a notice has both 'first_day' and 'last_day'"),
        ("It takes", "word\n\n" * 9_000 + "It takes", 1, "expected a page of at most 50000 characters, found"),
        ("It takes", "[" * 4_001 + " It takes", BODY, "expected a paragraph or table of at most 4000 characters, found"),
        ("{{ policy.refund_arrival }}.\n", "{{ " * 1_300 + ".\n", BODY, ONLY_VALUES),
        ("{{ policy.refund_arrival }}.\n", "{{ 'a' * 10 ** 9 }}.\n", BODY, ONLY_VALUES),
        ("{{ policy.refund_arrival }}.\n", "{{ range(10 ** 9) | list }}.\n", BODY, ONLY_VALUES),
        ("{{ policy.refund_arrival }}.\n", "{{ ''.__class__.__mro__ }}.\n", BODY, ONLY_VALUES),
        ("{{ policy.refund_arrival }}.\n", "{{ cycler.__init__.__globals__ }}.\n", BODY, ONLY_VALUES),
        ("{{ policy.refund_arrival }}.\n", "{{ policy.__class__ }}.\n", BODY, "unknown value 'policy.__class__'"),
        ("{{ policy.refund_arrival }}.\n", "{{ policy.refund_arrival.__class__ }}.\n", BODY, "unknown value 'policy.refund_arrival.__class__'"),
        ("{{ policy.refund_arrival }}.\n", "{% include '../policy.yml' %}.\n", BODY, ONLY_VALUES),
        ("{{ policy.refund_arrival }}.\n", "{% import 'x' as y %}.\n", BODY, ONLY_VALUES),
        ("{{ policy.refund_arrival }}.\n", "{% macro f() %}{{ f() }}{% endmacro %}.\n", BODY, ONLY_VALUES),
        (PAGE, "No front matter.\n", 1, "the page must begin with front matter"),
        (PAGE, "", 1, "the page must begin with front matter"),
        (PAGE, "---\ntitle: Never closed\n", 1, "the page must begin with front matter"),
        (PAGE, "---\n\n---\n", 2, "expected keys with values, found None"),
    ],
)  # fmt: skip
def test_a_mistake_is_told_with_its_file_and_line(
    project: Project, old: str, new: str, line: int, message: str
) -> None:
    assert old in PAGE
    told = "\n".join(problems(project, PAGE.replace(old, new)))
    assert f"docs/new.md:{line}: " in told
    assert message in told


def test_an_ask_of_two_pages_is_told_on_the_later_one(project: Project) -> None:
    """docs/new.md is read before docs/orders/."""
    page = read(project.root, "docs/orders/not-received.md")
    ask = page.front_matter.asks[0]
    (told,) = problems(project, PAGE.replace("[when,", f"[{ask.upper()}?,"))
    assert told == (
        f"{page.file}:{page.line_of(ask)}: the ask '{ask}' stands in docs/new.md already:"
        " keep one of them"
    )


@pytest.mark.parametrize(
    ("last_day", "archived", "told"),
    [
        ("2026-11-23", "", False),
        ("2026-11-22", "", True),
        ("2026-11-22", "archived: true\n", False),
    ],
)
def test_a_notice_that_is_over_wants_its_mark_and_never_stops_a_build(
    project: Project, last_day: str, archived: str, told: bool
) -> None:
    dates = f"first_day: 2026-11-01\nlast_day: {last_day}\n{archived}sources:"
    assert problems(project, PAGE.replace("sources:", dates)) == []
    page = checks.read(project.root).pages["new.md"]
    assert [problem.message for problem in notices.check(page, DAY)] == [
        f"the notice is over since {last_day}: add 'archived: true'"
    ] * told


def test_a_change_that_makes_a_description_too_long_is_told_before_its_day(
    project: Project,
) -> None:
    text = (project.root / "policy.yml").read_text(encoding="utf-8")
    start = text.index("value:", text.index("  reason_other:"))
    rows = (
        "rows:\n      - {from: 2020-01-01, value: {kind: label, text: Other reason}}\n"
        "      - {from: 2027-03-01, value: {kind: label, text: " + "Another reason " * 12 + "}}"
    )
    text = text[:start] + rows + text[text.index("\n", start) :]
    (project.root / "policy.yml").write_text(text, encoding="utf-8")
    told = [str(problem) for problem in mistakes(project.root)]
    assert any("which-reason.md" in each and "from 2027-03-01 on" in each for each in told), told


def test_an_announced_change_stops_no_description(project: Project) -> None:
    text = (project.root / "policy.yml").read_text(encoding="utf-8")
    start = text.index("value:", text.index("  seller_response_time:"))
    rows = (
        "notice: 30\n    rows:\n"
        "      - {from: 2020-01-01, value: {kind: duration, count: 72, unit: hour}}\n"
        "      - {from: 2026-12-01, value: {kind: duration, count: 96, unit: hour}}"
    )
    text = text[:start] + rows + text[text.index("\n", start) :]
    (project.root / "policy.yml").write_text(text, encoding="utf-8")
    assert mistakes(project.root) == []


def test_windows_line_ends_and_a_byte_order_mark_are_read_as_others(project: Project) -> None:
    assert problems(project, "\ufeff" + PAGE.replace("\n", "\r\n")) == []


def test_a_page_that_is_no_text_is_told(project: Project) -> None:
    (project.root / "docs/glossary.md").write_bytes(b"\xff\xfe\x00page")
    assert any(
        str(problem).startswith("docs/glossary.md:1: cannot be read")
        for problem in mistakes(project.root)
    )


def test_the_mistakes_of_all_pages_are_told_at_once(project: Project) -> None:
    project.edit("docs/contact.md", "policy.customer_care_hours.in_full", "policy.hours")
    project.edit("docs/glossary.md", "title:", "titel:")
    told = problems(project, PAGE.replace("[F6]", "[F99]"))
    assert [problem.partition(":")[0] for problem in told] == [
        "docs/contact.md",
        "docs/glossary.md",
        "docs/glossary.md",
        "docs/new.md",
    ]


def test_a_page_that_drops_its_claim_of_a_fact_is_told(project: Project) -> None:
    project.edit("docs/refunds/check-refund-status.md", "sources: [F7]", "sources: [F6]")
    (problem,) = mistakes(project.root)
    assert problem.file == "docs/refunds/check-refund-status.md"
    assert "must state the fact F7" in problem.message


def test_a_proof_that_names_no_value_is_told(project: Project) -> None:
    project.edit("facts.yml", "policy.refund_arrival.plain", "policy.refund.plain")
    (problem,) = mistakes(project.root)
    line = project.line_of("facts.yml", "F6:")
    assert str(problem).startswith(f"facts.yml:{line}: F6: unknown value 'policy.refund'")


@pytest.mark.parametrize(
    ("source", "url"),
    [
        ("index.md", ""),
        ("orders/index.md", "orders/"),
        ("contact.md", "contact/"),
        ("orders/price-index.md", "orders/price-index/"),
    ],
)
def test_the_address_of_a_page_is_its_path(source: str, url: str) -> None:
    front = checks.page.read(ROOT, "docs/contact.md").front_matter
    assert checks.page.Page(f"docs/{source}", front, "", 1, "").url == url


def test_a_fact_whose_page_is_gone_is_told(project: Project) -> None:
    project.edit("facts.yml", "pages: [notices/coronavirus-2020.md]", "pages: [notices/gone.md]")
    (problem,) = mistakes(project.root)
    line = project.line_of("facts.yml", "F8:")
    assert str(problem).startswith(
        f"facts.yml:{line}: F8: there is no other page docs/notices/gone.md"
    )


@pytest.mark.parametrize("file", ["policy.yml", "facts.yml"])
def test_without_values_or_facts_only_that_is_told(project: Project, file: str) -> None:
    (project.root / file).write_text("a: [", encoding="utf-8")
    (problem,) = mistakes(project.root)
    assert problem.file == file


def test_a_missing_list_of_facts_is_told(project: Project, tmp_path: Path) -> None:
    (project.root / "facts.yml").unlink()
    (problem,) = mistakes(project.root)
    assert str(problem).startswith("facts.yml:1: cannot be read")
