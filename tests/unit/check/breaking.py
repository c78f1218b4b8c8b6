"""The one assertion of the tests of lint rules."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterator

from generator import check
from generator.check.rule import Rule
from generator.content.problems import Problem
from tests.unit.projects import UMBRELLA, SmallProject

#: Path, a text of the only line that holds it (None for the first line), field, message.
Expected = tuple[str, str | None, str, str]


def assert_breaks(small: SmallProject, rule: str, *expected: Expected) -> None:
    """Assert that a check finds exactly `expected`, and nothing any more once `rule` is emptied."""
    project = small.load()
    wanted = [(path, small.line(path, text) if text else 1, field, message) for path, text, field, message in expected]
    found = check.run(project)

    assert [(problem.path, problem.line, problem.field, problem.message) for problem in found] == wanted
    assert all(problem.hint for problem in found)
    assert check.run(project, rules_without(rule)) == [], f"not only {rule} is broken"


def set_meaning(
    small: SmallProject, korean: str = "모든 사용자의 요청이 몰렸습니다.", english: str = "Traffic of all users is high."
) -> None:
    """Let the umbrella page say that; each text stands in one line and cites its source."""
    for language, old, new in (
        ("ko", "모든 사용자의 요청이 몰렸습니다.", korean),
        ("en", "Traffic of all users is high.", english),
    ):
        small.edit(UMBRELLA, f"  {language}: {old}[^vision]", f"  {language}: {json.dumps(new + '[^vision]', ensure_ascii=False)}")


def rules_without(name: str) -> tuple[Rule, ...]:
    """Return all rules, the one called `name` replaced by one that never finds anything."""
    assert name in {rule.name for rule in check.RULES}

    def nothing(*_: object) -> Iterator[Problem]:
        yield from ()

    return tuple(dataclasses.replace(rule, check=nothing) if rule.name == name else rule for rule in check.RULES)
