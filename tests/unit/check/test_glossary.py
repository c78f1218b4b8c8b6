"""Rules about the glossary."""

from __future__ import annotations

import pytest

from tests.unit.check.breaking import assert_breaks
from tests.unit.projects import SmallProject

FILE = "facts/glossary.yml"
KEY, HOUR, ERROR = "groups[0].terms[1]", "groups[0].terms[2]", "groups[0].terms[0]"


@pytest.mark.parametrize(
    ("old", "new", "name"),
    [
        ("en: busy hour", "en: API key!", "api-key"),
        ("ko: 붐비는 시간", "ko: API 키", "API 키"),
        ("typed: [인증 키]", "typed: [인증 키, 에러]", "에러"),
    ],
)
def test_term_that_stands_twice(small: SmallProject, old, new, name):
    small.edit(FILE, old, new)
    place, line = (KEY, "en: API key") if "typed" in old else (HOUR, "en: API key!" if "en:" in old else "en: busy hour")
    if "typed" in old:
        small.edit(FILE, "en: API key", "en: API  key")
        line = "en: API  key"

    assert_breaks(small, "terms_differ", (FILE, line, place, f"`{name}` stands twice"))


def test_group_with_the_name_of_a_term(small: SmallProject):
    small.edit(FILE, "id: basics", "id: busy-hour")

    assert_breaks(small, "terms_differ", (FILE, "id: busy-hour", "groups[0].id", "`busy-hour` is taken"))


@pytest.mark.parametrize(
    ("old", "new", "field", "message"),
    [
        ("page: decode", "guide: nowhere", f"{HOUR}.guide", "`nowhere` is no guide"),
        ("page: decode", "page: nowhere", f"{HOUR}.page", "`nowhere` is no page"),
        ("[vision, sdk_python]", "[vision, nowhere]", f"{KEY}.source", "`nowhere` is not a source"),
    ],
)
def test_term_that_leads_nowhere(small: SmallProject, old, new, field, message):
    small.edit(FILE, old, new)

    assert_breaks(small, "terms_lead_somewhere", (FILE, "nowhere", field, message))


def test_official_term_without_a_source(small: SmallProject):
    small.edit(FILE, "official: false", "official: true")

    assert_breaks(small, "terms_lead_somewhere", (FILE, "en: busy hour", HOUR, "is official without a source"))


def test_source_of_a_term_that_is_not_official(small: SmallProject):
    small.edit(FILE, "official: false", "official: false\n        source: vision")

    assert_breaks(small, "terms_lead_somewhere", (FILE, "en: busy hour", HOUR, "has a source but is not official"))


@pytest.mark.parametrize(
    ("new", "field", "message"),
    [
        ("{ ko: '`error` 에러입니다.', en: 'The `error` says no.' }", "meaning.ko", "says `에러`"),
        ("{ ko: '`error` 응답이다.', en: 'The `error` says no.' }", "meaning.ko", "ends a sentence with `이다.`"),
        ("{ ko: '`error` 응답입니다.', en: The answer that says no. }", "meaning", "the code spans differ between the languages"),
        ("{ ko: '`error` 응답입니다.', en: 'The `error` says no.[^vision]' }", "meaning.en", "holds a citation, link or fact"),
    ],
)
def test_meaning_that_is_not_plain(small: SmallProject, new, field, message):
    small.edit(FILE, "{ ko: 실패했다는 `error` 응답입니다., en: The answer `error` that says no. }", new)

    assert_breaks(small, "meanings_are_plain", (FILE, new, f"{ERROR}.{field}", message))


def test_project_without_a_glossary_is_whole(small: SmallProject):
    small.remove(FILE)
    project = small.load()

    assert small.problems() == []
    assert project.facts.glossary.terms == []


def test_mistake_of_shape_in_the_glossary_is_a_problem(small: SmallProject):
    small.edit(FILE, "official: false", "official: maybe")
    project = small.load()

    assert [(problem.path, problem.field) for problem in project.problems] == [(FILE, f"{HOUR}.official")]
    assert project.facts.broken == {"glossary"}
