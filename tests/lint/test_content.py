"""What writers hear of their pages: every error at once, with file, line and a way out."""

import pytest

from helpcentre.content.page import Page, read
from helpcentre.lint import notices
from macros.policy import FILE as POLICY
from tests.project import ROOT, Project, load, problems

PAGE = """\
---
title: When will it come?
description: It usually takes {{ policy.refund_arrival }}, and it varies from bank to bank.
reference: false
sources: [F6]
reviewed: 2026-11-23
review_every: 180
related: [contact.md]
---

It takes {{ policy.refund_arrival }}.
"""
PHRASES = "when\nhow soon\nhow long\nwhat day\nwhich day\nso late\nso slow\nis it near\nno sign\nany news\nstill not\nnot yet"
BODY = PAGE.count("\n")
"""The line of the last words of PAGE."""
ONLY_VALUES = "a page may only state values, as in {{ policy.name }}"
FACTS = "content/facts.yml"


def add(project: Project, page: str, phrases: str = PHRASES) -> list[str]:
    """Add `page` with its phrases to the project's pages, and return what the lint finds."""
    project.edit("mkdocs.yml", "  - contact.md\n", "  - contact.md\n  - new.md\n")
    (project.root / "docs/new.md").write_text(page, encoding="utf-8")
    (project.root / "docs/new.phrases.txt").write_text(phrases, encoding="utf-8")
    return problems(project)


def test_a_preview_of_an_invalid_day_is_an_error() -> None:
    (problem,) = problems(Project(ROOT), "soon")
    assert problem == "SITE_AS_OF:1: expected a day such as 2027-01-15, found 'soon'"


def test_the_projects_own_content_has_no_errors() -> None:
    assert problems(Project(ROOT)) == []


def test_search_phrases_may_have_digits_and_be_explained(project: Project) -> None:
    phrases = f"# Cards and codes\n3d secure\n\nerror 404\niphone 15\n{PHRASES}\n"
    assert add(project, PAGE, phrases) == []


@pytest.mark.parametrize(
    ("old", "new", "line", "message"),
    [
        ("when\n", "", 1, "found 11 search phrases; expected at least 12; add ways in which shoppers put the question"),
        ("when", "when in 20 days", 1, "the search phrase 'when in 20 days' names '20 days'; leave the number out"),
        ("how soon", "since 16 March", 2, "the search phrase 'since 16 March' names '16 March'; leave the number out"),
        ("how soon", "When?", 2, "the search phrase 'When?' is already in docs/new.phrases.txt:1; remove one"),
        ("how soon", "???", 2, "the search phrase '???' has no word"),
        ("how soon", "so " * 300, 2, "expected a phrase of at most 500 characters, found 899"),
        ("how soon", "so\n" * 2100, 2001, "expected at most 2000 phrases, found 2111"),
        ("how soon", "how\x00soon", 2, "has a character that nobody can see"),
    ],
)  # fmt: skip
def test_a_wrong_search_phrase_is_reported_with_its_line(
    project: Project, old: str, new: str, line: int, message: str
) -> None:
    found = add(project, PAGE, PHRASES.replace(old, new, 1))
    assert any(problem.startswith(f"docs/new.phrases.txt:{line}: ") and message in problem for problem in found), found  # fmt: skip


def test_phrases_without_a_page_are_an_error(project: Project) -> None:
    (project.root / "docs/gone.phrases.txt").write_text("where is it\n", encoding="utf-8")
    (problem,) = problems(project)
    assert problem == (
        "docs/gone.phrases.txt:1: no page beside it has this name: rename or remove it [files]"
    )


def test_a_good_page_has_no_errors(project: Project) -> None:
    assert add(project, PAGE) == []


