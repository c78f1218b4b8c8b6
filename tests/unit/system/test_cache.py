"""What is kept counts only as it was put, and what is remembered only while the files behind it stay as they are."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from generator.system import cache
from generator.system.cache import Cache, digest, remembered


@pytest.fixture
def kept(tmp_path: Path) -> Cache:
    found = Cache(tmp_path / "cache", "1")
    found.put("pages", "key", "가\n\0나".encode())
    return found


def test_content_is_found_by_its_kind_and_key_only(kept: Cache):
    assert kept.get("pages", "key") == "가\n\0나".encode()
    assert kept.get("pages", "other") is None
    assert kept.get("others", "key") is None


def test_another_version_of_the_program_finds_nothing(kept: Cache, tmp_path: Path):
    assert Cache(tmp_path / "cache", "2").get("pages", "key") is None


@pytest.mark.parametrize("place", range(0, 70, 3))
def test_file_with_a_changed_byte_is_ignored(kept: Cache, tmp_path: Path, place: int):
    file = tmp_path / "cache/pages/key"
    content = bytearray(file.read_bytes())
    content[place] ^= 1
    file.write_bytes(bytes(content))

    assert kept.get("pages", "key") is None


@pytest.mark.parametrize("content", [b"", b"\n", b"x", b"{}\n{}"])
def test_foreign_file_is_ignored(kept: Cache, tmp_path: Path, content: bytes):
    (tmp_path / "cache/pages/key").write_bytes(content)

    assert kept.get("pages", "key") is None


def test_content_of_one_key_does_not_count_for_another(kept: Cache, tmp_path: Path):
    (tmp_path / "cache/pages/key").rename(tmp_path / "cache/pages/other")

    assert kept.get("pages", "other") is None


def test_content_is_made_once(kept: Cache):
    made: list[str] = []
    for _ in range(2):
        assert kept.get_or_make("pages", "new", lambda: made.append("") or b"made") == b"made"

    assert len(made) == 1


def test_what_is_no_longer_used_is_removed(kept: Cache, tmp_path: Path):
    kept.put("pages", "used", b"x")
    kept.prune("pages", {"used"})
    kept.prune("nothing of this kind", set())

    assert [file.name for file in (tmp_path / "cache/pages").iterdir()] == ["used"]


def test_folder_that_cannot_be_written_to_holds_nothing(tmp_path: Path):
    (tmp_path / "file").write_bytes(b"")
    broken = Cache(tmp_path / "file", "1")
    broken.put("pages", "key", b"x")
    broken.prune("pages", set())

    assert broken.get("pages", "key") is None


def test_parts_of_a_digest_are_told_apart():
    assert len({digest("ab"), digest("a", "b"), digest("", "ab"), digest("ab", ""), digest("b", "a")}) == 5
    assert digest("가") == digest("가".encode())


def test_file_is_read_again_when_it_changed_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(cache, "TICK", -1)  # as if every change were long ago
    file, reads = tmp_path / "a.yml", []

    def read() -> str:
        reads.append("")
        return file.read_text() if file.exists() else ""

    file.write_text("1")
    assert [remembered("text", [file], file, read) for _ in range(3)] == ["1"] * 3
    assert len(reads) == 1
    file.write_text("22")
    assert remembered("text", [file], file, read) == "22"
    file.unlink()
    assert remembered("text", [file], file, read) == ""
    file.write_text("1")
    assert remembered("text", [file], file, read) == "1"
    assert remembered("other", [file], file, lambda: "other") == "other"


def test_change_that_keeps_time_and_size_is_seen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(cache, "TICK", -1)
    file = tmp_path / "a.yml"
    file.write_text("1")
    before = file.stat()
    assert remembered("text", [file], file, file.read_text) == "1"
    (tmp_path / "new").write_text("2")
    (tmp_path / "new").replace(file)
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))

    assert remembered("text", [file], file, file.read_text) == "2"


def test_what_changed_a_moment_ago_is_read_once_more(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(cache, "TICK", 10**18)
    file, reads = tmp_path / "a.yml", []
    file.write_text("1")
    for _ in range(2):
        remembered("text", [file], file, lambda: reads.append(""))

    assert len(reads) == 2
