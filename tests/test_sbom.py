"""What the site is built from: each part of one version, by its hash, under a known licence."""

import json
import re
from pathlib import Path

import pytest

from tests.project import ROOT, Project, make, run

LOCKS = sorted(ROOT.glob("requirements*.txt"))


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_every_python_package_is_pinned_by_hash(lock: Path) -> None:
    """pip itself refuses a package without one; here a lock that lists nothing fails, too."""
    text = re.sub(r"\\\n\s*", "", lock.read_text(encoding="utf-8"))
    lines = [line for line in text.splitlines() if line and not line.lstrip().startswith("#")]
    assert lines
    for line in lines:
        assert re.match(r"[\w.-]+(\[\w+\])?==\S+ .*--hash=sha256:[0-9a-f]{64}", line), line
    assert "http" not in text


@pytest.mark.parametrize("folder", ["tests/npm", "bench/npm"])
def test_every_package_of_npm_is_pinned_by_hash(folder: str) -> None:
    told = json.loads((ROOT / folder / "package-lock.json").read_text(encoding="utf-8"))
    packages = {name: about for name, about in told["packages"].items() if name}
    assert packages
    assert {name for name, about in packages.items() if "integrity" not in about} == set()
    assert {name for name, about in packages.items() if "resolved" in about} == set()
    named = {name.rpartition("node_modules/")[2] for name in packages}
    for_any_system = {
        other for about in packages.values() for other in about.get("optionalDependencies", ())
    }
    assert for_any_system - named == set()


def test_every_action_of_a_workflow_is_pinned_by_its_commit() -> None:
    used = [
        line.split("uses:")[1].strip()
        for workflow in (ROOT / ".github/workflows").glob("*.yml")
        for line in workflow.read_text(encoding="utf-8").splitlines()
        if "uses:" in line
    ]
    assert used
    for action in used:
        assert re.fullmatch(r"[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", action), action


@pytest.mark.slow
def test_the_list_of_parts_has_all_of_them_each_with_its_licence(project: Project) -> None:
    outcome = run(*make(project, "parts"), cwd=project.root)
    assert outcome.code == 0, outcome.output
    lock = (ROOT / "requirements.txt").read_text(encoding="utf-8")
    pinned = set(re.findall(r"(?m)^([\w.-]+==[\w.]+)", lock))
    for_some_systems = set(re.findall(r"(?m)^([\w.-]+==[\w.]+) ;", lock))
    told = json.loads((project.root / ".build/parts/sbom.cdx.json").read_text(encoding="utf-8"))
    listed = {f"{part['purl'].removeprefix('pkg:pypi/').replace('@', '==')}" for part in told["components"]}  # fmt: skip
    assert pinned - for_some_systems <= listed <= pinned
    assert [part["name"] for part in told["components"] if not part.get("licenses")] == []
    licences = (project.root / ".build/parts/licences.md").read_text(encoding="utf-8")
    assert len(licences.splitlines()) == len(listed) + 2
    assert "UNKNOWN" not in licences
