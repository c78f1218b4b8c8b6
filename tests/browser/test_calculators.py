"""A reader works with the calculators: numbers as people type them, links, keyboard, print, no network."""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import quote

import pytest
from playwright.sync_api import Locator, Page, Request, expect

from tests.browser.axe import violations, violations_in_both_schemes

Visit = Callable[..., Page]
PARTS = ("caching", "failures", "batch")


def ready(page: Page) -> Page:
    """Return the page when its calculators work."""
    expect(page.locator("html[data-calculators=ready]")).to_have_count(1)
    return page


def opened(visit: Visit, language: str = "en", fragment: str = "", **more: object) -> Page:
    return ready(visit(f"/{language}/calculators/{fragment}", **more))


def field(page: Page, name: str) -> Locator:
    return page.locator(f"#{name}")


def say(page: Page, part: str) -> Locator:
    return page.locator(f"[data-result={part}] [data-say]")


def shown(page: Page, part: str) -> list[str]:
    """Return every text of a result besides its chart."""
    return page.locator(f"[data-result={part}]").evaluate(
        """(result) => [...result.querySelectorAll("[data-say] p, [data-table] :is(th, td), [data-formulas] :is(dt, dd)")]
            .map((element) => element.textContent)"""
    )


@pytest.mark.parametrize("language", ["ko", "en"])
def test_script_and_worked_examples_say_the_same(visit: Visit, language: str) -> None:
    without = visit(f"/{language}/calculators/", script=False)
    examples = {part: without.locator(f"[data-result={part}]").inner_html() for part in PARTS}
    texts = {part: shown(without, part) for part in PARTS}
    expect(without.locator("[data-calculator=caching]")).to_be_hidden()
    expect(without.locator("[data-result=caching] [data-example]")).to_be_visible()
    expect(without.locator(".md-content noscript p")).to_be_visible()

    page = opened(visit, language)

    for part in PARTS:
        assert shown(page, part) == texts[part], part
        assert len(texts[part]) > 20
        assert "data-example" in examples[part]
        expect(page.locator(f"[data-result={part}] [data-example]")).to_have_count(0)
        expect(page.locator(f"[data-result={part}] svg[role=img]")).to_be_visible()


def test_result_follows_what_is_typed(visit: Visit) -> None:
    page = opened(visit)

    field(page, "caching-requests").fill("1")

    expect(say(page, "caching")).to_contain_text("Caching costs more here: $0.054 instead of $0.044, 22.7% more.")
    field(page, "caching-pattern").select_option("bursts")
    field(page, "caching-requests").fill("30")
    field(page, "caching-burst").fill("3")
    # 10 writes of 20,000 x $2.50, 20 reads of 20,000 x $0.10, 30 x (500 x $2 + 300 x $10)
    expect(say(page, "caching")).to_contain_text("Caching pays: $0.66 instead of $1.32, 50% less.")


def test_third_request_pays_at_one_hour_and_second_at_five_minutes(visit: Visit) -> None:
    page = opened(visit)
    models = page.locator("#caching-model option").evaluate_all("(all) => all.map((one) => one.value)")
    assert len(models) > 10

    for model in models:
        field(page, "caching-model").select_option(model)
        for ttl, number in (("5m", 2), ("1h", 3)):
            field(page, "caching-ttl").select_option(ttl)
            if model == "claude-mythos-5-2":
                expect(say(page, "caching")).to_contain_text("cache prices of claude-mythos-5-2 are not known")
            else:
                expect(say(page, "caching")).to_contain_text(f"cheaper from request {number}.")


def test_short_prefix_long_prompt_and_unconfirmed_prices_are_told(visit: Visit) -> None:
    page = opened(visit)
    warnings = page.locator("[data-result=caching] [data-warnings]")

    field(page, "caching-prefix").fill("511")
    expect(say(page, "caching")).to_contain_text("Nothing is cached: claude-sonnet-5-5 caches a prefix from 512 tokens, yours is shorter.")
    field(page, "caching-model").select_option("claude-haiku-5-5")
    field(page, "caching-prefix").fill("99,501")
    expect(warnings).to_contain_text("more than 100,000 tokens")
    field(page, "caching-prefix").fill("99,500")
    expect(warnings).to_be_empty()
    field(page, "caching-model").select_option("claude-fable-5-2")
    expect(warnings).to_contain_text("third parties only")