@pytest.mark.parametrize(
    ("old", "new", "line", "message"),
    [
        ("It takes {{ policy.refund_arrival }}", "It takes {{ policy.refund_arival }}", BODY, "unknown value 'policy.refund_arival' (did you mean 'policy.refund_arrival'?)"),
        ("It takes {{ policy.refund_arrival }}", "It takes {{ policy.refund_arrival.mx }}", BODY, "unknown value 'policy.refund_arrival.mx' (did you mean 'policy.refund_arrival.max'?)"),
        ("It takes {{ policy.refund_arrival }}", "It takes {{ refund_arrival }}", BODY, "unknown name 'refund_arrival' (did you mean 'policy.refund_arrival'?)"),
        ("usually takes {{ policy.refund_arrival }}", "usually takes {{ policy.refund }}", 3, "unknown value 'policy.refund'"),
        ("It takes {{ policy.refund_arrival }}.", "It takes {{ policy.refund_arrival }.", BODY, "this macro cannot be read: "),
        ("It takes {{ policy.refund_arrival }}.", "It takes {{ policy.refund_arrival\n\nand so on.", BODY, "this macro cannot be read: "),
        ("It takes {{ policy.refund_arrival }}.", "It takes {{.\n\nand so on.", BODY, "this macro cannot be read: "),
        ("It takes {{ policy.refund_arrival }}.", "It takes policy.refund_arrival }}.", BODY, "'}}' is outside of {{ }}"),
        ("It takes {{ policy.refund_arrival }}.", "It takes 20 }} days.", BODY, "'}}' is outside of {{ }}"),
        ("It takes {{ policy.refund_arrival }}.", "## Heading {#anchor}", BODY, "an anchor is written with a colon: {: #anchor }"),
        ("It takes {{ policy.refund_arrival }}.", "## Heading {#anchor}\n\nNow {# typed: it #}", BODY, "an anchor is written with a colon: {: #anchor }"),
        ("When will it come?", "Where is order #A in it?", 2, "' #' begins a comment, which cuts these words: put them in quotes"),
        ("When will it come?", "Where is it # I ask", 2, "' #' begins a comment, which cuts these words"),
        ("and it varies from", "in list #A it varies from", 3, "' #' begins a comment, which cuts these words"),
        ("related: [contact.md]", "related: [contact.md,\n  index.md # later\n  ]", 9, "' #' begins a comment, which cuts these words"),
        ("sources:", "menu: It\n  comes # soon\nsources:", 6, "' #' begins a comment, which cuts these words"),
        ("It takes", "[It]() takes", BODY, "expected the target of a link or picture, found ''"),
        ("It takes", "![It]( ) takes", BODY, "expected the target of a link or picture, found ''"),
        ("It takes", "[It](http://) takes", BODY, "expected the target of a link or picture, found 'http://'"),
        ("It takes", "<https://> takes", BODY, "expected the target of a link or picture, found 'https://'"),
        ("It takes", "[It][x] takes\n\n[x]: http://\n", BODY + 2, "expected the target of a link or picture, found 'http://'"),
        ("It takes", "<a href=''>It</a> takes", BODY, "expected the target of a link or picture, found ''"),
        ("It takes", f"<table>{'<tr><td>It</td></tr>' * 250}</table>", BODY, "expected a piece of HTML of at most 4000 characters, found 50"),
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
        ("review_every: 180", "review_every: often", 7, "'review_every': expected a whole number, found 'often'"),
        ("sources: [F6]", "sources: [F99]", 5, "unknown fact 'F99': see content/facts.yml"),
        ("sources: [F6]", "policy: [F6]", 5, "unknown key 'policy'"),
        ("related: [contact.md]", "related: [contcat.md]", 8, "there is no other page docs/contcat.md (did you mean 'contact.md'?)"),
        ("reference:", "questions:", 4, "unknown key 'questions'"),
        ("sources:", "template: hme.html\nsources:", 2, "unknown template 'hme.html' (did you mean 'home.html'?)"),
        ("sources:", "menu: <b>\nsources:", 5, "'menu': expected words without HTML or straight quotes, found <"),
        ("title: When will it come?", "title: Is it <b>?", 2, "'title': expected words without HTML or straight quotes, found <"),
        ("it varies from bank", "it \"varies\" from bank", 3, "'description': expected words without HTML or straight quotes"),
        ("sources:", "icon: material/none\nsources:", 5, "unknown icon 'material/none': choose one of Material's"),
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
        ("{{ policy.refund_arrival }}.\n", "{{ " * 1_300 + ".\n", BODY, "this macro cannot be read: it has no }}"),
        ("{{ policy.refund_arrival }}.\n", "{{ 'a' * 10 ** 9 }}.\n", BODY, ONLY_VALUES),
        ("{{ policy.refund_arrival }}.\n", "{{ range(10 ** 9) | list }}.\n", BODY, ONLY_VALUES),
        ("{{ policy.refund_arrival }}.\n", "{{ ''.__class__.__mro__ }}.\n", BODY, ONLY_VALUES),
        ("{{ policy.refund_arrival }}.\n", "{{ cycler.__init__.__globals__ }}.\n", BODY, ONLY_VALUES),
        ("{{ policy.refund_arrival }}.\n", "{{ policy.__class__ }}.\n", BODY, "unknown value 'policy.__class__'"),
        ("{{ policy.refund_arrival }}.\n", "{{ policy.refund_arrival.__class__ }}.\n", BODY, "unknown value 'policy.refund_arrival.__class__'"),
        ("{{ policy.refund_arrival }}.\n", "{% include '../content/policy.yml' %}.\n", BODY, ONLY_VALUES),
        ("{{ policy.refund_arrival }}.\n", "{% import 'x' as y %}.\n", BODY, ONLY_VALUES),
        ("{{ policy.refund_arrival }}.\n", "{% macro f() %}{{ f() }}{% endmacro %}.\n", BODY, ONLY_VALUES),
        ("It takes", "![](assets/a.png) It takes", BODY, "say what the picture shows: ![What it shows](assets/a.png), or ![](assets/a.png){ .decoration }"),
        ("It takes", "![A](assets/a.png) It takes", BODY, "there is no picture 'assets/a.png'"),
        ("It takes", "![A](../a.png) It takes", BODY, "there is no picture '../a.png'"),
        ("It takes", "![A][b] It takes", BODY, "write a picture as ![What it shows](picture.png)"),
        ("It takes", "<img src=a.png alt=A> It takes", BODY, "write a picture as ![What it shows](picture.png)"),
        (PAGE, "No front matter.\n", 1, "the page must begin with front matter"),
        (PAGE, "", 1, "the page must begin with front matter"),
        (PAGE, "---\ntitle: Never closed\n", 1, "the page must begin with front matter"),
        (PAGE, "---\n\n---\n", 2, "expected keys with values, found None"),
    ],
)  # fmt: skip
def test_an_error_names_its_file_and_line(
    project: Project, old: str, new: str, line: int, message: str
) -> None:
    assert old in PAGE
    found = add(project, PAGE.replace(old, new))
    assert [
        each for each in found if each.startswith(f"docs/new.md:{line}: ") and message in each
    ], found


