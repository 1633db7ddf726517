"""Mistakes that a writer makes must stop the real build, with one readable error."""

import pytest

from tests.project import Project

pytestmark = pytest.mark.slow

REFUND = "docs/refunds/when-will-i-receive-my-refund.md"
SELLER = "docs/orders/contact-the-seller.md"


@pytest.mark.parametrize(
    ("file", "old", "new", "told"),
    [
        (REFUND, "A refund usually takes {{ policy.refund_arrival }}", "A refund takes {{ policy.refund_arival }}", "{file}:{line}: unknown value 'policy.refund_arival' (did you mean 'policy.refund_arrival'?)"),
        (REFUND, "varies with your bank.", "varies with your {{ bank.", "{file}:{line}: a macro begins here and cannot be read"),
        (REFUND, "varies with your bank.", "varies with your {{ policy['bank'] }}.", "{file}:{line}: a page may only state values"),
        (REFUND, "varies with your bank.", "varies with your {{ policy.refund_arrival() }}.", "{file}:{line}: a page may only state values"),
        (REFUND, "title: When", "title: When: ", "{file}:{line}: not valid YAML"),
        (REFUND, "(check-refund-status.md)", "(check-refund-sttus.md)", "{path}"),
        (REFUND, "(check-refund-status.md)", "(check-refund-status.md#nowhere)", "{path}"),
        (REFUND, "varies with your bank.", "varies with <a href='../your-bank/'>your bank</a>.", "{file}:{line}: the link '../your-bank/' is broken"),
        (REFUND, "varies with your bank.", "varies with <img src='bank.png' alt=''>.", "{file}:{line}: the link 'bank.png' is broken"),
        (SELLER, "related:\n  - orders/not-received.md", "related:\n  - orders/not-recieved.md", "{file}:"),
        ("policy.yml", "min: 3", "min: 30", "policy.yml:{line}: 'values.refund_arrival.value': expected min to be at most max"),
        ("policy.yml", "zone: Asia/Shanghai", "zone: Asia/Shangai", "policy.yml:{line}: 'values.cancellation_cutoff.value.zone': expected an IANA time zone"),
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
    line = project.line_of(file, new.strip())
    assert outcome.code != 0
    assert told.format(file=file, path=file.removeprefix("docs/"), line=line) in outcome.output
    assert "Traceback" not in outcome.output


def test_a_macro_that_fails_stops_the_build(project: Project) -> None:
    project.edit("macros/wording.py", "    def amount(", "    def _amount(")
    outcome = project.build()
    assert outcome.code != 0
    assert "amount" in outcome.output


def test_the_project_as_it_is_builds(project: Project) -> None:
    outcome = project.build()
    assert outcome.code == 0, outcome.output
    assert (project.root / "site/index.html").is_file()
