"""Wordings are found whole, in part, and cut by the ends of a text."""

from __future__ import annotations

from typing import Any

import pytest

from generator.decode.match import COMMON, EDGE_LETTERS, GAP, GRAM, Matcher
from tests.unit.hostile import PATTERNS, SIZES, grown


def record(slug: str, *templates: list[str]) -> dict[str, Any]:
    return {"slug": slug, "templates": list(templates)}


MIXED = record("mixed", ["maxtokensmustbe", "notmore", "pleaselowermaxtokensandsendagain"])
LONG = record("long", ["promptistoolong", "tokensexceedthemaximumnumberthatthismodelreads"])


def found(text: str, *records: dict[str, Any]) -> dict[str, tuple[bool, int, tuple[tuple[int, int], ...]]]:
    return {one.record["slug"]: (one.whole, one.letters, one.spans) for one in Matcher(records or (MIXED, LONG)).find(text)}


def test_wording_is_found_from_its_first_literal_to_its_last():
    text = "xx" + "maxtokensmustbe" + "5" + "notmore" + "6" + "pleaselowermaxtokensandsendagain" + "yy"

    assert found(text) == {"mixed": (True, 54, ((2, len(text) - 2),))}


def test_literals_stand_in_their_order():
    one = found("notmore6maxtokensmustbe5pleaselowermaxtokensandsendagain", MIXED)

    assert not one["mixed"][0]


@pytest.mark.parametrize(("between", "whole"), [(0, True), (GAP, True), (GAP + 1, False)])
@pytest.mark.parametrize("before", [True, False])
def test_placeholder_stands_for_no_more_than_the_gap(between: int, whole: bool, before: bool):
    # The longest literal is looked up first; the others are looked for to its left and right.
    literals = ["shortone", "thelongestliteralofthewording"]
    text = ("0" * between).join(literals if before else reversed(literals))

    assert found(text, record("one", literals if before else literals[::-1]))["one"][0] == whole


def test_part_of_a_wording_is_found_with_its_share():
    (one,) = Matcher([LONG]).find("x" * 30 + LONG["templates"][0][1][:40] + "x" * 30)

    assert not one.whole
    assert one.letters == 40
    assert one.score == pytest.approx(40 * 40 / 61)
    assert (one.spans[0][0], one.spans[-1][1]) == (30, 70)


def test_small_part_in_the_middle_is_not_found():
    assert found("x" * 30 + "maxtokensmustbe" + "x" * 30) == {}


@pytest.mark.parametrize(
    ("text", "there"),
    [
        ("x" * 30 + "promptistoolon", True),
        ("mptistoolong" + "x" * 30, True),
        ("x" * 30 + "promptistoolon" + "x", False),
        ("x" + "mptistoolong" + "x" * 30, False),
        ("x" * 30 + "promptistoo"[: EDGE_LETTERS - 1], False),
    ],
)
def test_wording_that_an_end_of_the_text_cuts_through_is_found(text: str, there: bool):
    assert ("long" in found(text)) == there


def test_short_wording_is_found_by_itself():
    short = record("short", ["toobusy"])

    assert len("toobusy") < GRAM
    assert found("sorrytoobusynow", short) == {"short": (True, 7, ((5, 12),))}
    assert found("sorrytoobussnow", short) == {}


def test_letters_that_many_wordings_share_tell_nothing():
    crowd = [
        record(f"r{number}", ["sharedbyallofthem" + chr(97 + number % 26) * 3 + chr(97 + number // 26) * 12])
        for number in range(COMMON + 5)
    ]

    assert Matcher(crowd).find("xxx" + "sharedbyallofthem" + "xxx") == []
    assert [one.record["slug"] for one in Matcher(crowd).find(crowd[7]["templates"][0][0]) if one.whole] == ["r7"]


def test_wordings_of_common_letters_alone_are_found_whole():
    twins = [record(f"r{number}", ["sharedbyallofthem"]) for number in range(COMMON + 5)]

    assert {one.whole for one in Matcher(twins).find("xsharedbyallofthemx")} == {True}
    assert len(found("xsharedbyallofthemx", *twins)) == COMMON + 5


def test_second_attempt_counts_when_the_first_lacks_a_literal():
    literals = ["beginning", "theverylongendofthemessage"]
    text = "theverylongendofthemessage" + "x" * 500 + "beginning" + "theverylongendofthemessage"

    assert found(text, record("one", literals))["one"][0]


def test_empty_text_and_empty_wording_match_nothing():
    assert Matcher([record("none", [])]).find("anything") == []
    assert found("") == {}


class Counted(str):
    """A text that counts the letters that are taken or searched of it."""

    letters = 0

    def __getitem__(self, key: Any) -> str:
        piece = super().__getitem__(key)
        Counted.letters += len(piece)
        return piece

    def _searched(self, start: int, end: int | None) -> None:
        Counted.letters += min(end if end is not None else len(self), len(self)) - start

    def find(self, sub: str, start: int = 0, end: int | None = None) -> int:  # type: ignore[override]
        self._searched(start, end)
        return super().find(sub, start, end)

    def rfind(self, sub: str, start: int = 0, end: int | None = None) -> int:  # type: ignore[override]
        self._searched(start, end)
        return super().rfind(sub, start, end)

    def startswith(self, prefix: str, start: int = 0) -> bool:  # type: ignore[override]
        Counted.letters += len(prefix)
        return super().startswith(prefix, start)


def letters_read(matcher: Matcher, text: str) -> int:
    Counted.letters = 0
    matcher.find(Counted(text))
    return Counted.letters


WORDINGS = "".join("".join(literals) for one in (MIXED, LONG) for literals in one["templates"])


@pytest.mark.parametrize(
    "pattern", [*(PATTERNS[name] for name in ("letters", "words of 24 letters")), WORDINGS, "maxtokensmustbe", "promptistoolong"]
)
def test_letters_read_grow_with_the_text_and_no_faster(pattern: str):
    matcher = Matcher([MIXED, LONG])
    read = [letters_read(matcher, grown(pattern, size)) for size in SIZES]

    assert read[1] < 2.1 * read[0]
    assert read[2] < 2.1 * read[1]


def test_repeated_wording_is_looked_at_a_few_times_only():
    # Without the last literal every attempt fails, and there are as many as the text has repetitions.
    matcher = Matcher([MIXED])
    once = letters_read(matcher, grown("x", 100_000))
    again = letters_read(matcher, grown("pleaselowermaxtokensandsendagain", 100_000))

    assert again - once < 30 * 500
