"""Pages that are no guides, as they are loaded."""

from __future__ import annotations

from tests.unit.projects import SmallProject, pages


def test_project_without_pages_has_none(small: SmallProject):
    handbook = small.load().handbook

    assert (handbook.located, handbook.problems, dict(handbook.programs)) == ((), (), {})


def test_address_is_that_of_the_file(small: SmallProject):
    handbook = small.add_hub().load().handbook

    assert {path: located.parent for path, located in handbook.by_path.items()} == {"care": None, "care/wait": "care"}
    assert [located.path for located in handbook.below("care")] == ["care/wait"]
    assert handbook.below("care/wait") == []


def test_programs_are_loaded_with_those_of_the_guides(small: SmallProject):
    project = small.add_hub().load()

    assert project.handbook.programs.keys() == {"_care_ask"}
    assert project.programs["_care_ask"].files.keys() == {"program.py", "program.ts"}


def test_reader_of_a_guide_is_led_to_what_names_it_before_what_names_its_family(small: SmallProject):
    project = small.add_hub().load()
    entries = {slug: located.entry for slug, located in project.catalogue.by_slug.items()}
    found = {slug: [section.id for _, section in project.handbook.concerning(entry)] for slug, entry in entries.items()}

    assert found == {"busy_error": ["decide"], "busy_region": ["how-long", "decide"], "stuck_image": []}


def test_file_that_is_no_page_is_a_problem_and_those_of_editors_are_not(small: SmallProject):
    small.add_hub()
    for path in ("pages/notes.txt", "pages/a/b/c.yml", "pages/Big.yml"):
        small.write(path, "x")
    for path in ("pages/.care.yml.swp", "pages/#care.yml#", "pages/care.yml~"):
        small.write(path, "x")

    assert {problem.path for problem in small.problems()} == {"pages/notes.txt", "pages/a/b/c.yml", "pages/Big.yml"}


def test_pages_stand_in_both_languages(small: SmallProject):
    paths = pages(small.add_hub().load())

    assert {f"{language}/{page}.md" for language in ("ko", "en") for page in ("care", "care/wait")} <= paths.keys()
