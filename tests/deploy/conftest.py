"""What tests of publishing share."""

from collections.abc import Mapping
from functools import partial
from pathlib import Path

import pytest

from tests.deploy.builds import NAMES, Builds, copy_as
from tests.project import once


@pytest.fixture(scope="session")
def builds(site_of_one_language: Path, shared: Path) -> Mapping[str, Path]:
    """Two builds of which no page is the same, by name, for tests that do not change them."""
    return {
        name: once(shared, f"build-{name}", partial(copy_as, site_of_one_language, name=name))
        / name
        / "site"
        for name in NAMES
    }


@pytest.fixture
def more_builds(site_of_one_language: Path, tmp_path: Path) -> Builds:
    """As many such builds as are asked for, for one test."""
    return Builds(site_of_one_language, tmp_path)
