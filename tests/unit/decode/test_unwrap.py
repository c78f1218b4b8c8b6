"""A paste is taken out of escapes, codes and colours, and every character keeps its place."""

from __future__ import annotations

import json
import urllib.parse

import pytest

from generator.decode.unwrap import Placed, readable, squeezed, squeezed_text, wording, wording_text


def text_of(paste: str) -> str:
    return readable(paste).text


@pytest.mark.parametrize("depth", [0, 1, 2, 3, 4])
def test_text_in_json_in_json_is_read_at_every_depth_that_logs_reach(depth):
    paste = 'field "max_tokens":\nmust be \u00e9 < 5'
    for _ in range(depth):
        paste = json.dumps(paste)

    assert squeezed_text(paste) == "fieldmaxtokensmustbe5"


@pytest.mark.parametrize("depth", [1, 2, 3, 4])
def test_percent_codes_are_resolved_at_every_depth_that_logs_reach(depth):
    paste = "Error code: 400"
    for _ in range(depth):
        paste = urllib.parse.quote(paste)

    assert text_of(paste) == "Error code: 400"


@pytest.mark.parametrize(
    ("paste", "text"),
    [
        (r"a\nb\tc\rd", "a b c d"),
        (r"a\\\nb", "a b"),
        (r"\"a\' \`b\` \/v1", "\"a' `b` /v1"),
        (r"\u0041\x42\u00e9\xc3", "AB\ufffd\ufffd"),
        ("%41%c3%A9%zz%4", "A\ufffd\ufffd%zz%4"),
        ("&quot;&apos;&amp;lt;&gt;&nbsp;", "\"'<> "),
        ("&#65;&#x42;&#233;&#x1f600;", "AB\ufffd\ufffd"),
        ("&unknown; &; &#; &#x;", "&unknown; &; &#; &#x;"),
        ("\x1b[31mred\x1b[0m \u241b[1;38;5;196mmore\x1b[K", "red more"),
        ("\x1b]8;;x \x1b[12345678901234567m", "\x1b]8;;x \x1b[12345678901234567m"),
        (r"C:\Users\me \d \\", r"C:\Users\me \d \\"),
        ("속도 제한 😀", "속도 제한 😀"),
        ("", ""),
    ],
)
def test_what_was_put_around_a_text_is_taken_away(paste, text):
    assert text_of(paste) == text


def test_code_beyond_ascii_becomes_no_letter():
    # Half of a UTF-8 character must not be read as the letter that has its number in some old table.
    assert squeezed_text("caf%C3%A9 \\u0430 &#1072;") == "caf"


@pytest.mark.parametrize("paste", [r"\u0041bc \\\"q\\\" %41 &lt;x&gt;", "\x1b[31mred\x1b[0m text", "plain", '{"a": "b \\u00e9 \\n c"}'])
def test_every_character_keeps_the_place_that_it_had_in_the_paste(paste):
    read = readable(paste)

    assert len(read.places) == len(read.text)
    assert read.places == sorted(read.places)
    for character, place in zip(read.text, read.places, strict=True):
        assert paste[place] == character or paste[place] in "\\%&"


def test_places_point_through_three_rounds_of_escapes():
    paste = "before " + json.dumps(json.dumps("x\ny: `max_tokens`")) + " after"
    letters = squeezed(readable(paste))
    start = letters.text.index("maxtokens")

    assert paste[letters.places[start] : letters.places[start + len("maxtokens") - 1] + 1] == "max_tokens"


@pytest.mark.parametrize(
    "paste", ["Too many\n    requests", "TOO MANY REQUESTS", "`too` 'many' \"requests\"", "too ma\n     ny requests", "too-many_requests"]
)
def test_case_quotes_and_wrapping_do_not_count(paste):
    assert squeezed_text(paste) == "toomanyrequests"


def test_letters_of_other_alphabets_are_left_out():
    # U+212A and U+017F are K and s only to those who fold case beyond ASCII.
    assert squeezed_text("a\u212a\u017f\u0410가b\uff11") == "ab"


@pytest.mark.parametrize(
    ("text", "letters"),
    [
        ("not_found_error: Not found", "|notfound"),
        ("anthropic.NotFoundError: Not found", "anthropic|notfound"),
        ("TypeError and ValueException", "|and|"),
        ("Internal server error", "internalservererror"),
        ("Error: Errors", "errorerrors"),
        ("X_not_found_error2", "|2"),
        ("one_two_three_four_five_six_seven_error", "one|"),
    ],
)
def test_names_of_types_and_classes_say_nothing_of_the_message(text, letters):
    assert wording_text(text) == letters


def test_bar_for_a_name_stands_where_the_name_began():
    assert wording(readable("a not_found_error b")) == Placed("a|b", [0, 2, 18])


class Counted(str):
    """A text that counts how many characters are read of it one by one."""

    read = 0

    def __getitem__(self, key):
        Counted.read += 1
        return super().__getitem__(key)


def test_squeezing_reads_every_character_once():
    Counted.read = 0
    text = Counted("a_%25\\" * 1000)

    squeezed(Placed(text, list(range(len(text)))))

    assert Counted.read == len(text)
