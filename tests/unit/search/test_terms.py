"""Texts are cut into terms that a search finds them by."""

from __future__ import annotations

import pytest

from generator.search.terms import joined, pairs, stem, terms


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("한도를", ["한도", "도를"]),
        ("요청 제한", ["요청", "제한"]),
        ("키", ["키"]),
        ("키가", ["키", "키가"]),
        ("한도", ["한", "한도"]),
        ("RateLimitError", ["rate", "limit", "error", "ratelimiterror"]),
        ("batch_too_large", ["batch", "too", "larg", "batchtoolarge"]),
        ("APIError", ["api", "error", "apierror"]),
        ("ECONNRESET", ["econnreset"]),
        ("256MB, 429", ["256", "mb", "256mb", "429"]),
        ("API가 529", ["api", "가", "529"]),
        ("ＡＰＩ", ["api"]),
        ("…!?", []),
        ("", []),
    ],
)
def test_text_is_cut_into_pairs_of_syllables_and_words_of_names(text: str, expected: list[str]):
    assert list(terms(text)) == expected


@pytest.mark.parametrize(
    "words",
    [
        ("exceed", "exceeds", "exceeded", "exceeding"),
        ("retry", "retries", "retrying", "retried"),
        ("message", "messages"),
        ("stream", "streams", "streaming"),
        ("cache", "caches", "cached", "caching"),
        ("stop", "stopped", "stopping"),
    ],
)
def test_forms_of_an_english_word_are_one_term(words: tuple[str, ...]):
    assert len({stem(word) for word in words}) == 1, {word: stem(word) for word in words}


@pytest.mark.parametrize("word", ["api", "status", "access", "need", "this", "529", "오류들"])
def test_word_that_only_looks_inflected_stays(word: str):
    assert stem(word) == word


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Too many requests.", ["toomanyrequests"]),
        ("rate-limit error", ["ratelimiterror"]),
        ("overloaded_error", ["overloadederror"]),
        ("overloaded", []),
        ("one two three four five six", []),
        ("rate 제한", []),
        ("messages: at least one", []),
    ],
)
def test_short_phrase_is_also_one_name(text: str, expected: list[str]):
    assert joined(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("사용 한도에 도달", ["사용 한도", "한도 도달"]),
        ("usage limits", ["usag limit"]),
        ("Claude 한도", ["claud 한도"]),
        ("rate_limit", ["rate limit"]),
        ("한도", []),
    ],
)
def test_neighbours_are_one_term_whatever_their_particles(text: str, expected: list[str]):
    assert list(pairs(text)) == expected
