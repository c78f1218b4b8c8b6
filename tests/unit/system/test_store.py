"""Data between two runs: believed when it is whole, else not at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.system import store

DATA = {"a": [1, "둘", None], "b": {"c": True}}


def test_what_was_saved_is_loaded(tmp_path: Path):
    store.save(tmp_path / "deep/file.json", "1", DATA)

    assert store.load(tmp_path / "deep/file.json", "1") == DATA
    assert [path.name for path in (tmp_path / "deep").iterdir()] == ["file.json"]


def test_nothing_is_loaded_where_nothing_is(tmp_path: Path):
    assert store.load(tmp_path / "file.json", "1") is None


def test_data_of_another_version_is_ignored(tmp_path: Path):
    store.save(tmp_path / "file.json", "1", DATA)

    assert store.load(tmp_path / "file.json", "2") is None


def test_no_byte_may_differ(tmp_path: Path):
    file = tmp_path / "file.json"
    store.save(file, "1", DATA)
    whole = file.read_bytes()
    for place in range(len(whole)):
        file.write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
        assert store.load(file, "1") is None
        file.write_bytes(whole[:place])
        assert store.load(file, "1") is None


def test_what_cannot_be_saved_leaves_the_last_data(tmp_path: Path):
    file = tmp_path / "file.json"
    store.save(file, "1", DATA)

    with pytest.raises(TypeError):
        store.save(file, "1", {"a": object()})
    assert store.load(file, "1") == DATA


def test_folder_that_cannot_be_written_to_is_no_mistake(tmp_path: Path):
    (tmp_path / "file").write_text("x", encoding="utf-8")
    store.save(tmp_path / "file/below.json", "1", DATA)

    assert store.load(tmp_path / "file/below.json", "1") is None
