"""A built site names its version, and builds at once do not disturb each other."""

import filecmp
import json
import os
import subprocess
from pathlib import Path

import pytest

from helpcentre.site import manifest
from macros.layout import ASSETS
from tests.project import MKDOCS, OWN_ENVIRONMENT, Project, commit, own_content, run

pytestmark = pytest.mark.site


def version(site: Path) -> str:
    """Return the commit that a built site names."""
    found: str = json.loads((site / manifest.VERSION).read_text(encoding="utf-8"))["commit"]
    return found


@pytest.mark.slow
def test_the_version_is_the_commit_of_the_project_wherever_mkdocs_is_started(
    project: Project, tmp_path: Path
) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "file").write_text("another repository", encoding="utf-8")
    other = commit(elsewhere, "2026-01-05")
    own = commit(project.root, "2026-01-06")
    config = project.root / "mkdocs.yml"
    outcome = run(MKDOCS, "build", "-f", config, "-d", tmp_path / "built", cwd=elsewhere)
    assert outcome.code == 0, outcome.output
    assert version(tmp_path / "built") == own
    assert own != other


@pytest.mark.parametrize(
    "file",
    [
        f"{ASSETS}/new.png",
        "docs/orders/new.md",
        "languages/en/flows/new.yml",
        "theme/new.html",
        "macros/new.py",
        "helpcentre/site/new.py",
        "mkdocs.yml",
        "requirements/build.txt",
    ],
)
def test_a_changed_or_untracked_file_that_is_built_from_makes_the_version_dirty(
    project: Project, tmp_path: Path, file: str
) -> None:
    own = commit(project.root, "2026-01-06")
    manifest.write_version(tmp_path, project.root)
    assert version(tmp_path) == own
    (project.root / file).parent.mkdir(exist_ok=True)
    with (project.root / file).open("a", encoding="utf-8") as opened:
        opened.write("\n")
    manifest.write_version(tmp_path, project.root)
    assert version(tmp_path) == f"{own}-dirty"


def test_other_files_do_not_make_the_version_dirty(project: Project, tmp_path: Path) -> None:
    own = commit(project.root, "2026-01-06")
    (project.root / "README.md").write_text("changed", encoding="utf-8")
    (project.root / "notes.txt").write_text("untracked", encoding="utf-8")
    manifest.write_version(tmp_path, project.root)
    assert version(tmp_path) == own


def test_without_git_the_version_is_unknown(project: Project, tmp_path: Path) -> None:
    manifest.write_version(tmp_path, project.root)
    assert version(tmp_path) == "unknown"


def differences(one: Path, other: Path) -> list[str]:
    """Return the files that are not the same in both folders."""
    files = {
        path.relative_to(folder).as_posix()
        for folder in (one, other)
        for path in folder.rglob("*")
        if path.is_file()
    }
    _, different, missing = filecmp.cmpfiles(one, other, files, shallow=False)
    return sorted(different + missing)


@pytest.mark.slow
def test_builds_at_once_do_not_disturb_each_other(project: Project, tmp_path: Path) -> None:
    """Two of one project into different folders, and one of another project."""
    other = Project.copy(tmp_path / "project-of-others")
    value = "value: {kind: range, min: 4, max: 18, unit: business day}"
    other.set_value("refund_arrival", value)
    environment = OWN_ENVIRONMENT | {"SOURCE_DATE_EPOCH": "1800000000"}
    builds = [
        subprocess.Popen(
            [MKDOCS, "build", "--site-dir", tmp_path / name],
            cwd=root,
            env=environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        for name, root in (("one", project.root), ("two", project.root), ("other", other.root))
    ]
    assert [build.wait() for build in builds] == [0, 0, 0]
    assert differences(tmp_path / "one", tmp_path / "two") == []
    page = "refunds/when-will-i-receive-my-refund/index.html"
    own, others = "4 to 18 business days", own_content().policy.refund_arrival.plain
    assert own in (tmp_path / "other" / page).read_text(encoding="utf-8")
    assert others not in (tmp_path / "other" / page).read_text(encoding="utf-8")
    assert own not in (tmp_path / "one" / page).read_text(encoding="utf-8")
    names = [os.listdir(tmp_path / name / "search") for name in ("one", "other")]  # noqa: PTH208
    assert sorted(names[0]) != sorted(names[1])
