"""Words of the interface, the same keys in both languages."""

from __future__ import annotations

import pytest

from generator.content import strings
from generator.content.strings import Strings
from tests.unit.projects import SmallProject

WORDS = Strings("en", {"cause.one": "{n} cause", "cause.other": "{n} causes", "seen": "from {a} to {b}", "plain": "Plain"})


def problems(small: SmallProject, korean: str, english: str) -> list[tuple[str, int, str, str]]:
    small.write("templates/strings/ko.yml", korean)
    small.write("templates/strings/en.yml", english)
    return [(p.path.rsplit("/", 1)[-1], p.line, p.field, p.message) for p in strings.load(small.root)[1]]


def test_slots_are_filled():
    assert WORDS("seen", a="2025", b=2026) == "from 2025 to 2026"


@pytest.mark.parametrize(("n", "text"), [(0, "0 causes"), (1, "1 cause"), (2, "2 causes")])
def test_form_follows_the_number(n, text):
    assert WORDS("cause", n=n) == text


def test_language_with_one_form_uses_it_for_every_number():
    assert Strings("ko", {"cause.other": "원인 {n}가지"})("cause", n=1) == "원인 1가지"


@pytest.mark.parametrize(("key", "slots"), [("nothing", {}), ("nothing", {"n": 1}), ("seen", {"a": 1})])
def test_unknown_key_or_slot_raises(key, slots):
    with pytest.raises(KeyError):
        WORDS(key, **slots)


def test_value_with_braces_is_not_filled_again():
    assert WORDS("seen", a="{b}", b="x") == "from {b} to x"


def test_group_is_what_stands_below_a_key():
    assert WORDS.group("cause") == {"one": "{n} cause", "other": "{n} causes"}


def test_real_strings_agree(small: SmallProject):
    words, found = strings.load(small.root)

    assert found == []
    assert set(words) == {"ko", "en"}
    assert words["ko"]("verdict.retry") != words["en"]("verdict.retry")


def test_missing_key_is_reported_in_the_file_that_lacks_it(small: SmallProject):
    assert problems(small, "a: 가\n", "a: a\nb: {c: x}\n") == [("ko.yml", 1, "b.c", "`b.c` is missing")]
    assert problems(small, "a: 가\nb: 나\n", "a: a\n") == [("en.yml", 1, "b", "`b` is missing")]


def test_korean_needs_no_form_for_one(small: SmallProject):
    assert problems(small, 'n:\n  other: "{n}개"\n', 'n:\n  one: "{n} thing"\n  other: "{n} things"\n') == []


def test_english_form_for_one_alone_is_not_enough(small: SmallProject):
    assert problems(small, 'n:\n  other: "{n}개"\n', 'n:\n  one: "{n} thing"\n') == [("en.yml", 1, "n.other", "`n.other` is missing")]


def test_different_slots_are_reported_on_both_sides(small: SmallProject):
    assert problems(small, 'x: 1\na: "{n} {m}"\n'.replace("1", "가"), 'a: "{n}"\nx: x\n') == [
        ("ko.yml", 2, "a", "does not have the slots of en.yml"),
        ("en.yml", 1, "a", "does not have the slots of ko.yml"),
    ]


def test_what_is_no_text_is_reported(small: SmallProject):
    assert ("en.yml", 2, "b", "is not a text") in problems(small, "a: 가\nb: 나\n", "a: a\nb: 5\n")


@pytest.mark.parametrize("content", ["a: [", "", "a: 1\na: 2\n"])
def test_file_that_cannot_be_read_is_one_problem(small: SmallProject, content):
    small.write("templates/strings/ko.yml", content)

    assert [problem.path for problem in strings.load(small.root)[1]] == ["templates/strings/ko.yml"]


def test_key_that_is_misspelled_in_one_language_is_named(small: SmallProject):
    text = (small.root / "templates/strings/ko.yml").read_text(encoding="utf-8")
    small.write("templates/strings/ko.yml", text + "new_word_for_tests: 말\n")
    text = (small.root / "templates/strings/en.yml").read_text(encoding="utf-8")
    small.write("templates/strings/en.yml", text + "new_wrod_for_tests: word\n")
    found = {problem.field: problem.hint for problem in small.problems()}

    assert found["new_word_for_tests"].startswith("did you mean `new_wrod_for_tests`? Else ")
    assert found["new_wrod_for_tests"].startswith("did you mean `new_word_for_tests`? Else ")
