"""The index holds what the decoder needs of each entry, and the words of the box in each language."""

from __future__ import annotations

import json
from typing import Any

import pytest

from generator.decode import index
from tests.unit.projects import FULL, MINIMAL, UMBRELLA, SmallProject

PENDING = """
pending:
  - slug: busy_night
    title: { ko: 밤의 과부하, en: Overload at night }
    status: 529
    type: overloaded_error
    error_codes: [night_time]
    retry: backoff
    messages: ["Overloaded until <hour> o'clock"]
    source: vision
    change: { ko: 아침에 보내세요., en: Send in the morning. }
"""


@pytest.fixture
def built(small: SmallProject) -> dict[str, Any]:
    small.write(UMBRELLA, (small.root / UMBRELLA).read_text(encoding="utf-8") + PENDING)
    return index.build(small.load())


def records(built: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {record["slug"]: record for record in built["records"]}


def test_every_entry_and_every_pending_error_is_a_record(built: dict[str, Any]):
    assert {record["slug"]: record["page"] for record in built["records"]} == {
        "busy_error": "busy_error",
        "busy_night": "busy_error",
        "busy_region": "busy_region",
        "stuck_image": "stuck_image",
    }


def test_record_holds_squeezed_literals_codes_statuses_and_types(built: dict[str, Any]):
    found = records(built)["busy_night"]

    assert found["templates"] == [["overloadeduntil", "oclock"]]
    assert found["codes"] == ["nighttime"]
    assert (found["statuses"], found["types"]) == ([529], ["overloaded_error"])
    assert (found["parent"], found["family"]) == ("busy_error", False)


def test_umbrella_page_is_a_family_and_its_member_names_it(built: dict[str, Any]):
    found = records(built)

    assert (found["busy_error"]["family"], found["busy_error"]["parent"]) == (True, None)
    assert (found["busy_region"]["family"], found["busy_region"]["parent"]) == (False, "busy_error")
    assert found["stuck_image"]["family"] is False


def test_unknown_status_and_type_are_left_out(built: dict[str, Any]):
    assert (records(built)["busy_region"]["statuses"], records(built)["busy_region"]["types"]) == ([], [])


def test_pending_error_that_got_its_guide_is_no_longer_pending(small: SmallProject):
    small.write(UMBRELLA, (small.root / UMBRELLA).read_text(encoding="utf-8") + PENDING.replace("busy_night", "busy_region"))
    found = index.build(small.load())["records"]

    assert [(record["slug"], record["page"]) for record in found if record["slug"] == "busy_region"] == [("busy_region", "busy_region")]


def test_origin_of_a_stream_is_kept(small: SmallProject):
    small.edit(MINIMAL, "origin: sdk", "origin: stream")

    assert {record["slug"] for record in index.build(small.load())["records"] if record["stream"]} == {"busy_region"}


def test_types_statuses_and_classes_lead_to_the_page_that_answers_for_all(small: SmallProject):
    small.edit(MINIMAL, "  - { status: null, type: null }", "  - { status: 529, type: overloaded_error }")
    found = index.build(small.load())

    assert found["types"]["overloaded_error"] == "busy_error"
    assert found["statuses"]["529"] == "busy_error"
    assert found["classes"]["OverloadedError"] == "busy_error"


def test_umbrella_page_answers_for_a_type_before_its_member(small: SmallProject):
    small.edit(UMBRELLA, "family: null", "family: stuck_image")
    small.edit(FULL, ", error_code: image_too_large }", ", error_code: image_too_large }\n  - { status: 529, type: overloaded_error }")
    found = index.build(small.load())

    assert (found["types"]["overloaded_error"], found["statuses"]["529"]) == ("stuck_image", "stuck_image")


def test_page_that_is_called_like_the_type_answers_for_it_first(small: SmallProject):
    small.edit(UMBRELLA, "type: overloaded_error }", "type: stuck_image }")
    small.edit(FULL, "type: invalid_request_error,", "type: stuck_image,")

    assert index.build(small.load())["types"]["stuck_image"] == "stuck_image"


@pytest.mark.parametrize("name", ["TypeError", "ValueError", "AnthropicError", "RuntimeError"])
def test_class_that_every_program_raises_leads_nowhere(small: SmallProject, name: str):
    small.edit(UMBRELLA, "python: [OverloadedError]", f"python: [OverloadedError, {name}]")
    classes = index.build(small.load())["classes"]

    assert name not in classes
    assert "OverloadedError" in classes


def test_template_without_a_letter_of_its_own_is_no_literal(small: SmallProject):
    small.edit(UMBRELLA, "template: Overloaded", 'template: "not_found_error: <what> (overloaded now)"')

    assert records(index.build(small.load()))["busy_error"]["templates"] == [["overloadednow"]]


def test_index_is_plain_data_and_the_same_each_time(small: SmallProject):
    first, second = (json.dumps(index.build(small.load())) for _ in range(2))

    assert first == second


@pytest.mark.parametrize(
    ("language", "title", "change"), [("ko", "밤의 과부하", "아침에 보내세요."), ("en", "Overload at night", "Send in the morning.")]
)
def test_box_gets_its_words_in_the_language_of_the_page(small: SmallProject, language: str, title: str, change: str):
    small.write(UMBRELLA, (small.root / UMBRELLA).read_text(encoding="utf-8") + PENDING)
    project = small.load()
    found = index.texts(project, language)

    assert set(found["pages"]) == {"busy_error", "busy_region", "stuck_image"}
    assert found["pending"]["busy_night"]["title"] == title
    assert found["pending"]["busy_night"]["change"] == change
    assert found["words"]["answer"] == project.strings[language]("decode.answer")
    assert not any(key.startswith("sample") for key in found["words"])


def test_page_says_what_its_verdict_says(small: SmallProject):
    page = index.texts(small.load(), "en")["pages"]["busy_error"]

    assert page["say"] == "Send again, slower each time."
    assert page["style"] == "backoff"
    assert page["wait"] == "A few seconds"


def test_facts_in_a_title_are_filled_in(small: SmallProject):
    small.edit(FULL, "  en: Oversized image in the history", "  en: Image over {{ limits.images.max_size }} in `messages`")
    title = index.texts(small.load(), "en")["pages"]["stuck_image"]["title"]

    assert "{{" not in title
    assert "`" not in title
