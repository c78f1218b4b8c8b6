"""The response that a guide shows."""

from __future__ import annotations

import json

import pytest

from generator.text.message import EXAMPLE_REQUEST_ID, response_body, response_json
from tests.unit.projects import FULL, MINIMAL, UMBRELLA, SmallProject


def test_body_is_made_from_the_first_identity_and_message(small: SmallProject):
    assert response_body(small.located("stuck_image").entry) == {
        "type": "error",
        "error": {
            "type": "invalid_request_error",
            "message": "messages.0.content: image exceeds 10485760 bytes: 20971520 > 10485760",
            "details": {"error_code": "image_too_large"},
        },
        "request_id": EXAMPLE_REQUEST_ID,
    }


def test_body_without_an_error_code_has_no_details(small: SmallProject):
    body = response_body(small.located("busy_error").entry)

    assert body is not None
    assert body["error"] == {"type": "overloaded_error", "message": "Overloaded"}


def test_body_of_the_entry_is_shown_as_it_is(small: SmallProject):
    small.edit(UMBRELLA, "meaning:\n", "response:\n  body: {error: {type: overloaded_error, message: Overloaded}}\n\nmeaning:\n")

    assert response_body(small.located("busy_error").entry) == {"error": {"type": "overloaded_error", "message": "Overloaded"}}


def test_error_without_an_answer_shows_none(small: SmallProject):
    assert response_json(small.located("busy_region").entry) is None


@pytest.mark.parametrize("origin", ["sdk", "subscription"])
def test_error_that_no_server_sent_shows_none(small: SmallProject, origin):
    small.edit(UMBRELLA, "origin: server", f"origin: {origin}")

    assert response_body(small.located("busy_error").entry) is None


def test_error_whose_message_is_not_known_shows_none(small: SmallProject):
    small.edit(UMBRELLA, "messages:\n  - template: Overloaded\n    evidence: docs\n    source: vision\n", "")

    assert response_body(small.located("busy_error").entry) is None


def test_json_keeps_korean_and_is_indented(small: SmallProject):
    small.edit(FULL, '{ i: "0", n:', "{ i: 첫째, n:")
    shown = response_json(small.located("stuck_image").entry)

    assert shown is not None
    assert "messages.첫째.content" in shown
    assert shown.splitlines()[1] == '  "type": "error",'


def test_day_in_a_body_is_shown_as_a_text(small: SmallProject):
    small.edit(MINIMAL, "meaning:\n", "response:\n  body: {error: {type: null, message: x, until: 2026-12-01}}\n\nmeaning:\n")

    shown = response_json(small.located("busy_region").entry)

    assert shown is not None
    assert json.loads(shown)["error"]["until"] == "2026-12-01"
