"""What the rules see of an entry or page with mistakes of shape."""

from __future__ import annotations

import pytest

from generator.content.mending import mend
from generator.content.yaml_reader import read
from generator.schemas.entry import Entry
from tests.unit.projects import FULL, UMBRELLA, SmallProject


@pytest.mark.parametrize(
    ("old", "new", "field"),
    [
        ("origin: server", "origin: servr", "origin"),
        ("origin: server", "orign: server", "orign"),
        ("  retry: backoff", "  retry: 5", "verdict.retry"),
        ("  sticky: false", "  sticky: maybe", "verdict.sticky"),
        ("checked: 2026-10-09", "checked: TODO", "checked"),
        ("  ko: 과부하\n", "", "title.ko"),
        ("slug: busy_error", "slug: Busy-Error", "slug"),
    ],
)
def test_mistake_of_shape_hides_no_other_problem(small: SmallProject, old, new, field):
    small.edit(UMBRELLA, old, new)
    before = small.problems()
    small.edit(UMBRELLA, "Traffic of all users is high.[^vision]", "Traffic of all users is TODO.[^visoin]")
    small.write("snippets/busy_error/fix.py", "# region: show\nprint('TODO')\n# endregion\n")
    found = small.problems()

    assert [problem.field for problem in before if problem.path == UMBRELLA] in ([field], sorted([field, "origin"]))
    assert {problem.message for problem in found} >= {*(problem.message for problem in before), "`[^visoin]` is not a source"}
    assert sum(problem.message == "holds a TODO" for problem in found) - sum(problem.message == "holds a TODO" for problem in before) == 2


def test_stand_in_itself_is_never_judged(small: SmallProject):
    small.write(UMBRELLA, "slug: busy_error\n")
    messages = {problem.message for problem in small.problems() if problem.path == UMBRELLA}

    assert messages == {"is missing"}


def test_page_with_a_mistake_of_shape_shows_its_other_problems(small: SmallProject):
    path = "pages/care/wait.yml"
    small.add_hub()
    small.edit(path, "order: 1", "order: first")
    assert [problem.path for problem in small.problems()] == [path]

    text = (small.root / path).read_text(encoding="utf-8")
    small.write(path, text.replace("succeeded.", "succeeded TODO."))
    assert {problem.message for problem in small.problems()} >= {"holds a TODO"}


def test_programs_of_a_file_that_is_no_yaml_are_looked_at(small: SmallProject):
    small.write(UMBRELLA, "slug: [\n")
    small.write("snippets/busy_error/fix.py", "print(1)\n")

    assert "must have exactly one shown region" in {problem.message for problem in small.problems()}


@pytest.mark.parametrize("content", ["[]", "5", "slug: [", "{}"])
def test_what_is_hardly_an_entry_is_no_exception(small: SmallProject, content):
    small.write(FULL, content)
    mend(read(small.root / FULL, FULL), Entry)

    assert small.problems()
