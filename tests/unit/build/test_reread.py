"""A project that is read again in part is the one that is read as a whole; where that is not sure, none is given."""

from __future__ import annotations

import pytest

from generator.build import reread
from tests.unit.projects import FULL, UMBRELLA, SmallProject

LIMITS = "facts/limits.yml"


def again(small: SmallProject, *paths: str, change):
    before = small.load()
    change()
    return reread.again(before, [small.root / path for path in paths])


def test_entry_is_read_and_all_else_stays_the_same_object(small: SmallProject):
    before = small.load()
    small.edit(FULL, "  en: Nothing.[^vision]", "  en: Nothing at all.[^vision]")
    found = reread.again(before, [small.root / FULL])

    assert found is not None
    assert found.catalogue.by_slug["stuck_image"].entry == small.located("stuck_image").entry
    assert found.catalogue.by_slug["stuck_image"].entry != before.catalogue.by_slug["stuck_image"].entry
    assert found.catalogue.by_slug["busy_error"] is before.catalogue.by_slug["busy_error"]
    assert found.facts is before.facts


def test_programs_are_read(small: SmallProject):
    path = "snippets/busy_error/fix.py"
    text = (small.root / path).read_text(encoding="utf-8")
    found = again(small, path, change=lambda: small.write(path, text.replace("# region: show\n", "# region: show\n# Another line.\n")))

    assert found is not None
    assert "Another line." in found.snippets["busy_error"].files["fix.py"].shown
    assert found.snippets == small.load().snippets


def test_shared_files_are_read(small: SmallProject):
    text = (small.root / LIMITS).read_text(encoding="utf-8")
    found = again(small, LIMITS, change=lambda: small.write(LIMITS, text.replace("value: 8000", "value: 9000")))

    assert found is not None
    assert found.facts == small.load().facts
    assert 9000 in {fact.value for fact in found.facts.grouped.values()}


@pytest.mark.parametrize(
    ("path", "change"),
    [
        ("errors/new_error.yml", lambda small: small.write("errors/new_error.yml", "slug: new_error\n")),
        (FULL, lambda small: small.remove(FULL)),
        (FULL, lambda small: small.edit(FULL, "slug: stuck_image", "slug: stuck_picture")),
        (UMBRELLA, lambda small: small.edit(UMBRELLA, "  en: Overload\n", "  en: [Overload\n")),
        ("snippets/busy_error/fix.py", lambda small: small.write("snippets/busy_error/fix.py", "print(1)\n")),
        ("snippets/no_error/fix.py", lambda small: small.write("snippets/no_error/fix.py", "print(1)\n")),
        (LIMITS, lambda small: small.write(LIMITS, "batch: [\n")),
        ("mkdocs.yml", lambda small: small.write("mkdocs.yml", "")),
        ("../elsewhere.yml", lambda small: None),
    ],
)
def test_what_cannot_be_told_of_one_file_is_left_to_a_whole_reading(small: SmallProject, path, change):
    assert again(small, path, change=lambda: change(small)) is None


@pytest.mark.parametrize(
    ("path", "is_shared"),
    [
        (FULL, False),
        ("snippets/busy_error/fix.py", False),
        ("snippets/_api/program.py", True),
        ("snippets/report.json", True),
        (LIMITS, True),
        ("pages/about.yml", True),
        ("templates/guide.md.j2", True),
    ],
)
def test_shared_is_what_more_than_one_entry_may_show(small: SmallProject, path, is_shared):
    assert reread.shared(small.root, [small.root / path]) is is_shared
