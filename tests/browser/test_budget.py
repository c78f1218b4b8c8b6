"""A first visit is light, asks nobody else, and loads nothing before it is used; the list of the home page stays usable at any size."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import reader
import served
from playwright.sync_api import Browser, Page, Route, expect

from generator.render.home_list import SHOWN, shares

MANY = 2000


@pytest.fixture(scope="module")
def compressed(built_site: Path) -> Iterator[str]:
    with served.serving(built_site) as address:
        yield address


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    with browser.new_context(viewport={"width": 390, "height": 844}) as context:
        yield context.new_page()


def test_first_visit_is_within_its_budget(browser: Browser, compressed: str, built_site: Path) -> None:
    found = {}
    for address in reader.addresses(built_site):
        with browser.new_context(viewport={"width": 390, "height": 844}) as context:
            found[address] = reader.visit(context.new_page(), f"{compressed}{address}")

    assert len(found) == 8
    assert {address: visit.bytes for address, visit in found.items() if visit.bytes > reader.MOST_BYTES} == {}
    assert {address: visit.addresses for address, visit in found.items() if len(visit.addresses) > reader.MOST_REQUESTS} == {}
    assert {address: visit.foreign for address, visit in found.items() if visit.foreign} == {}
    assert {address: visit.early for address, visit in found.items() if visit.early} == {}
    assert all(visit.bytes > 10_000 and len(visit.addresses) > 3 for visit in found.values())


def test_budget_sees_what_comes_too_early_or_from_elsewhere() -> None:
    visit = reader.Visit(["http://a.test/en/", "http://a.test/en/list.json", "http://b.test/x.js"], 1)

    assert visit.early == ["http://a.test/en/list.json"]
    assert visit.foreign == ["http://b.test/x.js"]


def test_list_comes_with_the_first_use_of_the_filter_and_only_once(page: Page, compressed: str) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url.rsplit("/", 1)[1]))
    page.goto(f"{compressed}/en/")
    page.wait_for_load_state("networkidle")
    assert "list.json" not in asked

    page.locator(".ce-filter__text").fill("batch")
    expect(page.locator('.ce-filter[data-state="ready"]')).to_be_attached()
    page.locator(".ce-filter__text").fill("")

    assert asked.count("list.json") == 1


def test_chip_that_is_pressed_before_the_list_is_there_counts(page: Page, compressed: str) -> None:
    page.route("**/list.json", lambda route: (page.wait_for_timeout(300), route.continue_()))
    page.goto(f"{compressed}/en/")

    page.locator('.ce-chip[data-verdict-filter="backoff"]').click()

    expect(page.locator('.ce-filter[data-state="ready"]')).to_be_attached()
    expect(page).to_have_url(re.compile("verdict=backoff"))
    assert page.locator(".ce-row .ce-badge--change").count() == 0
    assert page.locator(".ce-row .ce-badge--backoff").count() > 0


def test_list_that_cannot_be_loaded_says_so_and_is_tried_again(page: Page, compressed: str) -> None:
    page.route("**/list.json", lambda route: route.abort())
    page.goto(f"{compressed}/ko/")
    page.locator(".ce-filter__text").fill("429")
    expect(page.locator(".ce-filter__n")).to_have_text("목록을 불러오지 못했습니다. 연결을 확인한 다음 다시 시도하세요.")

    page.unroute("**/list.json")
    page.locator(".ce-filter__text").fill("4291")
    page.locator(".ce-filter__text").fill("429")

    expect(page.locator('.ce-filter[data-state="ready"]')).to_be_attached()
    assert page.locator(".ce-row:visible").count() > 0


@pytest.fixture
def many(page: Page, compressed: str, built_site: Path) -> Page:
    """The home page with a list of MANY guides: the real ones over and over."""
    page.route("**/list.json", lambda route: _many(route, built_site / "en" / "list.json"))
    page.goto(f"{compressed}/en/")
    page.locator(".ce-filter__text").focus()
    expect(page.locator('.ce-filter[data-state="ready"]')).to_be_attached()
    return page


def _many(route: Route, file: Path) -> None:
    data = json.loads(file.read_text(encoding="utf-8"))
    real = sum(map(len, data["groups"].values()))
    for name, rows in data["groups"].items():
        copies = (MANY * len(rows) // real) // len(rows)
        data["groups"][name] = [[f"{row[0]}_{copy}", *row[1:]] for copy in range(copies) for row in rows]
    route.fulfill(json=data)


def test_list_of_thousands_shows_the_same_rows_as_the_page_would(many: Page, built_site: Path) -> None:
    counts = many.locator(".ce-group").evaluate_all(
        """(groups) => groups.map((group) => {
            const more = group.querySelector(".ce-group__more");
            return [group.querySelectorAll(".ce-row").length, more.hidden ? 0 : Number(more.textContent.match(/\\d+/)[0])];
        })"""
    )

    shown = [row for row, _ in counts]
    assert sum(row + left for row, left in counts) > MANY * 0.9
    assert shown == shares([row + left for row, left in counts], SHOWN)


def test_more_of_a_group_is_shown_and_the_focus_goes_to_the_first_new_row(many: Page) -> None:
    group = many.locator(".ce-group").filter(has=many.locator(".ce-group__more:visible")).first
    before = group.locator(".ce-row").count()

    group.locator(".ce-group__more").press("Enter")

    after = group.locator(".ce-row").count()
    assert before < after <= before + 100
    expect(group.locator(".ce-row").nth(before).locator("a")).to_be_focused()


@pytest.mark.parametrize("words", ["", "e", "batch"])
def test_filter_never_draws_more_rows_than_fit(many: Page, words: str) -> None:
    many.locator(".ce-filter__text").fill(words)

    assert 0 < many.locator(".ce-row").count() <= SHOWN
