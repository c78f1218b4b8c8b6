"""Projects to break."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit.projects import SmallProject, shared_folders, small_project


@pytest.fixture(scope="session")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Templates and schemas that small projects share until they change them."""
    return shared_folders(tmp_path_factory.mktemp("shared"))


@pytest.fixture
def small(tmp_path: Path, shared: Path) -> SmallProject:
    """A valid project of three entries."""
    return small_project(tmp_path / "project", shared)


@pytest.fixture
def empty(tmp_path: Path, shared: Path) -> SmallProject:
    """The same project without an entry."""
    return small_project(tmp_path / "project", shared, entries=False)
