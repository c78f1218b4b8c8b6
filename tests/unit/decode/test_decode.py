"""What a text is: which guide answers, by what in the text, and when none does."""

from __future__ import annotations

from typing import Any

import pytest

from generator.decode.decode import Answer, Decoder
from tests.unit.hostile import PATTERNS, growth


def record(slug: str, *wordings: str, page: str = "", parent: str | None = None, **more: Any) -> dict[str, Any]:
    """Return a record of an index; each wording is the squeezed text of one literal."""
    return {
        "page": page or slug,
        "slug": slug,
        "family": False,
        "parent": parent,
        "stream": False,
        "statuses": [],
        "types": [],
        "codes": [],
        "templates": [[wording] for wording in wordings],
        **more,
    }


RECORDS = [
    record(
        "limit_error",
        *("thisrequestwouldexceedyourlimitoftokensperminute", "ratelimited", "thetokensofthisorganizationareallusedupforthisminute"),
        family=True,
        statuses=[429],
        types=["limit_error"],
        codes=["sharedcode"],
    ),
    record("limit_tokens", "thisrequestwouldexceedyourlimitoftokensperminute", parent="limit_error", statuses=[429], types=["limit_error"]),
    record(
        "limit_ramp",
        "pleasescaleupyourtokensmoregradually",
        page="limit_error",
        parent="limit_error",
        statuses=[429],
        codes=["ramp", "rampsteep", "sharedcode"],
    ),
    record("busy_error", "overload", family=True, statuses=[529], types=["busy_error"]),
    record("busy_stream", "theserviceisoverloadednow", statuses=[529], types=["busy_error"], stream=True),
    record("busy_answer", "theserviceisoverloadednow", statuses=[529], types=["busy_error"]),
    record("bad_request", "maxtokensmustbeatleastone", statuses=[400], types=["bad_error"], codes=["maxtokens"]),
    record("edge", "gatewaysaysno", statuses=[502, 500]),
]
INDEX: dict[str, Any] = {
    "records": RECORDS,
    "types": {"bad_error": "bad_request", "busy_error": "busy_error", "limit_error": "limit_error", "request_too_large": "bad_request"},
    "statuses": {"400": "bad_request", "429": "limit_error", "500": "edge", "529": "busy_error"},
    "classes": {"LimitError": "limit_error", "APIBadError": "bad_request"},
    "claude": ["anthropic", "skant"],
    "platforms": {},
    "partners": ["bedrock"],
    "elsewhere": "edge",
    "others": [
        {"name": {"ko": "다른", "en": "Other"}, "decides": ["otherdecides"], "marks": ["othermarks"]},
        {"name": {"ko": "둘", "en": "Second"}, "decides": ["seconddecides"], "marks": []},
    ],
}
DECODER = Decoder(INDEX)


def decoded(paste: str) -> Answer:
    return DECODER.decode(paste)


def told(paste: str) -> tuple[str, tuple[str, ...], str | None]:
    found = decoded(paste)
    return found.verdict, found.slugs, found.by


def test_error_code_goes_before_everything_else():
    found = decoded('anthropic 529 {"type": "busy_error", "error_code": "ramp", "message": "max_tokens must be at least one"}')

    assert (found.verdict, found.slugs, found.pending, found.by) == ("family", ("limit_error",), "limit_ramp", "error_code")


def test_longest_error_code_is_the_one_that_is_meant():
    paste = '"error_code": "ramp_steep"'
    (span,) = decoded(paste).spans

    assert paste[slice(*span)] == 'error_code": "ramp_steep'


def test_error_code_that_a_family_lists_too_is_its_members():
    assert decoded('"error_code": "shared_code"').pending == "limit_ramp"


def test_message_goes_before_the_type():
    assert told('{"type": "limit_error", "message": "max_tokens must be at least one"}') == ("entry", ("bad_request",), "message")


def test_place_of_the_message_is_that_in_the_paste():
    paste = 'Error: {\\"message\\": \\"`max_tokens` must be\\n    at least one.\\"}'
    (span,) = decoded(paste).spans

    assert paste[slice(*span)] == "max_tokens` must be\\n    at least one"


