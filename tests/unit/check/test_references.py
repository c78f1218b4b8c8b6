"""Rules about what a text points to."""

from __future__ import annotations

import pytest

from tests.unit.check.breaking import assert_breaks, set_meaning
from tests.unit.projects import FULL, UMBRELLA, SmallProject


def add(small: SmallProject, text: str) -> None:
    """Add `text` to a text in both languages."""
    set_meaning(small, f"여기 {text} 있습니다.", f"Here is {text}.")


def both(message: str) -> tuple[tuple[str, str, str, str], ...]:
    return (UMBRELLA, "여기 ", "meaning.ko", message), (UMBRELLA, "Here is ", "meaning.en", message)


@pytest.mark.parametrize("path", ["limits.images.max_sise", "limits.images", "prices.models", "nothing.at_all"])
def test_reference_to_no_fact(small: SmallProject, path):
    add(small, f"{{{{ {path} }}}}")

    assert_breaks(small, "facts_exist", *both(f"`{path}` is not a fact"))


@pytest.mark.parametrize(
    ("code", "mark"),
    [
        ("{{ 7*7 }}", "{{"),
        ("{{ limits }}", "{{"),
        ("{% raw %}", "{%"),
        ("{# note #}", "{#"),
        ("}} x", "}}"),
        ("{{ limits.a | upper }}", "{{"),
    ],
)
def test_braces_that_hold_no_reference(small: SmallProject, code, mark):
    add(small, code)

    assert_breaks(small, "facts_exist", *both(f"`{mark}` is not part of a reference to a fact"))


def test_fact_of_a_file_that_cannot_be_read_is_not_called_unknown(small: SmallProject):
    small.write("facts/limits.yml", "images: [")

    assert [problem.path for problem in small.problems()] == ["facts/limits.yml"]


def test_citation_of_no_source(small: SmallProject):
    add(small, "[^nowhere]")

    assert_breaks(small, "sources_exist", *both("`[^nowhere]` is not a source"))


def test_wording_from_no_source(small: SmallProject):
    small.edit(UMBRELLA, "    source: vision\n", "    source: nowhere\n")

    assert_breaks(small, "sources_exist", (UMBRELLA, "source: nowhere", "messages[0].source", "`nowhere` is not a source"))


OWN = "sources:\n  {name}:\n    title: A page\n    kind: docs\n    read: 2026-10-10\nchecked:"


def test_source_of_an_entry_that_it_never_cites(small: SmallProject):
    small.edit(UMBRELLA, "checked:", OWN.format(name="own_page"))

    assert_breaks(small, "sources_exist", (UMBRELLA, "own_page:", "sources.own_page", "is never cited"))


def test_source_of_an_entry_that_all_may_use(small: SmallProject):
    small.edit(UMBRELLA, "checked:", OWN.format(name="vision"))

    assert_breaks(small, "sources_exist", (UMBRELLA, "  vision:", "sources.vision", "stands in facts/sources.yml too"))


def test_source_of_another_entry_is_not_known_here(small: SmallProject):
    add(small, "[^forum_post]")

    assert_breaks(small, "sources_exist", *both("`[^forum_post]` is not a source"))


def test_source_is_not_called_unknown_while_the_list_cannot_be_read(small: SmallProject):
    small.edit("facts/sources.yml", "kind: sdk", "kind: bogus")

    assert [(problem.path, problem.field) for problem in small.problems()] == [("facts/sources.yml", "sdk_python.kind")]


def test_link_to_a_guide_that_is_not_there(small: SmallProject):
    add(small, "[x](guide:nothing)")

    assert_breaks(small, "links_lead_somewhere", *both("links to the guide `nothing`, which is not there"))


@pytest.mark.parametrize("address", ["http://a.example", "../x/", "#code", "mailto:a@b.example", "ftp://a.example"])
def test_link_that_is_not_https(small: SmallProject, address):
    add(small, f"[x]({address})")

    assert_breaks(small, "links_lead_somewhere", *both(f"links to `{address}`"))


def test_link_to_a_guide_with_a_mistake_of_shape_is_not_called_dead(small: SmallProject):
    small.edit(UMBRELLA, "origin: server", "origin: bogus")

    assert "guide:busy_error" in small.located("stuck_image").entry.faq[0].answer.en
    assert [problem.path for problem in small.problems()] == [UMBRELLA]


@pytest.mark.parametrize(
    ("model", "message"),
    [
        ("claude-2.1", "names `claude-2.1`, which is not in facts/models.yml"),
        ("claude-2-20230711", "names `claude-2-20230711`, which is retired"),
        ("claude-sonnet-9", "names `claude-sonnet-9`, which is not in facts/models.yml"),
    ],
)
def test_model_that_a_text_must_not_name(small: SmallProject, model, message):
    add(small, f"`{model}`")

    assert_breaks(small, "models_are_current", *both(message))


