"""Articles from elsewhere become drafts: with their words, pictures, links and old addresses."""

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from helpcentre import lint
from helpcentre.content import importing
from helpcentre.content.importing import Import
from helpcentre.content.page import read
from helpcentre.lint import leftovers, outline
from tests.content import articles
from tests.content.articles import PICTURE, TASKS, write
from tests.project import Project
from tests.rendering import html_of


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return Project.copy(tmp_path / "project", "content", "docs", "languages", "theme", "mkdocs.yml")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "old").mkdir()
    return tmp_path / "old"


def bring(project: Project, folder: Path) -> list[str]:
    """Import the folder, and return what could not be taken over."""
    taken = Import(project.root, folder)
    taken.run()
    return [str(problem) for problem in taken.problems]


def text(project: Project, source: str) -> str:
    return (project.root / "docs" / source).read_text(encoding="utf-8")


def files(root: Path) -> dict[str, bytes]:
    """Return every file and link below `root`, by path."""
    return {
        path.relative_to(root).as_posix(): path.read_bytes() if path.is_file() else b""
        for path in sorted(root.rglob("*"))
        if not path.is_dir()
    }


@pytest.mark.parametrize("shape", [articles.how_to, articles.faq, articles.policies])
def test_every_article_becomes_a_draft_that_the_lint_reads(
    project: Project, folder: Path, shape: object
) -> None:
    assert callable(shape)
    before = files(project.root)
    shape(folder)
    problems = bring(project, folder)
    assert not [problem for problem in problems if "not taken over" in problem]
    content = lint.load(project.root, show_drafts=True)
    assert len(content.drafts) == 10
    assert [problem for problem in content.problems if not problem.rule] == []
    assert not [problem for problem in content.problems if problem.file == "content/redirects.yml"]
    after = files(project.root)
    changed = {file for file in before if before[file] != after[file]}
    assert changed == {"content/redirects.yml"}
    assert all(file.startswith("docs/") for file in after.keys() - before.keys())
    assert lint.load(project.root).drafts  # and what is published has no error

    again = Import(project.root, folder)
    again.run()
    assert (again.written, again.existing, again.problems) == (0, 10, [])
    assert files(project.root) == after


def test_a_guide_keeps_its_steps_screenshots_links_and_addresses(
    project: Project, folder: Path
) -> None:
    articles.how_to(folder)
    bring(project, folder)
    assert text(project, "battery.md") == (
        "---\ntitle: Charge the battery\ndraft: true\n---\n\nYou need no tools for this.\n\n"
        "1. Lift the flap of the frame.\n\n    ![Charge the battery](assets/battery.png)\n\n"
        "2. Plug the charger in.\n3. Check that nothing moves.\n\n"
        "See also [the other one](guides/tyre.md#top).\n"
    )
    assert "(../assets/guides/display.png)" in text(project, "guides/display.md")
    assert "(../battery.md#top)" in text(project, "guides/display.md")
    assert (project.root / "docs/assets/battery.png").read_bytes() == PICTURE + b"battery"
    redirects = lint.load(project.root, show_drafts=True).redirects
    assert redirects["help/battery/"] == "battery.md"
    assert redirects["old/tyre.html"] == "guides/tyre.md"
    assert len(redirects) == len(TASKS) + len(TASKS) // 2


def test_an_answer_keeps_its_lists_and_says_what_is_left(project: Project, folder: Path) -> None:
    articles.faq(folder)
    problems = bring(project, folder)
    answer = text(project, "faq/question-1.md")
    assert "title: Can I ride before I pay?\ndraft: true\n---\n\nIt depends" in answer
    assert "- steel\n    - wood, which [needs care](question-1.md)" in answer
    assert "## In short {: #in-short }" in answer
    assert "[not](a-link.md)" in answer
    assert "old/content/faq/question-1.md:23: left as it is: the note ':::tip'" in problems
    redirects = lint.load(project.root, show_drafts=True).redirects
    for old in ("faq/q-1/", "faq/1/", "faq/old-1/"):
        assert redirects[old] == "faq/question-1.md"
    assert redirects["questions/q-2/"] == "faq/question-2.md"


def test_a_policy_keeps_its_anchors_definitions_and_links(project: Project, folder: Path) -> None:
    articles.policies(folder)
    problems = bring(project, folder)
    policy = text(project, "policies/warranty.md")
    assert "## Who may ask {: #h_1 }" in policy
    assert "[Privacy](privacy.md#h_2) and [again](privacy.md)" in policy
    assert "Guest\n:   Somebody without an account." in policy
    assert "https://video.example/1" in policy
    redirects = lint.load(project.root, show_drafts=True).redirects
    assert redirects["hc/en-us/articles/7001-Warranty/"] == "policies/warranty.md"
    lines = (folder / "policies/export.json").read_text(encoding="utf-8").splitlines()
    line = next(n for n, words in enumerate(lines, 1) if '"id": 7001' in words)
    of_warranty = [problem for problem in problems if f"export.json:{line}:" in problem]
    assert len(of_warranty) == 3
    assert "the picture is on another site; put a copy here" in of_warranty[2]


