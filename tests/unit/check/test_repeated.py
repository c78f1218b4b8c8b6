"""The rule about sentences that stand on many guides."""

from __future__ import annotations

import pytest

from generator.check import repeated
from tests.unit.check.breaking import assert_breaks
from tests.unit.projects import FULL, MINIMAL, UMBRELLA, SmallProject

#: A text of each entry that cites nothing it needs, as it stands in its file.
PLACES = (
    (UMBRELLA, "    ko: 요청에는 문제가 없습니다.", "verdict.why.ko"),
    (MINIMAL, "    ko: 그 리전만 응답하지 않습니다.", "verdict.why.ko"),
)
SENTENCE = "일반적으로 성공한 호출만 청구됩니다."


@pytest.fixture(autouse=True)
def _two_are_many(monkeypatch: pytest.MonkeyPatch):
    """The small project has three entries."""
    monkeypatch.setattr(repeated, "MANY", 2)


def say(small: SmallProject, *sentences: str) -> None:
    for (path, old, _), sentence in zip(PLACES, sentences, strict=True):
        small.edit(path, old, f"    ko: {sentence}")


@pytest.mark.parametrize(
    "other",
    [SENTENCE, "먼저 고치세요. 일반적으로 성공한 호출만 청구됩니다.", f"429: {SENTENCE}"],
)
def test_sentence_that_stands_on_many_guides(small: SmallProject, other):
    say(small, SENTENCE, f"'{other}'")

    message = "has a sentence that stands on 2 guides: 일반적으로 성공한 호출만 청구됩니다"
    assert_breaks(small, "sentences_are_of_their_page", *((path, "일반적으로", field, message.rstrip(".")) for path, _, field in PLACES))


def test_code_citations_and_numbers_make_no_difference(small: SmallProject):
    say(small, SENTENCE, '"일반적으로 성공한 `200` 호출만[^vision] {{ limits.images.max_side }} 청구됩니다. 1."')

    assert [problem.path for problem in small.problems() if "stands on 2 guides" in problem.message] == [UMBRELLA, MINIMAL]


@pytest.mark.parametrize("other", ["일반적으로 성공한 요청만 청구됩니다.", "먼저 고치세요."])
def test_sentence_that_differs_or_is_short(small: SmallProject, other):
    say(small, "먼저 고치세요." if other == "먼저 고치세요." else SENTENCE, other)

    assert small.problems() == []


def test_fewer_guides_may_share_a_sentence(small: SmallProject, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(repeated, "MANY", 3)
    say(small, SENTENCE, SENTENCE)

    assert small.problems() == []


def test_sentence_may_stand_twice_on_one_guide(small: SmallProject):
    small.edit(UMBRELLA, PLACES[0][1], f"    ko: {SENTENCE} {SENTENCE}")

    assert small.problems() == []


def test_orders_and_captions_may_repeat(small: SmallProject):
    small.edit(UMBRELLA, "    ko: 한 번만 시도", "    ko: 리전을 하나만 골라서 사용하기")
    small.edit(MINIMAL, "    ko: 리전 하나만 사용", "    ko: 리전을 하나만 골라서 사용하기")
    small.edit(MINIMAL, "    ko: 다른 리전을 쓰세요.", "    ko: 간격을 늘려 가며 다시 보내세요.")

    assert small.problems() == []


def test_entry_that_was_edited_is_read_again(small: SmallProject):
    say(small, SENTENCE, SENTENCE)
    assert len(small.problems()) == 2

    small.edit(FULL, "origin: server", "origin: server ")
    small.edit(MINIMAL, f"    ko: {SENTENCE}", PLACES[1][1])
    assert small.problems() == []
