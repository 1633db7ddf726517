"""What the tests of the lint share."""

from pathlib import Path

import pytest

from tests.project import Project


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """A copy that a test may break, of what `make check` reads alone: it is quicker to make."""
    read = ("content", "docs", "languages", "macros", "theme", "mkdocs.yml", "pyproject.toml")
    return Project.copy(tmp_path / "project", *read)