@pytest.mark.parametrize("name", ["`claude-sonnet-5-5`", "`claude-code`", "`anthropic.claude`", "Claude 2"])
def test_current_model_and_other_names(small: SmallProject, name):
    add(small, name)

    assert small.problems() == []


@pytest.mark.parametrize("suffix", ["py", "ts"])
def test_model_that_a_snippet_must_not_name(small: SmallProject, suffix):
    path = f"snippets/busy_error/fix.{suffix}"
    small.edit(path, "5)", '5, "claude-2")')

    assert_breaks(small, "models_are_current", (path, "claude-2", "", "names `claude-2`, which is retired"))


WRONG_MODELS = "snippets:\n  wrong_models: [claude-2]\n"


def test_failing_code_and_texts_may_name_a_wrong_model_on_purpose(small: SmallProject):
    small.edit(UMBRELLA, "snippets:\n", WRONG_MODELS)
    small.edit("snippets/busy_error/trigger.py", "0)", '0, "claude-2")')
    set_meaning(small, "`claude-2` 모델입니다.", "The model `claude-2`.")

    assert small.problems() == []


def test_fixed_code_may_not_name_a_model_that_is_wrong_on_purpose(small: SmallProject):
    small.edit(UMBRELLA, "snippets:\n", WRONG_MODELS)
    small.edit("snippets/busy_error/trigger.py", "0)", '0, "claude-2")')
    small.edit("snippets/busy_error/fix.py", "5)", '5, "claude-2")')

    path = "snippets/busy_error/fix.py"
    assert_breaks(small, "models_are_current", (path, "claude-2", "", "names `claude-2`, which is retired"))


def test_wrong_model_that_no_failing_code_names(small: SmallProject):
    small.edit(UMBRELLA, "snippets:\n", WRONG_MODELS)

    place = (UMBRELLA, "wrong_models", "snippets.wrong_models[0]", "no failing code names `claude-2`")
    assert_breaks(small, "models_are_current", place)


def test_model_that_an_example_value_must_not_name(small: SmallProject):
    small.edit(FULL, 'not_read: "<skipped>"', "not_read: claude-2")

    assert_breaks(small, "models_are_current", (FULL, "claude-2", "messages[1].fill.not_read", "names `claude-2`, which is retired"))


TOPICS = """
topics:
  - id: media
    title: { ko: 이미지, en: Images }
    slugs:
      - stuck_image
frequent:
  home: [busy_error]
"""


def test_error_of_status_400_has_one_topic(small: SmallProject):
    path = "facts/topics.yml"
    small.write(path, TOPICS)
    assert small.problems() == []

    wrong = TOPICS.replace("- stuck_image", "- no_such_error\n      - busy_error\n      - busy_region\n      - busy_region # again")
    small.write(path, wrong.replace("[busy_error]", "[gone]"))

    assert_breaks(
        small,
        "topics_are_whole",
        (path, "topics:", "topics", "`stuck_image` has no topic"),
        (path, "no_such_error", "topics[0].slugs[0]", "`no_such_error` is no error of errors/"),
        (path, "# again", "topics[0].slugs[3]", "`busy_region` has another topic"),
        (path, "gone", "frequent.home[0]", "`gone` is no error of errors/"),
    )


def test_no_model_is_called_unknown_while_the_list_cannot_be_read(small: SmallProject):
    small.edit("facts/models.yml", "status: active", "status: bogus")

    assert [problem.path for problem in small.problems()] == ["facts/models.yml"]


@pytest.mark.parametrize(
    ("text", "similar"),
    [
        ("{{ limits.images.max_sid }}", "limits.images.max_side"),
        ("[^visoin]", "vision"),
        ("[x](guide:busy_errr)", "busy_error"),
        ("[x](page:care/wiat)", "page:care/wait"),
        ("[x](page:care/wait#howlong)", "page:care/wait#how-long"),
        ("[x](page:calculator)", "page:calculators"),
    ],
)
def test_name_that_is_misspelled_names_the_one_that_is_meant(small: SmallProject, text, similar):
    small.add_hub()
    add(small, text)

    assert {problem.hint.partition("?")[0] for problem in small.problems()} == {f"did you mean `{similar}`"}


def test_name_like_no_other_proposes_none(small: SmallProject):
    add(small, "[^nowhere_at_all]")

    assert not any("did you mean" in problem.hint for problem in small.problems())
