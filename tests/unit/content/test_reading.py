"""A YAML file is parsed once, and read from the cache as it was parsed."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from generator.content import project as projects
from generator.content import reading, yaml_reader
from generator.system.cache import Cache
from tests.unit.projects import FULL, SmallProject


@pytest.fixture
def cache(tmp_path: Path) -> Cache:
    return Cache(tmp_path / "cache", "1")


def parsed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return a list that the names of all files are added to that are parsed from now on."""
    names: list[str] = []
    read = yaml_reader.read
    monkeypatch.setattr(yaml_reader, "read", lambda file, name: names.append(name) or read(file, name))
    return names


def test_document_from_the_cache_is_that_of_the_file(tmp_path: Path, cache: Cache, monkeypatch: pytest.MonkeyPatch):
    file = tmp_path / "a.yml"
    file.write_text("a: [{b: 2026-11-21, c: '2026-11-21'}, 1, 1.0, no, true, null, 가]\n", encoding="utf-8")
    read = reading.reader(cache)
    first = read(file, "a.yml")
    names = parsed(monkeypatch)
    second = read(file, "a.yml")

    assert names == []
    assert first.data == second.data == {"a": [{"b": datetime.date(2026, 11, 21), "c": "2026-11-21"}, 1, 1.0, "no", True, None, "가"]}
    assert repr(first.data) == repr(second.data)  # 1 and 1.0 are equal
    assert (first.digest, first.path, dict(first.places)) == (second.digest, second.path, dict(second.places))


def test_file_that_changed_is_parsed_again(tmp_path: Path, cache: Cache):
    file = tmp_path / "a.yml"
    read = reading.reader(cache)
    for number in range(2):
        file.write_text(f"a: {number}\n")

        assert read(file, "a.yml").data == {"a": number}


@pytest.mark.parametrize("content", [b"a: [", b"", b"\xff", b"a: 1\na: 2"])
def test_file_with_a_problem_is_never_kept(tmp_path: Path, cache: Cache, content: bytes):
    file = tmp_path / "a.yml"
    file.write_bytes(content)
    reading.reader(cache)(file, "a.yml")

    assert reading.reader(cache)(file, "a.yml").problems == yaml_reader.read(file, "a.yml").problems != ()
    assert not (tmp_path / "cache").exists()


def test_file_that_is_not_there_is_a_problem(tmp_path: Path, cache: Cache):
    assert reading.reader(cache)(tmp_path / "none.yml", "none.yml").problems


def test_project_is_loaded_without_parsing_after_all_its_files_were_read(
    small: SmallProject, cache: Cache, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(reading, "LEAST", 1)
    reading.fill(small.root, cache)
    names = parsed(monkeypatch)
    first = projects.load(small.root, cache)

    assert names == []
    assert first.problems == ()
    assert first.catalogue.by_slug["stuck_image"].document.path == FULL


def test_file_that_went_away_leaves_the_cache(small: SmallProject, cache: Cache, tmp_path: Path):
    projects.load(small.root, cache)
    before = len(list((tmp_path / "cache/yaml").iterdir()))
    small.remove(FULL)
    reading.prune(small.root, cache)

    assert len(list((tmp_path / "cache/yaml").iterdir())) == before - 1
