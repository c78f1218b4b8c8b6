"""The index of the search that is made from the last one is that which is made from nothing."""

from __future__ import annotations

import json

import pytest

from generator.content.project import Project
from generator.search import again as search_again
from generator.search import index as search_index
from generator.search import weights
from generator.search.weights import Found
from tests.unit.projects import FULL, MINIMAL, UMBRELLA, SmallProject


def found(project: Project) -> list[list[Found]]:
    return [weights.of_entry(project, entry) for entry in project.catalogue.entries]


def again(before: Project, after: Project) -> dict[str, bytes] | None:
    """Return the index of the project `after` made from that `before`."""
    old, new = found(before), found(after)
    changed = {number: (one[0], two[0]) for number, (one, two) in enumerate(zip(old, new, strict=True)) if one != two}
    assert changed
    return search_again.files(search_index.files(before), changed, lambda: search_index.everything(after, new))


def new_word(small: SmallProject) -> None:
    small.edit(UMBRELLA, "  en: Overload\n", "  en: Zebra\n")


def word_of_others(small: SmallProject) -> None:
    small.edit(UMBRELLA, "  en: Overload\n", "  en: Image of a region that is stuck\n")


def several(small: SmallProject) -> None:
    new_word(small)
    small.edit(FULL, "redirect_from: [big_image]", "redirect_from: [busy_zone]")
    small.edit(MINIMAL, "status: null, type: null", "status: 529, type: null")


@pytest.mark.parametrize("most_common", [1, 3, 7, 100])
@pytest.mark.parametrize("most_guides", [1, 2, 400])
@pytest.mark.parametrize("file_bytes", [60, 500, 8000])
@pytest.mark.parametrize("change", [new_word, word_of_others, several])
def test_index_is_that_from_nothing(small: SmallProject, monkeypatch: pytest.MonkeyPatch, change, file_bytes, most_guides, most_common):
    monkeypatch.setattr(search_index, "FILE_BYTES", file_bytes)
    monkeypatch.setattr(search_index, "MOST_GUIDES", most_guides)
    monkeypatch.setattr(search_index, "MOST_COMMON", most_common)
    before = small.load()
    change(small)
    after = small.load()

    assert again(before, after) == search_index.files(after) != search_index.files(before)


def test_and_back(small: SmallProject):
    before = small.load()
    several(small)

    assert again(small.load(), before) == search_index.files(before)


def test_all_guides_are_looked_at_only_for_what_was_cut_off(small: SmallProject, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(search_index, "MOST_COMMON", 10000)
    before = small.load()
    new_word(small)
    after = small.load()
    number, old, new = next((i, *pair) for i, pair in enumerate(zip(found(before), found(after), strict=True)) if pair[0] != pair[1])

    def nobody() -> list[Found]:
        raise AssertionError

    assert search_again.files(search_index.files(before), {number: (old[0], new[0])}, nobody) == search_index.files(after)


def test_term_that_would_have_to_be_escaped_is_left_to_the_whole_index(small: SmallProject):
    index = search_index.files(small.load())
    shard = f"search/{json.loads(index['search/index.json'])['version']}/0.json"

    assert search_again.files(index | {shard: b'{"a\\"b":[1]}'}, {}, list) is None
