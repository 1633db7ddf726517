"""What tests of publishing share."""

from pathlib import Path

import pytest

from tests.publish.editions import NAMES, edition


@pytest.fixture(scope="session")
def editions(site: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Two sites of which no page is the same, by name."""
    folder = tmp_path_factory.mktemp("editions")
    return {name: edition(site, folder, name) for name in NAMES}
