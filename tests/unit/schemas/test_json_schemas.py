"""The JSON Schemas that editors use, and those of the published JSON."""

from __future__ import annotations

import json

import jsonschema
import pytest

from generator.schemas import json_schemas
from generator.schemas.entry import Entry
from generator.schemas.published import Catalogue
from tests.unit.projects import SmallProject


@pytest.mark.parametrize("name", sorted(json_schemas.schemas()))
def test_schema_is_a_valid_schema(name):
    jsonschema.Draft202012Validator.check_schema(json.loads(json_schemas.schemas()[name]))


def test_entries_every_file_of_facts_and_the_published_files_have_one():
    facts = ("sources", "limits", "sdk", "statuses", "models", "prices", "platforms", "services", "glossary", "topics")

    assert set(json_schemas.schemas()) == {f"{stem}.schema.json" for stem in ("entry", "page", *facts, "errors", "error")}


def test_what_stands_below_a_field_is_its_description():
    entry = json.loads(json_schemas.text_of(Entry))
    errors = json.loads(json_schemas.text_of(Catalogue))

    assert entry["properties"]["slug"]["description"].startswith("Name of the file")
    # Models of both modules may have one name.
    assert entry["$defs"]["Message"]["properties"]["evidence"]["description"].startswith("Where the wording was read")
    assert errors["$defs"]["Message"]["properties"]["evidence"]["description"].startswith("Where it was read")
    assert "description" not in errors["$defs"]["Error"]["properties"]["causes"]


def test_fresh_schemas_are_not_stale(small: SmallProject):
    assert json_schemas.stale(small.root) == []
    assert json_schemas.write(small.root) == []


def test_changed_missing_and_foreign_schemas_are_stale_until_written(small: SmallProject):
    small.write("schema/entry.schema.json", "{}")
    small.remove("schema/sdk.schema.json")
    small.write("schema/other.json", "{}")
    stale = ["entry.schema.json", "other.json", "sdk.schema.json"]

    assert json_schemas.stale(small.root) == stale
    assert json_schemas.write(small.root) == stale
    assert json_schemas.stale(small.root) == []
    assert not (small.root / "schema/other.json").exists()


def test_missing_folder_is_made(small: SmallProject):
    small.remove("schema")

    assert len(json_schemas.write(small.root)) == len(json_schemas.schemas())


def test_schema_that_is_no_text_is_stale(small: SmallProject):
    small.write("schema/entry.schema.json", b"\xff")

    assert json_schemas.stale(small.root) == ["entry.schema.json"]


def test_schema_shows_what_a_field_means():
    schema = json.loads(json_schemas.schemas()["entry.schema.json"])

    assert schema["$defs"]["Text"]["properties"]["ko"]["description"] == "Korean, in 합니다체, with the terms of the glossary."
    assert schema["additionalProperties"] is False
