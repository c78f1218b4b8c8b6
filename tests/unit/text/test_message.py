"""A message is recognised by its template."""

from __future__ import annotations

import time

import pytest

from generator.text.message import SignatureError, compile_signature, fill, pieces, placeholders


def test_placeholders_stand_in_order_and_once():
    assert placeholders("<b> of <a>, <b> left; <Not> <1>") == ["b", "a"]


def test_template_is_cut_into_text_and_placeholders():
    assert pieces("max <n> of <total>") == [("max ", False), ("n", True), (" of ", False), ("total", True)]


def test_template_is_filled():
    assert fill("max <n> of <n>: <why>", {"n": "5", "why": "<n>"}) == "max 5 of 5: <n>"


def test_placeholder_without_a_value_cannot_be_filled():
    with pytest.raises(KeyError):
        fill("max <n>", {})


@pytest.mark.parametrize(
    "text",
    [
        "image exceeds 10 MB: 20 > 10",
        "Error 400: image exceeds 10 MB: 20 > 10 (request req_1)",
        "image\n exceeds\t10 MB:  20 > 10",
        "image exceeds <n> MB: <size> > <n>",
    ],
)
def test_filled_message_is_recognised(text):
    assert compile_signature("image exceeds <n> MB: <size> > <n>").recognises(text)


@pytest.mark.parametrize("text", ["", "image", "MB: image exceeds", "Image exceeds 10 MB: 20 > 10", "image exceeds 10 GB: 2 > 1"])
def test_other_text_is_not_recognised(text):
    assert not compile_signature("image exceeds <n> MB: <size> > <n>").recognises(text)


@pytest.mark.parametrize(
    ("template", "reason"),
    [
        ("Over <N> bytes of file", "`<N>` is not a placeholder"),
        ("Over <file-id> in the file", "`<file-id>` is not a placeholder"),
        ("Over <n bytes of file", "`<n` is not a placeholder"),
        ("max <n>", "has fewer than 5 literal letters"),
        ("<a>: -- !! ...", "has fewer than 5 literal letters"),
        ("too long <a><b>", "nothing stands between `<a>` and `<b>`"),
    ],
)
def test_template_that_recognises_nothing_is_refused_with_the_reason(template, reason):
    with pytest.raises(SignatureError, match="^" + reason.replace("<", r"\<").replace(".", r"\.")):
        compile_signature(template)


@pytest.mark.parametrize("template", ["20971520 > 10 bytes", "a < b is not true", "line 1\nline 2 of it"])
def test_sign_that_opens_no_placeholder_is_literal(template):
    assert compile_signature(template).recognises(template)


def test_text_counts_for_one_part_of_the_template_only():
    signature = compile_signature("too long <a> too long")

    assert signature.recognises("too long: too long")
    assert not signature.recognises("too long")


def test_long_text_cannot_make_it_slow():
    signature = compile_signature("aaaaaa<a>aaaaaa<b>aaaaaa<c>aaaaaab")
    start = time.perf_counter()

    assert not signature.recognises("a" * 1_000_000)
    assert time.perf_counter() - start < 2
