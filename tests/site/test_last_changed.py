"""When a page last changed: by git, by its flow, by the values it states."""

import subprocess
from datetime import date

import pytest

from helpcentre.site.last_changed import last_changes
from tests.project import Project, commit, load

pytestmark = pytest.mark.slow

PAGE, WITH_FLOW, OTHER = "contact.md", "orders/not-received.md", "orders/track-parcel.md"
REFUND = "refunds/when-will-i-receive-my-refund.md"
REVIEWED = date(2026, 11, 23)


def test_a_page_changes_with_its_file_and_its_flow_alone(project: Project) -> None:
    commit(project.root, "2026-01-05")
    project.edit(f"docs/{PAGE}", "may help you first", "may help you before")
    commit(project.root, "2026-02-06")
    project.edit(
        "languages/en/flows/my-order-has-not-come.yml",
        "text: Have you tracked",
        "text: Did you track",
    )
    commit(project.root, "2026-03-07")
    changes = last_changes(load(project.root))
    assert changes[OTHER] == date(2026, 1, 5)
    assert changes[PAGE] == date(2026, 2, 6)
    assert changes[WITH_FLOW] == date(2026, 3, 7)


def test_a_page_changes_on_the_day_on_which_a_value_it_states_does(project: Project) -> None:
    commit(project.root, "2026-01-05")
    project.set_value(
        "refund_arrival",
        "rows:\n"
        "      - {from: 2020-03-16, value: {kind: range, min: 4, max: 18, unit: business day}}\n"
        "      - {from: 2026-10-01, value: {kind: range, min: 3, max: 20, unit: business day}}\n"
        "      - {from: 2027-10-01, value: {kind: range, min: 2, max: 9, unit: business day}}",
    )
    changes = last_changes(load(project.root))
    assert changes[REFUND] == date(2026, 10, 1)
    assert changes[OTHER] == date(2026, 1, 5)


def test_without_git_a_page_changed_when_it_was_reviewed(project: Project) -> None:
    assert set(last_changes(load(project.root)).values()) == {REVIEWED}


def test_a_shallow_clone_has_no_history(project: Project) -> None:
    commit(project.root, "2026-01-05")
    project.edit(f"docs/{PAGE}", "may help you first", "may help you before")
    commit(project.root, "2026-02-06")
    shallow = project.root.parent / "shallow"
    command = ["git", "clone", "-q", "--depth", "1", f"file://{project.root}", str(shallow)]
    subprocess.run(command, check=True)
    assert set(last_changes(load(shallow)).values()) == {REVIEWED}
