"""Reading YAML: every value with its place, every mistake as a problem with a place."""

from __future__ import annotations

import datetime
import os
import time
from pathlib import Path

import pytest
import yaml

from generator.content import yaml_reader
from generator.content.document import walk
from generator.content.yaml_reader import MAX_BYTES, MAX_DEPTH, parse, read


def only_problem(text: str):
    problems = parse(text, "x.yml").problems
    assert len(problems) == 1, problems
    return problems[0]


def place_and_message(text: str) -> tuple[int, int, str]:
    problem = only_problem(text)
    return problem.line, problem.column, problem.message


def test_every_value_keeps_its_place():
    document = parse("a: 1\nb:\n  - x\n  - c: y\n", "x.yml")

    assert document.data == {"a": 1, "b": ["x", {"c": "y"}]}
    assert document.places == {
        (): (1, 1),
        ("a",): (1, 1),
        ("b",): (2, 1),
        ("b", 0): (3, 5),
        ("b", 1): (4, 5),
        ("b", 1, "c"): (4, 5),
    }


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("no", "no"),
        ("yes", "yes"),
        ("on", "on"),
        ("true", True),
        ("False", False),
        ("~", None),
        ("null", None),
        ("", None),
        ("42", 42),
        ("-7", -7),
        ("+7", 7),
        ("007", "007"),
        ("1_000", "1_000"),
        ("0x1F", "0x1F"),
        ("1:30", "1:30"),
        ("1.5", 1.5),
        (".5", 0.5),
        ("-1.5e+3", -1500.0),
        ("2026-11-21", datetime.date(2026, 11, 21)),
        ("2026-11", "2026-11"),
        ("2026-11-21T09:00:01Z", "2026-11-21T09:00:01Z"),
        ("'42'", "42"),
        ('"true"', "true"),
        ("'2026-11-21'", "2026-11-21"),
        ("99999999999999999999999", "99999999999999999999999"),
        ("=", "="),
        ("<<", "<<"),
    ],
)
def test_scalar_is_read_as_yaml_1_2_says(written, value):
    data = parse(f"key: {written}", "x.yml").data

    assert isinstance(data, dict)
    assert data == {"key": value}
    assert type(data["key"]) is type(value)


def test_block_text_is_always_a_text():
    assert parse("a: |\n  42\nb: >-\n  no\n  way\n", "x.yml").data == {"a": "42\n", "b": "no way"}


def test_every_key_is_a_text():
    assert parse("400: a\nno: b\n", "x.yml").data == {"400": "a", "no": "b"}


def test_duplicate_key_is_reported_with_the_line_of_the_first():
    assert place_and_message("a: 1\nb: 2\na: 3\n") == (3, 1, "is a duplicate key, first given in line 1")


def test_each_duplicate_key_is_reported():
    assert [problem.field for problem in parse("a: 1\na: 2\nb: {c: 1, c: 2}\n", "x.yml").problems] == ["a", "b.c"]


def test_alias_is_reported_and_not_followed():
    problems = parse("a: &x 1\nb: *x\n", "x.yml").problems

    assert [(problem.line, problem.column, problem.field, problem.message) for problem in problems] == [
        (1, 4, "a", "has a YAML anchor"),
        (2, 4, "b", "is a YAML alias"),
    ]


def test_aliases_that_explode_are_refused_at_once():
    levels = [f"l{n}: &l{n} [{', '.join([f'*l{n - 1}'] * 9)}]" for n in range(1, 30)]
    start = time.perf_counter()
    problems = parse("\n".join(["l0: &l0 [lol]", *levels]), "x.yml").problems

    assert time.perf_counter() - start < 1
    assert problems[-1].message == "is a YAML alias"


def test_merge_key_is_refused_as_the_alias_that_it_is():
    assert [problem.message for problem in parse("a: &x {b: 1}\nc:\n  <<: *x\n", "x.yml").problems] == [
        "has a YAML anchor",
        "is a YAML alias",
    ]


@pytest.mark.parametrize("tag", ["!!python/object/apply:os.system [id]", "!!str 1", "!own x", "!!binary aGk="])
def test_tag_is_reported_and_never_constructed(tag):
    problem = only_problem(f"a: {tag}")

    assert (problem.line, problem.field) == (1, "a")
    assert problem.message.startswith("has the YAML tag ")


@pytest.mark.parametrize(("key", "message"), [("&k", "has a YAML anchor"), ("!!int", "has the YAML tag tag:yaml.org,2002:int")])
def test_anchor_and_tag_of_a_key_are_reported(key, message):
    assert place_and_message(f"a: 1\n{key} b: 2\n") == (2, 1, message)


def test_alias_as_key_is_reported_at_its_mapping():
    problem = only_problem("a:\n  *k : 1\n")

    assert (problem.line, problem.column, problem.field, problem.message) == (2, 3, "a", "is a YAML alias")


@pytest.mark.parametrize("key", ["[a]", "{a: 1}"])
def test_key_that_is_no_text_is_reported(key):
    assert place_and_message(f"? {key}\n: b\n") == (1, 3, "has a key that is a list or a mapping")


def test_second_document_is_reported():
    assert place_and_message("a: 1\n---\nb: 2\n") == (2, 1, "holds more than one document")


