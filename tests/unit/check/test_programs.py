"""Rules about the snippets of an entry."""

from __future__ import annotations

import pytest

from tests.unit.check.breaking import assert_breaks
from tests.unit.projects import MINIMAL, UMBRELLA, SmallProject

SHOWN = "# region: show\nprint(1)\n# endregion\n"


@pytest.mark.parametrize("name", ["trigger.py", "fix.py", "trigger.ts", "fix.ts"])
def test_snippet_that_is_missing(small: SmallProject, name):
    small.remove(f"snippets/busy_error/{name}")

    assert_breaks(small, "snippets_are_complete", (UMBRELLA, "snippets:", "snippets", f"snippets/busy_error/{name} is missing"))


def test_snippet_that_is_impossible_and_there(small: SmallProject):
    small.write("snippets/busy_region/fix.ts", SHOWN.replace("#", "//"))

    message = "is said to be impossible, but the file exists"
    assert_breaks(small, "snippets_are_complete", (MINIMAL, "    fix.ts:", "snippets.impossible.fix.ts", message))


def test_snippet_that_cannot_be_read_is_not_called_missing(small: SmallProject):
    small.write("snippets/busy_error/fix.py", "print(1)\n")

    assert [problem.message for problem in small.problems()] == ["must have exactly one shown region"]


@pytest.mark.parametrize(("name", "mark"), [("repair.py", "#"), ("repair.ts", "//")])
def test_repair_of_an_error_that_is_not_sticky(small: SmallProject, name, mark):
    path = f"snippets/busy_error/{name}"
    small.write(path, SHOWN.replace("#", mark))

    assert_breaks(small, "repair_is_for_sticky", (path, None, "", "repairs an error that is not sticky"))


def test_folder_without_an_entry(small: SmallProject):
    small.write("snippets/nothing/fix.py", SHOWN)

    assert_breaks(small, "folder_has_entry", ("snippets/nothing", None, "", "belongs to no entry"))


@pytest.mark.parametrize("name", ["node_modules", ".mypy_cache", "__pycache__"])
def test_folder_that_a_tool_made_needs_no_entry(small: SmallProject, name):
    small.write(f"snippets/{name}/x", "x")

    assert small.problems() == []


def test_folder_of_an_entry_with_a_mistake_of_shape_is_no_orphan(small: SmallProject):
    small.edit(UMBRELLA, "origin: server", "origin: bogus")

    assert [problem.path for problem in small.problems()] == [UMBRELLA]


@pytest.mark.parametrize("text", ['a "b" c', "`b` c", "[b](https://x.example) c", "{b} c", "b\\nc", "b[^vision]"])
def test_caption_that_is_not_plain(small: SmallProject, text):
    written = text.replace('"', '\\"')
    small.edit(UMBRELLA, "    ko: 여러 번 시도", f'    ko: "여러 번 {written}"')
    small.edit(UMBRELLA, "    en: more tries", f'    en: "more {written}"')

    message = "holds a quote, code, link or line break"
    assert_breaks(
        small,
        "caption_is_plain",
        (UMBRELLA, '    ko: "여러 번', "snippets.fix.ko", message),
        (UMBRELLA, '    en: "more ', "snippets.fix.en", message),
    )


@pytest.mark.parametrize("text", ["a < b & c", "don't", "50% (of 100)"])
def test_caption_that_is_plain(small: SmallProject, text):
    small.edit(UMBRELLA, "    en: more tries", f'    en: "{text}"')

    assert small.problems() == []
