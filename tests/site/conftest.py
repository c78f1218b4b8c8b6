"""The pages of the built site, read once for all tests that look at them."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.content import project as project_module
from generator.content.project import Project
from tests.site.pages import Page, languages_of, read_all


@pytest.fixture(scope="session")
def pages(built_site: Path) -> dict[str, Page]:
    return read_all(built_site)


@pytest.fixture(scope="session")
def written(pages: dict[str, Page]) -> list[Page]:
    return languages_of(pages)


@pytest.fixture(scope="session")
def project(root: Path) -> Project:
    return project_module.load(root)
