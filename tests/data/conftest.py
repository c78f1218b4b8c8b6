"""The real project, loaded once."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.content import project
from generator.content.project import Project


@pytest.fixture(scope="session")
def real(root: Path) -> Project:
    """The project of this repository."""
    return project.load(root)
