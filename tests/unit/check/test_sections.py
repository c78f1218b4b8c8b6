"""Rules about what a page must say, and where it must be silent."""

from __future__ import annotations

import pytest

from tests.unit.check.breaking import assert_breaks, set_meaning
from tests.unit.projects import FULL, MINIMAL, UMBRELLA, SmallProject


@pytest.mark.parametrize(
    ("old", "new", "field"),
    [
        ("  en: Send fewer at once.", "  en: Send fewer at once. TODO", "causes[1].change.en"),
        ("  ko: 이미지를 나누어 보내세요.", "  ko: TODO 이미지를 나누어 보내세요.", "causes[1].change.ko"),
        ("[큰 이미지, image", "[TODO, image", "aliases[0]"),
        ("python: [BadRequestError,", "python: [TODO,", "exceptions.python[0]"),
        ("typescript: [BadRequestError]", "typescript: [TODO]", "exceptions.typescript[0]"),
        ("template: Image is too large to be read", "template: Image is too large to be read TODO", "messages[2].template"),
    ],
)
def test_todo_that_is_left(small: SmallProject, old, new, field):
    small.edit(FULL, old, new)

    assert_breaks(small, "nothing_left_to_write", (FULL, "TODO", field, "holds a TODO"))


def test_todo_in_place_of_a_source(small: SmallProject):
    small.edit(FULL, "    source: sdk_python\n", "    source: TODO\n")

    assert {(p.line, p.field, p.message) for p in small.problems()} == {
        (small.line(FULL, "TODO"), "messages[1].source", "holds a TODO"),
        (small.line(FULL, "TODO"), "messages[1].source", "`TODO` is not a source"),
    }


def test_text_of_citations_only(small: SmallProject):
    small.edit(FULL, "  ko: 한도입니다.[^vision]", '  ko: "[^vision]"')
    small.edit(FULL, "  en: The limit.[^vision]", '  en: "[^vision]"')

    assert_breaks(
        small,
        "text_says_something",
        (FULL, '  ko: "[^vision]"', "response.headers[0].meaning.ko", "shows nothing"),
        (FULL, '  en: "[^vision]"', "response.headers[0].meaning.en", "shows nothing"),
    )


@pytest.mark.parametrize("mark", ["- ", "* ", "1. ", "2) ", "# ", "###### ", "> ", "```", "~~~"])
@pytest.mark.parametrize("before", ["", "Nothing.\\n\\n", "Nothing.\\n \\n  "])
def test_text_that_starts_a_block(small: SmallProject, mark, before):
    # The last word keeps its place, so that nothing but the mark is wrong.
    small.edit(UMBRELLA, "  en: Nothing.[^vision]", f'  en: "{before}{mark}Nothing.[^vision]"')

    assert_breaks(small, "text_is_inline", (UMBRELLA, '  en: "', "cost.en", f"starts a paragraph with `{mark.strip()}`"))


@pytest.mark.parametrize(
    ("text", "sign"),
    [
        ("*All* of it.", "*"),
        ("A `quote that is open.", "`"),
        ("An [index] in brackets.", "["),
        ("![A picture](https://x.example)", "!["),
        ("<https://x.example>", "<"),
        ("~~Nothing~~", "~~"),
        ("A back\\\\slash.", "\\"),
        ("_All_ of it.", "_"),
        ("R&amp;D.", "&"),
        ("[a](https://x.example/(b))", "["),
        ("**All *of* it.**", "*"),
    ],
)
def test_mark_that_is_none_of_ours(small: SmallProject, text, sign):
    small.edit(UMBRELLA, "  en: Nothing.[^vision]", f'  en: "{text}[^vision]"')
    found = [(problem.field, problem.message) for problem in small.problems() if "belongs to no mark" in problem.message]

    assert found == [("cost.en", f"has a `{sign}` that belongs to no mark")]


def test_single_star_is_reported_with_its_line(small: SmallProject):
    small.edit(UMBRELLA, "  en: Nothing.[^vision]", '  en: "2 * 3 is nothing.[^vision]"')

    assert_breaks(small, "marks_are_known", (UMBRELLA, "2 * 3", "cost.en", "has a `*` that belongs to no mark"))


@pytest.mark.parametrize(
    "text", ["Costs 5 - 3.", "A -b", "#1 cost", "1.5 dollars", "**All** of it.", "a\\n- b", "snake_case", "a & b; c", "x < y"]
)
def test_text_with_a_mark_that_starts_no_block(small: SmallProject, text):
    small.edit(UMBRELLA, "  en: Nothing.[^vision]", f'  en: "{text}[^vision]"')

    assert small.problems() == []


@pytest.mark.parametrize("count", ["two causes", "3 reasons", "Five questions", "4 sources", "12 common causes", "six related errors"])
def test_count_typed_in_english(small: SmallProject, count):
    set_meaning(small, english=f"There are {count}.")

    assert_breaks(small, "counts_are_computed", (UMBRELLA, f"are {count}", "meaning.en", f"types a count: `{count}`"))


