"""Loading entries: the good ones, and a problem for each bad one."""

from __future__ import annotations

import sys

import pytest

from generator.content import catalogue
from tests.unit.projects import FULL, MINIMAL, UMBRELLA, SmallProject


def loaded(small: SmallProject) -> catalogue.Catalogue:
    return catalogue.load(small.root)


def test_entries_stand_in_the_order_of_their_file_names(small: SmallProject):
    found = loaded(small)

    assert [entry.slug for entry in found.entries] == ["busy_error", "busy_region", "stuck_image"]
    assert found.problems == ()


def test_broken_entry_hides_no_other(small: SmallProject):
    small.write(MINIMAL, "slug: [")
    found = loaded(small)

    assert [entry.slug for entry in found.entries] == ["busy_error", "stuck_image"]
    assert [problem.path for problem in found.problems] == [MINIMAL]


def test_entry_knows_its_file(small: SmallProject):
    located = loaded(small).by_slug["stuck_image"]

    assert (located.document.path, located.file_stem) == (FULL, "stuck_image")


def test_other_ending_is_reported_with_the_right_name(small: SmallProject):
    small.write("errors/other.yaml", "slug: other")
    problem = loaded(small).problems[0]

    assert (problem.path, problem.message, problem.hint) == (
        "errors/other.yaml",
        "is not an entry: entries end in .yml",
        "rename it to other.yml",
    )


@pytest.mark.parametrize("name", ["notes.txt", "folder/x.yml"])
def test_what_is_no_entry_is_to_be_moved(small: SmallProject, name):
    small.write(f"errors/{name}", "x")
    problem = loaded(small).problems[0]

    assert (problem.path, problem.hint) == (f"errors/{name.split('/')[0]}", "move it out of errors/")


@pytest.mark.parametrize("name", [".busy_error.yml.swp", ".#busy_error.yml", "#busy_error.yml#", "busy_error.yml~", ".DS_Store"])
def test_file_that_an_editor_leaves_while_one_writes_is_no_problem(small: SmallProject, name):
    small.write(f"errors/{name}", b"\x00\xff")

    assert loaded(small).problems == ()


def test_missing_folder_is_one_problem(small: SmallProject):
    small.remove("errors")

    assert [(problem.path, problem.message) for problem in loaded(small).problems] == [("errors", "is not a folder")]


@pytest.mark.skipif(sys.platform == "darwin", reason="macOS has no such file names")
def test_file_name_that_is_not_utf_8_can_be_printed(small: SmallProject):
    small.write("errors/\udcff.yml", "slug: [")

    assert loaded(small).problems[0].path.encode() == b"errors/?.yml"


def test_first_of_two_entries_with_one_slug_counts(small: SmallProject):
    small.edit(FULL, "slug: stuck_image", "slug: busy_error")
    found = loaded(small)

    assert len(found.located) == 3
    assert found.by_slug["busy_error"].document.path == UMBRELLA


def test_unreadable_slugs_are_those_of_files_with_a_mistake_of_shape(small: SmallProject):
    small.edit(MINIMAL, "origin: sdk", "origin: bogus")

    assert loaded(small).unreadable == {"busy_region"}


def test_every_text_of_an_entry_is_found_with_its_place(small: SmallProject):
    located = loaded(small).by_slug["stuck_image"]
    texts = dict(located.texts())

    assert texts["causes", 1, "change"].en == "Send fewer at once."
    assert texts["sources", "forum_post", "read_note"].en == "The date is that of the post."
    assert texts["response", "headers", 0, "meaning"].ko == "한도입니다.[^vision]"
    assert all((*place, "ko") in located.document.places for place in texts)
    assert sum(1 for place in located.document.places if place[-1:] == ("ko",)) == len(texts)
