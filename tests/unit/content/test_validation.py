"""Mistakes of shape, in an author's words and at the author's line."""

from __future__ import annotations

import pytest
from pydantic import Field

from generator.content.problems import Problem
from generator.content.validation import validate
from generator.content.yaml_reader import parse
from generator.schemas.entry import Cause, Model, NonEmpty, Slug, Text, Url, Verdict
from generator.schemas.facts import Fact, SourceIds, Sources


class Example(Model):
    """A field of each kind."""

    name: Slug = "name"
    status: int | None = Field(default=None, ge=100)
    count: int = 1
    share: float = 0.5
    sure: bool = True
    text: Text | None = None
    title: NonEmpty | Text = "title"
    causes: tuple[Cause, ...] = Field(default=(), strict=False, min_length=1)
    values: dict[Slug, NonEmpty] = {}
    source: SourceIds = "docs"
    url: Url | None = None


def problems(text: str, model: type[Model] = Example) -> list[tuple[int, str, str]]:
    value, found = validate(parse(text, "x.yml"), model)
    assert (value is None) == bool(found)
    return [(problem.line, problem.field, problem.message) for problem in found]


def only_problem(text: str) -> Problem:
    _, found = validate(parse(text, "x.yml"), Example)
    assert len(found) == 1, found
    return found[0]


def test_valid_data_becomes_the_model():
    value, found = validate(parse("name: ok\ncount: 3\n", "x.yml"), Example)

    assert found == []
    assert value == Example(name="ok", count=3)


def test_document_that_could_not_be_read_keeps_its_own_problems():
    assert problems("name: ok\nname: ok\n") == [(2, "name", "is a duplicate key, first given in line 1")]


def test_missing_korean_text_is_reported_with_the_line_of_its_field():
    assert problems("count: 1\ntext:\n  en: A text.\n") == [(2, "text.ko", "the Korean text is missing")]


def test_missing_english_text_is_reported_with_the_line_of_its_field():
    assert problems("text:\n  ko: 글입니다.\n") == [(1, "text.en", "the English text is missing")]


def test_missing_key_is_reported_at_its_parent_with_its_own_name():
    found = problems("say: {ko: 말, en: Say}\n", Verdict)

    assert (1, "why", "is missing") in found
    assert {field for _, field, _ in found} == {"why", "retry", "fault", "billed", "sticky"}


def test_unknown_key_is_reported_at_its_line():
    assert problems("name: ok\nnmae: ok\n") == [(2, "nmae", "is not a field that is known here")]


def test_unknown_key_that_looks_like_a_branch_of_a_union_keeps_its_name():
    assert problems("title:\n  ko: 글\n  en: A text\n  Text: x\n") == [(4, "title.Text", "is not a field that is known here")]


@pytest.mark.parametrize(
    ("written", "field", "message"),
    [
        ("name: [a]", "name", "is a list, but a text belongs here"),
        ("name: {a: b}", "name", "is a mapping, but a text belongs here"),
        ("name: 5", "name", "is a number, but a text belongs here"),
        ("name: true", "name", "is true or false, but a text belongs here"),
        ("name: 2026-11-21", "name", "is a date, but a text belongs here"),
        ("count: x", "count", "is a text, but a whole number belongs here"),
        ("count: 1.5", "count", "is a number, but a whole number belongs here"),
        ("share: x", "share", "is a text, but a number belongs here"),
        ("sure: yes", "sure", "is a text, but true or false belongs here"),
        ("values: [a]", "values", "is a list, but a mapping belongs here"),
        ("causes: {a: b}", "causes", "is a mapping, but a list belongs here"),
        ("causes: [x]", "causes[0]", "is a text, but a mapping belongs here"),
        ("text: x", "text", "is a text, but a text in both languages (`ko:` and `en:`) belongs here"),
        ("[a]", "", "is a list, but a mapping belongs here"),
    ],
)
def test_wrong_type_is_said_in_words(written, field, message):
    assert problems(written) == [(1, field, message)]


@pytest.mark.parametrize(("written", "hint"), [("name: 5", 'put it in quotes: "5"'), ("name: 1.0", 'put it in quotes: "1.0"')])
def test_number_in_place_of_a_text_is_to_be_quoted(written, hint):
    assert only_problem(written).hint == hint


