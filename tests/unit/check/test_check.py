"""The list of rules, and that each of them is tested."""

from __future__ import annotations

import ast
import os
import threading
from pathlib import Path

import pytest

from generator import check
from generator.check.rule import Rule
from generator.content.problems import Problem
from tests.unit.check.breaking import rules_without
from tests.unit.projects import SmallProject

NAMES = [rule.name for rule in check.RULES]


def rules_in_tests() -> set[str]:
    """Return the rules that some test hands to `assert_breaks`."""
    found = set()
    for file in Path(__file__).parent.glob("test_*.py"):
        for function in ast.parse(file.read_text(encoding="utf-8")).body:
            if isinstance(function, ast.FunctionDef) and function.name.startswith("test_"):
                found |= {
                    ast.literal_eval(call.args[1])
                    for call in ast.walk(function)
                    if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id == "assert_breaks"
                }
    return found


def test_every_rule_has_a_test_that_goes_red_without_it():
    assert rules_in_tests() == set(NAMES)


def test_every_rule_has_its_own_name_and_says_what_it_demands():
    assert len(NAMES) == len(set(NAMES)) > 25
    assert all(rule.description.endswith(".") for rule in check.RULES)


def test_every_rule_of_a_module_is_in_the_list():
    modules = (
        check.programs,
        check.glossary,
        check.identity,
        check.language,
        check.messages,
        check.pages,
        check.references,
        check.sections,
        check.style,
        check.repeated,
        check.budget,
    )
    defined = {value.name for module in modules for value in vars(module).values() if isinstance(value, Rule)}

    assert defined == set(NAMES)


def test_valid_project_breaks_no_rule(small: SmallProject):
    assert small.problems() == []


def test_problems_of_files_and_rules_stand_in_one_order(small: SmallProject):
    small.write("errors/a.txt", "x")
    small.write("facts/zzz.yml", "never read")
    small.edit("errors/busy_error.yml", "  en: Overload\n", "  en: Overload TODO\n")
    small.edit("errors/stuck_image.yml", "origin: server", "origin: bogus")

    assert [(problem.path, problem.message) for problem in small.problems()] == [
        ("errors/a.txt", "is not an entry: entries end in .yml"),
        ("errors/busy_error.yml", "holds a TODO"),
        ("errors/stuck_image.yml", "`bogus` is not known here"),
    ]


def test_problem_found_twice_is_told_once(small: SmallProject):
    problem = Problem("x", 1, 1, "", "is wrong")
    twice = Rule("twice", "Twice.", lambda project: [problem, problem])

    assert check.run(small.load(), (twice, twice)) == [problem]


def test_problems_are_the_same_on_several_cores(small: SmallProject, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    small.edit("errors/busy_error.yml", "  en: Overload\n", "  en: Overload TODO\n")
    small.edit("errors/stuck_image.yml", "slug: stuck_image", "slug: stuck_picture")
    project = small.load()
    alone = check.run(project, processes=1)
    here, stock = os.getpid(), check.of_one
    monkeypatch.setattr(threading, "active_count", lambda: 1)
    began = tmp_path / "began"

    def of_one(*given):
        if os.getpid() != here:
            began.touch()
        return stock(*given)

    monkeypatch.setattr(check, "of_one", of_one)

    assert check.run(project, processes=2) == alone
    assert began.exists()
    assert {problem.path for problem in alone} >= {"errors/busy_error.yml", "errors/stuck_image.yml"}


@pytest.mark.parametrize("name", NAMES)
def test_rule_survives_a_project_of_broken_files(small: SmallProject, name):
    for path in ("errors", "facts", "templates/strings"):
        for file in (small.root / path).iterdir():
            small.write(f"{path}/{file.name}", "a: [")
    (rule,) = [rule for rule in check.RULES if rule.name == name]

    project = small.load()
    before = len(project.problems)

    assert before > 0
    assert len(check.run(project, (rule,))) == before


def test_helper_empties_one_rule_only(small: SmallProject):
    emptied = rules_without(NAMES[0])

    assert [rule.name for rule in emptied] == NAMES
    assert emptied[1:] == check.RULES[1:]