@pytest.mark.parametrize(
    "shown",
    [
        "![What it shows](orders/a-step.svg)",
        "![It \\[shows\\]](<orders/a-step.svg> 'title')",
        "![](orders/a-step.svg){ .decoration }",
        "[![What it shows](orders/a-step.svg)](contact.md)",
        "`![](a.png)`",
        "```\n![](a.png)\n```",
    ],
)
def test_a_picture_is_described_or_marked_as_decoration(project: Project, shown: str) -> None:
    (project.root / "docs/orders/a-step.svg").write_text("<svg viewBox='0 0 9 9'/>")
    assert add(project, f"{PAGE}\n{shown}\n") == []


def test_a_picture_that_cannot_be_read_is_an_error(project: Project) -> None:
    (project.root / "docs/orders/a-step.png").write_bytes(b"no picture")
    (problem,) = add(project, PAGE)
    assert problem.startswith("docs/orders/a-step.png:1: cannot be read as a picture: ")


@pytest.mark.parametrize(
    ("old", "new", "line", "message"),
    [
        ("reference: false", "asks: [a]", 4, "unknown key 'asks': use 'NAME.phrases.txt'"),
        ("reference: false", "search_phrases: [a]", 4, "unknown key 'search_phrases': use 'NAME.phrases.txt'"),
        ("sources:", "out_of_scope: [who are you]\nsources:", 5, "unknown key 'out_of_scope': use 'out_of_scope.phrases.txt'"),
    ],
)  # fmt: skip
def test_an_old_key_of_front_matter_is_refused_with_the_new_one(
    project: Project, old: str, new: str, line: int, message: str
) -> None:
    assert f"docs/new.md:{line}: {message}" in add(project, PAGE.replace(old, new))