@pytest.mark.parametrize(
    ("written", "hint"),
    [
        ("name:", "write a text, or remove the key"),
        ("count: ~", "write a whole number, or remove the key"),
        ("causes: null", "write a list, or remove the key"),
    ],
)
def test_key_without_a_value_is_empty(written, hint):
    problem = only_problem(written)

    assert (problem.message, problem.hint) == ("is empty", hint)


@pytest.mark.parametrize("written", ['title: ""', 'title: "  "', "source: ''"])
def test_blank_text_is_empty(written):
    assert only_problem(written).message == "is empty"


def test_list_without_an_item_is_reported_as_such():
    assert problems("causes: []") == [(1, "causes", "is an empty list")]


def test_word_outside_the_vocabulary_is_reported_with_the_vocabulary():
    _, found = validate(parse("value: 1\nunit: furlongs\nsource: docs\nchecked: 2026-11-21\n", "x.yml"), Fact)

    assert [(problem.line, problem.field, problem.message) for problem in found] == [(2, "unit", "`furlongs` is not known here")]
    assert found[0].hint.startswith("use 'count', 'per_minute'")


@pytest.mark.parametrize(("written", "shown"), [("name: Not-A-Slug", "`Not-A-Slug`"), (f"name: {'X' * 50}", f"`{'X' * 37}...`")])
def test_wrong_form_is_shown_in_short(written, shown):
    assert only_problem(written).message == f"{shown} has the wrong form"


def test_wrong_form_over_two_lines_is_shown_in_one():
    assert only_problem('url: "a\\nb"').message == "`a b` has the wrong form"


def test_bad_key_of_a_mapping_is_reported_at_the_key():
    assert problems("values:\n  ok: a\n  Not OK: b\n") == [(3, "values.Not OK", "`Not OK` has the wrong form")]


def test_number_out_of_range_is_reported():
    assert problems("status: 7") == [(1, "status", "input should be greater than or equal to 100")]


@pytest.mark.parametrize("key", ["streaming", "structured", "function_call", "constrained"])
def test_key_that_looks_like_a_branch_of_a_union_keeps_its_place(key):
    text = f"other: {{title: x, kind: docs, read: 2026-01-01}}\n{key}:\n  title: x\n  kind: bogus\n  read: 2026-01-01\n"
    _, found = validate(parse(text, "x.yml"), Sources)

    assert [(problem.line, problem.field) for problem in found] == [(4, f"{key}.kind")]


def test_union_whose_branches_all_fail_is_one_problem():
    assert problems("title: [a]\n") == [(1, "title", "is a list, but a text or a text in both languages (`ko:` and `en:`) belongs here")]


def test_union_speaks_for_the_branch_that_came_furthest():
    assert problems("source: [docs, 5]\n") == [(1, "source[1]", "is a number, but a text belongs here")]
    assert problems("title: {ko: 글}\n") == [(1, "title.en", "the English text is missing")]


def test_every_mistake_is_reported_at_once():
    found = problems("name: X\ncount: x\nsure: no\nnmae: 1\n")

    assert sorted(line for line, _, _ in found) == [1, 2, 3, 4]


@pytest.mark.parametrize(
    ("text", "similar"),
    [
        ("cuont: 1\n", "count"),
        ("text:\n  ko: 글입니다.\n  en: A text.\n  nk: x\n", None),
        ("causes:\n- title: {ko: 글, en: a}\n  check: {ko: 글, en: a}\n  change: {ko: 글, en: a}\n  chek: x\n", "check"),
        ("title:\n  ko: 글\n  en: a\n  enn: a\n", "en"),
    ],
)
def test_field_that_is_misspelled_names_the_one_that_is_meant(text, similar):
    _, found = validate(parse(text, "x.yml"), Example)
    hint = next(problem.hint for problem in found if problem.message == "is not a field that is known here")

    assert hint == (f"did you mean `{similar}`? Else remove it" if similar else "remove it")


def test_todo_where_no_text_belongs_says_what_to_write():
    found = only_problem("count: TODO later\n")

    assert (found.message, found.hint) == ("holds a TODO", "write a whole number")
