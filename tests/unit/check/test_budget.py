"""The budget of what a guide shows."""

from __future__ import annotations

import pytest

from generator.check import budget
from generator.schemas.entry import Entry
from tests.unit.check.breaking import assert_breaks
from tests.unit.projects import UMBRELLA, SmallProject


@pytest.mark.parametrize(("language", "letter"), [("ko", "가"), ("en", "a")])
def test_guide_that_shows_too_much_prose(small: SmallProject, language, letter):
    rest = budget.prose_length(budget.visible(small.located("busy_error"))[language])
    limit = budget.PROSE[language]
    old = "  ko: 청구되지 않습니다." if language == "ko" else "  en: Nothing."
    small.edit(UMBRELLA, old, f"{old} {letter * (limit - rest)}")

    message = f"{limit + 1:,} characters of visible prose without code; at most {limit:,}"
    assert_breaks(small, "prose_keeps_to_budget", (UMBRELLA, "slug: busy_error", language, message))


@pytest.mark.parametrize("text", ["`{}`", "[^vision]", "{{{{ sdk.defaults.max_retries }}}}"])
def test_code_citations_and_facts_are_no_prose(text):
    assert budget.prose_length([f"가나 {text.format('a' * 100)}"]) == 2


def test_guide_that_shows_too_many_citations(small: SmallProject):
    more = "\n".join("  - {ko: '줄이세요.[^vision]', en: 'Less.[^vision]'}" for _ in range(12))
    assert budget.citation_count(budget.visible(small.located("busy_error"))["ko"]) == 3
    small.edit(UMBRELLA, "retry_note:", f"prevention:\n{more}\nretry_note:")
    assert small.problems() == []

    small.edit(UMBRELLA, "retry_note:", "  - {ko: '줄이세요.[^vision]', en: 'Less.[^vision]'}\nretry_note:")
    message = "16 visible paragraphs with citations; at most 15"
    assert_breaks(
        small, "citations_keep_to_budget", (UMBRELLA, "slug: busy_error", "en", message), (UMBRELLA, "slug: busy_error", "ko", message)
    )


def test_citations_of_a_paragraph_are_one():
    assert budget.citation_count(["a.[^x] b.[^y][^z]\n\nc.[^x]\n\nd", "e"]) == 2


def test_what_the_page_folds_does_not_count(small: SmallProject):
    shown = budget.visible(small.located("stuck_image"))["en"]
    entry = small.located("stuck_image").entry

    assert entry.faq[0].question.en in shown
    assert entry.faq[0].answer.en not in shown
    assert entry.platforms[0].text.en not in shown
    assert entry.causes[0].check.en in shown


def test_visible_fields_are_fields_of_an_entry():
    assert {name.partition(".")[0] for name in budget.VISIBLE} <= Entry.model_fields.keys()
