"""Texts of one page, and the numbers of its sources."""

from __future__ import annotations

import pytest

from generator.schemas.entry import Text
from generator.text.writer import CitedSource, MarkdownWriter, Writer, search_words
from tests.unit.projects import FULL, SmallProject

VISION = '<sup class="ce-cite"><a href="#source-1" aria-label="Source 1">1</a></sup>'


def writer(small: SmallProject, language: str = "en", slug: str = "stuck_image") -> Writer:
    project = small.load()
    return Writer(project, language, project.catalogue.by_slug[slug].entry)


def both(text: str) -> Text:
    return Text(ko=f"글 {text}", en=text)


def test_each_writer_writes_its_language(small: SmallProject):
    text = Text(ko="`가`", en="`a`")

    assert writer(small, "ko").inline(text) == "<code>가</code>"
    assert writer(small, "en").inline(text) == "<code>a</code>"


def test_fact_is_put_in_and_its_source_counts_as_cited(small: SmallProject):
    page = writer(small)

    assert page.inline(both("up to {{ limits.images.max_side }}")) == "up to 8,000"
    assert [source.title for source in page.cited()] == ["Vision & images"]


def test_sources_are_numbered_in_the_order_of_citation(small: SmallProject):
    page = writer(small)

    assert [page.cite(source) for source in ("sdk_python", "vision", "sdk_python", "forum_post")] == [1, 2, 1, 3]


def test_readings_of_one_page_share_a_number_and_show_each_day(small: SmallProject):
    page = writer(small)
    page.cite("vision_august")
    page.cite("vision")

    assert page.cited() == [
        CitedSource("Vision & images", "https://platform.claude.com/docs/en/build-with-claude/vision", ("2026-10-10", "2026-08-22"), "")
    ]


def test_two_readings_side_by_side_show_one_mark(small: SmallProject):
    assert writer(small).inline(both("A.[^vision][^vision_august]")) == f"A.{VISION}"


def test_source_of_the_entry_is_told_in_the_language_of_the_page(small: SmallProject):
    page = writer(small, "ko")
    page.cite("forum_post")

    assert page.cited() == [CitedSource("어느 게시글", None, ("2026-09-01",), "날짜는 글의 것입니다.")]


def test_plain_text_cites_nothing(small: SmallProject):
    page = writer(small)

    assert page.plain(both("**up** to {{ limits.images.max_side }}.[^vision]")) == "up to 8,000."
    assert page.cited() == []


def test_blank_line_starts_a_paragraph(small: SmallProject):
    assert writer(small).paragraphs(both("one\ntwo\n\nthree\n\n\n")) == ["one\ntwo", "three"]


@pytest.mark.parametrize(
    ("day", "korean", "english"),
    [("2026", "2026년", "2026"), ("2026-10", "2026년 10월", "October 2026"), ("2026-10-21", "2026-10-21", "2026-10-21")],
)
def test_time_is_written_as_exactly_as_it_is_known(small: SmallProject, day, korean, english):
    assert writer(small, "ko").when(day) == korean
    assert writer(small, "en").when(day) == english


def test_search_text_has_both_titles_and_every_name_in_small_letters(small: SmallProject):
    page = writer(small)
    text = page.search_text(small.located("stuck_image").entry)

    for words in ("기록에 남은 큰 이미지", "oversized image in the history", "413", "badrequesterror", "image too big", "big_image"):
        assert words in text


def test_search_text_has_the_facts_of_a_title(small: SmallProject):
    small.edit(FULL, "  en: Oversized image in the history", '  en: "Image over {{ limits.images.max_side }} pixels"')
    small.edit(FULL, "  ko: 기록에 남은 큰 이미지", '  ko: "{{ limits.images.max_side }}픽셀을 넘는 이미지"')

    assert "image over 8,000 pixels" in writer(small).search_text(small.located("stuck_image").entry)


def test_search_words_are_names_codes_classes_and_aliases_each_once(small: SmallProject):
    assert search_words(small.located("stuck_image").entry) == [
        "stuck_image",
        "400",
        "invalid_request_error",
        "image_too_large",
        "413",
        "request_too_large",
        "BadRequestError",
        "ContentTooLargeError",
        "큰 이미지",
        "image too big",
        "<img>",
        "big_image",
    ]


def test_markdown_has_absolute_addresses_and_the_numbers_of_the_sources(small: SmallProject):
    project = small.load()
    page = MarkdownWriter(project, "ko", project.catalogue.by_slug["stuck_image"].entry, "https://a.example/")
    text = Text(ko="[가](guide:busy_error)는 {{ limits.images.max_side }}까지.[^vision]\n\n`나`", en="x")

    assert page.paragraphs(text) == ["[가](https://a.example/ko/errors/busy_error/index.md)는 8,000까지.[1]", "`나`"]
    assert page.inline(text) == " ".join(page.paragraphs(text))
    assert [source.title for source in page.cited()] == ["Vision & images"]
