"""What an entry may say, and what it may not."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError

from generator.schemas import entry as schema
from generator.schemas import facts
from generator.schemas.entry import SEEN_PATTERN, Identity, Slug, Source, Text, Url
from tests.unit.projects import SmallProject


def accepts(kind: Any, value: object) -> bool:
    try:
        TypeAdapter(kind).validate_python(value)
    except ValidationError:
        return False
    return True


@pytest.mark.parametrize("slug", ["a", "batch_error", "file_2", "a1b2", "x" * 64])
def test_slug_is_snake_case(slug):
    assert accepts(Slug, slug)


@pytest.mark.parametrize("slug", ["", "Batch", "2a", "_a", "a_", "a__b", "a-b", "a b", "a/b", "../a", "a\n", "x" * 65, "배치"])
def test_other_slugs_are_refused(slug):
    assert not accepts(Slug, slug)


@pytest.mark.parametrize("day", ["2026", "2026-10", "2026-10-21"])
def test_wording_is_seen_in_a_year_a_month_or_on_a_day(day):
    assert problems_of_message({"seen_from": day}) == []


@pytest.mark.parametrize("day", ["26", "2026-1", "2026-20", "2026-10-41", "October 2026", "2026-10-21T00:00", "1999"])
def test_other_times_are_refused(day):
    found = problems_of_message({"seen_from": day})

    assert [(error["loc"], error["ctx"]["pattern"]) for error in found] == [(("seen_from",), SEEN_PATTERN)]


def problems_of_message(fields: dict[str, object]) -> list[Any]:
    try:
        schema.Message.model_validate({"template": "x", "evidence": "docs", "source": "docs", **fields})
    except ValidationError as error:
        return error.errors()
    return []


@pytest.mark.parametrize("url", ["http://a.example", "https://a.example/ b", 'https://a.example/"', "javascript:alert(1)", "https://<a>"])
def test_url_that_is_not_plain_https_is_refused(url):
    assert not accepts(Url, url)


@pytest.mark.parametrize("status", ["400", 400.0, True, 99, 600])
def test_status_is_a_number_and_nothing_is_converted(status):
    assert not accepts(Identity, {"status": status, "type": None})


def test_day_is_a_date_and_no_text():
    assert accepts(Source, {"title": "x", "kind": "docs", "read": datetime.date(2026, 11, 21)})
    assert not accepts(Source, {"title": "x", "kind": "docs", "read": "2026-11-21"})


def test_text_needs_both_languages():
    assert accepts(Text, {"ko": "글", "en": "text"})
    assert not accepts(Text, {"ko": "글"})
    assert not accepts(Text, {"ko": "글", "en": " "})


def test_main_identity_is_the_first(small: SmallProject):
    entry = small.located("stuck_image").entry

    assert entry.main == Identity(status=400, type="invalid_request_error", error_code="image_too_large")


def test_entry_never_changes(small: SmallProject):
    entry = small.located("stuck_image").entry

    with pytest.raises(ValidationError, match="frozen"):
        entry.slug = "other"  # type: ignore[misc]


@pytest.mark.parametrize("module", [schema, facts])
def test_every_model_refuses_unknown_keys_and_says_what_it_is(module):
    models = [value for value in vars(module).values() if isinstance(value, type) and issubclass(value, schema.Model)]

    assert len(models) > 5
    for model in models:
        assert model.__doc__, model
        assert (model.model_config["extra"], model.model_config["frozen"], model.model_config["strict"]) == ("forbid", True, True), model