#: What readers type, and the words of the message; None when it is understood.
TYPED = [
    ("-5", "not negative", "음수가 아닌"),
    ("", "Enter a number", "숫자를 입력하세요"),
    ("99999999999999999999999999", "at most 1,000,000,000", "1,000,000,000 이하"),
    ("abc", "Enter digits", "아라비아 숫자로"),
    ("삼백", "Enter digits", "아라비아 숫자로"),
    ("NaN", "Enter digits", "아라비아 숫자로"),
    ("1e400", "Enter digits", "아라비아 숫자로"),
    ("<img src=x onerror=alert(1)>", "Enter digits", "아라비아 숫자로"),
    ("1,00", "separators", "구분 기호"),
    ("0", "at least 1", "1 이상"),
    ("2.5", "whole number", "정수"),
]


@pytest.mark.parametrize("language", ["ko", "en"])
def test_silly_entries_get_a_message_and_never_nan(visit: Visit, language: str) -> None:
    page = opened(visit, language)
    entry = field(page, "caching-requests")
    error = field(page, "caching-requests-error")

    for text, english, korean in TYPED:
        entry.fill(text)
        expect(error).to_contain_text(korean if language == "ko" else english)
        expect(entry).to_have_attribute("aria-invalid", "true")
        assert "caching-requests-error" in str(entry.get_attribute("aria-describedby"))
        expect(page.locator("[data-result=caching] :is(table, svg)")).to_have_count(0)
        whole = page.locator("main").inner_text()
        assert not re.search(r"NaN|Infinity|undefined|\[object", whole), text
    entry.fill("1,000")
    expect(error).to_be_hidden()
    assert entry.get_attribute("aria-invalid") is None
    expect(page.locator("[data-result=caching] table")).to_have_count(2)


def test_numbers_are_understood_as_people_write_them(visit: Visit) -> None:
    page = opened(visit, "ko")
    wanted = "1,000 × (20,500 × $2 + 300 × $10)"

    for text in ("1,000", "1 000", "１０００", "１，０００", "1k", "1천", "0.1만", " 1000 "):
        field(page, "caching-requests").fill("7")
        expect(page.locator("[data-result=caching] [data-formulas]")).to_contain_text("7 × (20,500")
        field(page, "caching-requests").fill(text)
        expect(page.locator("[data-result=caching] [data-formulas]")).to_contain_text(wanted)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("caching-prefix", "1,000,001"), ("caching-prefix", "999,999"), ("failures-limited", "101"), ("failures-timeout", "99"),
        ("failures-retries", "11"), ("failures-loops", "0"), ("batch-failing", "100.1"), ("batch-output", "128,001"), ("money-won", "x"),
    ],
)  # fmt: skip
def test_impossible_numbers_are_marked_where_they_stand(visit: Visit, name: str, text: str) -> None:
    page = opened(visit)

    field(page, name).fill(text)

    expect(field(page, f"{name}-error")).to_be_visible()
    expect(field(page, name)).to_have_attribute("aria-invalid", "true")


@pytest.mark.parametrize(
    "edges", [{"failures-server": "100", "failures-limited": "0", "failures-timeout": "0"}, {"failures-invalid": "100"}]
)
def test_extremes_of_failures_have_an_answer(visit: Visit, edges: dict[str, str]) -> None:
    page = opened(visit)

    for name, text in edges.items():
        field(page, name).fill(text)

    expect(say(page, "failures")).to_contain_text("100,000 of 100,000 calls fail in the end")
    assert "NaN" not in page.locator("main").inner_text()


def test_batch_tells_deadline_and_rest(visit: Visit) -> None:
    page = opened(visit)

    field(page, "batch-deadline").fill("1")
    expect(say(page, "batch")).to_contain_text("too short for batches")
    field(page, "batch-deadline").fill("5")
    expect(say(page, "batch")).to_contain_text("likely but not sure")
    field(page, "batch-failing").fill("100")
    expect(say(page, "batch")).to_contain_text("A batch saves nothing here: $550.00 either way.")
    field(page, "batch-requests").fill("250,001")
    expect(say(page, "batch")).to_contain_text("It takes 3 batches")


