from __future__ import annotations

import hashlib
import os
import threading
import time
from pathlib import Path

import pytest

from generator.build import last_site
from generator.build.last_site import LastSite
from generator.system import fresh, parallel

CONTENT = {"index.html": b"home", "en/index.html": b"page"}
FOUND = {"site": [(path, hashlib.sha256(content).hexdigest()) for path, content in CONTENT.items()]}


def site_of(root: Path) -> Path:
    """Write a site and a record of it, long enough ago for a look at it to count."""
    for path, content in CONTENT.items():
        file = root / "site" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
    LastSite(root, root / "site", root / "docs").keep("1", {}, {"groups": {}, "whole": "known"})
    time.sleep(fresh.TICK / 1e9 + 0.02)
    return root / "site"


@pytest.fixture(params=["1", "2"])
def last(tmp_path: Path, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> LastSite:
    """Return a last site of which all is known, looked at by another process or by none."""
    monkeypatch.setenv(parallel.VARIABLE, request.param)
    monkeypatch.setattr(threading, "active_count", lambda: 1)  # whatever threads other tests left behind
    found = LastSite(tmp_path, site_of(tmp_path), tmp_path / "docs")
    assert found.kept("1", tmp_path / "next") == {"groups": {}, "whole": "known"}
    return found


def test_files_as_they_were_written_are_taken_over(last: LastSite, tmp_path: Path):
    assert last.take_over(FOUND, tmp_path / "next")
    assert {path: (tmp_path / "next" / path).read_bytes() for path in CONTENT} == CONTENT


def test_what_was_read_by_another_process_is_not_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv(parallel.VARIABLE, "2")
    monkeypatch.setattr(threading, "active_count", lambda: 1)
    last = LastSite(tmp_path, site_of(tmp_path), tmp_path / "docs")
    last.kept("1", tmp_path / "next")
    monkeypatch.setattr(last_site.files, "digest", lambda file: pytest.fail(f"{file} is read again"))

    assert last.take_over(FOUND, tmp_path / "next")


def written_over(file: Path) -> None:
    file.write_bytes(b"PAGE")


def written_over_with_its_old_times(file: Path) -> None:
    before = file.stat()
    file.write_bytes(b"PAGE")
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))


def another_in_its_place(file: Path) -> None:
    other = file.with_name("other")
    other.write_bytes(b"PAGE")
    other.replace(file)


@pytest.mark.parametrize("touch", [written_over, written_over_with_its_old_times, another_in_its_place, Path.unlink])
def test_file_that_somebody_touched_since_is_not_taken_over(last: LastSite, tmp_path: Path, touch):
    touch(tmp_path / "site/en/index.html")

    assert not last.take_over(FOUND, tmp_path / "next")
    assert not (tmp_path / "next").exists()


def test_file_that_changed_a_moment_before_it_was_looked_at_is_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """It may change once more within the same tick of the clock, and look as it did."""
    site = site_of(tmp_path)
    monkeypatch.setattr(fresh, "TICK", 10**18)
    monkeypatch.setenv(parallel.VARIABLE, "2")
    monkeypatch.setattr(threading, "active_count", lambda: 1)
    last = LastSite(tmp_path, site, tmp_path / "docs")
    last.kept("1", tmp_path / "next")
    read = []
    monkeypatch.setattr(last_site.files, "digest", lambda file: read.append(file) or "")

    assert not last.take_over(FOUND, tmp_path / "next")
    assert read


def test_nothing_is_known_of_a_site_of_another_version_or_of_one_that_is_served(tmp_path: Path):
    site = site_of(tmp_path)

    assert LastSite(tmp_path, site, tmp_path / "docs").kept("2", tmp_path / "next") == {}
    assert LastSite(tmp_path, site, tmp_path / "docs").kept("1", site) == {}
