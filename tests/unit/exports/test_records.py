"""The published JSON: every fact of an entry that a program needs, in plain words."""

from __future__ import annotations

import json
from typing import Any

import jsonschema

from generator.exports.records import Publisher
from generator.schemas import json_schemas
from generator.schemas.published import Error
from tests.unit.projects import FULL, UMBRELLA, SmallProject
from tests.unit.projects import published as published_files

SITE = "https://a.example/docs/"


def error(small: SmallProject, slug: str) -> Error:
    project = small.load()
    return Publisher(project, SITE).error(project.catalogue.by_slug[slug].entry)


def published(small: SmallProject, name: str) -> dict[str, Any]:
    """Return a file of the site below `api/v1/`."""
    found: dict[str, Any] = json.loads(published_files(small.load(), SITE)[f"api/v1/{name}"])
    return found


def pending(small: SmallProject, slug: str) -> None:
    """Give the umbrella page a record of an error without a guide."""
    small.edit(
        UMBRELLA,
        "aliases: [",
        f"pending:\n  - slug: {slug}\n    title: {{ ko: 한 가지, en: One `more` }}\n    status: 529\n    type: overloaded_error\n"
        "    error_codes: [one_more]\n    retry: backoff\n    messages: ['More <n> of it']\n    source: api_errors\n"
        "    change: { ko: 기다리세요., en: Wait. }\naliases: [",
    )


def test_texts_are_plain_with_their_facts_and_without_citations(small: SmallProject):
    made = error(small, "stuck_image")

    assert made.summary.en == "One image is over 10 MB, so messages.0 was refused."
    assert made.summary.ko == "이미지 하나가 10 MB 한도를 넘어 messages.0이 거부되었습니다."
    assert made.verdict.say.en == "Make the image smaller, then send again."


def test_addresses_are_absolute_and_in_both_languages(small: SmallProject):
    urls = error(small, "stuck_image").urls

    assert urls.model_dump() == {
        "ko": f"{SITE}ko/errors/stuck_image/",
        "en": f"{SITE}en/errors/stuck_image/",
        "markdown": {"ko": f"{SITE}ko/errors/stuck_image/index.md", "en": f"{SITE}en/errors/stuck_image/index.md"},
        "json": f"{SITE}api/v1/errors/stuck_image.json",
    }


def test_what_is_not_there_is_null_and_not_left_out(small: SmallProject):
    made = error(small, "busy_region").model_dump()

    assert made["verdict"].keys() == {"retry", "fault", "billed", "wait", "sticky", "say", "why"}
    assert made["status_note"] is None
    assert [identity.keys() for identity in made["identities"]] == [{"status", "type", "error_code"}] * len(made["identities"])


def test_a_wording_of_another_status_has_not_the_code_of_the_first_identity(small: SmallProject):
    messages = error(small, "stuck_image").messages

    assert [(message.status, message.error_code) for message in messages] == [
        (400, "image_too_large"),
        (413, None),
        (400, "image_too_large"),
    ]


def test_days_of_a_wording_are_those_of_the_entry(small: SmallProject):
    assert error(small, "stuck_image").model_dump()["messages"][0]["seen"] == {"from": "2026", "to": "2026-10"}


def test_an_error_without_a_guide_stands_on_the_page_of_its_family(small: SmallProject):
    pending(small, "one_more")
    record = error(small, "busy_error").pending[0]

    assert (record.slug, record.error_codes, record.title.en) == ("one_more", ("one_more",), "One more")
    assert record.urls.ko == f"{SITE}ko/errors/busy_error/#one_more"


def test_an_error_that_has_its_guide_now_is_not_pending(small: SmallProject):
    pending(small, "stuck_image")

    assert error(small, "busy_error").pending == ()


def test_catalogue_has_every_entry_and_the_newest_day(small: SmallProject):
    small.edit(FULL, "checked: 2026-10-10", "checked: 2026-12-24")
    made = published(small, "errors.json")

    assert [error["slug"] for error in made["errors"]] == ["busy_error", "busy_region", "stuck_image"]
    assert made["checked"] == "2026-12-24"


def test_catalogue_without_an_entry_is_one(empty: SmallProject):
    made = published(empty, "errors.json")

    assert (made["errors"], made["checked"]) == ([], None)


def test_file_of_an_error_is_its_record_behind_the_address_of_its_schema(small: SmallProject):
    made = published(small, "errors/stuck_image.json")

    assert next(iter(made)) == "$schema"
    assert made.pop("$schema") == f"{SITE}api/v1/error.schema.json"
    assert made == error(small, "stuck_image").model_dump(mode="json")


def test_schema_tells_a_wrong_record_and_lets_a_field_of_the_future_pass(small: SmallProject):
    validator = jsonschema.Draft202012Validator(json.loads(json_schemas.schemas()["errors.schema.json"]))
    good = published(small, "errors.json")
    assert list(validator.iter_errors(good)) == []

    assert list(validator.iter_errors({**good, "new": 1})) == []
    for change in ({"retry": "soon"}, {"sticky": None}, {"say": "Wait"}):
        wrong = json.loads(json.dumps(good))
        wrong["errors"][0]["verdict"] |= change
        assert list(validator.iter_errors(wrong)), change
    del good["errors"][0]["verdict"]["why"]
    assert list(validator.iter_errors(good))