def test_amounts_are_shown_in_won_with_the_rate_that_was_typed(visit: Visit) -> None:
    page = opened(visit, "ko")

    field(page, "money-won").fill("1,400.5")

    expect(say(page, "caching")).to_contain_text("$44.00(61,622원)")
    field(page, "money-won").fill("")
    expect(say(page, "caching")).not_to_contain_text("원)")


def test_address_carries_the_numbers_through_reload_and_link(visit: Visit) -> None:
    page = opened(visit)
    field(page, "failures-server").fill("7.5")
    expect(page).to_have_url(re.compile(r"#failures&.*server=7\.5"))
    result = shown(page, "failures")

    page.reload()
    ready(page)
    assert shown(page, "failures") == result
    page.locator("[data-calculator=failures] [data-copy]").click()
    expect(page.locator("[data-calculator=failures] [data-copy]")).to_have_text("Link copied")
    other = ready(visit(page.evaluate("navigator.clipboard.readText()")))

    assert shown(other, "failures") == result
    expect(field(other, "failures-server")).to_have_value("7.5")
    expect(other.locator("#failures")).to_be_in_viewport()
    expect(field(other, "caching-prefix")).to_have_value("20,000")


def test_reset_brings_the_start_back(visit: Visit) -> None:
    page = opened(visit)
    before = shown(page, "caching")
    field(page, "caching-prefix").fill("7,777")
    expect(page).to_have_url(re.compile("prefix=7"))

    page.locator("[data-calculator=caching] [data-reset]").click()

    assert shown(page, "caching") == before
    expect(page).to_have_url(re.compile("#caching$"))


@pytest.mark.parametrize(
    "fragment",
    [
        "#caching&prefix=-1&model=evil&ttl=9y", "#caching&prefix=<script>window.ran=1</script>", "#batch&requests=%E0%A4%A",
        "#caching&__proto__=1&constructor=2", "#failures&submit=1&model=", "#none&x=1", f"#caching&prefix={quote('한글 & % #')}",
    ],
)  # fmt: skip
def test_damaged_link_does_no_harm(visit: Visit, fragment: str) -> None:
    page = opened(visit, fragment=fragment)

    assert page.evaluate("window.ran") is None
    assert not re.search("NaN|undefined", page.locator("main").inner_text())
    field(page, "caching-prefix").fill("20,000")
    expect(say(page, "caching")).to_contain_text("Caching pays")


def test_nothing_is_requested_and_nothing_kept(visit: Visit) -> None:
    page = opened(visit)
    sent: list[Request] = []
    page.on("request", lambda request: sent.append(request))
    # The browser asks for the icon again when the address changes; that is not for the page to forbid.
    page.route("**/favicon.svg", lambda route: route.fulfill(status=204))

    page.context.set_offline(True)
    for part, name in (("caching", "prefix"), ("failures", "input"), ("batch", "input")):
        field(page, f"{part}-{name}").fill("4,321")
        expect(page.locator(f"[data-result={part}] [data-formulas]")).not_to_be_empty()
    expect(say(page, "batch")).to_contain_text("A batch costs")
    page.wait_for_timeout(400)
    page.context.set_offline(False)

    assert {request.url.rsplit("/", 1)[1] for request in sent} <= {"favicon.svg"}
    assert "4,321" not in page.evaluate("JSON.stringify([{...localStorage}, {...sessionStorage}, document.cookie])")


def test_scripts_of_the_calculators_are_loaded_on_their_page_alone(visit: Visit) -> None:
    page = visit("/en/errors/overloaded_error/")

    loaded = page.evaluate("performance.getEntriesByType('resource').map(entry => entry.name)")

    assert [name for name in loaded if "calculators" in name] == []


def test_keyboard_alone_is_enough(visit: Visit) -> None:
    page = opened(visit)
    field(page, "money-won").focus()
    reached = []
    for _ in range(45):
        page.keyboard.press("Tab")
        reached.append(page.evaluate("document.activeElement.id || ('copy' in document.activeElement.dataset ? 'copy' : '')"))

    wanted = page.locator("[data-calculator] :is(input, select):visible").evaluate_all("(all) => all.map((one) => one.id)")
    assert len(wanted) > 20
    assert [name for name in wanted if name not in reached] == []
    assert reached.count("copy") == 3

    field(page, "caching-model").focus()
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    page.keyboard.insert_text("40,000")
    expect(field(page, "caching-ttl")).to_have_value("1h")
    expect(field(page, "caching-prefix")).to_have_value("40,000")
    expect(say(page, "caching")).to_contain_text("Within the lifetime of 1 hour")
    field(page, "caching-prefix").press("Enter")
    assert "/calculators/?" not in page.url


