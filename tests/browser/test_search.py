"""A reader searches, in either language, by keyboard and by touch; nothing of the search is loaded before."""

from __future__ import annotations

import gzip
import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Request, Route, expect

from tests.browser.axe import violations_in_both_schemes

Visit = Callable[..., Page]
Hold = Callable[[Page, str], Callable[[], int]]
GUIDE = "/en/errors/batch_error/"
#: What the first keystroke may load, compressed.
FIRST_KEYSTROKE = 160_000


def rows(page: Page) -> list[str]:
    """Return the slugs that were found, once the search has said how many."""
    expect(page.locator("#search [role=status]")).to_have_text(re.compile(r"\d|없습니다|No page"))
    return page.locator(".ce-hit code").all_text_contents()


def type_words(page: Page, words: str) -> None:
    page.keyboard.press("/")
    page.locator("#search input").fill(words)


@pytest.mark.parametrize("way", ["/", "Control+k", "Meta+k", "click", "Enter", "Space"])
@pytest.mark.parametrize("address", ["/ko/", GUIDE, "/en/nothing/here"])
def test_search_opens_in_every_way_with_the_cursor_in_its_field(visit: Visit, address: str, way: str) -> None:
    page = visit(address)
    opener = page.locator(".ce-opener")

    if way == "click":
        opener.click()
    elif way in ("Enter", "Space"):
        opener.focus()
        page.keyboard.press(way)
    else:
        page.keyboard.press(way)

    expect(page.locator("#search")).to_be_visible()
    expect(page.locator("#search input")).to_be_focused()


@pytest.mark.parametrize(
    ("language", "words", "slugs"),
    [
        ("en", "custom_id", "batch_custom_id_invalid"),
        ("en", "overloaded", "overloaded_error"),
        ("en", "레이트 리밋", "rate_limit_error"),
        ("ko", "배치 요청이", "batch_error|batch_too_large|batch_custom_id_invalid|batch_request_errored"),
        ("ko", "과부하 에러가 나요", "overloaded_error"),
        ("ko", "rate limit", "rate_limit_error"),
        ("ko", "429", "rate_limit_error"),
    ],
)
def test_enter_opens_what_was_found_first_in_the_language_of_the_page(visit: Visit, language: str, words: str, slugs: str) -> None:
    page = visit(f"/{language}/")

    type_words(page, words)
    rows(page)
    page.keyboard.press("Enter")

    expect(page).to_have_url(re.compile(f"/{language}/errors/({slugs})/$"))


def test_typing_key_by_key_finds_more_with_every_key(visit: Visit) -> None:
    page = visit(GUIDE)

    page.keyboard.press("/")
    page.keyboard.type("overloaded_er", delay=30)

    expect(page.locator(".ce-hit code").first).to_have_text("overloaded_error")


def test_words_typed_before_the_script_came_are_searched(visit: Visit, hold: Hold) -> None:
    page = visit(GUIDE)
    release = hold(page, "**/assets/search.js")

    page.keyboard.press("/")
    page.keyboard.type("overloaded")

    assert release() == 1
    assert rows(page)[0] == "overloaded_error"


def test_arrows_walk_through_the_results_and_around(visit: Visit) -> None:
    page = visit("/ko/")
    type_words(page, "배치")
    found = rows(page)
    field = page.locator("#search input")
    chosen = page.locator('.ce-hit[aria-selected="true"]')

    assert len(found) > 2
    for key, number in (("", 0), ("ArrowDown", 1), ("ArrowDown", 2), ("ArrowUp", 1), ("ArrowUp", 0), ("ArrowUp", -1), ("ArrowDown", 0)):
        if key:
            page.keyboard.press(key)
        expect(chosen).to_have_count(1)
        expect(chosen.locator("code")).to_have_text(found[number])
        assert field.get_attribute("aria-activedescendant") == chosen.get_attribute("id")
        expect(field).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(rf"/ko/errors/(.*#)?{found[1]}/?$"))


def test_escape_closes_and_gives_the_focus_back(visit: Visit) -> None:
    page = visit(GUIDE)
    opener = page.locator(".ce-opener")
    opener.focus()
    page.keyboard.press("Enter")
    page.keyboard.type("batch")
    rows(page)

    page.keyboard.press("Escape")

    expect(page.locator("#search")).to_be_hidden()
    expect(opener).to_be_focused()
    assert page.url.endswith(GUIDE)


@pytest.mark.parametrize("place", ["button", "beside"])
def test_button_and_a_click_beside_it_close_it(visit: Visit, place: str) -> None:
    page = visit(GUIDE)
    page.keyboard.press("/")

    if place == "button":
        page.locator(".ce-dialog__close").click()
    else:
        page.mouse.click(10, 600)

    expect(page.locator("#search")).to_be_hidden()


def test_slash_is_a_letter_where_text_is_typed(visit: Visit) -> None:
    page = visit("/en/")

    page.locator(".ce-paste__in").press("/")

    expect(page.locator(".ce-paste__in")).to_have_value("/")
    expect(page.locator("#search")).to_be_hidden()


def test_result_shows_title_name_status_and_verdict(visit: Visit) -> None:
    page = visit("/ko/")
    type_words(page, "overloaded_error")
    rows(page)
    first = page.locator(".ce-hit").first

    expect(first.locator(".ce-hit__title")).to_contain_text("과부하")
    expect(first.locator("b")).to_have_text("529")
    expect(first.locator(".ce-badge--backoff")).to_have_text("백오프로 재시도")


def test_what_nobody_wrote_about_is_said(visit: Visit) -> None:
    page = visit("/en/")

    type_words(page, "qqqq")

    assert rows(page) == []
    expect(page.locator("#search [role=status]")).to_have_text("No page matches")
    expect(page.locator("#search input")).to_have_attribute("aria-expanded", "false")
    page.locator("#search input").fill("")
    expect(page.locator("#search [role=status]")).to_contain_text("Type part of the message")