@pytest.mark.parametrize(
    ("front", "body", "line", "message"),
    [
        ("", "{% include note.html %}", 1, "left as it is: the tag '{% include note.html %}'"),
        ("---\ntitle: It\n---\n", "\n{{< youtube x >}}", 5, "left as it is: the shortcode '{{< youtube x >}}'"),
        ("", "Hello {{ site.title }}", 1, "left as it is: the variable or comment '{{ site.title }}'"),
        ("", "import Tabs from '@theme/Tabs'\n\n<Tabs>\n", 3, "left as it is: the component '<Tabs'"),
        ("", "x\n\n<table><tr><td>1</td></tr></table>", 3, "left as it is: the HTML '<table'"),
        ("", "![A](gone.png)", 1, "'gone.png': there is no such picture in this folder"),
        ("", "![A](a.bmp)", 1, "'a.bmp': pages show no pictures of the kind '.bmp'"),
        ("", "# Own title\n\n[A](gone.md)", 3, "'gone.md': the link leads to no article in this folder"),
        ("", "[A](../../../etc/passwd)", 1, "the link leads to no article in this folder"),
        ("", "![A](../secret.png)", 1, "'../secret.png': there is no such picture in this folder"),
        ("", "![A](link.png)", 1, "'link.png': there is no such picture in this folder"),
        ("---\ntitle: It\npermalink: /a b/\n---\n", "x", 1, "the old address '/a b/' cannot be a redirect here"),
        ("---\ntitle: It\naliases: [/assets/x/]\n---\n", "x", 1, "the old address '/assets/x/' cannot be a redirect here"),
        ("---\ntitle: It\nurl: /contact/\n---\n", "x", 1, "the old address '/contact/' is lost: it is taken"),
    ],
)  # fmt: skip
def test_what_is_left_is_reported_with_its_line_and_the_page_is_written(
    project: Project, folder: Path, front: str, body: str, line: int, message: str
) -> None:
    (folder.parent / "secret.png").write_bytes(PICTURE)
    (folder / "link.png").symlink_to(folder.parent / "secret.png")
    write(folder, {"it.md": front + body})
    problems = bring(project, folder)
    assert any(p.startswith(f"old/it.md:{line}: ") and message in p for p in problems), problems
    kept = body.replace("# Own title\n\n", "").replace("![", "[")  # a lost picture is a link
    assert kept.strip() in text(project, "it.md")


@pytest.mark.parametrize(
    ("file", "content", "message"),
    [
        ("it.md", b"caf\xe9", "it.md:1: not taken over: cannot be read: it is not UTF-8"),
        ("it.md", b"---\ntitle: [\n---\n", "it.md:1: not taken over: while parsing"),
        ("it.md", b"+++\ntitle = \n+++\n", "it.md:1: not taken over: Invalid value"),
        ("it.md", b"---\n- a\n---\n", "it.md:1: not taken over: expected front matter of keys"),
        ("it.md", b"---\ntitle: Are {{ b }} here?\n---\nx", "it.md:4: not taken over: 'title': a title cannot use values"),
        ("it.md", b"x" * 200_001, "it.md:1: not taken over: expected at most 200000 bytes"),
        ("it.md", b"x\n\n" * 20_000, "it.md:1: not taken over: expected a page of at most 50000 characters"),
        ("it.md", b"---\na: " + b"[" * 9_000 + b"\n---\nx", "it.md:1: not taken over: "),
        ("it.json", b"[" * 100_000, "it.json:1: not taken over: "),
        ("it.json", b"{", "it.json:1: not taken over: Expecting property name"),
        ("it.json", b'[{"title": "It is", "body": null}]', "it.json:1: not taken over: expected 1 to"),
        ("it.json", json.dumps([{"title": "It is", "body": "<div" * 9_000}]).encode(), "it.json:1: not taken over: its HTML has no text"),
        ("it.json", json.dumps([{"title": "It is", "body": "<div>" * 9_000}]).encode(), "it.json:1: not taken over: its HTML is nested too deeply"),
    ],
)  # fmt: skip
def test_what_cannot_be_a_page_is_a_clear_error_and_nothing_is_written(
    project: Project, folder: Path, file: str, content: bytes, message: str
) -> None:
    before = files(project.root)
    write(folder, {file: content})
    (problem,) = bring(project, folder)
    assert problem.startswith(f"old/{message}"), problem
    assert files(project.root) == before


