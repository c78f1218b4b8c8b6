"""Whole pages of two small entries, one that can be fixed and one that needs patience, in both languages.

When a template changes, `pytest tests/unit/render/test_golden.py --update-golden` writes
them anew; the diff then shows what changed for readers.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.unit.projects import FIXTURES, SmallProject, pages

FOLDER = FIXTURES / "golden"
HUB = ("care", "care/wait")


@pytest.mark.parametrize("slug", ["stuck_image", "busy_error"])
@pytest.mark.parametrize("language", ["ko", "en"])
def test_page_is_as_it_was(small: SmallProject, golden: Callable[[Path, str], None], language: str, slug: str):
    path = f"{language}/errors/{slug}"

    golden(FOLDER / f"{path}.html", pages(small.load())[f"{path}.md"].html)


@pytest.mark.parametrize("page", HUB)
@pytest.mark.parametrize("language", ["ko", "en"])
def test_page_of_the_hub_is_as_it_was(small: SmallProject, golden: Callable[[Path, str], None], language: str, page: str):
    path = f"{language}/{page}"

    golden(FOLDER / f"{path}.html", pages(small.add_hub().load())[f"{path}.md"].html)


def test_every_golden_page_is_compared():
    assert sorted(file.relative_to(FOLDER).as_posix() for file in FOLDER.rglob("*.html")) == [
        f"{language}/{page}.html" for language in ("en", "ko") for page in (*HUB, "errors/busy_error", "errors/stuck_image")
    ]
