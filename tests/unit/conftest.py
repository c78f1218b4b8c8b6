"""Projects to break."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit.projects import SmallProject, small_project


@pytest.fixture
def empty(tmp_path: Path, shared: Path) -> SmallProject:
    """The same project without an entry."""
    return small_project(tmp_path / "project", shared, entries=False)
