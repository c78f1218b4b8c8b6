"""A file is read again when it changed, and only then."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from generator.system import fresh
from generator.system.fresh import remembered


class Reader:
    def __init__(self, file: Path) -> None:
        self.file, self.reads = file, 0

    def read(self) -> str:
        self.reads += 1
        return self.file.read_text(encoding="utf-8")

    def text(self) -> str:
        return remembered("text", [self.file], self.file, self.read)


@pytest.fixture
def reader(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Reader:
    monkeypatch.setattr(fresh, "TICK", -(10**18))  # as if the file were old
    (tmp_path / "file").write_text("one", encoding="utf-8")
    return Reader(tmp_path / "file")


def test_file_that_stays_is_read_once(reader: Reader):
    assert [reader.text() for _ in range(3)] == ["one"] * 3
    assert reader.reads == 1


def test_file_that_changed_is_read_again_though_its_size_and_time_are_set_back(reader: Reader):
    reader.text()
    before = reader.file.stat()
    reader.file.write_text("two", encoding="utf-8")
    os.utime(reader.file, ns=(before.st_atime_ns, before.st_mtime_ns))
    while reader.file.stat().st_ctime_ns == before.st_ctime_ns:  # the clock of the file system is coarse
        os.utime(reader.file, ns=(before.st_atime_ns, before.st_mtime_ns))

    assert reader.text() == "two"


def test_file_that_went_away_is_asked_for_again(reader: Reader):
    reader.text()
    reader.file.unlink()

    with pytest.raises(FileNotFoundError):
        reader.text()


def test_file_that_changed_a_moment_ago_is_read_again_since_it_may_change_within_one_tick(reader: Reader, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(fresh, "TICK", 10**18)
    reader.text()
    reader.text()

    assert reader.reads == 2
