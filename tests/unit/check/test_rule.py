"""What a rule is, and the walks that rules share."""

from __future__ import annotations

from generator.check.rule import each_side, each_text, rule
from tests.unit.projects import SmallProject


def test_rule_is_named_after_its_function():
    @rule("Nothing is wrong.")
    def nothing_is_wrong(project):
        yield from ()

    assert (nothing_is_wrong.name, nothing_is_wrong.description) == ("nothing_is_wrong", "Nothing is wrong.")


def test_each_text_of_each_entry_is_walked(small: SmallProject):
    project = small.load()
    counts = {located.entry.slug: sum(1 for _ in located.texts()) for located in project.catalogue.located}

    assert len(counts) == 3
    assert sum(counts.values()) == sum(1 for _ in each_text(project))


def test_each_text_is_walked_once_a_language_with_its_place(small: SmallProject):
    project = small.load()
    sides = list(each_side(project))

    assert len(sides) == 2 * sum(1 for _ in each_text(project))
    for located, location, language, text in sides:
        assert location[-1] == language
        assert location in located.document.places
        assert text