def test_names_slugs_and_links_lead_out_of_nothing(project: Project, folder: Path) -> None:
    (project.root / "docs/away").symlink_to(folder.parent)
    (folder / "loop").symlink_to(folder)
    (folder / "passwd.md").symlink_to("/etc/passwd")
    write(
        folder,
        {
            "away/it.md": "x",
            "one.md": "---\ntitle: One\nslug: ../../../../tmp/x\n---\nx",
            "two.md": "---\ntitle: Two\npermalink: /../../x/\naliases: ['../../y']\n---\nx",
            "assets/three.md": "x",
            "..four.md": "x",
            "README.md": "x",
            "五.md": "x",
        },
    )
    os.close(os.open(os.fsencode(folder) + b"/\xff.md", os.O_CREAT))
    outside = files(folder.parent / "old")
    before = files(project.root)
    problems = bring(project, folder)
    assert any("away/it.md:1: not taken over: docs/away leads out of docs/" in p for p in problems)
    assert any(
        "passwd.md:1: not taken over: it is not a file in this folder" in p for p in problems
    )
    new = files(project.root).keys() - before.keys()
    assert {"docs/one.md", "docs/two.md", "docs/assets-pages/three.md", "docs/four.md"} <= new
    assert files(folder.parent / "old") == outside
    assert {path.name for path in folder.parent.iterdir()} == {"old", "project"}
    (project.root / "docs/away").unlink()
    assert not [p for p in lint.load(project.root, show_drafts=True).problems if not p.rule]


def test_a_page_that_exists_is_left_as_it_is(project: Project, folder: Path) -> None:
    write(folder, {"contact.md": "x", "orders.md": "x", "a/it.md": "x", "A/it.md": "x"})
    before = files(project.root)
    taken = "the old address 'orders' is lost: it is taken"
    assert f"old/orders.md:1: {taken}" in bring(project, folder)
    after = files(project.root)
    assert {file for file in before if before[file] != after[file]} == set()
    assert {"docs/orders-2.md", "docs/a/it.md", "docs/a/it-2.md"} == after.keys() - before.keys()


def test_redirects_that_cannot_be_added_are_printed(project: Project, folder: Path) -> None:
    file = project.root / "content/redirects.yml"
    file.write_text("redirects: {late/: orders/not-received.md}\n", encoding="utf-8")
    write(folder, {"it.md": "---\ntitle: It\naliases: [/that/]\n---\nx"})
    (problem,) = bring(project, folder)
    assert problem.startswith("content/redirects.yml:1: ")
    assert problem.endswith("add 'that/: it.md' yourself")
    assert file.read_text(encoding="utf-8") == "redirects: {late/: orders/not-received.md}\n"


def test_redirects_are_added_below_those_that_are_there(project: Project, folder: Path) -> None:
    file = project.root / "content/redirects.yml"
    file.write_text("# why\nredirects:\n    late/: contact.md # kept\n\n", encoding="utf-8")
    write(folder, {"it.md": "---\ntitle: It\naliases: [/that/]\n---\nx"})
    assert bring(project, folder) == []
    assert file.read_text(encoding="utf-8") == (
        "# why\nredirects:\n    late/: contact.md # kept\n    that/: it.md\n"
    )


def test_too_many_articles_are_refused_before_anything_is_written(
    project: Project, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = files(project.root)
    monkeypatch.setattr(importing, "MAX_ARTICLES", 3)
    write(folder, {f"{n}.md": "x" for n in range(4)})
    with pytest.raises(ValueError, match="expected at most 3 articles"):
        bring(project, folder)
    (folder / "3.md").unlink()
    monkeypatch.setattr(importing, "MAX_TOTAL", 2)
    with pytest.raises(ValueError, match="of 2 bytes together"):
        bring(project, folder)
    assert files(project.root) == before


def test_the_command_prints_what_is_left_and_what_was_done(
    project: Project,
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(project.root)
    write(folder, {"it.md": "[A](gone.md)", "contact.md": "x"})
    importing.main(str(folder))
    assert capsys.readouterr().out == (
        "old/it.md:1: 'gone.md': the link leads to no article in this folder\n"
        "1 drafts written, 1 pages left as they were, 1 things to look at\n"
    )
    with pytest.raises(SystemExit, match="expected a folder with articles, found 'nowhere'"):
        importing.main("nowhere")


@pytest.mark.parametrize("shape", [articles.how_to, articles.faq, articles.policies])
def test_a_draft_shows_what_its_article_shows(
    project: Project, folder: Path, shape: Callable[[Path], None]
) -> None:
    shape(folder)
    before = set((project.root / "docs").rglob("*.md"))
    reported = "\n".join(bring(project, folder))
    pages = sorted({*(project.root / "docs").rglob("*.md")} - before)
    assert len(pages) >= 4
    for path in pages:
        draft = read(project.root, path.relative_to(project.root).as_posix())
        html = html_of(draft.body)
        assert list(outline.check_rendered(draft, draft.body, html)) == []
        for problem in leftovers.check_rendered(draft, draft.body, html):
            shown = problem.message.split("'")[1]
            assert shown[:3] in reported, problem
