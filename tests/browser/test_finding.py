"""A reader narrows the lists of the home page and of a big family's page, in either language."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.axe import violations, violations_in_both_schemes

Visit = Callable[..., Page]
FAMILY = "errors/invalid_request_error/"
MESSAGE = "Error code: 400 - tools.3.custom.name: String should have at most 128 characters"


def shown(page: Page, where: str = ".ce-group") -> list[str]:
    """Return the slugs of the rows of lists that are visible."""
    page.wait_for_timeout(50)
    addresses = page.locator(f"{where} .ce-row:visible :is(a[href*=errors], a[href^='../'], details)").evaluate_all(
        "found => found.map(one => one.id || one.getAttribute('href'))"
    )
    return [re.split("[/#]", address.rstrip("/"))[-1] for address in addresses]


def test_chip_shows_one_verdict_and_opens_what_was_folded(visit: Visit) -> None:
    page = visit("/en/")
    before = page.locator(".ce-group .ce-row:visible").count()
    page.locator("#topic-tools > summary").click()

    page.locator('.ce-chip[data-verdict="never"]').click()

    found = shown(page)
    assert {"credit_balance_too_low", "organization_disabled"} <= set(found)
    expect(page.locator(".ce-chips__n")).to_have_text(f"{len(found)} errors")
    assert page.locator(".ce-group .ce-row:visible:not([data-v=never])").count() == 0
    assert page.locator("#status-529").is_hidden()
    assert page.locator('.ce-strip a[href="#status-529"]').is_hidden()
    page.locator('.ce-chip[data-verdict=""]').click()
    # What the reader opened stays open, the rest is folded again.
    assert page.locator("#topic-tools").get_attribute("open") is not None
    page.locator("#topic-tools > summary").click()
    expect(page.locator(".ce-group .ce-row:visible")).to_have_count(before)


def test_chip_stands_in_the_address_and_goes_with_the_language(visit: Visit) -> None:
    page = visit("/en/?verdict=delay")

    assert "rate_limit_error" in shown(page)
    assert "overloaded_error" not in shown(page)
    page.locator("a[data-language]").click()
    expect(page).to_have_url(re.compile(r"/ko/\?verdict=delay$"))
    assert page.locator('.ce-chip[data-verdict="delay"]').get_attribute("aria-pressed") == "true"
    page.locator('.ce-chip[data-verdict=""]').click()
    expect(page).to_have_url(re.compile(r"/ko/$"))


def test_strip_leads_to_a_group_whose_number_stays_beside_it(visit: Visit) -> None:
    page = visit("/en/")

    page.locator(".ce-strip a").first.click()
    page.wait_for_timeout(100)
    page.mouse.wheel(0, 300)
    page.wait_for_timeout(100)

    assert page.locator("#status-400").evaluate("head => Math.round(head.getBoundingClientRect().top)") in range(40, 120)


@pytest.mark.parametrize(
    ("language", "words", "wanted"), [("ko", "이미지 크기", "image_too_large"), ("en", "roles alternate", "roles_must_alternate")]
)
def test_words_sift_the_topics_of_a_family(visit: Visit, language: str, words: str, wanted: str) -> None:
    page = visit(f"/{language}/{FAMILY}")
    assert page.locator(".ce-topics .ce-row:visible").count() == 0

    page.locator("#find").fill(words)

    expect(page.locator(".ce-topic:visible")).not_to_have_count(12)
    assert wanted in shown(page, ".ce-topics")
    expect(page).to_have_url(re.compile(r"\?text="))
    page.locator("#find").fill("")
    expect(page.locator(".ce-topic:visible")).to_have_count(12)
    assert page.locator(".ce-topics .ce-row:visible").count() == 0
    expect(page).to_have_url(re.compile(f"{FAMILY}$"))


def test_words_of_an_address_are_sifted_and_go_with_the_language(visit: Visit) -> None:
    page = visit(f"/en/{FAMILY}?text=base64")

    expect(page.locator("#find")).to_have_value("base64")
    assert "image_base64_invalid" in shown(page, ".ce-topics")
    page.locator("a[data-language]").click()
    expect(page).to_have_url(re.compile(rf"/ko/{FAMILY}\?text=base64$"))
    expect(page.locator("#find")).to_have_value("base64")


def test_words_that_no_error_has_are_said_to_be_so(visit: Visit) -> None:
    page = visit(f"/en/{FAMILY}")

    page.locator("#find").fill("no such thing")

    expect(page.locator(".ce-find__n")).to_have_text("No error has all these words")
    assert page.locator(".ce-topic:visible").count() == 0


def test_message_is_decoded_and_its_row_opens_from_the_box(visit: Visit) -> None:
    page = visit(f"/en/{FAMILY}")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url.rsplit("/", 1)[1]))

    page.locator("#find").fill("tool name")
    page.wait_for_timeout(200)
    assert "finder.js" in asked
    assert "decoder.json" not in asked
    page.locator("#find").fill(MESSAGE)

    hit = page.locator(".ce-find__hit")
    expect(hit.locator("a")).to_have_text("Tool name does not match the pattern")
    assert "decoder.json" in asked
    expect(hit.locator(".ce-find__change")).to_be_visible()
    # A message may hold a secret: it stays out of the address.
    assert "?" not in page.url
    hit.locator("a").click()
    expect(page.locator("#tool_name_invalid .ce-short")).to_be_visible()


def test_message_of_another_family_leads_to_its_guide(visit: Visit) -> None:
    page = visit(f"/ko/{FAMILY}")

    page.locator("#find").fill('529 {"type":"error","error":{"type":"overloaded_error","message":"Overloaded"}}')

    expect(page.locator(".ce-find__hit a")).to_have_attribute("href", "../overloaded_error/")


def test_text_that_is_pasted_before_the_program_is_there_counts(visit: Visit, hold: Callable[[Page, str], Callable[[], int]]) -> None:
    page = visit(f"/en/{FAMILY}")
    release = hold(page, "**/finder.js")

    page.locator("#find").fill("surrogate")

    assert release() == 1
    expect(page.locator(".ce-topic:visible")).to_have_count(1)


def test_program_that_cannot_be_loaded_is_said_to_be_so_and_tried_again(visit: Visit) -> None:
    page = visit(f"/en/{FAMILY}")
    page.route("**/decoder.json", lambda route: route.fulfill(status=404))
    page.locator("#find").fill(MESSAGE)
    expect(page.locator(".ce-find__hit")).to_contain_text("could not be loaded")

    page.unroute("**/decoder.json")
    page.locator("#find").fill(f"{MESSAGE}.")

    expect(page.locator(".ce-find__hit a")).to_have_attribute("href", "#tool_name_invalid")


@pytest.mark.parametrize("address", ["", FAMILY])
def test_lists_are_whole_without_a_script_and_on_paper(visit: Visit, address: str) -> None:
    page = visit(f"/en/{address}", script=False)

    assert page.locator(".ce-find, .ce-chips").first.is_hidden()
    page.locator("#topic-thinking > summary").click()
    assert page.locator("#topic-thinking .ce-row:visible").count() > 10
    printed = visit(f"/en/{address}")
    printed.emulate_media(media="print")
    assert printed.locator(".ce-topics .ce-row").count() == printed.locator(".ce-topics .ce-row:visible").count() > 100
    assert printed.locator(":is(.ce-find, .ce-chips, .ce-strip):visible").count() == 0


@pytest.mark.parametrize("address", ["/ko/", "/en/", f"/ko/{FAMILY}", f"/en/{FAMILY}"])
def test_lists_fit_a_small_phone_and_axe_finds_nothing_when_all_is_open(visit: Visit, address: str) -> None:
    page = visit(address, width=320)
    page.evaluate("for (const part of document.querySelectorAll('details')) part.open = true")

    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    # Languages differ in words, schemes in colours: each is looked at once on each kind of page.
    assert (violations_in_both_schemes(page) if address.startswith("/ko/") else violations(page)) in ({}, [])
