"""A built site takes the place of the last one."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from generator.build import swap


def folder(path: Path, content: str) -> Path:
    path.mkdir(parents=True)
    (path / "index.html").write_text(content, encoding="utf-8")
    return path


def content(path: Path) -> str:
    return (path / "index.html").read_text(encoding="utf-8")


def test_built_folder_takes_the_place_of_the_old_one(tmp_path: Path):
    target, staged = folder(tmp_path / "site", "old"), folder(tmp_path / ".site.next", "new")
    swap.replace(target, staged)

    assert content(target) == "new"
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_first_build_needs_no_old_folder(tmp_path: Path):
    swap.replace(tmp_path / "site", folder(tmp_path / ".site.next", "new"))

    assert content(tmp_path / "site") == "new"


def test_what_a_killed_build_left_is_removed_and_a_running_one_is_let_be(tmp_path: Path):
    killed = subprocess.Popen([sys.executable, "-c", ""])
    killed.wait()
    for name in (f".site.{killed.pid}.next", f".site.{killed.pid}.old", f".site.{os.getppid()}.next", ".site.notes"):
        folder(tmp_path / name, "x")
    staged = swap.staged(tmp_path / "site")

    assert {path.name for path in tmp_path.iterdir()} == {f".site.{os.getppid()}.next", ".site.notes"}
    assert staged == tmp_path / f".site.{os.getpid()}.next"


def test_site_that_another_build_put_there_meanwhile_is_replaced(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    target, staged = folder(tmp_path / "site", "old"), folder(tmp_path / ".site.next", "new")
    rename, others = Path.rename, [folder(tmp_path / "other", "other")]

    def late(self: Path, to: Path) -> Path:
        if self == staged and others:
            rename(others.pop(), target)
        return rename(self, to)

    monkeypatch.setattr(Path, "rename", late)
    swap.replace(target, staged)

    assert content(target) == "new"
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_swap_that_fails_puts_the_old_site_back(tmp_path: Path):
    target = folder(tmp_path / "site", "old")

    with pytest.raises(FileNotFoundError):
        swap.replace(target, tmp_path / ".site.next")
    assert content(target) == "old"
