"""The name of what all pages depend on changes with each part of it."""

from __future__ import annotations

import pytest

from generator.system import fingerprint
from tests.unit.projects import SmallProject


@pytest.mark.parametrize(
    "path",
    [
        "facts/limits.yml",
        "templates/guide.md.j2",
        "templates/strings/ko.yml",
        "templates/assets/site.css",
        "pages/new.yml",
        "snippets/_api/program.py",
    ],
)
def test_every_shared_file_counts(small: SmallProject, path):
    before = fingerprint.of_project(small.root, "")
    old = (small.root / path).read_bytes() if (small.root / path).is_file() else b""
    small.write(path, old + b"\n# more\n")

    assert fingerprint.of_project(small.root, "") != before


def test_settings_and_packages_count(small: SmallProject, monkeypatch: pytest.MonkeyPatch):
    before = fingerprint.of_project(small.root, "")
    assert fingerprint.of_project(small.root, "x") != before
    monkeypatch.setattr(fingerprint, "_version", lambda name: "0.0")
    monkeypatch.setattr(fingerprint, "program", fingerprint.program.__wrapped__)  # as another process would find it
    assert fingerprint.of_project(small.root, "") != before


def test_entry_does_not_count(small: SmallProject):
    before = fingerprint.of_project(small.root, "")
    small.edit("errors/busy_error.yml", "  en: Overload\n", "  en: Overload of all\n")

    assert fingerprint.of_project(small.root, "") == before


def test_every_package_is_one_that_is_installed():
    assert [name for name in fingerprint.PACKAGES if not fingerprint._version(name)] == []
