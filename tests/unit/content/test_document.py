from __future__ import annotations

import functools
from pathlib import Path

from generator.content import yaml_reader
from generator.content.document import Document, Places, walk


def test_problem_without_a_place_stands_at_its_nearest_parent():
    document = yaml_reader.parse("a:\n  b: 1\n", "x.yml")
    problem = document.problem(("a", "b", "c", 0), "is wrong", "mend it")

    assert (problem.line, problem.column, problem.field) == (2, 3, "a.b.c[0]")


def test_problem_of_a_document_that_could_not_be_read_stands_at_its_start():
    assert Document("x.yml", None, {}).problem(("a",), "is wrong").line == 1


def test_light_document_has_no_data_and_the_same_places(tmp_path: Path):
    file = tmp_path / "x.yml"
    file.write_text("a:\n  - b: 1\n", encoding="utf-8")
    document = yaml_reader.read(file, "x.yml")

    light = document.light(functools.partial(yaml_reader.read, file, "x.yml"))

    assert light.data is None
    assert light.digest == document.digest
    assert dict(light.places) == document.places
    assert light.problem(("a", 0, "b"), "is wrong") == document.problem(("a", 0, "b"), "is wrong")


def test_places_are_read_once_and_only_for_who_asks():
    asked: list[str] = []

    def again() -> Document:
        asked.append("again")
        return yaml_reader.parse("a: 1\nb: 2\n", "x.yml")

    places = Places(again)
    assert asked == []

    assert places["b",] == (2, 1)
    assert len(places) == 3
    assert asked == ["again"]


def test_walk_yields_parents_before_children_in_order():
    places = [place for place, _ in walk({"a": [1, {"b": 2}], "c": 3})]

    assert places == [(), ("a",), ("a", 0), ("a", 1), ("a", 1, "b"), ("c",)]
