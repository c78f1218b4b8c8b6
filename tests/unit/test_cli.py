"""The command line: what it prints, where, and how it exits."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from generator.check.installed_sdk import coded_errors
from generator.cli import main
from generator.content.problems import Problem
from tests.unit.projects import MINIMAL, UMBRELLA, SmallProject


def run(*arguments: str) -> Result:
    result = CliRunner().invoke(main, arguments)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def check(small: SmallProject, *arguments: str) -> Result:
    return run("check", "--project", str(small.root), *arguments)


def test_check_of_a_valid_project_says_nothing(small: SmallProject):
    result = check(small)

    assert (result.exit_code, result.output) == (0, "")


def test_check_prints_each_problem_and_how_many(small: SmallProject):
    small.edit(UMBRELLA, "  en: Overload\n", "  en: Overload TODO\n")
    result = check(small)

    assert result.exit_code == 1
    assert result.stdout == "errors/busy_error.yml:6:3: title.en: holds a TODO\n    write the text\n"
    assert result.stderr == "1 problem found.\n"


def test_check_counts_several_problems(small: SmallProject):
    small.edit(UMBRELLA, "  ko: 과부하\n  en: Overload\n", "  ko: 과부하 TODO\n  en: Overload TODO\n")

    assert check(small).stderr == "2 problems found.\n"


def test_check_prints_the_same_problems_as_json(small: SmallProject):
    small.edit(UMBRELLA, "  en: Overload\n", "  en: Overload TODO\n")
    small.edit(MINIMAL, "  ko: 리전 과부하\n", "")
    result = check(small, "--format", "json")
    problems = [Problem(**problem) for problem in json.loads(result.stdout)]

    assert result.exit_code == 1
    assert "".join(f"{problem}\n" for problem in problems) == check(small).stdout


def test_check_of_a_valid_project_as_json_is_an_empty_list(small: SmallProject):
    result = check(small, "--format", "json")

    assert (result.exit_code, json.loads(result.stdout)) == (0, [])


def test_check_reports_a_stale_schema_with_the_command_to_run(small: SmallProject):
    small.write("schema/sdk.schema.json", "{}")

    assert check(small).stdout == ("schema/sdk.schema.json:1:1: is not what the models say\n    run `claude-errors schema`\n")


def test_text_of_an_author_is_printed_as_it_is(small: SmallProject):
    word = "[bold]x[/bold] :smile: " + "long " * 60
    small.edit(MINIMAL, "origin: sdk", f"origin: sdk\n'{word}': 1")
    line = small.line(MINIMAL, word)

    assert check(small).stdout.startswith(f"{MINIMAL}:{line}:1: {word}: is not a field that is known here\n")


def test_output_to_a_file_has_no_colour(small: SmallProject):
    small.edit(UMBRELLA, "  en: Overload\n", "  en: Overload TODO\n")

    assert "\x1b" not in check(small).output


def test_folder_is_the_current_one_unless_told(small: SmallProject, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(small.root)
    small.edit(UMBRELLA, "  en: Overload\n", "  en: Overload TODO\n")

    assert run("check").stdout == check(small).stdout != ""


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["nothing"],
        ["check", "--format", "xml"],
        ["check", "--nothing"],
        ["check", "extra"],
        ["check", "--project", "/nowhere/at/all"],
        ["check", "--project", __file__],
        ["new"],
    ],
)
def test_wrong_use_exits_with_2(arguments):
    assert run(*arguments).exit_code == 2


@pytest.mark.parametrize("command", ["check", "build", "new", "schema", "exceptions", "coverage", "mock"])
def test_every_command_has_help(command):
    result = run(command, "--help")

    assert result.exit_code == 0
    assert "--project" in result.stdout


def test_check_outside_a_project_reports_and_does_not_crash(tmp_path: Path):
    result = run("check", "--project", str(tmp_path))

    assert result.exit_code == 1
    assert result.stdout.startswith("errors:1:1: is not a folder\n    run this in the project's folder\n")


def test_new_names_the_files_that_it_wrote(small: SmallProject):
    result = run("new", "new_error", "--project", str(small.root))

    assert result.exit_code == 0
    assert result.stdout.splitlines() == [
        "errors/new_error.yml",
        "snippets/new_error/trigger.py",
        "snippets/new_error/fix.py",
        "snippets/new_error/trigger.ts",
        "snippets/new_error/fix.ts",
    ]


@pytest.mark.parametrize(
    ("slug", "message"),
    [("New", "claude-errors new: `New` is not a slug"), ("busy_error", "claude-errors new: errors/busy_error.yml exists")],
)
def test_new_that_cannot_be_done_exits_with_2_and_says_why(small: SmallProject, slug, message):
    result = run("new", slug, "--project", str(small.root))

    assert result.exit_code == 2
    assert result.stderr.startswith(message)


def test_new_outside_a_project_exits_with_2(tmp_path: Path):
    result = run("new", "new_error", "--project", str(tmp_path))

    assert result.exit_code == 2
    assert list(tmp_path.iterdir()) == []


def test_schema_writes_what_is_stale_and_names_it(small: SmallProject):
    small.write("schema/sdk.schema.json", "{}")
    first, second = (run("schema", "--project", str(small.root)) for _ in range(2))

    assert (first.exit_code, first.stdout) == (0, "schema/sdk.schema.json\n")
    assert (second.exit_code, second.stdout) == (0, "")


def test_coverage_names_the_codes_without_a_page_and_fails(small: SmallProject):
    result = run("coverage", "--project", str(small.root))

    assert result.exit_code == 1
    assert result.stdout.startswith(f"0 of {len(coded_errors())} error codes of the SDK have a page; 0 are known gaps.\n")
    assert "no page and no reason: 404 file_expired (FileExpiredError)\n" in result.stdout


def test_coverage_is_complete_when_every_code_has_a_page_or_a_reason(small: SmallProject):
    codes = sorted(coded_errors())
    small.write("facts/gaps.yml", json.dumps([{"reason": "to come", "codes": codes[:60]}, {"reason": "not [here]", "codes": codes[60:]}]))
    result = run("coverage", "--project", str(small.root))

    assert result.exit_code == 0
    assert result.stdout.splitlines()[1:] == ["   60  to come", f"  {len(codes) - 60:3}  not [here]"]


def test_coverage_without_an_sdk_says_so(small: SmallProject, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(sys.modules, "anthropic._error_classes", None)
    result = run("coverage", "--project", str(small.root))

    assert result.exit_code == 2
    assert "No SDK" in result.stderr


def test_mock_lists_its_scenarios(small: SmallProject):
    result = run("mock", "--list", "--project", str(small.root))

    assert result.exit_code == 0
    assert any(line.startswith("busy_error ") for line in result.stdout.splitlines())


def test_mock_refuses_a_scenario_that_it_does_not_know(small: SmallProject):
    result = run("mock", "--scenario", "no_such_scenario", "--project", str(small.root))

    assert result.exit_code == 2
    assert "claude-errors mock: " in result.stderr


def as_command(small: SmallProject, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "generator", *arguments]
    return subprocess.run(command, cwd=small.root, capture_output=True, encoding="utf-8", check=False, timeout=60)


def test_package_runs_as_a_command(small: SmallProject):
    small.edit(UMBRELLA, "  en: Overload\n", "  en: Overload TODO\n")
    result = as_command(small, "check")

    assert (result.returncode, result.stdout, result.stderr) == (1, check(small).stdout, "1 problem found.\n")


def test_build_as_a_command_is_quiet_or_says_what_is_wrong(small: SmallProject):
    result = as_command(small, "build")

    assert (result.returncode, result.stdout, result.stderr) == (0, "", "")
    assert (small.root / "site/ko/errors/busy_error/index.html").is_file()

    small.edit(UMBRELLA, "  en: Overload\n", "  en: Overload TODO\n")
    result = as_command(small, "build")

    assert result.returncode == 1
    assert "errors/busy_error.yml:6:3: title.en: holds a TODO" in result.stderr


def test_build_from_elsewhere_builds_in_the_project(small: SmallProject):
    command = [sys.executable, "-m", "generator", "build", "--project", str(small.root)]
    result = subprocess.run(command, cwd=small.root.parent, capture_output=True, encoding="utf-8", check=False, timeout=60)

    assert (result.returncode, result.stdout, result.stderr) == (0, "", "")
    assert (small.root / "site/ko/errors/busy_error/index.html").is_file()


def test_build_outside_a_project_says_so(tmp_path: Path):
    result = run("build", "--project", str(tmp_path))

    assert result.exit_code == 1
    assert "mkdocs.yml" in result.stderr
    assert "Traceback" not in result.output


def test_build_is_quiet_when_all_is_well(small: SmallProject):
    result = run("build", "--project", str(small.root))

    assert (result.exit_code, result.output) == (0, "")
    assert (small.root / "site/ko/errors/busy_error/index.html").is_file()


def test_build_takes_a_warning_as_a_failure_unless_told_otherwise(small: SmallProject):
    small.into_guide('<a href="../nowhere/">x</a>')
    strict = run("build", "--project", str(small.root))
    lenient = run("build", "--no-strict", "--project", str(small.root))

    assert (strict.exit_code, lenient.exit_code) == (1, 0)
    for result in (strict, lenient):
        assert "links to en/errors/nowhere/index.html, which is not there" in result.stderr
        assert "INFO" not in result.output


def test_build_that_fails_prints_the_problems(small: SmallProject):
    small.edit(UMBRELLA, "  en: Overload\n", "  en: Overload TODO\n")
    result = run("build", "--project", str(small.root))

    assert result.exit_code == 1
    assert "errors/busy_error.yml:6:3: title.en: holds a TODO" in result.stderr
    assert "Traceback" not in result.output
    assert not (small.root / "site").exists()


@pytest.mark.parametrize(
    ("weather", "message", "hint"),
    [
        ("busy_eror", "`busy_eror` is no scenario", "did you mean `busy_error`? Else `claude-errors mock --list`"),
        ("busy_error;tims=1", "`tims=1` is not known", "write times=2, retry_after=1"),
        ("busy_error,busy_region", "`busy_error` holds for ever, so nothing can follow it", "add times=1"),
    ],
)
def test_weather_that_the_mock_does_not_know_is_a_problem_with_its_place(small: SmallProject, weather, message, hint):
    small.edit(UMBRELLA, "snippets:\n", f'snippets:\n  weather:\n    trigger: busy_error\n    fix: "{weather}"\n')
    result = check(small)

    assert result.stdout.startswith(f"{UMBRELLA}:{small.line(UMBRELLA, weather)}:5: snippets.weather.fix: {message}\n    {hint}")
    assert result.stderr == "1 problem found.\n"


def test_weather_of_a_page_is_looked_at_too(small: SmallProject):
    small.add_hub()
    path = "pages/care/wait.yml"
    small.edit(path, "weather: ", "weather: x")

    assert "program.weather: `x" in check(small).stdout


def explain(small: SmallProject, pasted: str) -> Result:
    return run("explain", "--project", str(small.root), pasted)


@pytest.mark.parametrize("pasted", ["overloaded_error", "529 overloaded_error: Overloaded", "overloaded_error " + "x " * 300])
def test_explain_takes_the_text_itself(small: SmallProject, pasted):
    result = explain(small, pasted)
    small.write("pasted.txt", pasted)
    of_file = explain(small, str(small.root / "pasted.txt"))

    assert (result.exit_code, result.stdout) == (of_file.exit_code, of_file.stdout)
    assert result.stdout
    assert "busy_error" in result.stdout


@pytest.mark.parametrize("pasted", ["nothing.txt", "logs/nothing", "/tmp/"])
def test_explain_says_that_a_file_is_not_there(small: SmallProject, pasted):
    result = explain(small, pasted)

    assert result.exit_code == 2
    assert result.stderr.startswith(f"claude-errors explain: {pasted}: ")
