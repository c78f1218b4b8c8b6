"""What a rule is, and the walks that rules share."""

from __future__ import annotations

from generator import check
from generator.check.rule import each_rule, entry_rule, rule, sides_of, texts_of
from tests.unit.projects import SmallProject


def test_rule_is_named_after_its_function():
    @rule("Nothing is wrong.")
    def nothing_is_wrong(project):
        yield from ()

    assert (nothing_is_wrong.name, nothing_is_wrong.description) == ("nothing_is_wrong", "Nothing is wrong.")


def test_rule_is_asked_about_what_it_looks_at(small: SmallProject):
    asked: dict[str, list[str]] = {"project": [], "entry": [], "each": []}

    @rule("Asks once.")
    def of_project(project):
        asked["project"].append("all")
        return ()

    @entry_rule("Asks for each entry.")
    def of_entry(located, project):
        asked["entry"].append(located.document.path)
        return ()

    @each_rule("Asks for each entry and page.")
    def of_each(located, project):
        asked["each"].append(located.document.path)
        return ()

    project = small.add_hub().load()
    check.run(project, (of_project, of_entry, of_each), 1)
    entries = [located.document.path for located in project.catalogue.located]

    assert asked == {"project": ["all"], "entry": entries, "each": [*entries, "pages/care/wait.yml", "pages/care.yml"]}


def test_each_text_is_walked_once_a_language_with_its_place(small: SmallProject):
    for located in small.load().catalogue.located:
        sides = sides_of(located)

        assert len(sides) == 2 * len(texts_of(located)) == 2 * sum(1 for _ in located.texts()) > 0
        for location, language, text in sides:
            assert location[-1] == language
            assert location in located.document.places
            assert text
