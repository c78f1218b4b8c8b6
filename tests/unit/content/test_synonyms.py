"""Words that readers type for one another."""

from __future__ import annotations

import pytest

from generator.content import synonyms
from generator.content.synonyms import FILE, Synonyms
from tests.unit.projects import SmallProject

WORDS = Synonyms((("오류", "에러", "error"), ("속도 제한", "rate limit"), ("제한", "한도", "limit")))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("오류가 났습니다", {"에러", "error"}),
        ("ERROR!", {"오류", "에러"}),
        ("속도 제한을", {"rate limit", "한도", "limit"}),
        ("rate_limit", {"속도 제한", "제한", "한도"}),
        ("무제한", set()),
        ("limited", set()),
        ("", set()),
    ],
)
def test_words_of_a_text_give_what_means_the_same(text: str, expected: set[str]):
    assert set(WORDS.of(text)) == expected


def test_no_words_give_nothing():
    assert list(Synonyms().of("오류")) == []


def test_line_that_says_nothing_is_reported_with_its_place(small: SmallProject):
    small.write(FILE, "words:\n  - [오류, error]\n  - [a, b, A]\n  - [c]\n")
    found, problems = synonyms.load(small.root)

    assert [(problem.path, problem.line, problem.message) for problem in problems] == [
        (FILE, 3, "has a word twice"),
        (FILE, 4, "has no second word"),
    ]
    assert list(found.of("오류")) == ["error"]


@pytest.mark.parametrize("text", ["words: [오류]", "word: []", "words: ["])
def test_file_of_another_shape_is_a_problem_and_gives_no_synonyms(small: SmallProject, text: str):
    small.write(FILE, text)
    found, problems = synonyms.load(small.root)

    assert {problem.path for problem in problems} == {FILE}
    assert list(found.of("오류")) == []