def test_text_is_shown_and_not_run(visit: Visit) -> None:
    page = visit("/en/?q=%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E%20overloaded")

    assert "overloaded_error" in rows(page)
    assert page.locator("#search img").count() == 0


def test_address_with_words_opens_the_search(visit: Visit) -> None:
    page = visit("/en/?q=429")

    assert "rate_limit_error" in rows(page)


def test_nothing_is_loaded_before_it_is_opened_and_little_at_the_first_key(visit: Visit) -> None:
    page = visit(GUIDE)
    page.wait_for_load_state("networkidle")  # the browser asks for the icon when it likes
    loaded: list[Request] = []
    assert (
        page.evaluate("performance.getEntriesByType('resource').map((e) => e.name).filter((name) => /search|lunr|worker/.test(name))") == []
    )

    page.on("request", lambda request: loaded.append(request))
    page.wait_for_timeout(300)
    assert loaded == []
    page.keyboard.press("/")
    page.keyboard.type("o")
    rows(page)
    page.wait_for_load_state("networkidle")

    names = [request.url.rsplit("/", 1)[-1] for request in loaded]
    assert {"search.js", "search-core.js", "index.json"} <= set(names)
    assert len(names) == len(set(names))
    assert sum(len(gzip.compress(answer.body())) for request in loaded if (answer := request.response())) <= FIRST_KEYSTROKE


def test_second_query_loads_nothing_twice(visit: Visit) -> None:
    page = visit(GUIDE)
    type_words(page, "overloaded")
    rows(page)
    loaded: list[str] = []
    page.on("request", lambda request: loaded.append(request.url))

    page.keyboard.press("Escape")
    type_words(page, "overload")
    rows(page)

    assert loaded == []


def test_failed_load_is_said_and_the_next_key_tries_again(visit: Visit) -> None:
    page = visit(GUIDE)
    page.route("**/search/*.json", lambda route: route.fulfill(status=404, body=""))
    type_words(page, "overloaded")
    expect(page.locator("#search [role=status]")).to_contain_text("could not be loaded")

    page.unroute("**/search/*.json")
    page.keyboard.type("_")

    assert rows(page)[0] == "overloaded_error"


def test_build_that_came_meanwhile_is_searched_anew(visit: Visit) -> None:
    page = visit(GUIDE)
    answers = iter([True])

    def first_is_old(route: Route) -> None:
        if next(answers, False):
            route.fulfill(
                status=200, content_type="application/json", body=re.sub(r'"version":"\w+"', '"version":"gone"', route.fetch().text())
            )
        else:
            route.continue_()

    page.route("**/search/index.json", first_is_old)
    type_words(page, "overloaded")

    assert rows(page)[0] == "overloaded_error"


def test_pasted_error_is_decoded_and_its_secrets_stay_out_of_the_link(visit: Visit) -> None:
    page = visit("/en/")
    page.evaluate("""navigator.clipboard.writeText('Traceback, key sk-ant-0123456789abc\\n{"type": "invalid_request_error", ' +
        '"message": "Your credit balance is too low to access the Anthropic API."}')""")
    page.keyboard.press("/")

    page.keyboard.press("Control+v")

    assert rows(page)[0] == "credit_balance_too_low"
    link = page.locator(".ce-hit--decode")
    assert "0123456789" not in (link.get_attribute("href") or "")
    link.click()
    expect(page).to_have_url(re.compile(r"/en/decode/"))
    expect(page.locator(".ce-paste__in")).to_have_value(re.compile(r"^Traceback, key sk-….*\n", re.DOTALL))
    expect(page.locator(".ce-answer")).to_have_attribute("data-state", "hit")


def test_words_are_not_decoded(visit: Visit) -> None:
    page = visit("/en/")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))

    type_words(page, "credit balance is too low")

    assert rows(page)[0] == "credit_balance_too_low"
    assert page.locator(".ce-hit--decode").count() == 0
    assert not any("decode" in address for address in asked)


def test_without_the_decoder_a_pasted_error_is_searched(visit: Visit) -> None:
    page = visit("/ko/")
    page.route("**/decoder.json", lambda route: route.fulfill(status=200, body="no JSON"))

    type_words(page, '{"type":"error","error":{"type":"overloaded_error","message":"Overloaded"}}')

    assert rows(page)[0] == "overloaded_error"
    assert page.locator(".ce-hit--decode").count() == 0


def test_without_scripts_the_button_leads_to_the_list_of_all_guides(visit: Visit) -> None:
    page = visit("/ko/errors/batch_error/", script=False)

    page.locator(".ce-opener").click()

    expect(page).to_have_url(re.compile(r"/ko/#all$"))
    expect(page.locator("#search")).to_be_hidden()
    expect(page.locator("#all")).to_be_in_viewport()


@pytest.mark.parametrize(("language", "width"), [("ko", 1440), ("en", 1440), ("ko", 390), ("en", 320)])
def test_dialog_is_accessible_and_fits(visit: Visit, language: str, width: int) -> None:
    page = visit(f"/{language}/errors/batch_error/", width=width)
    page.locator(".ce-opener").click()
    page.locator("#search input").fill("rate limit 한도")
    rows(page)

    assert violations_in_both_schemes(page) == {}
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    boxes = page.locator("#search, .ce-hit, .ce-dialog__close").evaluate_all("(all) => all.map((e) => e.getBoundingClientRect().toJSON())")
    assert all(box["left"] >= 0 and box["right"] <= width and box["height"] >= 44 for box in boxes)
