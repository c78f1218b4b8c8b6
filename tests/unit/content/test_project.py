"""Everything that a build reads, loaded at once."""

from __future__ import annotations

from pathlib import Path

from generator.content import project
from tests.unit.projects import SmallProject


def test_valid_project_has_no_problem(small: SmallProject):
    loaded = small.load()

    assert loaded.problems == ()
    assert loaded.snippets.keys() == loaded.catalogue.by_slug.keys()
    assert loaded.programs.keys() == loaded.snippets.keys() | {"_api"}


def test_problems_of_every_kind_of_file_are_gathered(small: SmallProject):
    for path in ("errors/busy_region.yml", "facts/prices.yml", "templates/strings/ko.yml"):
        small.write(path, "a: [")
    small.write("snippets/busy_error/fix.py", "no region")

    assert {problem.path for problem in small.load().problems} == {
        "errors/busy_region.yml",
        "facts/prices.yml",
        "templates/strings/ko.yml",
        "snippets/busy_error/fix.py",
    }


def test_folder_with_nothing_in_it_is_loaded_with_problems(tmp_path: Path):
    paths = {problem.path for problem in project.load(tmp_path).problems}

    assert {"errors", "facts/sources.yml", "templates/strings/en.yml"} <= paths


def test_card_says_what_other_pages_see_of_an_entry(small: SmallProject):
    loaded = small.load()
    card = loaded.cards["busy_region"]

    assert list(loaded.cards) == [entry.slug for entry in loaded.catalogue.entries]
    assert (card.family, card.title.en, card.retry) == ("busy_error", "Overload of a region", card.retry)
    assert [member.slug for member in loaded.members("busy_error")] == ["busy_region"]


def test_guide_sees_nothing_of_the_catalogue(small: SmallProject):
    shared = small.load().shared

    assert not hasattr(shared, "catalogue")
    assert not hasattr(shared, "snippets")
