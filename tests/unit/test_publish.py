"""What happens to a built site before a host gets it."""

from __future__ import annotations

import base64
import datetime
import hashlib
import os
import subprocess
import sys
from pathlib import Path

import pytest

from generator import publish


def digest(script: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'"


def folder(path: Path, content: str) -> Path:
    path.mkdir(parents=True)
    (path / "index.html").write_text(content, encoding="utf-8")
    return path


def content(path: Path) -> str:
    return (path / "index.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(("day", "seconds"), [("1970-01-01", 0), ("1970-01-02", 86400), ("2026-11-21", 1795219200)])
def test_day_starts_at_midnight_utc_whatever_the_time_zone(monkeypatch: pytest.MonkeyPatch, day, seconds):
    monkeypatch.setenv("TZ", "Asia/Seoul")

    assert publish.epoch(datetime.date.fromisoformat(day)) == seconds


@pytest.mark.parametrize(
    ("url", "path"),
    [
        (None, "/"),
        ("", "/"),
        ("https://a.example", "/"),
        ("https://a.example/", "/"),
        ("https://a.example/b", "/b/"),
        ("https://a.example/b/c/", "/b/c/"),
    ],
)
def test_root_of_the_site_ends_with_a_slash(url, path):
    assert publish.root_path(url) == path


def test_built_folder_takes_the_place_of_the_old_one(tmp_path: Path):
    target, staged = folder(tmp_path / "site", "old"), folder(tmp_path / ".site.next", "new")
    publish.replace(target, staged)

    assert content(target) == "new"
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_first_build_needs_no_old_folder(tmp_path: Path):
    publish.replace(tmp_path / "site", folder(tmp_path / ".site.next", "new"))

    assert content(tmp_path / "site") == "new"


def test_what_a_killed_build_left_is_removed_and_a_running_one_is_let_be(tmp_path: Path):
    killed = subprocess.Popen([sys.executable, "-c", ""])
    killed.wait()
    for name in (f".site.{killed.pid}.next", f".site.{killed.pid}.old", f".site.{os.getppid()}.next", ".site.notes"):
        folder(tmp_path / name, "x")
    staged = publish.staged(tmp_path / "site")

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
    publish.replace(target, staged)

    assert content(target) == "new"
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_swap_that_fails_puts_the_old_site_back(tmp_path: Path):
    target = folder(tmp_path / "site", "old")

    with pytest.raises(FileNotFoundError):
        publish.replace(target, tmp_path / ".site.next")
    assert content(target) == "old"


@pytest.mark.parametrize(
    ("page", "scripts"),
    [
        ("<script>a()</script>", ["a()"]),
        ("<script>a()</script><p>x</p><script>b()</script><script>a()</script>", ["a()", "b()"]),
        ('<script type="module">a()</script>', ["a()"]),
        ('<script src="x.js"></script>', []),
        ('<script type="application/ld+json">{"a": 1}</script>', []),
        ('<script type="application/json" id="x">{"a": 1}</script>', []),
        ("<script>a('&amp;') && b < c</script>", ["a('&amp;') && b < c"]),
        ("<script>a('</b>', \"</p>\") // </</script>", ["a('</b>', \"</p>\") // </"]),
        ("<script>\n한글()\n</script>", ["\n한글()\n"]),
        ("<p>a()</p>", []),
    ],
)
def test_every_script_that_a_browser_runs_is_hashed_as_it_stands(tmp_path: Path, page, scripts):
    folder(tmp_path / "site", page)

    assert publish.inline_script_hashes(tmp_path / "site") == sorted(digest(script) for script in scripts)


def test_headers_allow_the_own_scripts_and_no_other_host():
    headers = publish.security_headers(publish.script_hashes("<script>a()</script>"))
    policy = dict(part.split(" ", 1) for part in headers["Content-Security-Policy"].split("; "))

    assert policy["script-src"] == f"'self' {digest('a()')}"
    assert policy["default-src"] == "'none'"
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert "http" not in headers["Content-Security-Policy"]


def test_headers_are_written_in_the_form_that_hosts_read(tmp_path: Path):
    site = folder(tmp_path / "site", "x")
    publish.write_headers(site)
    lines = (site / "_headers").read_text(encoding="utf-8").splitlines()

    assert lines[0] == "/*"
    assert "  X-Content-Type-Options: nosniff" in lines
    assert lines[lines.index("/assets/*") + 1] == "  Cache-Control: public, max-age=3600"
    assert all(line.startswith(("/", "  ")) for line in lines)
    assert {
        lines[lines.index(path) + 1].split("charset=")[-1]
        for path in ("/llms.txt", "/:language/:page/index.md", "/:language/:hub/:page/index.md")
    } == {"utf-8"}


def test_files_of_the_search_may_be_kept_since_their_folder_names_their_content(tmp_path: Path):
    site = folder(tmp_path / "site", "x")
    folder(site / "search" / "0123", "x")
    publish.write_headers(site)
    lines = (site / "_headers").read_text(encoding="utf-8").splitlines()

    assert lines[-2:] == ["/search/0123/*", "  Cache-Control: public, max-age=31536000, immutable"]


def test_added_file_is_written_as_it_is_and_over_nothing(tmp_path: Path):
    site = folder(tmp_path / "site", "x")
    publish.add(site, {"a/b.md": "가\n나\r\n"})

    assert (site / "a/b.md").read_bytes() == "가\n나\r\n".encode()
    with pytest.raises(FileExistsError):
        publish.add(site, {"index.html": "y"})
    assert (site / "index.html").read_text(encoding="utf-8") == "x"
