"""Every case of `fixtures/invalid`: a broken `errors/` folder, and the whole report that a check prints.

A case is a file, which becomes the only entry of the small project's facts, or a
folder, which becomes `errors/`. Adding a case is adding a file; `--update-golden`
writes its report.
"""

from __future__ import annotations

import json
import shutil
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from generator.cli import main
from generator.content.problems import Problem
from tests.unit.projects import FIXTURES, SmallProject

FOLDER = FIXTURES / "invalid"
CASES = sorted(path.name for path in FOLDER.iterdir() if path.suffix != ".txt")


def check(project: SmallProject, *arguments: str) -> Result:
    return CliRunner().invoke(main, ["check", "--project", str(project.root), *arguments])


@pytest.fixture
def broken(request: pytest.FixtureRequest, empty: SmallProject) -> SmallProject:
    """The project of the case that the test is parametrised with."""
    source = FOLDER / request.param
    if source.is_dir():
        shutil.copytree(source, empty.root / "errors", dirs_exist_ok=True)
    else:
        shutil.copy(source, empty.root / "errors")
    return empty


@pytest.mark.parametrize(("broken", "case"), [(case, case) for case in CASES], indirect=["broken"], ids=CASES)
def test_check_reports_exactly_what_is_wrong(broken: SmallProject, case: str, golden: Callable[[Path, str], None]):
    start = time.perf_counter()
    result = check(broken)

    assert time.perf_counter() - start < 5
    assert result.exit_code == 1
    assert isinstance(result.exception, SystemExit)
    golden(FOLDER / f"{case.removesuffix('.yml')}.txt", result.stdout)


@pytest.mark.parametrize("broken", CASES, indirect=True, ids=CASES)
def test_json_has_the_same_problems_and_each_stands_in_its_file(broken: SmallProject):
    problems = [Problem(**problem) for problem in json.loads(check(broken, "--format", "json").stdout)]

    assert "".join(f"{problem}\n" for problem in problems) == check(broken).stdout
    for problem in problems:
        assert problem.message
        assert problem.hint
        file = broken.root / problem.path
        lines = file.read_bytes().splitlines() if file.is_file() else []
        assert 1 <= problem.line <= max(len(lines), 1)


def test_every_report_belongs_to_a_case():
    reports = {path.stem for path in FOLDER.glob("*.txt")}

    assert reports == {case.removesuffix(".yml") for case in CASES}


def test_tag_in_a_file_ran_nothing(empty: SmallProject, monkeypatch: pytest.MonkeyPatch):
    shutil.copy(FOLDER / "python_tag.yml", empty.root / "errors")
    monkeypatch.chdir(empty.root)
    check(empty)

    assert "touch pwned" in (empty.root / "errors/python_tag.yml").read_text(encoding="utf-8")
    assert not (empty.root / "pwned").exists()
