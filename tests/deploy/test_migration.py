"""The same site from the same files, without MkDocs or without Material, byte for byte."""

import re
import shutil
from pathlib import Path

import material
import pytest

from tests.project import MKDOCS, Outcome, Project, run

pytestmark = pytest.mark.slow

PROPERDOCS = MKDOCS.with_name("properdocs")
SETTINGS = {"SOURCE_DATE_EPOCH": "1790000000", "SITE_URL": "https://host.example/help/"}


def build(project: Project, to: Path) -> Outcome:
    command = (PROPERDOCS, "build", "--config-file", "mkdocs.yml", "--site-dir", to)
    return run(*command, cwd=project.root, **SETTINGS)


def files(site: Path) -> dict[str, bytes]:
    found = (path for path in site.rglob("*") if path.is_file())
    return {path.relative_to(site).as_posix(): path.read_bytes() for path in found}


def test_properdocs_builds_a_byte_identical_site(project: Project, tmp_path: Path) -> None:
    assert project.build(**SETTINGS).code == 0
    outcome = build(project, tmp_path / "other")
    assert outcome.code == 0, outcome.output
    assert files(tmp_path / "other") == files(project.root / "site")


@pytest.mark.parametrize(
    ("file", "old", "new", "message"),
    [
        ("docs/contact.md", "policy.customer_care_hours }}:", "policy.hours }}:", "unknown value 'policy.hours'"),
        ("docs/contact.md", "(questions.md)", "(question.md)", "question.md"),
        ("content/policy.yml", "kind: range", "kind: rnge", "expected one of 'range'"),
    ],
)  # fmt: skip
def test_an_error_stops_it_too(
    project: Project, tmp_path: Path, file: str, old: str, new: str, message: str
) -> None:
    project.edit(file, old, new)
    outcome = build(project, tmp_path / "other")
    assert outcome.code == 1
    assert message in outcome.output


def test_without_material_the_site_is_byte_identical(project: Project) -> None:
    """Its icons are copied and its theme left out, as hosting/migration.md says."""
    assert project.build(**SETTINGS).code == 0
    texts = [
        path.read_text(encoding="utf-8")
        for folder, pattern in (("theme", "*.html"), ("docs", "index.md"))
        for path in (project.root / folder).rglob(pattern)
    ]
    icons = Path(material.__file__).parent / "templates/.icons"
    for name in set(re.findall(r"material/[a-z-]+", "".join(texts))):
        copy = project.root / f"theme/.icons/{name}.svg"
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(icons / f"{name}.svg", copy)
    project.edit("mkdocs.yml", "name: material", "name: null\n  static_templates: [404.html]")
    settings = project.root / "mkdocs.yml"
    without = re.sub(
        r"  - pymdownx.emoji:.*\n(?:      .*\n)*", "", settings.read_text(encoding="utf-8")
    )
    settings.write_text(without, encoding="utf-8")
    assert "material" not in without.partition("markdown_extensions")[2]
    with_material = files(project.root / "site")
    assert project.build(**SETTINGS).code == 0
    assert files(project.root / "site") == with_material
