"""Rules of language that a tool can see."""

from __future__ import annotations

import pytest

from generator.check import sound
from tests.unit.check.breaking import assert_breaks, set_meaning
from tests.unit.projects import FULL, UMBRELLA, SmallProject

KOREAN, ENGLISH = "요청이 몰렸습니다.", "Traffic is high."


@pytest.mark.parametrize("total", ["1 + {{ sdk.defaults.max_retries }}", "1 + 2", "{{ sdk.defaults.max_retries }}×3"])
def test_sum_that_is_left_to_the_reader(small: SmallProject, total):
    set_meaning(small, f"요청이 최대 {total}개 나갑니다.", f"Up to {total} requests are sent.")
    shown = {"1 + {{ sdk.defaults.max_retries }}": "1 + 1", "{{ sdk.defaults.max_retries }}×3": "1×3"}.get(total, total)

    message = f"leaves a sum to the reader: `{shown}` (1 stands for a fact)"
    korean, english = (UMBRELLA, '  ko: "요청이 최대', "meaning.ko", message), (UMBRELLA, '  en: "Up to', "meaning.en", message)
    assert_breaks(small, "numbers_are_added", korean, english)


@pytest.mark.parametrize("words", ["`1 + 2`", "Claude 3 + 4.5", "{{ sdk.defaults.max_retries }} / {{ sdk.defaults.max_retries }}"])
def test_sum_in_code_and_a_list_of_facts_are_none(small: SmallProject, words):
    set_meaning(small, KOREAN + words.replace("3 + 4.5", "3, 4.5"), ENGLISH + words.replace("3 + 4.5", "3, 4.5"))

    assert small.problems() == []


@pytest.mark.parametrize(
    ("old", "field", "limit"),
    [
        ("    ko: 요청에는 문제가 없습니다.", "verdict.why.ko", 70),
        ("    en: The request is fine.", "verdict.why.en", 110),
        ("  ko: 서버가 잠시 요청을 처리하지 못합니다.", "summary.ko", 60),
        ("    en: one try", "snippets.trigger.en", 40),
        ("    ko: 여러 번 시도", "snippets.fix.ko", 26),
    ],
)
def test_cell_that_does_not_fit(small: SmallProject, old, field, limit):
    small.edit(UMBRELLA, old + "\n", old + "가"[: "ko" in field] * (limit + 1) + "a" * (limit + 1 if "en" in field else 0) + "\n")
    length = len(old.split(": ")[1]) + limit + 1

    assert_breaks(small, "cells_fit", (UMBRELLA, old, field, f"has {length} characters; {limit} fit"))


def test_cell_that_just_fits(small: SmallProject):
    small.edit(UMBRELLA, "    en: one try\n", "    en: " + "a" * 40 + "\n")

    assert small.problems() == []


@pytest.mark.parametrize(("code", "wrong", "right"), [("429", "은", "는"), ("daily rate limit", "라고", "이라고"), ("url", "으로", "로")])
def test_particle_that_does_not_fit_the_code(small: SmallProject, code, wrong, right):
    set_meaning(small, f"`{code}`{wrong} 표시됩니다.", f"It is `{code}`.")

    assert_breaks(small, "particles_fit_code", (UMBRELLA, "표시됩니다", "meaning.ko", f"says `{code}`{wrong}"))
    assert f"say it aloud: `{code}`{right}" in str(small.problems())


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("429", "open"), ("400", "closed"), ("501", "l"), ("한글", "l"), ("오류", "open"), ("값", "closed"),
        ("token", "closed"), ("messages", "open"), ("model", "l"), ("message", "open"), ("max_tokens", "open"),
        ("create()", "open"), ("type", "closed"), ("timeout", "closed"), ("expires_at", "closed"), ("role", "l"), ("name", "closed"),
        ("API", "open"), ("URL", "l"), ("RPM", "closed"), ("GET", "closed"), ("n", "closed"), ("x", "open"),
    ],
)  # fmt: skip
def test_sound_that_code_ends_in(code, expected):
    assert sound.last_sound(code) == expected


@pytest.mark.parametrize("code", ["scope", "tag", "async", "messages[0]", "{}", "ECONNRESET", "…", " ", "tool_"])
def test_sound_that_cannot_be_known(code):
    assert sound.last_sound(code) is None


