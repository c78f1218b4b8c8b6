"""What `theme.js` does in place of Material's bundle."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

Visit = Callable[..., Page]
GUIDE = "/en/errors/overloaded_error/"


def test_table_of_contents_marks_what_is_read(visit: Visit) -> None:
    page = visit(GUIDE)
    marked = page.locator(".md-nav__link--active")
    expect(marked).to_have_count(0)

    page.locator("#prevention").evaluate("(heading) => heading.scrollIntoView()")
    expect(marked).to_have_attribute("href", "#prevention")
    page.evaluate("scrollTo(0, document.documentElement.scrollHeight)")
    expect(marked).to_have_attribute("href", "#related")
    page.evaluate("scrollTo(0, 0)")
    expect(marked).to_have_count(0)


def test_link_to_a_folded_part_opens_it(visit: Visit) -> None:
    page = visit("/en/errors/invalid_request_error/")
    name = page.locator("details:not([open]) [id]").first.get_attribute("id")
    folded = page.locator(f"[id='{name}']")
    expect(folded).to_be_hidden()

    page.evaluate("(name) => { location.hash = name; }", name)

    expect(folded).to_be_visible()
    expect(folded).to_be_in_viewport()


def test_block_whose_tab_is_chosen_stays_where_it_is(visit: Visit) -> None:
    page = visit(GUIDE)
    tabs = page.locator(".tabbed-set").last
    label = tabs.locator(".tabbed-labels label", has_text="TypeScript")
    label.evaluate("(label) => label.scrollIntoView({ block: 'center' })")
    before = tabs.bounding_box()

    label.click()

    after = tabs.bounding_box()
    assert before is not None
    assert after is not None
    assert abs(before["y"] - after["y"]) < 2
    assert page.locator(".tabbed-set > input:nth-child(2):checked").count() == page.locator(".tabbed-set").count()


def test_scheme_is_chosen_by_keyboard(visit: Visit) -> None:
    page = visit(GUIDE)

    page.locator("[data-md-component=palette] input:checked").press("ArrowDown")

    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "slate")
    expect(page.locator("[data-md-component=palette] label:visible")).to_have_count(1)
    assert page.evaluate("localStorage.getItem('claude-errors-scheme')") == "slate"


@pytest.mark.parametrize(("language", "words"), [("ko", "클립보드에 복사됨"), ("en", "Copied to clipboard")])
def test_copying_is_said(visit: Visit, language: str, words: str) -> None:
    page = visit(f"/{language}/errors/overloaded_error/")

    page.locator(".md-code__button:visible").first.click()

    expect(page.get_by_role("status").filter(has_text=words)).to_be_visible()


def test_code_is_copied_where_the_browser_gives_no_clipboard(visit: Visit) -> None:
    page = visit(GUIDE)
    page.evaluate("Object.defineProperty(navigator, 'clipboard', { value: undefined })")

    page.locator(".md-code__button:visible").first.click()

    expect(page.locator(".md-dialog--active")).to_be_attached()


def test_printing_opens_what_is_folded_and_folds_it_again(visit: Visit) -> None:
    page = visit(GUIDE)
    open_parts = page.locator("details[open]")
    before = open_parts.count()

    page.emulate_media(media="print")
    expect(page.locator("details:not([open])")).to_have_count(0)
    page.emulate_media(media="screen")

    expect(open_parts).to_have_count(before)


def test_link_into_another_tab_shows_it(visit: Visit) -> None:
    page = visit(GUIDE)
    hidden = page.locator(".tabbed-block:nth-child(2) pre").last
    expect(hidden).to_be_hidden()

    hidden.evaluate("(block) => { block.id = 'inside'; location.hash = 'inside'; }")

    expect(hidden).to_be_visible()
    expect(hidden).to_be_in_viewport()
