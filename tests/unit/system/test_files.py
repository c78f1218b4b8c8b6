from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pytest

from generator.system import files

CONTENT = b"<p>\xec\x98\xa4\xeb\xa5\x98</p>"
DIGEST = hashlib.sha256(CONTENT).hexdigest()


@pytest.mark.parametrize("private", [False, True])
def test_files_are_written_below_folders_that_are_not_there(tmp_path: Path, private: bool):
    assert files.write_all(tmp_path, {"a/b/c.html": CONTENT, "d.html": b""}, private=private) == [
        ("a/b/c.html", DIGEST),
        ("d.html", hashlib.sha256(b"").hexdigest()),
    ]
    assert (tmp_path / "a/b/c.html").read_bytes() == CONTENT
    assert sorted(path.name for path in tmp_path.rglob("*") if path.is_file()) == ["c.html", "d.html"]


@pytest.mark.parametrize("private", [False, True])
def test_file_that_another_name_stands_for_too_keeps_its_content_there(tmp_path: Path, private: bool):
    old = tmp_path / "old"
    old.write_bytes(b"old")
    os.link(old, tmp_path / "new")
    files.write_all(tmp_path, {"new": CONTENT}, private=private)

    assert (old.read_bytes(), (tmp_path / "new").read_bytes()) == (b"old", CONTENT)


def test_file_that_holds_just_that_is_left_alone(tmp_path: Path):
    file = tmp_path / "page"
    file.write_bytes(CONTENT)
    before = file.stat()
    files.write(file, CONTENT)

    assert (file.stat().st_ino, file.stat().st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


def taken_away(monkeypatch: pytest.MonkeyPatch, times: int) -> None:
    """Let another build remove the part so often, each time just before it gets its name."""
    replace, left = Path.replace, [times]

    def later(part: Path, target: Path) -> Path:
        if left[0]:
            left[0] -= 1
            part.unlink()
            part.parent.rmdir()
        return replace(part, target)

    monkeypatch.setattr(Path, "replace", later)


def test_part_that_another_build_takes_away_is_written_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    taken_away(monkeypatch, 5)
    files.write(tmp_path / "folder" / "page", CONTENT)

    assert (tmp_path / "folder" / "page").read_bytes() == CONTENT


def test_part_that_is_taken_away_for_ever_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    taken_away(monkeypatch, 1000)

    with pytest.raises(FileNotFoundError, match="page"):
        files.write(tmp_path / "folder" / "page", CONTENT)


def test_file_that_cannot_be_read_is_empty_and_has_no_digest(tmp_path: Path):
    (tmp_path / "page").write_bytes(CONTENT)

    assert (files.read(tmp_path / "page"), files.digest(tmp_path / "page")) == (CONTENT, DIGEST)
    assert (files.read(tmp_path / "none"), files.digest(tmp_path / "none")) == (b"", "")
    assert (files.read(tmp_path), files.digest(tmp_path)) == (b"", "")


def no_links(source: str, target: str) -> None:
    raise OSError(1, "not on this file system")


@pytest.mark.parametrize("can_link", [True, False])
@pytest.mark.parametrize("target", ["new", "folder/new", "old"])
def test_file_is_shared_or_else_copied(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, target: str, can_link: bool):
    (tmp_path / "page").write_bytes(CONTENT)
    (tmp_path / "old").write_bytes(b"old")
    os.link(tmp_path / "old", tmp_path / "shares old")
    (tmp_path / "folder").mkdir()
    if not can_link:
        monkeypatch.setattr(os, "link", no_links)
    files.share(str(tmp_path / "page"), str(tmp_path / target))

    assert (tmp_path / target).read_bytes() == CONTENT
    assert (tmp_path / target).samefile(tmp_path / "page") == can_link
    assert (tmp_path / "shares old").read_bytes() == b"old"


def test_only_what_is_not_there_is_shared_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    (tmp_path / "page").write_bytes(CONTENT)
    (tmp_path / "old").write_bytes(b"old")

    assert files.share_new(str(tmp_path / "page"), str(tmp_path / "new"))
    assert not files.share_new(str(tmp_path / "page"), str(tmp_path / "old"))
    assert not files.share_new(str(tmp_path / "none"), str(tmp_path / "other"))
    monkeypatch.setattr(os, "link", no_links)
    assert not files.share_new(str(tmp_path / "page"), str(tmp_path / "copy"))
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {"page": CONTENT, "new": CONTENT, "old": b"old"}
