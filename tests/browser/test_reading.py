"""A reader finds a guide, reads it in either language and scheme, and copies its code."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from generator.content import project as project_module

Visit = Callable[..., Page]
GUIDE = "/en/errors/batch_custom_id_invalid/"


def test_home_leads_to_a_guide(visit: Visit) -> None:
    page = visit("/en/")

    page.get_by_role("link", name="Invalid or duplicate custom_id").first.click()

    expect(page).to_have_url(re.compile(f"{GUIDE}$"))
    expect(page.locator(".ce-verdict__say")).to_be_in_viewport()


def test_language_switch_keeps_page_and_fragment_and_is_remembered(visit: Visit) -> None:
    page = visit(f"{GUIDE}#causes")

    page.locator(".ce-header__lang").click()

    expect(page).to_have_url(re.compile(r"/ko/errors/batch_custom_id_invalid/#causes$"))
    assert page.evaluate("document.documentElement.lang") == "ko"
    page.goto("/")
    expect(page).to_have_url(re.compile(r"/ko/$"))


@pytest.mark.parametrize(("locale", "language"), [("ko-KR", "ko"), ("en-GB", "en"), ("fr-FR", "en")])
def test_root_goes_by_the_language_of_the_browser(visit: Visit, locale: str, language: str) -> None:
    page = visit("/", locale=locale)

    expect(page).to_have_url(re.compile(f"/{language}/$"))


def test_scheme_follows_the_system_until_the_reader_chooses(visit: Visit) -> None:
    page = visit(GUIDE, scheme="dark")
    assert page.locator("body").get_attribute("data-md-color-scheme") == "slate"

    page.locator("[data-md-component=palette] label:visible").click()
    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "default")
    page.reload()

    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "default")


def test_copied_code_is_exactly_the_snippet(visit: Visit, root: Path) -> None:
    snippets = project_module.load(root).snippets["batch_custom_id_invalid"].files
    page = visit(GUIDE)

    copied = []
    for block in page.locator("#code ~ .tabbed-set .tabbed-block").first.locator(".highlight").all():
        block.scroll_into_view_if_needed()
        block.hover()
        page.evaluate("navigator.clipboard.writeText('')")
        block.locator("button[data-clipboard-target], .md-code__button[title]").first.click()
        page.wait_for_function("navigator.clipboard.readText()")
        copied.append(page.evaluate("navigator.clipboard.readText()"))

    assert [text.strip("\n") for text in copied] == [snippets["trigger.py"].shown, snippets["fix.py"].shown]


def test_chosen_code_language_is_kept_on_the_next_guide(visit: Visit) -> None:
    page = visit(GUIDE)

    page.locator(".tabbed-labels label", has_text="TypeScript").first.click()
    page.goto("/en/errors/rate_limit_error/")
    page.wait_for_load_state("networkidle")

    expect(page.locator("code", has_text='from "@anthropic-ai/sdk"').first).to_be_visible()
    expect(page.locator("code", has_text="from anthropic import").first).to_be_hidden()


def test_older_wordings_and_answers_open(visit: Visit) -> None:
    page = visit("/en/errors/rate_limit_error/")
    answer = page.locator("details.ce-faq p").first
    expect(answer).to_be_hidden()

    page.locator("details.ce-faq summary").first.click()

    expect(answer).to_be_visible()


@pytest.mark.parametrize(("address", "language"), [("/ko/errors/no_such_error/", "ko"), ("/en/no/such/page", "en"), ("/nowhere", "en")])
def test_unknown_address_is_answered_in_its_language(visit: Visit, address: str, language: str) -> None:
    page = visit(address)

    expect(page.locator(f".ce-hero--404[data-language={language}]")).to_be_visible()
    expect(page.locator(".ce-hero--404:visible")).to_have_count(1)
    page.locator(".ce-hero--404:visible a").click()
    expect(page).to_have_url(re.compile(f"/{language}/$"))


def test_page_reads_without_script(visit: Visit) -> None:
    home = visit("/en/", script=False)
    expect(home.locator(".ce-row").first).to_be_visible()
    expect(home.locator(".ce-filter")).to_be_hidden()

    guide = visit(GUIDE, script=False)
    expect(guide.locator(".ce-verdict__say")).to_be_visible()
    expect(guide.locator("code", has_text="from anthropic import").first).to_be_visible()


def test_print_shows_all_answers_and_both_languages_of_code(visit: Visit) -> None:
    page = visit(GUIDE)

    page.emulate_media(media="print")

    for block in page.locator("#code ~ .tabbed-set .tabbed-block").all():
        expect(block).to_be_visible()
    for answer in page.locator("details.ce-faq p").all():
        box = answer.bounding_box()
        assert box is not None
        assert box["height"] > 0
    expect(page.locator(".md-header")).to_be_hidden()
