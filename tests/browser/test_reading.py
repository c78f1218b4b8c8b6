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

    page.locator("#topic-batches > summary").click()
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

    page.locator("#fix .ce-whole:visible summary").click()
    copied = []
    for block in page.locator("#fix .tabbed-block").first.locator(".highlight").all():
        page.evaluate("navigator.clipboard.writeText('')")
        block.locator(".md-code__button").click()
        page.wait_for_function("navigator.clipboard.readText()")
        copied.append(page.evaluate("navigator.clipboard.readText()"))

    assert [text.strip("\n") for text in copied] == [snippets["fix.py"].shown, snippets["trigger.py"].shown]


def test_selected_code_is_the_fixed_program_alone(visit: Visit, root: Path) -> None:
    fixed = project_module.load(root).snippets["batch_custom_id_invalid"].files["fix.py"].shown
    page = visit(GUIDE)
    page.locator("#fix .ce-all:visible summary").click()

    page.evaluate("getSelection().selectAllChildren(document.querySelector('#fix .ce-diff code'))")
    page.keyboard.press("Control+C")
    page.wait_for_function("navigator.clipboard.readText()")

    assert page.evaluate("navigator.clipboard.readText()").strip("\n") == fixed


def test_folded_lines_open_by_their_row_and_by_a_press_on_the_gap(visit: Visit) -> None:
    for opener in (".ce-all summary", ".ce-gap"):
        page = visit(GUIDE)
        block = page.locator("#fix .ce-diff:visible")
        expect(block.locator(".ce-same").first).to_be_hidden()

        block.locator(opener).first.click()

        expect(block.locator(".ce-same").first).to_be_visible()
        expect(block.locator(".ce-gap").first).to_be_hidden()


def test_button_lands_on_the_fixed_code(visit: Visit) -> None:
    for width in (1440, 390):
        page = visit(GUIDE, width=width)

        page.locator(".ce-jump a").first.click()

        box = page.locator("#fix .ce-diff:visible").bounding_box()
        assert box is not None
        assert 50 < box["y"] < 200, width


def test_citation_opens_the_sources_marks_all_of_its_own_and_leads_back(visit: Visit) -> None:
    page = visit("/en/errors/rate_limit_error/")
    mark = page.locator(".ce-cite a[data-sources]:visible").first
    numbers = str(mark.get_attribute("data-sources")).split()

    mark.click()

    assert page.locator(".ce-sources .is-cited").evaluate_all("(all) => all.map((row) => row.id)") == [
        f"source-{number}" for number in numbers
    ]
    expect(page.locator(".ce-sources .is-cited").first).to_be_in_viewport()
    page.locator(".ce-back").click()
    expect(mark).to_be_in_viewport()
    expect(mark).to_be_focused()


def test_switch_of_the_language_keeps_the_place(visit: Visit) -> None:
    page = visit(GUIDE)
    page.locator("#faq").evaluate("(part) => part.scrollIntoView()")

    page.locator(".ce-header__lang").click()

    expect(page).to_have_url(re.compile(r"/ko/errors/batch_custom_id_invalid/#(faq|question-\d)$"))
    expect(page.locator("details.ce-faq").first).to_be_in_viewport()


def test_switch_of_the_language_keeps_what_was_searched_for(visit: Visit) -> None:
    page = visit("/en/?verdict=never")

    page.locator(".ce-header__lang").click()

    expect(page).to_have_url(re.compile(r"/ko/\?verdict=never"))


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
    expect(home.locator(".ce-chips")).to_be_hidden()

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