@pytest.mark.parametrize(
    "count", ["원인은 5가지", "원인이 두 가지", "세 가지 원인", "3가지 흔한 원인", "질문 4개", "출처 3개", "네 가지 이유"]
)
def test_count_typed_in_korean(small: SmallProject, count):
    set_meaning(small, f"여기에 {count}입니다.")

    assert_breaks(small, "counts_are_computed", (UMBRELLA, f"여기에 {count}", "meaning.ko", f"types a count: `{count}`"))


@pytest.mark.parametrize("text", ["The causes are 2 MB apart.", "One cause in a thousand.", "Because of two requests."])
def test_number_that_counts_nothing_listed(small: SmallProject, text):
    set_meaning(small, english=text)

    assert small.problems() == []


@pytest.mark.parametrize(
    ("language", "old", "limit"), [("ko", "간격을 늘려 가며 다시 보내세요.", 30), ("en", "Send again, slower each time.", 60)]
)
def test_verdict_that_does_not_fit_its_box(small: SmallProject, language, old, limit):
    small.edit(UMBRELLA, old, old + " " + ("가" if language == "ko" else "a") * (limit - len(old)))

    message = f"has {limit + 1} characters; {limit} fit the box"
    assert_breaks(small, "verdict_fits", (UMBRELLA, old, f"verdict.say.{language}", message))


def test_verdict_that_just_fits_its_box(small: SmallProject):
    text = "Send **again**, slower each time."
    small.edit(UMBRELLA, "Send again, slower each time.", text + "a" * (60 - len(text) + 4))

    assert small.problems() == []


@pytest.mark.parametrize("retry", ["after_delay", "conditional"])
def test_verdict_that_says_wait_but_not_how_long(small: SmallProject, retry):
    small.edit(MINIMAL, "retry: never", f"retry: {retry}")

    assert_breaks(small, "wait_is_told", (MINIMAL, "verdict:", "verdict.wait", f"is missing, but retry is `{retry}`"))


def test_backoff_that_says_not_how_long(small: SmallProject):
    small.edit(UMBRELLA, "  wait:\n    ko: 몇 초\n    en: A few seconds\n", "")

    assert_breaks(small, "wait_is_told", (UMBRELLA, "verdict:", "verdict.wait", "is missing, but retry is `backoff`"))


def test_sticky_error_without_a_recovery(small: SmallProject):
    small.edit(UMBRELLA, "sticky: false", "sticky: true")

    assert_breaks(small, "sticky_has_recovery", (UMBRELLA, "slug: busy_error", "recovery", "is missing, but the error is sticky"))


def test_recovery_of_an_error_that_is_not_sticky(small: SmallProject):
    small.edit(UMBRELLA, "retry_note:", "recovery:\n  ko: 빼세요.\n  en: Take it out.\n\nretry_note:")

    assert_breaks(small, "sticky_has_recovery", (UMBRELLA, "recovery:", "recovery", "is given, but the error is not sticky"))


@pytest.mark.parametrize(
    ("path", "korean", "english", "place", "field"),
    [
        (UMBRELLA, "몰렸습니다.[^vision]", "is high.[^vision]", "meaning:", "meaning"),
        (UMBRELLA, "529입니다.[^vision]", "is 529.[^vision]", "ko: 트래픽이", "causes[0]"),
        (UMBRELLA, "청구되지 않습니다.[^vision]", "Nothing.[^vision]", "cost:", "cost"),
        (MINIMAL, "재시도하지 않습니다.[^sdk_python]", "do not retry.[^sdk_python]", "retry_note:", "retry_note"),
        (FULL, "더 낮습니다.[^vision]", "is lower.[^vision]", "- platform: amazon_bedrock", "platforms[0]"),
        (FULL, "Claude API와 같습니다.[^vision]", "the Claude API.[^vision]", "- platform: claude", "platforms[1]"),
    ],
)
def test_section_that_cites_nothing(small: SmallProject, path, korean, english, place, field):
    for text in (korean, english):
        small.edit(path, text, text.split("[^")[0])
    if field == "causes[0]":
        small.edit(path, "  - title:\n      ko: 트래픽이", "  -\n    title:\n      ko: 트래픽이")
        place = "    title:"

    assert_breaks(small, "statements_are_sourced", (path, place, field, "cites no source"))


def test_answer_that_cites_nothing(small: SmallProject):
    small.edit(FULL, "아니요.[^forum_post]", "아니요.")
    small.edit(FULL, "        No.[^forum_post]", "        No.")

    assert_breaks(small, "statements_are_sourced", (FULL, "  - question:", "faq[0]", "cites no source"))


def test_fact_is_as_good_as_a_citation(small: SmallProject):
    note = small.located("busy_error").entry.retry_note
    assert note
    assert "[^" not in note.en
    assert small.problems() == []