def test_an_old_key_of_the_policy_is_refused_with_the_new_one(project: Project) -> None:
    project.edit(POLICY, "\n    source_quote:", "\n    says:")
    line = project.line_of(POLICY, "\n    says:") + 1
    message = "unknown key 'values.customer_care_hours.says': use 'source_quote'"
    assert f"{POLICY}:{line}: {message}" in problems(project)


def test_a_search_phrase_of_two_pages_is_an_error_of_the_later_one(project: Project) -> None:
    """docs/new.md is read before docs/orders/."""
    file = "docs/orders/not-received.phrases.txt"
    phrase = (project.root / file).read_text(encoding="utf-8").split("\n")[0]
    (problem,) = add(project, PAGE, f"{PHRASES}\n{phrase.upper()}?\n")
    assert problem == (
        f"{file}:1: the search phrase '{phrase}' is already in docs/new.phrases.txt:13; remove one"
        " [search-phrases]"
    )


@pytest.mark.parametrize(
    ("last_day", "archived", "is_error"),
    [
        ("2026-11-23", "", False),
        ("2026-11-22", "", True),
        ("2026-11-22", "archived: true\n", False),
    ],
)
def test_a_notice_that_has_ended_must_be_marked_and_never_stops_a_build(
    project: Project, last_day: str, archived: str, is_error: bool
) -> None:
    dates = f"first_day: 2026-11-01\nlast_day: {last_day}\n{archived}sources:"
    assert add(project, PAGE.replace("sources:", dates)) == []
    found = [problem.message for problem in notices.check(load(project.root))]
    expected = [f"the notice ended on {last_day}: add 'archived: true'"] if is_error else []
    assert found == expected


def test_a_change_that_makes_a_description_too_long_is_an_error_before_its_day(
    project: Project,
) -> None:
    long = "Another reason " * 12
    project.set_value(
        "reason_other",
        "rows:\n      - {from: 2020-01-01, value: {kind: label, text: Other reason}}\n"
        f"      - {{from: 2027-03-01, value: {{kind: label, text: {long}}}}}",
    )
    found = problems(project)
    assert any("which-reason.md" in each and "from 2027-03-01 on" in each for each in found), found


def test_an_announced_change_makes_no_description_too_long(project: Project) -> None:
    project.set_value(
        "seller_response_time",
        "notice: 30\n    rows:\n"
        "      - {from: 2020-01-01, value: {kind: duration, count: 72, unit: hour}}\n"
        "      - {from: 2026-12-01, value: {kind: duration, count: 96, unit: hour}}",
    )
    assert problems(project) == []


def test_windows_line_ends_and_a_byte_order_mark_are_accepted(project: Project) -> None:
    assert add(project, "\ufeff" + PAGE.replace("\n", "\r\n")) == []


def test_a_page_that_is_not_text_is_an_error(project: Project) -> None:
    (project.root / "docs/glossary.md").write_bytes(b"\xff\xfe\x00page")
    found = problems(project)
    message = "docs/glossary.md:1: cannot be read: it is not UTF-8; save it as UTF-8"
    assert message in found, found


