"""How a problem reads, and in which order problems stand."""

from __future__ import annotations

from typing import Any

import pytest

from generator.content.problems import Problem, field_name, in_order


def test_problem_reads_as_place_field_message_and_hint():
    problem = Problem("errors/x.yml", 3, 5, "causes[0].check.ko", "is empty", "write it")

    assert str(problem) == "errors/x.yml:3:5: causes[0].check.ko: is empty\n    write it"


def test_problem_of_a_whole_file_has_no_field():
    assert str(Problem("errors/x.yml", 1, 1, "", "is empty")) == "errors/x.yml:1:1: is empty"


def test_problem_as_json_holds_every_part():
    parts: dict[str, Any] = {"path": "a", "line": 1, "column": 2, "field": "b", "message": "c", "hint": "d"}

    assert Problem(**parts).as_dict() == parts


@pytest.mark.parametrize(
    ("location", "name"),
    [((), ""), (("slug",), "slug"), (("causes", 0, "check", "ko"), "causes[0].check.ko"), ((0, "a"), "[0].a"), (("a", 1, 2), "a[1][2]")],
)
def test_field_is_named_as_a_dotted_path(location, name):
    assert field_name(location) == name


def test_problems_stand_by_file_line_and_column_and_each_once():
    first, second, third, fourth = (
        Problem("a", 2, 9, "x", "m"),
        Problem("a", 10, 1, "x", "m"),
        Problem("a", 10, 2, "a", "m"),
        Problem("b", 1, 1, "", "m"),
    )

    assert in_order([fourth, third, first, second, first]) == [first, second, third, fourth]
