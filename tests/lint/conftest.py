"""Copies of the content in several languages, which a test may break."""

from pathlib import Path

import pytest

from tests.project import LINTED, Project


@pytest.fixture
def bilingual(tmp_path: Path) -> Project:
    """The content in English and Spanish."""
    return Project.copy(tmp_path / "project", *LINTED, translations=["es"])


@pytest.fixture
def everywhere(tmp_path: Path) -> Project:
    """The content in all languages."""
    return Project.copy(tmp_path / "project", *LINTED, translations=True)