def test_a_page_in_another_encoding_names_the_line_of_the_first_byte(project: Project) -> None:
    page = PAGE.replace("It takes", "F\xfcnf")
    (project.root / "docs/contact.md").write_bytes(page.encode("latin-1"))
    found = problems(project)
    assert any(each.startswith(f"docs/contact.md:{BODY}: cannot be read") for each in found), found


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("reviewed: 2026-11-23", 'reviewed: "2026-11-23"'),
        ("sources: [F6]", "sources: [F6] # where it comes from"),
        ("reviewed: 2026-11-23", "# a line of its own\nreviewed: 2026-11-23 # by Mary"),
        ("When will it come?", '"Where is order #A in it?" # a comment'),
        ("When will it come?", "Where is A#1 in it?"),
        ("It takes", "`[It]()` takes"),
        ("It takes", "[It](/) takes"),
    ],
)
def test_what_yaml_and_markdown_allow_is_no_error(project: Project, old: str, new: str) -> None:
    assert add(project, PAGE.replace(old, new)) == []


def test_the_errors_of_all_pages_are_reported_at_once(project: Project) -> None:
    project.edit("docs/contact.md", "policy.customer_care_hours.in_full", "policy.hours")
    project.edit("docs/glossary.md", "title:", "titel:")
    assert [
        problem.partition(":")[0] for problem in add(project, PAGE.replace("[F6]", "[F99]"))
    ] == [
        "docs/contact.md",
        "docs/glossary.md",
        "docs/glossary.md",
        "docs/new.md",
    ]


def test_a_page_must_claim_the_facts_that_it_must_state(project: Project) -> None:
    project.edit("docs/refunds/check-refund-status.md", "sources: [F7]", "sources: [F6]")
    (problem,) = problems(project)
    assert problem.startswith("docs/refunds/check-refund-status.md:")
    assert "must state the fact F7" in problem


def test_a_page_states_its_facts_in_the_words_that_prove_them(project: Project) -> None:
    file = "docs/refunds/check-refund-status.md"
    project.edit(file, "\nThey show whether Aleigro has successfully processed", "\nThey name")
    (problem,) = problems(project)
    line = project.line_of(file, "\nCheck the order details.\n")
    assert problem.startswith(f"{file}:{line}: must state the fact F7 (The order details show")
    assert problem.endswith("': say so, or change languages/en/facts.yml [facts]")


def test_a_proof_with_an_unknown_value_is_an_error(project: Project) -> None:
    proofs = "languages/en/facts.yml"
    project.edit(proofs, "policy.refund_arrival.plain", "policy.refund.plain")
    (problem,) = problems(project)
    line = project.line_of(proofs, "F6:")
    assert problem.startswith(f"{proofs}:{line}: F6: unknown value 'policy.refund'")


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
    front = read(ROOT, "docs/contact.md").front_matter
    assert Page(f"docs/{source}", front, "", 1, "").url == url


def test_a_fact_must_name_pages_that_exist(project: Project) -> None:
    project.edit(FACTS, "pages: [notices/coronavirus-2020.md]", "pages: [notices/gone.md]")
    (problem,) = problems(project)
    line = project.line_of(FACTS, "F8:")
    assert problem.startswith(f"{FACTS}:{line}: F8: there is no other page docs/notices/gone.md")


@pytest.mark.parametrize("file", [POLICY, FACTS])
def test_where_a_shared_file_cannot_be_read_only_that_is_reported(
    project: Project, file: str
) -> None:
    (project.root / file).write_text("a: [", encoding="utf-8")
    (problem,) = problems(project)
    assert problem.startswith(f"{file}:")


def test_a_missing_list_of_facts_is_an_error(project: Project) -> None:
    (project.root / FACTS).unlink()
    (problem,) = problems(project)
    assert problem.startswith(f"{FACTS}:1: cannot be read")
