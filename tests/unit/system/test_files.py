from __future__ import annotations

import os
from pathlib import Path

import pytest

from generator.system import files

CONTENT = b"<p>\xec\x98\xa4\xeb\xa5\x98</p>"


def test_files_are_written_below_folders_that_are_not_there(tmp_path: Path):
    files.write_all(tmp_path, {"a/b/c.html": CONTENT, "d.html": b""})

    assert (tmp_path / "a/b/c.html").read_bytes() == CONTENT
    assert sorted(path.name for path in tmp_path.rglob("*") if path.is_file()) == ["c.html", "d.html"]


def no_links(source: str, target: str) -> None:
    raise OSError(1, "not on this file system")


@pytest.mark.parametrize("can_link", [True, False])
def test_new_folder_shares_with_the_last_one_what_is_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, can_link: bool):
    new, last = tmp_path / "new", tmp_path / "last"
    files.write_all(last, {"a/same": CONTENT, "a/other": b"old", "gone": b"x"})
    if not can_link:
        monkeypatch.setattr(os, "link", no_links)
    files.write_new(new, {"a/same": CONTENT, "a/other": CONTENT, "b/new": b""}, last)

    assert {path.relative_to(new).as_posix(): path.read_bytes() for path in new.rglob("*") if path.is_file()} == {
        "a/same": CONTENT,
        "a/other": CONTENT,
        "b/new": b"",
    }
    assert (new / "a/same").samefile(last / "a/same") == can_link
    assert (last / "a/other").read_bytes() == b"old"


def test_new_folder_needs_no_last_one(tmp_path: Path):
    files.write_new(tmp_path / "new", {"a/b": CONTENT}, tmp_path / "none")

    assert (tmp_path / "new/a/b").read_bytes() == CONTENT


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


def test_folder_holds_exactly_what_is_wanted(tmp_path: Path):
    files.write_all(tmp_path, {"a.md": b"a", "b/c.md": b"c", "b/d/e.md": b"e", "f/g": b"g"})
    files.prune(tmp_path, {"a.md", "b/c.md"})

    assert sorted(path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*")) == ["a.md", "b", "b/c.md"]


def test_link_is_removed_and_what_it_leads_to_stays(tmp_path: Path):
    folder, outside = tmp_path / "folder", tmp_path / "outside"
    files.write_all(tmp_path, {"folder/a": b"a", "outside/keep": b"x"})
    (folder / "link").symlink_to(outside)
    (folder / "dangling").symlink_to("nowhere")
    files.prune(folder, {"a"})

    assert [path.name for path in folder.iterdir()] == ["a"]
    assert (outside / "keep").exists()


def test_folder_that_is_not_there_has_nothing_to_remove(tmp_path: Path):
    files.prune(tmp_path / "none", set())

    assert not (tmp_path / "none").exists()