def test_result_is_told_to_screen_readers_and_charts_have_names(visit: Visit) -> None:
    page = opened(visit)

    for part in PARTS:
        expect(say(page, part)).to_have_attribute("role", "status")
        chart = page.locator(f"[data-result={part}] svg[role=img]")
        name = chart.evaluate(
            "(svg) => svg.getAttribute('aria-labelledby').split(' ').map((id) => document.getElementById(id).textContent)"
        )
        assert len(name) == 2
        assert all(name)
    ids = page.locator("[id]").evaluate_all("(all) => all.map((one) => one.id)")
    assert len(ids) == len(set(ids))


def test_old_price_is_marked_by_the_clock_of_the_reader(visit: Visit) -> None:
    page = visit("/en/calculators/")
    price = page.locator("#prices ~ table").first.locator("tr", has_text="claude-sonnet-5-5").locator("td").last
    page.clock.set_fixed_time("2026-12-07T00:00:00Z")
    page.reload()
    ready(page)
    expect(price).to_have_text("2026-10-08")
    expect(page.locator("[data-result=caching] [data-warnings]")).to_be_empty()

    page.clock.set_fixed_time("2026-12-08T00:00:00Z")
    page.reload()
    ready(page)

    expect(price).to_have_text("2026-10-08 read more than 60 days ago")
    expect(page.locator("[data-result=caching] [data-warnings]")).to_contain_text("were read on 2026-10-08")


def test_page_prints_forms_results_and_charts(visit: Visit) -> None:
    page = opened(visit)

    page.emulate_media(media="print")

    for part in PARTS:
        expect(page.locator(f"[data-calculator={part}]")).to_be_visible()
        expect(page.locator(f"[data-result={part}] svg[role=img]")).to_be_visible()
        expect(page.locator(f"[data-calculator={part}] [data-copy]")).to_be_hidden()
    assert len(page.pdf()) > 50_000


@pytest.mark.parametrize("language", ["ko", "en"])
def test_axe_finds_nothing(visit: Visit, language: str) -> None:
    page = opened(visit, language)

    for text in ("1,000", "-1"):
        field(page, "caching-requests").fill(text)
        expect(page.locator("[data-result=caching] table")).to_have_count(2 if text == "1,000" else 0)
        assert (violations_in_both_schemes(page) if language == "ko" else violations(page)) in ({}, [])
    page.set_viewport_size({"width": 390, "height": 844})
    assert violations(page) == []


@pytest.mark.parametrize("fragment", ["", "#failures&server=5"])
@pytest.mark.parametrize("width", [390, 1280])
def test_nothing_moves_while_loading(visit: Visit, width: int, fragment: str) -> None:
    page = opened(visit, "ko", fragment, width=width)

    shift = page.evaluate(
        """() => new Promise((resolve) => {
            let sum = 0;
            new PerformanceObserver((list) => { for (const entry of list.getEntries()) sum += entry.value; })
              .observe({ type: "layout-shift", buffered: true });
            setTimeout(() => resolve(sum), 200);
        })"""
    )

    assert shift < 0.01


@pytest.mark.parametrize("language", ["ko", "en"])
def test_page_never_scrolls_sideways(visit: Visit, language: str) -> None:
    page = opened(visit, language)
    field(page, "money-won").fill("1,400")
    field(page, "caching-requests").fill("999,999,999")
    field(page, "caching-pattern").select_option("bursts")
    field(page, "caching-burst").fill("123,456")
    expect(page.locator("[data-result=caching] [data-formulas]")).to_contain_text("999,999,999")

    for width in (1280, 768, 390, 320):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"), width
        beyond = page.locator(".ce-chart text").evaluate_all(
            """(all) => all.filter((text) => text.getBoundingClientRect().right > text.closest("figure").getBoundingClientRect().right + 1)
                .map((text) => text.textContent)"""
        )
        assert beyond == [], width