def test_particles_that_fit_are_left_alone():
    fine = "`429`는 `400`은 `url`로 `json`으로 `code`로 `n`이 `x`가 `id`를 `token`을 `a`와 `b`나 `json`이나"

    assert list(sound.wrong_particles(f"{fine} `id`이면 `id`라는 `scope`은 `id`가드")) == []


def test_noun_that_only_carries_a_particle(small: SmallProject):
    set_meaning(small, "`a` 값이 `b` 문자열인 응답입니다.", "A response with `a`: `b`.")

    assert_breaks(small, "code_is_not_padded", (UMBRELLA, "문자열인", "meaning.ko", "says 값이 `b` 문자열"))


@pytest.mark.parametrize("formula", ["공식 문서에 나와 있지 않습니다.", "확인하지 못했습니다.", "문서에 없습니다."])
def test_second_remark_that_something_is_not_known_in_korean(small: SmallProject, formula):
    set_meaning(small, f"이유는 {formula}")
    small.edit(UMBRELLA, "  ko: 청구되지 않습니다.", "  ko: 청구되는지는 문서에 없습니다.")

    message = "says once more that something is not known: `문서에 없`"
    assert_breaks(small, "ignorance_is_told_once", (UMBRELLA, "청구되는지는", "cost.ko", message))


@pytest.mark.parametrize(
    "formula", ["The reason is not documented.", "The documentation does not say why.", "We found no reason, we could not"]
)
def test_second_remark_that_something_is_not_known_in_english(small: SmallProject, formula):
    set_meaning(small, english=formula)
    small.edit(UMBRELLA, "  en: Nothing.", "  en: Whether it is billed is undocumented.")

    message = "says once more that something is not known: `undocumented`"
    assert_breaks(small, "ignorance_is_told_once", (UMBRELLA, "Whether it is billed", "cost.en", message))


def test_one_remark_that_something_is_not_known_may_stand(small: SmallProject):
    set_meaning(small, "이유는 공식 문서에 나와 있지 않습니다.", "The reason is not documented.")

    assert small.problems() == []


def test_remark_about_an_error_without_a_guide_is_not_counted(small: SmallProject):
    set_meaning(small, "이유는 문서에 없습니다.", "The reason is not documented.")
    change = "{ko: 문서에 없습니다., en: It is undocumented.}"
    record = f"slug: x_y, title: {{ko: 엑스, en: X}}, status: 529, type: x, retry: never, source: vision, change: {change}"
    small.edit(UMBRELLA, "retry_note:", f"pending:\n  - {{{record}}}\nretry_note:")

    assert small.problems() == []


def test_words_of_every_guide_that_name_the_code(small: SmallProject):
    path = "templates/strings/ko.yml"
    small.edit(path, "이 사이트가 붙인 이름으로,", "이 사이트가 붙인 이름이므로 error_code로 분기하고")

    assert_breaks(small, "no_code_where_none_is", (path, None, "guide.ours", "names `error_code`, also on guides without one"))


def test_words_that_name_the_code_where_every_guide_has_one(small: SmallProject):
    for path in (UMBRELLA, FULL):
        small.edit(path, "identities:\n  - { ", f"identities:\n  - {{ error_code: {path[7:-4]}, ")
    small.remove("errors/busy_region.yml")
    small.edit("templates/strings/ko.yml", "이 사이트가 붙인 이름으로,", "이 사이트가 붙인 이름이므로 error_code로 분기하고")

    assert "names `error_code`" not in str(small.problems())


@pytest.mark.parametrize("words", ["Read the key anew.", "Retrying is in vain."])
def test_english_that_no_native_speaker_would_write(small: SmallProject, words):
    habit = "anew" if "anew" in words else "in vain"
    small.edit(
        "facts/glossary.yml", "writing:\n", "english:\n  - {avoid: ' anew', write: again}\n  - {avoid: ' in vain', write: x}\nwriting:\n"
    )
    set_meaning(small, english=words)

    assert_breaks(small, "english_is_plain", (UMBRELLA, words, "meaning.en", f"says `{habit}`"))


def test_habit_with_a_space_is_meant_where_a_word_begins(small: SmallProject):
    small.edit("facts/glossary.yml", "writing:\n", "writing:\n  - {avoid: ' 인자', write: 인수}\n")
    set_meaning(small, "승인자에게 물어보세요.")
    assert small.problems() == []

    small.edit(UMBRELLA, "승인자에게", "인자에게")
    assert_breaks(small, "korean_follows_glossary", (UMBRELLA, "인자에게", "meaning.ko", "says `인자`"))
