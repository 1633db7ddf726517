"""Mistakes of writers and publishers are errors, each readable, with its file and line.

What the lint finds is planted in a copy and read in this process: the same call stops a build. What
only a build can find, and that nothing is published then, is in test_commands.py.
"""

import pytest

from macros.layout import ASSETS
from tests.project import Project, problems

REFUND = "docs/refunds/when-will-i-receive-my-refund.md"
SELLER = "docs/orders/contact-the-seller.md"
POLICY = "content/policy.yml"
TEXTS = "languages/en/texts.yml"


@pytest.mark.parametrize(
    ("file", "old", "new", "message"),
    [
        (REFUND, "A refund usually takes {{ policy.refund_arrival }}", "A refund takes {{ policy.refund_arival }}", "{file}:{line}: unknown value 'policy.refund_arival' (did you mean 'policy.refund_arrival'?)"),
        (REFUND, "The time varies with the bank.", "The time varies with {{ bank.", "{file}:{line}: a page may only state values"),
        (REFUND, "The time varies with the bank.", "The time varies with {{ policy['bank'] }}.", "{file}:{line}: a page may only state values"),
        (REFUND, "The time varies with the bank.", "The time varies with {{ policy.refund_arrival() }}.", "{file}:{line}: a page may only state values"),
        (REFUND, "title: When", "title: When: ", "{file}:{line}: not valid YAML"),
        (SELLER, "related:\n  - orders/not-received.md", "related:\n  - orders/not-recieved.md", "{file}:{line}: there is no other page docs/orders/not-recieved.md (did you mean 'orders/not-received.md'?)"),
        (POLICY, "kind: range, min: ", "kind: range, min: 999", "{file}:{line}: 'values.refund_arrival.value': expected min to be at most max"),
        (POLICY, "zone: Asia/Shanghai}", "zone: Asia/Shangai}", "{file}:{line}: 'values.cancellation_cutoff.value.zone': expected an IANA time zone"),
        (POLICY, "unit: hour", "unit: hours", "{file}:{line}: 'values.seller_response_time.value.unit': expected 'minute', 'hour', 'day', 'business day', 'week', 'month' or 'year', found 'hours'"),
        (POLICY, "  refund_arrival:", "  refund_arival:", "unknown value 'policy.refund_arrival' (did you mean 'policy.refund_arival'?)"),
        ("mkdocs.yml", "      - refunds/open-a-dispute.md\n", "", "docs/refunds/open-a-dispute.md:1: is not in 'nav' in mkdocs.yml"),
        ("mkdocs.yml", "refunds/open-a-dispute.md", "refunds/open-a-disput.md", "mkdocs.yml:{line}: 'nav' names docs/refunds/open-a-disput.md"),
        ("docs/orders/index.md", "icon: material/", "icon: material/no-such-", "{file}:{line}: unknown icon 'material/no-such-"),
        (TEXTS, "policy.customer_care_hours", "policy.care_hours", "{file}:{line}: 'care_hours': unknown value 'policy.care_hours'"),
    ],
)  # fmt: skip
def test_a_mistake_is_reported_with_its_place(
    project: Project, file: str, old: str, new: str, message: str
) -> None:
    project.edit(file, old, new)
    line = project.line_of(file, new.strip() or "nav:")
    expected = message.format(file=file, line=line)
    found = problems(project)
    assert [problem for problem in found if expected in problem], found


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("docs/note.markdown", "docs/note.markdown:1: the file name of a page must end in .md"),
        ("docs/old.txt", "docs/old.txt:1: is neither a page nor a picture"),
        ("docs/contact.md~", "docs/contact.md~:1: is neither a page nor a picture"),
        ("docs/orders/README.md", "docs/orders/README.md:1: a page cannot be named README"),
    ],
)
def test_what_is_not_a_page_is_not_published(project: Project, name: str, message: str) -> None:
    (project.root / name).write_text("{{ cycler }}", encoding="utf-8")
    found = problems(project)
    assert [problem for problem in found if problem.startswith(message)], found


@pytest.mark.parametrize(
    ("name", "spelt"),
    [
        ("docs/orders/Late Parcel.md", "docs/orders/late-parcel.md"),
        ("docs/Großer Ärger.md", "docs/grosser-arger.md"),
        ("docs/v1.2.md", "docs/v1-2.md"),
        ("docs/a_b.md", "docs/a-b.md"),
        ("docs/退货.md", "docs/name.md"),
        ("docs/My Orders/late.md", "docs/my-orders/late.md"),
        ("docs/orders/IMG_1.PNG", "docs/orders/img-1.png"),
    ],
)
def test_a_name_that_is_no_address_is_reported_with_one_that_is(
    project: Project, name: str, spelt: str
) -> None:
    (project.root / name).parent.mkdir(exist_ok=True)
    (project.root / name).write_text("x", encoding="utf-8")
    message = "expected small letters, digits and hyphens in the names of files and folders"
    assert f"{name}:1: {message}, such as {spelt} [files]" in problems(project)


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("orders/track-parcel/index.md", "orders/track-parcel.md"),
        ("orders/Track-Parcel.md", "orders/track-parcel.md"),
    ],
)
def test_an_address_has_one_page(project: Project, name: str, other: str) -> None:
    (project.root / "docs" / name).parent.mkdir(exist_ok=True)
    (project.root / "docs" / name).write_bytes((project.root / "docs" / other).read_bytes())
    first, second = sorted((name, other))
    message = f"docs/{second}:1: has the address of docs/{first}: remove or rename one [files]"
    assert message in problems(project)


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("program.js", "is neither a page nor a picture: .svg, .png, "),
        ("page.html", "is neither a page nor a picture: .svg, .png, "),
    ],
)
def test_what_is_not_a_picture_is_not_published(project: Project, name: str, message: str) -> None:
    (project.root / ASSETS).mkdir(exist_ok=True)
    (project.root / ASSETS / name).write_text("1", encoding="utf-8")
    (problem,) = problems(project)
    assert problem.startswith(f"{ASSETS}/{name}:1: {message}")


def test_a_link_out_of_docs_is_not_published(project: Project) -> None:
    (project.root / ASSETS).mkdir(exist_ok=True)
    (project.root / ASSETS / "secret.png").symlink_to("/etc/hostname")
    (problem,) = problems(project)
    assert problem.startswith(f"{ASSETS}/secret.png:1: is a symbolic link")


def test_phrases_with_a_mistake_hide_none_of_their_pages(project: Project) -> None:
    with (project.root / "docs/index.phrases.txt").open("a", encoding="utf-8") as file:
        file.write("a \x07 bell\n")
    project.edit("docs/index.md", "related:", "relatd:")
    found = problems(project)
    assert [problem for problem in found if "docs/index.phrases.txt:1: the phrase" in problem]
    assert [problem for problem in found if "unknown key 'relatd'" in problem]
