"""What the site is built from: every package in one version, by its hash, under a known licence."""

import json
import re
from pathlib import Path

import pytest
import yaml

from tests.project import ROOT, Project, make, run

LOCKS = sorted((ROOT / "requirements").glob("*.txt"))


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
def test_every_npm_package_is_pinned_by_hash(folder: str) -> None:
    lock = json.loads((ROOT / folder / "package-lock.json").read_text(encoding="utf-8"))
    packages = {name: package for name, package in lock["packages"].items() if name}
    assert packages
    assert {name for name, package in packages.items() if "integrity" not in package} == set()
    assert {name for name, package in packages.items() if "resolved" in package} == set()
    names = {name.rpartition("node_modules/")[2] for name in packages}
    of_other_systems = {
        name for package in packages.values() for name in package.get("optionalDependencies", ())
    }
    assert of_other_systems - names == set()


def test_every_action_of_a_workflow_is_pinned_by_its_commit() -> None:
    actions = [
        line.split("uses:")[1].strip()
        for workflow in (ROOT / ".github/workflows").glob("*.yml")
        for line in workflow.read_text(encoding="utf-8").splitlines()
        if "uses:" in line
    ]
    assert actions
    for action in actions:
        is_ours = action.startswith("./") and (ROOT / action).is_file()
        assert is_ours or re.fullmatch(r"[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", action), action


def test_nothing_is_published_before_the_tests_have_passed() -> None:
    workflow = yaml.safe_load((ROOT / ".github/workflows/publish.yml").read_text(encoding="utf-8"))
    publish = workflow["jobs"]["publish"]
    assert publish["needs"] == "check"
    assert "if" not in publish  # which could let it run after a failure
    assert workflow["jobs"]["check"] == {"uses": "./.github/workflows/check.yml"}
    writers = [
        name for name, job in workflow["jobs"].items() if "write" in str(job.get("permissions"))
    ]
    assert writers == ["publish"]
    assert workflow["permissions"] == {"contents": "read"}


@pytest.mark.slow
def test_the_sbom_lists_all_packages_each_with_its_licence(project: Project) -> None:
    outcome = run(*make(project, "audit"), cwd=project.root)
    sbom = json.loads((project.root / ".build/sbom/sbom.cdx.json").read_text(encoding="utf-8"))
    lock = (ROOT / "requirements/build.txt").read_text(encoding="utf-8")
    pinned = set(re.findall(r"(?m)^([\w.-]+==[\w.]+)", lock))
    of_some_systems = set(re.findall(r"(?m)^([\w.-]+==[\w.]+) ;", lock))
    components = sbom["components"]
    listed = {
        component["purl"].removeprefix("pkg:pypi/").replace("@", "==") for component in components
    }
    assert pinned - of_some_systems <= listed <= pinned, outcome.output
    unlicensed = [component["name"] for component in components if not component.get("licenses")]
    assert unlicensed == []
    licences = (project.root / ".build/sbom/licences.md").read_text(encoding="utf-8")
    assert len(licences.splitlines()) == len(listed) + 2
    assert "UNKNOWN" not in licences