def test_member_goes_before_its_family_with_the_same_words():
    assert decoded("This request would exceed your limit of tokens per minute").slugs == ("limit_tokens", "limit_error")


def test_pending_member_goes_before_a_longer_wording_of_its_family():
    found = decoded(
        "anthropic: The tokens of this organization are all used up for this minute. Please scale up your tokens more gradually."
    )

    assert (found.verdict, found.slugs[0], found.pending) == ("family", "limit_error", "limit_ramp")


@pytest.mark.parametrize(("letters", "first"), [(54, "member"), (48, "limit_error")])
def test_part_of_a_member_goes_before_its_family_when_it_fits_nearly_as_well(letters: int, first: str):
    wording = "onlyhalfofthosewhoreadthisfarknowwhichpagetheylookforrightnow"[:58]
    decoder = Decoder({**INDEX, "records": [*RECORDS, record("member", wording, parent="limit_error")]})

    found = decoder.decode(f"the tokens of this organization are all used up for this minute: {wording[:letters]} - and so on")

    assert found.slugs[0] == first


def test_status_and_type_decide_between_the_same_words():
    both = [record("a", "thesewordsaresharedbytwo", statuses=[400]), record("b", "thesewordsaresharedbytwo", statuses=[404])]
    decoder = Decoder({**INDEX, "records": [*RECORDS, *both]})

    assert decoder.decode("anthropic 400 these words are shared by two").slugs == ("a", "b")
    assert decoder.decode("anthropic 404 these words are shared by two").slugs == ("b", "a")


@pytest.mark.parametrize(
    ("paste", "slug"),
    [
        ("anthropic event: error data: {'message': 'the service is overloaded now'}", "busy_stream"),
        ("anthropic 529 {'message': 'the service is overloaded now'}", "busy_answer"),
    ],
)
def test_stream_tells_its_errors_from_those_of_answers(paste, slug):
    assert decoded(paste).slugs[0] == slug


@pytest.mark.parametrize(
    ("paste", "by"),
    [
        ('529 {"type": "busy_error", "message": "Overload"}', "message"),
        ('529 {"type": "busy_error", "text": "We are in overload"}', "type"),
        ('529 {"type": "busy_error", "message": "some overload"}', "type"),
        ('400 {"type": "bad_error", "message": "Overload"}', "type"),
    ],
)
def test_short_wording_counts_at_the_beginning_of_a_message_that_status_and_type_fit(paste, by):
    assert decoded(paste).by == by


@pytest.mark.parametrize("paste", ["rate limited", "gateway says no", "I was rate limited today"])
def test_words_that_others_use_too_count_only_in_a_text_of_claude(paste):
    assert decoded(paste).verdict == "not_claude"
    assert decoded(f"anthropic: {paste}").by == "message"


def test_long_wording_needs_no_mark_of_claude():
    assert told("max_tokens must be at least one") == ("entry", ("bad_request",), "message")


@pytest.mark.parametrize("paste", ["other decides: max_tokens must be at least", "second-decides 429", "otherdecides anthropic 429"])
def test_text_of_another_service_is_refused_with_its_name(paste):
    found = decoded(paste)

    assert (found.verdict, found.slugs, found.by) == ("not_claude", (), None)
    assert found.other == INDEX["others"]["second" in paste]["name"]


def test_mark_of_another_service_gives_way_to_a_whole_wording():
    assert decoded("other marks: max_tokens must be at least one").slugs == ("bad_request",)
    assert decoded("other marks: max_tokens must be at le").verdict == "not_claude"
    assert decoded("other marks: {'type': 'bad_error'}").other == {"ko": "다른", "en": "Other"}


def test_word_that_decides_gives_way_only_to_a_whole_wording_of_claude():
    assert decoded("other decides, anthropic: max_tokens must be at least one").slugs == ("bad_request",)
    assert decoded("other decides: max_tokens must be at least one").verdict == "not_claude"