@pytest.mark.parametrize("text", ["", "\n\n", "# only a comment\n", "---\n", "~"])
def test_empty_file_is_reported(text):
    assert place_and_message(text) == (1, 1, "is empty")


def test_day_that_no_calendar_has_is_reported():
    assert place_and_message("a: 2026-02-30") == (1, 4, "2026-02-30 is not a day of the calendar")


@pytest.mark.parametrize(("text", "line"), [("a:\n\tb: 1\n", 2), ("\ta: 1\n", 1), ("a: 1\nb:\n\t- x\n", 3)])
def test_tab_is_named_as_the_mistake(text, line):
    problem = only_problem(text)

    assert (problem.line, problem.message) == (line, "a tab is used for indentation")


def test_byte_order_mark_is_reported():
    assert place_and_message("\ufeffa: 1") == (1, 1, "starts with a byte order mark")


def test_character_that_yaml_forbids_is_reported_at_its_place_after_korean_text():
    assert place_and_message("한글: 값\n둘째: 값\n셋째: \x01 값\n") == (3, 5, "control characters are not allowed")


@pytest.mark.parametrize("character", ["\x85", "\u2028", "\u2029"])
def test_line_break_that_no_editor_shows_is_reported_at_its_place(character):
    assert place_and_message(f"a: 1\nb: x{character}y\n") == (2, 5, f"holds the invisible line break U+{ord(character):04X}")


@pytest.mark.parametrize("text", ["a: [", "a: [1,\n  2", 'a: "x', "a: {b: 1"])
def test_mistake_found_at_the_end_has_a_line_of_the_file(text):
    assert only_problem(text).line <= len(text.splitlines())


@pytest.mark.parametrize(
    ("text", "line"), [('a: 1\nb: "x\nc: 2\n\n', 2), ("a: 1\nb: [x,\n\n", 2), ("a: 1\nb:\n  [x\n", 3), ("a: {b: 1", 1), ("a:\n  'x\n", 2)]
)
def test_what_is_never_closed_is_reported_where_it_opens(text, line):
    assert only_problem(text).line == line


def test_deepest_nesting_is_read():
    data = parse("[" * MAX_DEPTH + "]" * MAX_DEPTH, "x.yml").data

    assert sum(1 for _ in walk(data)) == MAX_DEPTH


def test_one_level_more_is_a_problem():
    assert only_problem("[" * (MAX_DEPTH + 1) + "]" * (MAX_DEPTH + 1)).message == "is nested too deeply"


@pytest.mark.parametrize("opening", ["[", "{a: "])
def test_deeper_nesting_is_a_problem_and_no_crash(opening):
    problem = only_problem(opening * 100_000)

    assert problem.message == "is nested too deeply"
    assert problem.line == 1


def test_crlf_reads_like_lf():
    assert parse("a: 1\r\nb: x\r\n", "x.yml").data == {"a": 1, "b": "x"}


def test_file_that_is_not_utf_8_is_reported_at_the_byte(tmp_path: Path):
    file = tmp_path / "x.yml"
    file.write_bytes("a: 1\nb: 한글 ".encode() + b"\xff\n")
    problem = read(file, "x.yml").problems[0]

    assert (problem.line, problem.column, problem.message) == (2, len("b: 한글 ".encode()) + 1, "is not UTF-8")


def test_file_that_is_too_large_is_not_parsed(tmp_path: Path):
    file = tmp_path / "x.yml"
    file.write_text("a: " + "x" * MAX_BYTES, encoding="utf-8")

    assert read(file, "x.yml").problems[0].message == f"is larger than {MAX_BYTES:,} bytes"


def test_folder_in_place_of_a_file_is_a_problem(tmp_path: Path):
    assert read(tmp_path, "x.yml").problems[0].message == "cannot be read: Is a directory"


def test_missing_file_is_a_problem(tmp_path: Path):
    assert read(tmp_path / "x.yml", "x.yml").problems[0].message == "cannot be read: No such file or directory"


def test_file_without_permission_is_a_problem(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    def refuse(_: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "read_bytes", refuse)

    assert read(tmp_path / "x.yml", "x.yml").problems[0].message == "cannot be read: Permission denied"


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read every file")
def test_file_with_mode_000_is_a_problem(tmp_path: Path):
    file = tmp_path / "x.yml"
    file.write_text("a: 1", encoding="utf-8")
    file.chmod(0)

    assert read(file, "x.yml").problems[0].message == "cannot be read: Permission denied"


@pytest.mark.parametrize(
    "text",
    ["a: 1\nb: [x, {c: no}]\n", "a: 1\na: 2\n", "a: &x 1\nb: *x\n", "a:\n\tb: 1\n", "a: [", "한글: \x01", "a: !!int 1", "[" * 99],
)
def test_parser_without_libyaml_reads_and_reports_the_same(text, monkeypatch: pytest.MonkeyPatch):
    fast = parse(text, "x.yml")
    monkeypatch.setattr(yaml_reader, "_Loader", yaml.SafeLoader)
    slow = parse(text, "x.yml")

    assert slow.data == fast.data
    assert [(problem.line, problem.field) for problem in slow.problems] == [(problem.line, problem.field) for problem in fast.problems]
