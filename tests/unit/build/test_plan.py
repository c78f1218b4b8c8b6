"""Which pages there are, and what the key of each unit depends on."""

from __future__ import annotations

import shutil
from collections.abc import Callable

import pytest

from generator.build import plan
from generator.content.handbook import COMPUTED_PAGES
from generator.content.reading import EXCEPTIONS
from tests.unit.projects import FULL, MINIMAL, UMBRELLA, SmallProject


def test_every_entry_has_a_page_in_both_languages(small: SmallProject):
    pages = [page for unit in plan.units(small.load()) for page in unit.pages]

    assert sorted(page.path for page in pages) == sorted(
        f"{language}/{page}.md"
        for language in ("ko", "en")
        for page in (
            *("index", *COMPUTED_PAGES),
            *("errors/busy_error", "errors/busy_region", "errors/stuck_image", "errors/big_image"),
        )
    )
    assert {"ko/index.html", "en/errors/big_image/index.html"} <= {page.address for page in pages}


def test_pages_of_the_hub_have_copies(small: SmallProject):
    units = {unit.name: unit for unit in plan.units(small.add_hub().load())}

    assert units["ko/care/wait.md"].pages[0].copy_path == "ko/care/wait/index.md"
    assert units["ko/care/wait.md"].pages[0].copy is not None


def keys(small: SmallProject) -> dict[str, str]:
    project = small.load()
    units = plan.units(project)
    return plan.keys(project, units, plan.shared_digest(small.root), plan.own_digests(project, units))


def edit_text(small: SmallProject) -> None:
    small.edit(FULL, "  en: Nothing.[^vision]", "  en: Nothing at all.[^vision]")


def edit_title(small: SmallProject) -> None:
    small.edit(UMBRELLA, "  en: Overload\n", "  en: Overload of all\n")


def edit_program(small: SmallProject) -> None:
    path = "snippets/stuck_image/fix.py"
    small.write(path, (small.root / path).read_text(encoding="utf-8") + "# more\n")


def edit_fact(small: SmallProject) -> None:
    small.write("facts/limits.yml", (small.root / "facts/limits.yml").read_bytes() + b"# more\n")


def edit_words(small: SmallProject) -> None:
    small.write("templates/strings/en.yml", (small.root / "templates/strings/en.yml").read_bytes() + b"# more\n")


def edit_report(small: SmallProject) -> None:
    small.write("snippets/stuck_image/report.json", '{"date": "2026-10-01", "versions": {}, "ran": {}}')


def edit_program_of_a_page(small: SmallProject) -> None:
    path = "snippets/_care_ask/program.py"
    small.write(path, (small.root / path).read_text(encoding="utf-8") + "# more\n")


def remove_entry(small: SmallProject) -> None:
    small.edit(FULL, "related: [busy_region]\n", "")
    small.remove(MINIMAL)
    shutil.rmtree(small.root / "snippets/busy_region")


PAGES_ABOUT_ALL = {f"{language}/{name}.md" for language in ("ko", "en") for name in ("index", "mock", "api", "changes", "care")}


@pytest.mark.parametrize("change", [edit_text, edit_program, edit_report])
def test_what_one_entry_says_changes_its_own_key_and_those_of_the_pages_about_all(
    small: SmallProject, change: Callable[[SmallProject], None]
):
    before = keys(small.add_hub())
    change(small)
    now = keys(small)

    assert {name for name in before if before[name] != now[name]} == {"stuck_image", *PAGES_ABOUT_ALL}


@pytest.mark.parametrize("change", [edit_title, edit_fact, edit_words, edit_program_of_a_page, remove_entry])
def test_what_any_page_may_show_changes_every_key(small: SmallProject, change: Callable[[SmallProject], None]):
    before = keys(small.add_hub())
    change(small)
    now = keys(small)

    assert [name for name in now if before[name] == now[name]] == []


def test_no_two_units_have_one_key(small: SmallProject):
    found = keys(small.add_hub())

    assert len(set(found.values())) == len(found)


def test_assets_have_their_own_folder(small: SmallProject):
    small.write("templates/assets/site.css", "/* 1. For\n authors */\na { b: c } /* d */\ne { f: g }\n")

    assert plan.assets(small.load())["assets/site.css"] == b"a { b: c } e { f: g }\n"


def test_change_of_the_exceptions_makes_every_unit_anew(small: SmallProject):
    """A unit in the cache is not checked again, and what was excused may no longer be."""
    before = keys(small)
    small.write(EXCEPTIONS, "{}\n")

    assert not set(before.values()) & set(keys(small).values())
