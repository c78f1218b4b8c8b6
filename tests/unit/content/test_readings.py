"""What is kept of a file counts when it is that file's; else the file is read, and the answer is always the same."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.content import project, readings, yaml_reader
from generator.content.project import Project
from generator.system import store

Copy = Callable[[], Path]


@pytest.fixture
def again(monkeypatch: pytest.MonkeyPatch) -> Callable[[Path], Project]:
    """Return a function that loads a project as a new process would."""

    def load(root: Path) -> Project:
        monkeypatch.setattr(readings, "_known", [])
        monkeypatch.setattr("generator.system.fresh._kept", {})
        return project.load(root)

    return load


def content(loaded: Project) -> tuple[object, ...]:
    entries = [(item.entry, item.document.path, item.document.digest) for item in loaded.catalogue.located]
    pages = [(item.page, item.document.path) for item in loaded.handbook.located]
    return (entries, pages, loaded.facts.grouped, loaded.facts.sources, loaded.facts.glossary, loaded.strings, loaded.problems)


@pytest.fixture
def folder(copy_of_project: Copy, again: Callable[[Path], Project]) -> Path:
    """A project of which everything is kept."""
    root = copy_of_project()
    again(root)
    return root


def read_files(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return a list that will hold the names of the files that are read as YAML."""
    monkeypatch.setenv("CLAUDE_ERRORS_JOBS", "1")  # nobody would see what a worker reads
    names: list[str] = []
    real = yaml_reader.read

    def noted(file: Path, name: str) -> yaml_reader.Document:
        names.append(name)
        return real(file, name)

    monkeypatch.setattr(yaml_reader, "read", noted)
    return names


def test_what_is_kept_is_what_was_read(folder: Path, again: Callable[[Path], Project], monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(readings, "LEAST", 10**6)
    plain = content(again(folder))
    monkeypatch.setattr(readings, "LEAST", 1)
    names = read_files(monkeypatch)

    assert content(again(folder)) == plain
    assert names == []


def test_only_what_changed_is_read(folder: Path, again: Callable[[Path], Project], monkeypatch: pytest.MonkeyPatch):
    file = folder / "errors/api_error.yml"
    file.write_text(file.read_text(encoding="utf-8").replace("origin: server", "origin: stream"), encoding="utf-8")
    names = read_files(monkeypatch)

    assert again(folder).catalogue.by_slug["api_error"].entry.origin == "stream"
    assert names == ["errors/api_error.yml"]
    assert again(folder).catalogue.by_slug["api_error"].entry.origin == "stream"
    assert names == ["errors/api_error.yml"]


def test_file_that_changes_after_its_reading_was_found_is_read(folder: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(readings, "_known", [])
    file = folder / "errors/api_error.yml"
    with readings.at_hand(folder):
        file.write_text("slug: other\n", encoding="utf-8")

        assert readings.read(file, "errors/api_error.yml").data == {"slug": "other"}


def test_mistake_is_never_kept_and_has_its_place(folder: Path, again: Callable[[Path], Project]):
    file = folder / "errors/api_error.yml"
    file.write_text(file.read_text(encoding="utf-8") + "bogus: 1\n", encoding="utf-8")
    (folder / "errors/billing_error.yml").write_text("a: [", encoding="utf-8")
    line = len(file.read_text(encoding="utf-8").splitlines())
    for _ in range(2):
        found = again(folder).problems

        assert [(problem.path, problem.line) for problem in found] == [("errors/api_error.yml", line), ("errors/billing_error.yml", 1)]


def test_what_is_damaged_or_of_another_program_is_not_believed(
    folder: Path, again: Callable[[Path], Project], monkeypatch: pytest.MonkeyPatch
):
    kept = sorted((folder / readings.FOLDER).glob("*.json"))
    plain = content(again(folder))
    for file in kept[::2]:
        file.write_bytes(file.read_bytes().replace(b"server", b"stream"))
    names = read_files(monkeypatch)

    assert content(again(folder)) == plain
    assert names

    names.clear()
    monkeypatch.setattr(readings.fingerprint, "program", lambda: "another")
    assert content(again(folder)) == plain
    assert len(names) > 60


def test_what_is_kept_goes_with_its_file(folder: Path, again: Callable[[Path], Project]):
    (folder / "errors/api_error.yml").unlink()
    again(folder)
    kept = [json.loads(file.read_bytes().partition(b"\n")[2]) for file in sorted((folder / readings.FOLDER).glob("*.json"))]

    assert "errors/api_error.yml" not in {name for part in kept for name in part}
    assert sum(map(len, kept)) > 50


def test_folder_that_cannot_be_written_is_no_mistake(copy_of_project: Copy, again: Callable[[Path], Project]):
    root = copy_of_project()
    (root / "build").write_text("in the way", encoding="utf-8")

    assert again(root).problems == ()


def test_small_project_is_just_read(tmp_path: Path, again: Callable[[Path], Project]):
    (tmp_path / "errors").mkdir()
    again(tmp_path)

    assert not (tmp_path / readings.FOLDER).exists()


def test_days_stay_days(folder: Path, again: Callable[[Path], Project]):
    version = readings.fingerprint.program()
    parts = [store.load(file, version) for file in (folder / readings.FOLDER).glob("*.json")]
    kept = {name: reading for part in parts for name, reading in part.items()}
    _, data, days = kept["errors/api_error.yml"]

    assert ["checked"] in days
    assert data["checked"] == again(folder).catalogue.by_slug["api_error"].entry.checked.isoformat()