@pytest.mark.parametrize(
    ("paste", "answer"),
    [
        ("anthropic {'type': 'limit_error', 'message': 'never seen'}", ("family", ("limit_error",), "type")),
        ("anthropic.LimitError: never seen", ("family", ("limit_error",), "class")),
        ("anthropic: HTTP 429", ("family", ("limit_error",), "status")),
        ("anthropic LimitError 529", ("family", ("limit_error",), "class")),
        ("anthropic 529 LimitError {'type': 'bad_error'}", ("family", ("bad_request",), "type")),
        ("anthropic never seen", ("unknown", (), None)),
        ("never seen", ("not_claude", (), None)),
        ("", ("not_claude", (), None)),
    ],
)
def test_unknown_message_of_claude_is_answered_by_its_type_else_class_else_status(paste, answer):
    assert told(paste) == answer


@pytest.mark.parametrize(
    ("status", "slug"),
    [(429, "limit_error"), (418, "bad_request"), (599, "edge"), (503, "edge"), (499, "bad_request"), (302, None), (200, None), (101, None)],
)
def test_status_that_nobody_knows_is_treated_as_the_first_of_its_class(status, slug):
    found = decoded(f"anthropic status code: {status}")

    assert found.status == status
    assert found.slugs == ((slug,) if slug else ())


def test_status_alone_on_the_platform_of_a_partner_may_be_the_partners():
    assert decoded("anthropic bedrock HTTP 429").slugs == ("edge",)
    assert decoded("anthropic bedrock 429 limit_error").slugs == ("limit_error",)


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Error code: 429 - {", 429),
        ("HTTP/1.1 503 Service", 503),
        ("HTTP/2 529", 529),
        ("status_code=400", 400),
        ("returned 404", 404),
        ('"status": 500,', 500),
        ("[529] busy", 529),
        ("(429)", 429),
        ("request failed with 400", 400),
        ("line 429 of it", 429),
        ("port 4290", None),
        ("status:429.5", None),
        ("a429", None),
        ("took 1400 ms", None),
        ("code: 600", None),
        ("status\n\n429", 429),
    ],
)
def test_status_is_read_where_texts_have_it(text, status):
    assert decoded(f"anthropic {text}").status == status


def test_body_of_another_service_with_a_common_type_is_not_claimed():
    assert decoded('{"type": "bad_error", "message": "short"}').by == "type"
    assert decoded('{"type": "bad_error", "message": "something long that no guide has words for"}').verdict == "not_claude"


@pytest.mark.parametrize(
    ("paste", "page", "pending"),
    [
        ("429", "limit_error", None),
        (" 529\n", "busy_error", None),
        ("LimitError", "limit_error", None),
        ("limit_error", "limit_error", None),
        ("limit_ramp", "limit_error", "limit_ramp"),
        ("bad_request", "bad_request", None),
        ("request_too_large", "bad_request", None),
    ],
)
def test_name_alone_is_answered(paste, page, pending):
    found = decoded(paste)

    assert (found.slugs, found.pending, found.by) == ((page,), pending, "name")
    assert found.verdict == ("family" if pending or page in ("limit_error", "busy_error") else "entry")


@pytest.mark.parametrize(
    "paste", ["777", "4", "limiterror", "429 429", "\u00a0429", "limit_error!", "__proto__", "constructor", "toString"]
)
def test_what_only_resembles_a_name_is_none(paste):
    assert decoded(paste).by != "name"


def test_at_most_three_guides_are_named_each_once():
    many = [record(f"r{number}", "thesewordsaresharedbymany", "thesewordsaresharedbymanymore") for number in range(6)]
    found = Decoder({**INDEX, "records": [*RECORDS, *many]}).decode("these words are shared by many more")

    assert len(found.slugs) == len(set(found.slugs)) == 3


@pytest.mark.parametrize("name", [*PATTERNS, "all wordings"])
def test_no_text_makes_it_slow(name):
    everything = " ".join(wording for one in RECORDS for (wording,) in one["templates"])

    assert growth(DECODER.decode, PATTERNS.get(name, everything)) < 6
