"""Facts by name, as both languages write them, and what is wrong with them."""

from __future__ import annotations

import datetime

import pytest

from generator.content import facts
from generator.schemas.facts import Fact
from tests.unit.projects import SmallProject

DAY = datetime.date(2026, 11, 21)


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        (100000, "count", "100,000"),
        (1000, "per_minute", "1,000"),
        (256, "MB", "256\N{NO-BREAK SPACE}MB"),
        (1, "TB", "1\N{NO-BREAK SPACE}TB"),
        (10485760, "bytes", "10,485,760\N{NO-BREAK SPACE}bytes"),
        (50, "percent", "50%"),
        (500, "USD", "$500"),
        (0.5, "USD_per_MTok", "$0.5"),
        (24, "hours", "24"),
        (0.5, "seconds", "0.5"),
        ("2.12.0", "version", "2.12.0"),
        ((408, 409), "statuses", "408, 409"),
        (("5m", "1h"), "text", "5m, 1h"),
        (DAY, "date", "2026-11-21"),
        ("^[a-z]{1,64}$", "pattern", "^[a-z]{1,64}$"),
    ],
)
def test_fact_is_written_by_its_unit(value, unit, text):
    assert facts.written(Fact(value=value, unit=unit, source="docs", checked=DAY)) == text


def test_fact_is_known_by_its_file_and_names(small: SmallProject):
    known = facts.load(small.root)

    assert known.written("limits.images.max_side") == "8,000"
    assert known.problems == ()
    with pytest.raises(KeyError):
        known.written("limits.images")


def test_unknown_source_is_reported_at_the_fact(small: SmallProject):
    small.edit("facts/sdk.yml", "unit: count, source: sdk_python", "unit: count, source: nowhere")
    problems = facts.load(small.root).problems

    assert [(p.path, p.line, p.field, p.message) for p in problems] == [
        ("facts/sdk.yml", 2, "defaults.max_retries.source", "`nowhere` is not a source")
    ]


@pytest.mark.parametrize(
    ("file", "old", "new", "field"),
    [
        ("models", "active, source: vision", "active, source: nowhere", "models.claude-sonnet-5-5.source"),
        ("models", "2025-07-21, source: vision", "2025-07-21, source: nowhere", "retired[0].source"),
        ("prices", "source: vision\n    checked", "source: nowhere\n    checked", "models.claude-sonnet-5-5.source"),
        ("prices", "percent, source: vision", "percent, source: nowhere", "multipliers.batch_discount.source"),
        ("platforms", "source: vision", "source: nowhere", "amazon_bedrock.facts.max_image_size.source"),
    ],
)
def test_unknown_source_is_reported_in_every_file(small: SmallProject, file, old, new, field):
    small.edit(f"facts/{file}.yml", old, new)
    problems = facts.load(small.root).problems

    assert [(p.path, p.line, p.field) for p in problems] == [(f"facts/{file}.yml", small.line(f"facts/{file}.yml", "nowhere"), field)]


def test_mistake_in_a_fact_is_reported_with_its_dotted_name(small: SmallProject):
    small.edit("facts/limits.yml", "unit: MB", "unit: furlong")
    problems = facts.load(small.root).problems

    assert [(p.line, p.field, p.message) for p in problems] == [(2, "images.max_size.unit", "`furlong` is not known here")]


def test_wrong_fact_hides_no_other(small: SmallProject):
    small.edit("facts/limits.yml", "unit: MB", "unit: furlong")

    assert "limits.images.max_side" in facts.load(small.root).grouped


@pytest.mark.parametrize("record", ["text", "[]", "{}", "5"])
def test_what_is_neither_fact_nor_group_is_reported(small: SmallProject, record):
    small.write("facts/sdk.yml", f"defaults:\n  max_retries: {record}\n")
    problems = facts.load(small.root).problems

    assert [(p.line, p.field, p.message) for p in problems] == [(2, "defaults.max_retries", "is neither a fact nor a group of facts")]


def test_fact_without_a_value_is_no_group(small: SmallProject):
    small.write("facts/sdk.yml", "max_retries: {valeu: 2, unit: count, source: vision, checked: 2026-10-10}\n")

    assert {(p.line, p.message) for p in facts.load(small.root).problems} == {(1, "is neither a fact nor a group of facts")}


@pytest.mark.parametrize("stem", ["sources", "limits", "sdk", "statuses", "models", "prices", "platforms"])
def test_file_that_cannot_be_read_is_one_problem(small: SmallProject, stem):
    small.write(f"facts/{stem}.yml", "a: [")
    known = facts.load(small.root)

    assert [problem.path for problem in known.problems] == [f"facts/{stem}.yml"]
    assert known.broken == {stem}


def test_file_that_is_missing_is_one_problem(small: SmallProject):
    small.remove("facts/prices.yml")

    assert [(p.path, p.message) for p in facts.load(small.root).problems] == [
        ("facts/prices.yml", "cannot be read: No such file or directory")
    ]


@pytest.mark.parametrize("model", ["claude-2", "claude-2-20230711", "claude-2-latest"])
def test_model_is_retired_with_every_date_and_alias(small: SmallProject, model):
    assert facts.load(small.root).is_retired(model)


@pytest.mark.parametrize("model", ["claude-20", "claude-2x", "claude-sonnet-5-5", "claude", "my-claude-2"])
def test_other_models_are_not_retired(small: SmallProject, model):
    assert not facts.load(small.root).is_retired(model)
