"""Rules about pages that are no guides."""

from __future__ import annotations

import pytest

from tests.unit.check.breaking import assert_breaks
from tests.unit.projects import SmallProject

HUB, PART = "pages/care.yml", "pages/care/wait.yml"


@pytest.fixture
def small(small: SmallProject) -> SmallProject:
    return small.add_hub()


def test_valid_hub_breaks_no_rule(small: SmallProject):
    assert small.problems() == []


def test_part_that_is_nothing_or_two_things(small: SmallProject):
    small.edit(PART, "      - note: { ko", "      - figure: decision\n        note: { ko")

    assert_breaks(small, "part_is_one_thing", (PART, "- figure: decision", "sections[0].parts[1]", "is `note` and `figure`"))


def test_row_with_a_cell_too_few(small: SmallProject):
    small.edit(HUB, "            - - { ko: 과부하, en: Overload }\n              -", "            -")
    row = "            - { ko: '[기다"
    small.edit(HUB, row, row.replace("- {", "- - {"))

    place = "sections[0].parts[2].table.rows[0]"
    assert_breaks(small, "part_is_one_thing", (HUB, "- - { ko: '[기다", place, "has 1 cells, the head has 2"))


def test_id_that_is_taken_twice(small: SmallProject):
    copy = "  - { id: decide, title: { ko: 다시, en: Again }, parts: [{ text: { ko: 글, en: Words } }] }\n"
    small.edit(HUB, "sections:\n", f"sections:\n{copy}")

    assert_breaks(small, "section_ids_differ", (HUB, "  - id: decide", "sections[1].id", "`decide` is taken"))


def test_program_without_one_of_its_files(small: SmallProject):
    small.remove("snippets/_care_ask/program.ts")

    message = "snippets/_care_ask/program.ts is missing"
    place = "sections[0].parts[5].program"
    assert_breaks(small, "programs_are_complete", (PART, "      - program:", place, message))


def test_folder_of_programs_that_no_page_shows(small: SmallProject):
    small.write("snippets/_forgotten/program.py", "# region: show\nx = 1\n# endregion\n")

    assert_breaks(small, "programs_are_complete", ("snippets/_forgotten", None, "", "is shown by no page"))


def test_caption_with_code(small: SmallProject):
    small.edit(PART, "en: Ask }", 'en: "`Ask`" }')
    small.edit(PART, "ko: 물어보기,", 'ko: "`Ask` 호출",')

    message = "holds a quote, code, link or line break"
    place = "sections[0].parts[5].program.title"
    line = 'title: { ko: "`Ask`'
    assert_breaks(small, "program_title_is_plain", (PART, line, f"{place}.ko", message), (PART, line, f"{place}.en", message))


def test_source_that_is_unknown(small: SmallProject):
    small.edit(HUB, "기다리세요](guide:busy_error).[^vision]", "기다리세요](guide:busy_error).[^nobody]")
    small.edit(HUB, "Wait](guide:busy_error).[^vision]", "Wait](guide:busy_error).[^nobody]")

    place = "sections[0].parts[2].table.rows[0][1]"
    line, message = "[^nobody]", "`[^nobody]` is not a source"
    assert_breaks(small, "page_sources_exist", (HUB, line, f"{place}.ko", message), (HUB, line, f"{place}.en", message))


def test_source_that_is_never_cited_or_stands_elsewhere(small: SmallProject):
    small.edit(
        PART,
        "sources:\n",
        "sources:\n  vision: { title: x, kind: docs, read: 2026-10-01 }\n  idle: { title: y, kind: docs, read: 2026-10-01 }\n",
    )

    assert_breaks(
        small,
        "page_sources_exist",
        (PART, "  vision:", "sources.vision", "stands in facts/sources.yml too"),
        (PART, "  idle:", "sources.idle", "is never cited"),
    )


def test_page_without_a_source(small: SmallProject):
    small.edit(HUB, "기다리세요](guide:busy_error).[^vision]", "기다리세요](guide:busy_error).")
    small.edit(HUB, "Wait](guide:busy_error).[^vision]", "Wait](guide:busy_error).")

    assert_breaks(small, "page_sources_exist", (HUB, None, "sections", "cites no source"))


def test_guide_that_is_not_there(small: SmallProject):
    small.edit(HUB, "guides: [busy_error]", "guides: [lazy_error]")

    assert_breaks(small, "concerned_guides_exist", (HUB, "guides: [lazy", "sections[0].guides[0]", "`lazy_error` is no guide"))


def test_part_of_a_hub_that_is_not_there(small: SmallProject):
    small.write("pages/cure/rest.yml", (small.root / PART).read_bytes())
    small.remove(PART)
    small.edit(HUB, " 자세한 내용은 [기다리기](page:care/wait#how-long)를 참조하세요.", "")
    small.edit(HUB, " See [waiting](page:care/wait#how-long).", "")

    assert_breaks(small, "hub_exists", ("pages/cure/rest.yml", None, "", "is a part of `cure`, which is not there"))


@pytest.mark.parametrize("target", ["care/wait#how-short", "care/waste", "nothing"])
def test_link_to_a_page_or_a_section_that_is_not_there(small: SmallProject, target):
    small.edit(HUB, "기다리기](page:care/wait#how-long)", f"기다리기](page:{target})")
    small.edit(HUB, "waiting](page:care/wait#how-long)", f"waiting](page:{target})")

    message = f"links to `page:{target}`, which is not there"
    assert_breaks(
        small,
        "links_lead_somewhere",
        (HUB, "기다리기](page", "lead.ko", message),
        (HUB, "waiting](page", "lead.en", message),
    )


def test_links_to_a_page_with_a_mistake_are_not_blamed(small: SmallProject):
    small.edit(PART, "kind: HowTo", "kind: Bogus")

    assert {problem.path for problem in small.problems()} == {PART}


def test_model_that_a_program_of_a_page_must_not_name(small: SmallProject):
    path = "snippets/_care_ask/program.py"
    text = (small.root / path).read_text(encoding="utf-8")
    small.write(path, text.replace("# region: show\n", '# region: show\nOLD = "claude-2"\n'))

    assert_breaks(small, "models_of_pages_are_current", (path, "claude-2", "", "names `claude-2`, which is retired"))


def test_model_that_a_text_of_a_page_must_not_name(small: SmallProject):
    small.edit(HUB, "name: { ko: 돌보기, en: Care }", "name: { ko: 돌보기 `claude-2`, en: Care `claude-2` }")

    message = "names `claude-2`, which is retired"
    where = "name: { ko: 돌보기"
    assert_breaks(small, "models_of_pages_are_current", (HUB, where, "name.ko", message), (HUB, where, "name.en", message))
