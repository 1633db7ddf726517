"""What tests of publishing share."""

from pathlib import Path

import pytest

from tests.publish.editions import NAMES, Editions


@pytest.fixture(scope="session")
def editions(site: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Two sites of which no page is the same, by name."""
    made = Editions(site, tmp_path_factory.mktemp("editions"))
    return {name: made[name] for name in NAMES}


@pytest.fixture
def more_editions(site: Path, tmp_path: Path) -> Editions:
    """As many such sites as are asked for."""
    return Editions(site, tmp_path)
