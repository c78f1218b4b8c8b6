"""Rules about the wording of errors and the response that shows it."""

from __future__ import annotations

import pytest

from tests.unit.check.breaking import assert_breaks
from tests.unit.projects import FULL, UMBRELLA, SmallProject

BODY = "response:\n  body:\n    {body}\n\nmeaning:\n"


@pytest.mark.parametrize(
    ("template", "reason"),
    [
        ("Busy", "has fewer than 5 literal letters, so it would recognise any text"),
        ("Overloaded <Not>", "`<Not>` is not a placeholder (use small letters, digits and _: `<n>`)"),
    ],
)
def test_template_that_recognises_nothing(small: SmallProject, template, reason):
    small.edit(UMBRELLA, "template: Overloaded", f"template: {template}")

    assert_breaks(small, "signature_compiles", (UMBRELLA, f"template: {template}", "messages[0].template", f"gives no signature: {reason}"))


def test_placeholder_without_an_example(small: SmallProject):
    small.edit(UMBRELLA, "template: Overloaded", "template: Overloaded <why>")

    assert_breaks(
        small, "placeholders_are_filled", (UMBRELLA, "template: Overloaded <why>", "messages[0].fill", "has no example for `<why>`")
    )


def test_example_without_a_placeholder(small: SmallProject):
    small.edit(UMBRELLA, "template: Overloaded", "template: Overloaded\n    fill: { why: load }")

    assert_breaks(small, "placeholders_are_filled", (UMBRELLA, "fill:", "messages[0].fill.why", "is not a placeholder of the template"))


def test_wording_that_ends_before_it_begins(small: SmallProject):
    small.edit(UMBRELLA, "template: Overloaded", 'template: Overloaded\n    seen_from: "2026"\n    seen_to: "2025-12"')

    assert_breaks(small, "wordings_are_in_order", (UMBRELLA, "seen_from", "messages[0].seen_from", "is after seen_to (2025-12)"))


@pytest.mark.parametrize(
    ("first", "last"), [("2026-09-01", "2026"), ("2026-09-01", "2026-09"), ("2026", "2026-01"), ("2026-02", "2026-02")]
)
def test_wording_that_begins_and_ends_in_the_same_time(small: SmallProject, first, last):
    small.edit(UMBRELLA, "template: Overloaded", f'template: Overloaded\n    seen_from: "{first}"\n    seen_to: "{last}"')

    assert small.problems() == []


def test_newer_wording_after_an_older_one(small: SmallProject):
    small.edit(FULL, 'seen_to: "2026-09-01"', 'seen_to: "2026-11-01"')

    assert_breaks(
        small,
        "wordings_are_in_order",
        (FULL, "template: Image is too large & was", "messages[1]", "was seen later than the wording before it"),
    )


@pytest.mark.parametrize("last", ["2026-10-31", "2026-10", "2026"])
def test_wordings_of_the_same_month_are_in_order(small: SmallProject, last):
    small.edit(FULL, 'seen_to: "2026-09-01"', f'seen_to: "{last}"')

    assert small.problems() == []


def test_status_of_a_wording_that_no_identity_has(small: SmallProject):
    small.edit(UMBRELLA, "template: Overloaded", "template: Overloaded\n    status: 503")

    assert_breaks(small, "wording_has_identity", (UMBRELLA, "status: 503", "messages[0].status", "503 is no status of this entry"))


def test_error_code_of_a_wording_that_no_identity_has(small: SmallProject):
    small.edit(UMBRELLA, "template: Overloaded", "template: Overloaded\n    error_code: other")

    message = "`other` is no error_code of this entry"
    assert_breaks(small, "wording_has_identity", (UMBRELLA, "error_code: other", "messages[0].error_code", message))


@pytest.mark.parametrize(
    ("body", "place", "field", "message"),
    [
        ("{ type: error }", "  body:", "response.body", "has no `error`"),
        ("{ error: Overloaded }", "  body:", "response.body", "has no `error`"),
        (
            "{ error: { type: api_error, message: Overloaded } }",
            "api_error",
            "response.body.error.type",
            "`api_error` is not a type of this entry",
        ),
        (
            "{ error: { type: overloaded_error, message: Something else } }",
            "Something else",
            "response.body.error.message",
            "is none of this entry's messages",
        ),
        ("{ error: { type: overloaded_error } }", "{ error:", "response.body.error.message", "is none of this entry's messages"),
    ],
)
def test_response_that_is_another_error(small: SmallProject, body, place, field, message):
    small.edit(UMBRELLA, "meaning:\n", BODY.format(body=body))

    assert_breaks(small, "response_is_this_error", (UMBRELLA, place, field, message))


def test_response_with_a_filled_template(small: SmallProject):
    small.edit(UMBRELLA, "meaning:\n", BODY.format(body='{ error: { type: overloaded_error, message: "Overloaded, sorry" } }'))

    assert small.problems() == []


def test_template_that_recognises_nothing_is_reported_once(small: SmallProject):
    small.edit(UMBRELLA, "template: Overloaded", "template: Busy")
    small.edit(UMBRELLA, "meaning:\n", BODY.format(body="{ error: { type: overloaded_error, message: Busy } }"))

    assert [problem.field for problem in small.problems()] == ["messages[0].template"]
