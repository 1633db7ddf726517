"""Mistakes that a writer makes must stop the real build, with one readable error."""

import pytest

from tests.project import Project

pytestmark = pytest.mark.slow

REFUND = "docs/refunds/when-will-i-receive-my-refund.md"
STATUS = "docs/refunds/check-refund-status.md"
SELLER = "docs/orders/contact-the-seller.md"


@pytest.mark.parametrize(
    ("file", "old", "new", "told"),
    [
        (REFUND, "A refund usually takes {{ policy.refund_arrival }}", "A refund takes {{ policy.refund_arival }}", "{file}:{line}: unknown value 'policy.refund_arival' (did you mean 'policy.refund_arrival'?)"),
        (REFUND, "The time varies with the bank.", "The time varies with {{ bank.", "{file}:{line}: a macro begins here and cannot be read"),
        (REFUND, "The time varies with the bank.", "The time varies with {{ policy['bank'] }}.", "{file}:{line}: a page may only state values"),
        (REFUND, "The time varies with the bank.", "The time varies with {{ policy.refund_arrival() }}.", "{file}:{line}: a page may only state values"),
        (REFUND, "title: When", "title: When: ", "{file}:{line}: not valid YAML"),
        (STATUS, "(open-a-dispute.md)", "(open-a-dispte.md)", "{file}:{line}: the link "),
        (STATUS, "(open-a-dispute.md)", "(open-a-dispute.md#nowhere)", "{file}:{line}: the link "),
        (REFUND, "The time varies with the bank.", "The time varies with <a href='../your-bank/'>your bank</a>.", "{file}:{line}: the link '../your-bank/' is broken"),
        (REFUND, "The time varies with the bank.", "The time varies with <img src='bank.png' alt=''>.", "{file}:{line}: the link 'bank.png' is broken"),
        (STATUS, "see [how to open a dispute]", "see [the {{ policy.refund_arrival }}]", "{file}:1: a value inside a link: write .plain behind its name there"),
        (SELLER, "related:\n  - orders/not-received.md", "related:\n  - orders/not-recieved.md", "{file}:"),
        ("policy.yml", "kind: range, min: ", "kind: range, min: 999", "policy.yml:{line}: 'values.refund_arrival.value': expected min to be at most max"),
        ("policy.yml", "zone: Asia/Shanghai}", "zone: Asia/Shangai}", "policy.yml:{line}: 'values.cancellation_cutoff.value.zone': expected an IANA time zone"),
        ("policy.yml", "unit: hour", "unit: hours", "policy.yml:{line}: 'values.seller_response_time.value.unit': expected 'hour', 'day' or 'business day', found 'hours'"),
        ("policy.yml", "  refund_arrival:", "  refund_arival:", "unknown value 'policy.refund_arrival' (did you mean 'policy.refund_arival'?)"),
        ("mkdocs.yml", "      - refunds/open-a-dispute.md\n", "", "docs/refunds/open-a-dispute.md:1: is not in 'nav' in mkdocs.yml"),
        ("mkdocs.yml", "refunds/open-a-dispute.md", "refunds/open-a-disput.md", "mkdocs.yml:{line}: 'nav' names docs/refunds/open-a-disput.md"),
        ("docs/orders/index.md", "icon: topic/orders", "icon: topic/order", "{file}:{line}: there is no overrides/.icons/topic/order.svg"),
    ],
)  # fmt: skip
def test_the_build_stops_and_says_where(
    project: Project, file: str, old: str, new: str, told: str
) -> None:
    project.edit(file, old, new)
    outcome = project.build()
    line = project.line_of(file, new.strip() or "nav:")
    assert outcome.code != 0
    assert told.format(file=file, path=file.removeprefix("docs/"), line=line) in outcome.output
    assert "Traceback" not in outcome.output


def test_a_value_that_fails_to_say_itself_is_told_with_its_page(project: Project) -> None:
    project.edit(
        "macros/wording.py", "return self._of_unit(self.number(count), count, unit)", "return 1 / 0"
    )
    outcome = project.build()
    assert outcome.code != 0
    assert "docs/cancellations/after-you-request.md:3: a value cannot say itself" in outcome.output
    assert "ZeroDivisionError" in outcome.output


@pytest.mark.parametrize(
    ("variable", "address", "told"),
    [
        (
            "VOTES_URL",
            "https://elsewhere.example/votes",
            "votes (VOTES_URL): expected a path on the site's own host",
        ),
        (
            "VOTES_URL",
            "//elsewhere.example/votes",
            "votes (VOTES_URL): expected a path on the site's own host",
        ),
        ("SITE_URL", "ftp://host/", "site_url (SITE_URL): expected https://host/"),
        ("SITE_URL", "https://host/?x=1", "site_url (SITE_URL): expected https://host/"),
        ("CONTACT_URL", "javascript:alert(1)", "contact_url (CONTACT_URL): expected https://"),
        ("CONTACT_URL", "//elsewhere.example/", "contact_url (CONTACT_URL): expected https://"),
        ("CONTACT_URL", "5", "contact_url (CONTACT_URL): expected https://"),
        ("SITE_AS_OF", "soon", "SITE_AS_OF:1: expected a day such as 2027-01-15"),
    ],
)
def test_a_setting_that_cannot_be_stops_the_build(
    project: Project, variable: str, address: str, told: str
) -> None:
    outcome = project.build(**{variable: address})
    assert outcome.code != 0
    assert told in outcome.output
    assert "Traceback" not in outcome.output


def test_a_title_cannot_run_code(project: Project) -> None:
    project.edit(
        REFUND,
        "title: When will I receive my refund?",
        "title: \"{% print(cycler.__init__.__globals__.os.system('touch ran')) %}\"",
    )
    outcome = project.build()
    assert outcome.code != 0
    assert f"{REFUND}:2: 'title': a title cannot use values" in outcome.output
    assert not list(project.root.rglob("ran"))


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("docs/note.markdown", "docs/note.markdown:1: the name of a page ends in .md"),
        ("docs/old.txt", "docs/old.txt:1: is no page"),
        ("docs/contact.md~", "docs/contact.md~:1: is no page"),
    ],
)
def test_what_is_no_page_is_not_published(project: Project, name: str, told: str) -> None:
    (project.root / name).write_text("{{ cycler }}", encoding="utf-8")
    outcome = project.build()
    assert outcome.code != 0
    assert told in outcome.output


def test_a_link_out_of_docs_is_not_published(project: Project) -> None:
    (project.root / "docs/assets/secret.txt").symlink_to("/etc/hostname")
    outcome = project.build()
    assert outcome.code != 0
    assert "docs/assets/secret.txt:1: is a link to elsewhere" in outcome.output


def test_a_template_cannot_state_an_unknown_value(project: Project) -> None:
    care = "overrides/partials/care.html"
    project.edit(care, "policy.customer_care_hours", "policy.care_hours")
    outcome = project.build()
    assert outcome.code != 0
    line = project.line_of(care, "policy.care_hours")
    assert f"{care}:{line}: unknown value 'policy.care_hours'" in outcome.output


def test_the_project_as_it_is_builds(project: Project) -> None:
    outcome = project.build()
    assert outcome.code == 0, outcome.output
    assert (project.root / "site/index.html").is_file()
