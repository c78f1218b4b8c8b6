"""A reader narrows the list of the home page, in either language."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

Visit = Callable[..., Page]


def shown(page: Page) -> list[str]:
    """Return the slugs of the rows that are visible, once the list that the first use of the filter fetches is there."""
    expect(page.locator('.ce-filter[data-state="ready"]')).to_be_attached()
    return page.locator(".ce-row:visible code").all_text_contents()


def test_list_is_filtered_by_typing(visit: Visit) -> None:
    page = visit("/en/")
    everything = page.locator(".ce-row:visible").count()

    page.locator(".ce-filter__text").fill("custom_id")

    expect(page.locator(".ce-filter__n")).to_have_text("1 guide")
    assert shown(page) == ["batch_custom_id_invalid"]
    page.locator(".ce-filter__text").fill("")
    expect(page.locator(".ce-row:visible")).to_have_count(everything)


@pytest.mark.parametrize("words", ["속도 제한", "레이트 리밋", "RateLimitError", "429", "ramp_limit_exceeded"])
def test_list_knows_names_of_both_languages(visit: Visit, words: str) -> None:
    page = visit("/ko/")

    page.locator(".ce-filter__text").fill(words)

    assert "rate_limit_error" in shown(page)


def test_list_is_filtered_by_status_type_and_verdict_together(visit: Visit) -> None:
    page = visit("/en/")

    page.locator(".ce-filter__status").select_option("413")
    assert {"batch_too_large", "batch_error"} <= set(shown(page))
    page.locator(".ce-filter__type").select_option("request_too_large")
    page.locator('.ce-chip[data-verdict-filter="change"]').click()

    assert {"batch_too_large", "file_too_large"} <= set(shown(page))
    assert "batch_error" not in shown(page)
    assert page.locator('.ce-chip[data-verdict-filter="change"]').get_attribute("aria-pressed") == "true"


def test_empty_groups_vanish_and_no_match_is_said(visit: Visit) -> None:
    page = visit("/en/")

    page.locator(".ce-filter__text").fill("no such thing")

    expect(page.locator(".ce-filter__n")).to_have_text("No guide matches")
    assert page.locator(".ce-group:visible").count() == 0


def test_filter_stands_in_the_address(visit: Visit) -> None:
    page = visit("/en/?status=529")

    assert shown(page) == ["overloaded_error"]
    page.locator(".ce-filter__status").select_option("")
    expect(page).to_have_url(re.compile(r"/en/$"))
