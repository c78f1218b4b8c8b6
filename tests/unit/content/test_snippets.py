"""Snippet files, and the part of each that a page shows."""

from __future__ import annotations

import pytest

from generator.content import snippets
from generator.content.snippets import MAX_COLUMNS, different_lines
from tests.unit.projects import SmallProject

PATH = "snippets/busy_error/fix.py"


def problems(small: SmallProject, content: str | bytes, path: str = PATH) -> list[tuple[int, int, str]]:
    small.write(path, content)
    return [(problem.line, problem.column, problem.message) for problem in snippets.load(small.root, "busy_error").problems]


def test_only_the_region_is_shown_and_its_first_line_is_known(small: SmallProject):
    found = snippets.load(small.root, "stuck_image").files["fix.py"]

    assert found.shown.startswith("from anthropic import Anthropic\n")
    assert found.shown.endswith("image=image)")
    assert found.first_line == small.line(found.path, "from anthropic import Anthropic")


def test_blank_lines_at_the_edge_of_the_region_are_left_out(small: SmallProject):
    small.write(PATH, "# region: show\n\n\nprint(1)\n\n# endregion\n")
    found = snippets.load(small.root, "busy_error").files["fix.py"]

    assert (found.shown, found.first_line) == ("print(1)", 4)


def test_indentation_of_the_first_line_stays(small: SmallProject):
    small.write(PATH, "if True:\n    # region: show\n    print(1)\n    # endregion\n")

    assert snippets.load(small.root, "busy_error").files["fix.py"].shown == "    print(1)"


@pytest.mark.parametrize(
    ("content", "line"),
    [
        ("print(1)\n", 1),
        ("# region: show\nprint(1)\n", 1),
        ("print(1)\n# endregion\n", 2),
        ("# endregion\nprint(1)\n# region: show\n", 3),
        ("# region: show\na\n# endregion\n# region: show\nb\n# endregion\n", 4),
    ],
)
def test_file_has_exactly_one_region(small: SmallProject, content, line):
    assert problems(small, content) == [(line, 1, "must have exactly one shown region")]


def test_hint_has_the_comment_mark_of_the_language(small: SmallProject):
    small.write("snippets/busy_error/fix.ts", "x\n")

    assert "`// region: show`" in snippets.load(small.root, "busy_error").problems[0].hint


def test_empty_region_is_reported(small: SmallProject):
    assert problems(small, "# region: show\n\n# endregion\n") == [(2, 1, "the shown region is empty")]


def test_wide_line_is_reported_where_it_leaves_the_page(small: SmallProject):
    content = f"{'x' * 200}\n# region: show\n{'x' * MAX_COLUMNS}\n{'x' * (MAX_COLUMNS + 1)}\n# endregion\n"

    assert problems(small, content) == [(4, MAX_COLUMNS + 1, f"is wider than {MAX_COLUMNS} columns")]


def test_todo_is_reported_wherever_it_stands(small: SmallProject):
    assert problems(small, "# TODO a\n# region: show\nx  # TODO\n# endregion\n") == [(1, 3, "holds a TODO"), (3, 6, "holds a TODO")]


def test_file_with_another_name_is_reported(small: SmallProject):
    assert problems(small, "x", "snippets/busy_error/fix.rb") == [(1, 1, "is not a snippet")]


@pytest.mark.parametrize("name", ["__pycache__/x.pyc", "node_modules/x.js", ".mypy_cache/x"])
def test_what_tools_leave_is_no_problem(small: SmallProject, name):
    assert problems(small, "x", f"snippets/busy_error/{name}") == []


def test_file_that_is_not_utf_8_is_reported(small: SmallProject):
    assert problems(small, b"# region: show\n\xff\n# endregion\n") == [(1, 1, "cannot be read as UTF-8 text")]


def test_folder_in_place_of_a_file_is_reported(small: SmallProject):
    small.remove(PATH)

    assert problems(small, "x", f"{PATH}/x") == [(1, 1, "cannot be read as UTF-8 text")]


def test_entry_without_a_folder_has_no_snippets(small: SmallProject):
    found = snippets.load(small.root, "nothing")

    assert (found.files, found.problems) == ({}, ())


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("a b c", "a b c", ([], [])),
        ("a b c", "a x c", ([2], [2])),
        ("a c", "a b c", ([], [2])),
        ("a b c", "a c", ([2], [])),
        ("a  b", "a   b", ([], [])),
        ("a b", "x y", ([1, 2], [1, 2])),
    ],
)
def test_different_lines_are_found_and_blank_ones_do_not_count(before, after, expected):
    assert different_lines(before.split(" "), after.split(" ")) == expected


def test_lines_of_trigger_and_fix_are_compared_in_each_language(small: SmallProject):
    found = snippets.load(small.root, "stuck_image")

    assert found.different_lines("py") == ([5], [5])
    assert found.different_lines("ts") == ([3], [3])


def test_nothing_differs_where_one_file_is_missing(small: SmallProject):
    assert snippets.load(small.root, "busy_region").different_lines("ts") == ([], [])


def test_page_that_is_no_guide_has_a_program_and_nothing_else(small: SmallProject):
    small.write("snippets/_api/program.py", "# region: show\nx = 1\n# endregion\n")
    small.write("snippets/_api/fix.py", "# region: show\nx = 1\n# endregion\n")
    small.write("snippets/busy_error/program.py", "# region: show\nx = 1\n# endregion\n")
    loaded = small.load()

    assert loaded.page_snippets["_api"].files.keys() == {"program.py"}
    assert {problem.path for problem in loaded.problems} == {"snippets/_api/fix.py", "snippets/busy_error/program.py"}
