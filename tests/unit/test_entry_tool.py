"""What runs one entry: `make entry` and `make snippets` with a slug."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import entry
import pytest

from snippet_runner.__main__ import main as run_snippets


@pytest.fixture
def steps(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """Put programs that note their arguments in the place of the steps; the second of them fails if a file says so."""
    noted: list[list[str]] = []

    def run(command: list[str], **_: object) -> subprocess.CompletedProcess[str]:
        noted.append(command[2:])
        return subprocess.CompletedProcess(command, 1 if (tmp_path / f"{command[2]}-fails").exists() else 0)

    (tmp_path / "errors").mkdir()
    (tmp_path / "errors/new_error.yml").write_text("")
    monkeypatch.setattr(entry, "ROOT", tmp_path)
    monkeypatch.setattr(subprocess, "run", run)
    monkeypatch.setattr(entry, "TESTS", ["--version"])
    return noted


def test_entry_is_checked_built_and_run_and_its_pages_are_named(steps: list[list[str]], tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    assert entry.main("new_error") == 0
    assert steps == [["generator", "check"], ["generator", "build"], ["snippet_runner", "new_error"]]
    assert capsys.readouterr().out.splitlines() == [
        (tmp_path / f"site/{language}/errors/new_error/index.html").as_uri() for language in ("ko", "en")
    ]


@pytest.mark.parametrize(("failing", "ran"), [("generator", 1), ("snippet_runner", 3)])
def test_step_that_finds_a_problem_is_the_last_and_no_page_is_named(
    steps: list[list[str]], tmp_path: Path, capsys: pytest.CaptureFixture[str], failing: str, ran: int
):
    (tmp_path / f"{failing}-fails").touch()

    assert entry.main("new_error") == 1
    assert (len(steps), capsys.readouterr().out) == (ran, "")


def test_test_that_fails_is_told(steps: list[list[str]], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]):
    monkeypatch.setattr(entry, "TESTS", ["no_such_test.py"])

    assert entry.main("new_error") == 1
    assert "no_such_test.py" in capsys.readouterr().out


@pytest.mark.parametrize("slug", ["", "nothing_here"])
def test_entry_that_is_not_there_is_named(slug: str, capsys: pytest.CaptureFixture[str]):
    assert entry.main(slug) == 2
    assert f"errors/{slug}.yml: is not there" in capsys.readouterr().err


def test_programs_of_a_page_that_was_not_built_are_no_success(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    assert run_snippets(tmp_path / "site", ["new_error"]) == 2
    assert run_snippets(tmp_path / "site", []) == 2
    assert capsys.readouterr().err.startswith("site/ko/errors/new_error/index.html: is missing\n    run `make site` first")


def test_runner_tells_how_it_is_used_without_running_anything():
    said = subprocess.run([sys.executable, "-m", "snippet_runner", "--help"], capture_output=True, text=True, check=True).stdout

    assert "SLUG" in said
