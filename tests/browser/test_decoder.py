"""A reader pastes an error into the box and gets an answer; the text stays on the page."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Page, Request, expect

from generator.content import project as project_module
from tests.browser.axe import violations, violations_in_both_schemes

Visit = Callable[..., Page]
Hold = Callable[[Page, str], Callable[[], int]]

LIMIT = (
    "anthropic.RateLimitError: Error code: 429 - {'type': 'error', 'error': {'type': 'rate_limit_error', 'message': "
    "'Number of concurrent connections has exceeded your rate limit.'}, 'request_id': 'req_011CSHoEeqs5C35K2UUqR7Fy'}"
)
TOOLS = (
    "messages.2: `tool_use` ids were found without `tool_result` blocks immediately after: toolu_01. "
    "Each `tool_use` block must have a corresponding `tool_result` block in the next message."
)
UNKNOWN = "anthropic: words that nobody has ever seen"
KEY = "sk-ant-api03-abcdefghijklmnop"
#: Marks of a text that must not leave the page.
MARK = "zebra-of-the-test"
HTML = f"""{LIMIT} <img src=x onerror="window.ran=1"><script>window.ran=2</script></script></textarea>
<svg onload=window.ran=3><a href="javascript:window.ran=4">a</a> {MARK}"""
#: Places of the box: address and language.
BOXES = [("/en/", "en"), ("/ko/", "ko"), ("/en/decode/", "en"), ("/ko/decode/", "ko"), ("/en/no/such/page", "en"), ("/ko/no/such", "ko")]


def box(page: Page) -> Page:
    """Return the page when its box is there; its parts are `.ce-paste__in` and `.ce-answer` that are visible."""
    expect(page.locator(".ce-paste__in:visible")).to_have_count(1)
    return page


def state(page: Page, wanted: str) -> None:
    expect(page.locator(".ce-decoder:visible .ce-answer")).to_have_attribute("data-state", wanted, timeout=15_000)


def paste(page: Page, text: str) -> None:
    """Put the text on the clipboard and paste it with the keyboard."""
    page.evaluate("text => navigator.clipboard.writeText(text)", text)
    page.locator(".ce-paste__in:visible").focus()
    page.keyboard.press("Control+V")


def drop(page: Page, content: bytes, name: str = "error.log") -> None:
    """Drop a file on the box."""
    transfer = page.evaluate_handle(
        "([bytes, name]) => { const t = new DataTransfer(); t.items.add(new File([new Uint8Array(bytes)], name)); return t; }",
        [list(content), name],
    )
    for event in ("dragenter", "dragover", "drop"):
        page.locator(".ce-decoder:visible").dispatch_event(event, {"dataTransfer": transfer})


def guide(page: Page) -> str:
    return str(page.locator(".ce-answer__go").get_attribute("href"))


def requests_of(page: Page) -> list[Request]:
    found: list[Request] = []
    page.on("request", lambda request: found.append(request))
    return found


@pytest.mark.parametrize(("address", "language"), BOXES)
def test_pasted_error_is_answered_in_the_language_of_the_page(visit: Visit, address: str, language: str) -> None:
    page = box(visit(address))

    paste(page, TOOLS)

    state(page, "hit")
    page.locator(".ce-answer__go").click()
    expect(page).to_have_url(re.compile(f"/{language}/errors/tool_use_without_tool_result/$"))
    expect(page.locator(".ce-verdict__say")).to_be_visible()


def test_typed_name_is_answered(visit: Visit) -> None:
    page = box(visit("/en/"))

    page.locator(".ce-paste__in").press_sequentially("RateLimitError")

    state(page, "hit")
    expect(page.locator(".ce-answer__go code")).to_have_text("rate_limit_error")


def test_keyboard_alone_is_enough(visit: Visit) -> None:
    page = box(visit("/en/"))
    page.locator(".ce-paste__in").focus()
    page.keyboard.insert_text("529")
    state(page, "hit")

    for _ in range(8):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.matches('.ce-answer__go')"):
            break
    page.keyboard.press("Enter")

    expect(page).to_have_url(re.compile("/en/errors/overloaded_error/$"))


def test_example_is_answered_at_the_first_click(visit: Visit) -> None:
    for number, slug in ((0, "tool_use_without_tool_result"), (1, "rate_limit_error")):
        page = box(visit("/ko/"))
        page.locator("[data-sample]").nth(number).click()
        state(page, "hit")
        assert slug in guide(page)


def test_clear_empties_box_and_answer(visit: Visit) -> None:
    page = box(visit(f"/en/decode/#t={quote(TOOLS)}"))
    state(page, "hit")

    page.locator("[data-clear]").click()

    state(page, "idle")
    expect(page.locator(".ce-paste__in")).to_have_value("")
    expect(page.locator(".ce-paste__in")).to_be_focused()
    expect(page.locator("[data-clear]")).to_be_hidden()
    assert page.url.endswith("/en/decode/")


@pytest.mark.parametrize("text", ["", " ", "\n\n\t"])
def test_nothing_is_said_about_nothing(visit: Visit, text: str) -> None:
    page = box(visit("/en/"))
    page.locator(".ce-paste__in").fill("529")
    state(page, "hit")

    page.locator(".ce-paste__in").fill(text)

    state(page, "idle")
    expect(page.locator(".ce-answer__live")).to_be_empty()


def test_dropped_file_is_read(visit: Visit) -> None:
    page = box(visit("/en/decode/"))

    drop(page, LIMIT.encode())

    state(page, "hit")
    expect(page.locator(".ce-paste__in")).to_have_value(LIMIT)
    assert "rate_limit_error" in guide(page)


def test_binary_file_is_told_to_be_none_of_text(visit: Visit) -> None:
    page = box(visit("/en/decode/"))

    drop(page, b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "a.png")

    expect(page.locator(".ce-answer__live")).to_have_text("This is not a text file.")
    expect(page.locator(".ce-paste__in")).to_have_value("")


def test_link_carries_the_text_after_the_hash_and_opens_the_answer(visit: Visit) -> None:
    page = box(visit("/en/"))
    paste(page, f"{TOOLS} {MARK} \U0001f600 % # & 한글 {KEY}")
    state(page, "hit")

    page.locator("[data-share]").click()

    expect(page.locator("[data-share]")).to_have_text("Link copied")
    link = page.evaluate("navigator.clipboard.readText()")
    before, _, after = link.partition("#t=")
    assert before.endswith("/en/decode/")
    assert MARK in after
    assert KEY[6:] not in link
    other = box(visit(link))
    state(other, "hit")
    assert "tool_use_without_tool_result" in guide(other)
    expect(other.locator(".ce-paste__in")).to_have_value(re.compile(f"{MARK} \U0001f600 % # & 한글 sk-…"))


def test_link_that_ends_in_the_middle_of_a_character_is_copied_all_the_same(visit: Visit) -> None:
    page = box(visit("/en/"))
    page.locator(".ce-paste__in").fill("529 " + "x" * 7_995 + "\U0001f600 and more")
    expect(page.locator("[data-share]")).to_be_visible(timeout=15_000)

    page.locator("[data-share]").click()

    expect(page.locator("[data-share]")).to_have_text("Link copied")


@pytest.mark.parametrize("fragment", ["t=%E0%A4%A", "t=%", "t=", "x=1", "t=%00%0a"])
def test_link_that_was_damaged_does_no_harm(visit: Visit, fragment: str) -> None:
    page = box(visit(f"/en/decode/#{fragment}"))

    page.locator(".ce-paste__in").fill("529")

    state(page, "hit")


def test_what_is_typed_before_the_text_of_a_link_is_read_stays(visit: Visit, hold: Hold) -> None:
    page = box(visit("/en/"))
    release = hold(page, "**/decode-box.js")
    page.evaluate("location.hash = 't=429'")

    page.locator(".ce-paste__in").fill("529")
    release()

    expect(page.locator(".ce-answer__go code")).to_have_text("overloaded_error")


def test_answer_follows_the_address(visit: Visit) -> None:
    page = box(visit("/en/decode/#t=529"))
    state(page, "hit")

    page.evaluate("location.hash = 't=429'")

    expect(page.locator(".ce-answer__go code")).to_have_text("rate_limit_error")


@pytest.mark.parametrize(
    ("sdk", "file"),
    [("anthropic.BadRequestError: ", "fix.py"), ("BadRequestError: 400 at /app/node_modules/@anthropic-ai/sdk/core/error.mjs ", "fix.ts")],
)
def test_fixed_code_is_copied_from_the_answer(visit: Visit, root: Path, sdk: str, file: str) -> None:
    fixed = project_module.load(root).snippets["tool_use_without_tool_result"].files[file].shown
    page = box(visit("/en/"))
    paste(page, f"{sdk}{TOOLS}")
    state(page, "hit")

    page.get_by_role("button", name="Copy the fixed code").click()
    expect(page.get_by_role("button", name="Copied")).to_be_visible()

    assert page.evaluate("navigator.clipboard.readText()").strip("\n") == fixed
    expect(page.locator(".ce-answer__diff ins").first).to_be_visible()
    page.get_by_role("link", name="See the fixed code").click()
    expect(page).to_have_url(re.compile(r"/en/errors/tool_use_without_tool_result/#fix$"))
    expect(page.locator(".ce-diff:visible")).to_have_text(
        re.compile("import Anthropic from" if file == "fix.ts" else "from anthropic import")
    )


def test_switch_of_the_language_keeps_the_pasted_text(visit: Visit) -> None:
    page = box(visit("/en/decode/"))
    paste(page, LIMIT)
    state(page, "hit")

    page.locator(".ce-header__lang").click()

    expect(page).to_have_url(re.compile("/ko/decode/#t="))
    state(page, "hit")
    expect(page.locator(".ce-paste__in")).to_have_value(LIMIT)


def test_nothing_of_the_text_leaves_the_page(visit: Visit) -> None:
    page = box(visit("/en/"))
    sent = requests_of(page)

    paste(page, f"{TOOLS} {MARK}")
    state(page, "hit")
    page.locator("[data-share]").click()
    page.locator(".ce-paste__in").fill(f"{UNKNOWN} {MARK}")
    state(page, "none")
    drop(page, f"529 {MARK}".encode())
    page.wait_for_load_state("networkidle")

    wanted = r"/(assets/(decode-box|decoder(-parts|-match|-unwrap)?)\.js|en/decoder\.json|fix/[a-z_]+\.json)$"
    assert sent
    assert [request.url for request in sent if not re.search(wanted, request.url)] == []
    assert not any(MARK in request.url or MARK in (request.post_data or "") or request.method != "GET" for request in sent)
    kept = page.evaluate("JSON.stringify([{...localStorage}, {...sessionStorage}, document.cookie])")
    assert MARK not in kept


@pytest.mark.parametrize("address", ["/en/", "/en/decode/", "/en/no/such/page", "/en/errors/batch_error/"])
def test_decoder_is_not_loaded_before_the_box_is_touched(visit: Visit, address: str) -> None:
    page = visit(address)
    loaded = page.evaluate("performance.getEntriesByType('resource').map(entry => entry.name)")

    assert loaded
    assert [name for name in loaded if "decode" in name.rsplit("/", 1)[1]] == []


def test_slow_index_is_told_and_the_text_is_answered_when_it_is_there(visit: Visit, hold: Hold) -> None:
    page = box(visit("/en/"))
    release = hold(page, "**/decoder.json")

    paste(page, TOOLS)
    expect(page.locator(".ce-answer__live")).to_have_text("Reading the index of errors")

    assert release() == 1
    state(page, "hit")


def test_example_and_file_that_come_before_the_index_are_answered(visit: Visit, hold: Hold) -> None:
    for act in (lambda page: page.locator("[data-sample]").first.click(), lambda page: drop(page, TOOLS.encode())):
        page = box(visit("/en/"))
        release = hold(page, "**/decoder.json")
        act(page)
        expect(page.locator(".ce-answer__live")).to_have_text("Reading the index of errors")
        release()
        state(page, "hit")
        assert "tool_use" in guide(page)


@pytest.mark.parametrize("missing", ["decoder.json", "decode-box.js", "decoder.js", "decoder-match.js", "decoder-unwrap.js"])
def test_what_could_not_be_loaded_is_told_and_loaded_at_the_next_touch(visit: Visit, missing: str) -> None:
    page = box(visit("/en/"))
    page.route(f"**/{missing}", lambda route: route.fulfill(status=404, body="no"))
    page.locator(".ce-paste__in").fill("529")
    expect(page.locator(".ce-answer__live")).to_have_text("The index of errors could not be loaded. Check your connection and try again.")

    page.unroute(f"**/{missing}")
    page.locator(".ce-paste__in").fill("429")

    state(page, "hit")
    expect(page.locator(".ce-answer__go code")).to_have_text("rate_limit_error")


@pytest.mark.parametrize("address", ["/en/", "/ko/decode/", "/en/no/such/page"])
def test_markup_in_a_text_is_shown_and_never_run(visit: Visit, address: str) -> None:
    page = box(visit(address))
    paste(page, "529")
    state(page, "hit")
    sent = requests_of(page)

    for text, wanted in ((HTML, "hit"), (f"{UNKNOWN} {HTML[len(LIMIT) :]}", "none"), (HTML[len(LIMIT) :], "other")):
        page.locator(".ce-paste__in:visible").fill("")
        paste(page, text)
        state(page, wanted)
    page.goto(f"{page.url.split('#')[0]}#t={quote(HTML)}")
    state(page, "hit")

    assert page.evaluate("window.ran") is None
    assert page.locator(".ce-answer__live :is(img, script, svg, [onerror], [onload])").count() == 0
    # The browser asks for the icon again when the address changes.
    assert {request.url.rsplit("/", 1)[1] for request in sent} <= {"favicon.svg"}


def test_place_of_the_message_is_marked(visit: Visit) -> None:
    page = box(visit("/en/"))

    paste(page, f"before {LIMIT} after")

    expect(page.locator(".ce-answer__text mark").first).to_contain_text("Number of concurrent connections")
    expect(page.locator(".ce-answer__parts")).to_contain_text("req_011CSHoEeqs5C35K2UUqR7Fy")


def test_error_without_a_guide_is_answered_by_its_place_on_a_page(visit: Visit, built_site: Path) -> None:
    index = json.loads((built_site / "en/decoder.json").read_text(encoding="utf-8"))["index"]
    record = next(record for record in index["records"] if record["slug"] != record["page"] and record["codes"])
    page = box(visit("/en/"))

    page.locator(".ce-paste__in").fill(record["slug"])
    state(page, "hit")
    page.locator(".ce-answer__go").click()

    expect(page).to_have_url(re.compile(f"/en/errors/{record['page']}/#{record['slug']}$"))
    expect(page.locator(f"#{record['slug']}")).to_be_visible()


def test_million_letters_are_read_and_more_are_told(visit: Visit) -> None:
    page = box(visit("/en/"))

    drop(page, (LIMIT + " x" * 520_000).encode())

    state(page, "hit")
    expect(page.locator(".ce-answer__note")).to_have_text("Only the first million characters were read.")
    assert page.evaluate("document.querySelector('.ce-paste__in').value.length") == 1_000_000


@pytest.mark.parametrize("way", ["paste", "drop", "type"])
def test_secret_is_masked_on_the_screen(visit: Visit, way: str) -> None:
    page = box(visit("/en/"))
    text = f"x-api-key: {KEY} someone@example.com {LIMIT}"

    if way == "paste":
        paste(page, text)
    elif way == "drop":
        drop(page, text.encode())
    else:
        page.locator(".ce-paste__in").fill(text)
    state(page, "hit")

    assert KEY[6:] not in page.locator(".ce-answer").inner_text()
    if way != "type":
        expect(page.locator(".ce-paste__in")).to_have_value(re.compile(r"^x-api-key: sk-… som… anthropic"))
        expect(page.locator(".ce-answer__note")).to_contain_text("Keys, tokens and email addresses are hidden here.")


def test_text_of_another_service_is_refused_by_name(visit: Visit) -> None:
    page = box(visit("/en/"))

    paste(page, "openai.RateLimitError: Error code: 429")

    state(page, "other")
    expect(page.locator(".ce-answer__live")).to_contain_text("It looks like an error of OpenAI.")
    expect(page.locator(".ce-answer__go")).to_have_count(0)


def test_box_is_hidden_and_the_list_is_there_without_script(visit: Visit) -> None:
    page = visit("/en/", script=False)

    expect(page.locator(".ce-paste__in")).to_be_hidden()
    expect(page.locator(".ce-decoder noscript p")).to_be_visible()
    page.locator(".ce-row a:visible").first.click()
    expect(page.locator(".ce-verdict__say")).to_be_visible()


#: A text for each kind of answer.
ANSWERS = {"hit": f"{KEY} {LIMIT}", "none": UNKNOWN, "other": "openai.RateLimitError: Error code: 429"}


@pytest.mark.parametrize(("address", "language"), BOXES)
def test_answer_is_accessible_and_fits_every_width(visit: Visit, address: str, language: str) -> None:
    page = box(visit(address))

    for wanted, text in ANSWERS.items():
        page.locator(".ce-paste__in:visible").fill(text)
        state(page, wanted)
        # The box is the same everywhere; in both schemes it is looked at where readers meet it first.
        assert (violations_in_both_schemes(page) if address == "/en/" else violations(page)) in ({}, [])
    for width in (768, 390, 320):
        page.set_viewport_size({"width": width, "height": 900})
        for wanted, text in {**ANSWERS, "hit": LIMIT + " " + "x" * 3000}.items():
            page.locator(".ce-paste__in:visible").fill(text)
            state(page, wanted)
            assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"), wanted
        page.locator(".ce-paste__in:visible").fill("529")
        expect(page.locator(".ce-answer__go:visible")).to_be_visible()
