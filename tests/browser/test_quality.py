"""Pages are accessible, fit every width and stay where they are while they load."""

from __future__ import annotations

import statistics
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.browser.axe import violations, violations_in_both_schemes

Visit = Callable[..., Page]
ADDRESSES = [
    "/en/",
    "/ko/",
    "/en/errors/rate_limit_error/",
    "/ko/errors/batch_error/",
    "/en/errors/batch_custom_id_invalid/",
    "/en/api/",
    "/ko/api/",
    "/ko/nothing/here",
    "/en/nothing/here",
]


@pytest.mark.parametrize("address", ADDRESSES)
def test_axe_finds_nothing(visit: Visit, address: str) -> None:
    page = visit(address)

    assert violations_in_both_schemes(page) == {}
    page.set_viewport_size({"width": 390, "height": 844})
    assert violations(page) == []


@pytest.mark.parametrize("address", ADDRESSES)
def test_page_never_scrolls_sideways(visit: Visit, address: str) -> None:
    page = visit(address)

    for width in (1440, 768, 390, 320):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"), width


@pytest.mark.parametrize("address", ADDRESSES[:4])
def test_nothing_moves_while_loading(visit: Visit, address: str) -> None:
    page = visit(address)

    shift = page.evaluate(
        """() => new Promise((resolve) => {
            let sum = 0;
            new PerformanceObserver((list) => { for (const entry of list.getEntries()) sum += entry.value; })
              .observe({ type: "layout-shift", buffered: true });
            setTimeout(() => resolve(sum), 200);
        })"""
    )

    assert shift < 0.01


@pytest.mark.parametrize("address", ["/en/", "/ko/errors/rate_limit_error/"])
def test_everything_that_can_be_pressed_is_reached_by_tab(visit: Visit, address: str) -> None:
    page = visit(address)
    wanted = page.evaluate(
        """() => [...document.querySelectorAll("a[href], button, summary, select, textarea, input")]
            .filter((e) => e.checkVisibility({ visibilityProperty: true, opacityProperty: true }) && e.tabIndex >= 0 && e.type !== "radio")
            .filter((e) => e.getBoundingClientRect().width > 1)
            .map((e) => (e.dataset.seen = "no", e)).length"""
    )
    for _ in range(wanted * 3 + 40):
        page.keyboard.press("Tab")
        page.evaluate("document.activeElement.dataset.seen = 'yes'")

    missed = page.locator("[data-seen=no]").evaluate_all("(all) => all.map((e) => e.outerHTML.slice(0, 120))")

    assert wanted > 10
    assert missed == []


#: How far down the fixed code may begin, in screens, by the size of the window.
SCREENS = {(1440, 900): 1.6, (390, 844): 2.5}


@pytest.mark.parametrize("language", ["ko", "en"])
def test_fixed_code_begins_within_few_screens(visit: Visit, built_site: Path, language: str) -> None:
    guides = sorted(file.parent.name for file in (built_site / language / "errors").glob("*/index.html"))
    page = visit(f"/{language}/errors/{guides[0]}/")
    found: dict[tuple[int, int], dict[str, float]] = {size: {} for size in SCREENS}
    for guide in guides:
        page.goto(f"/{language}/errors/{guide}/", wait_until="domcontentloaded")
        if page.locator("#members:is(h2)").count() > 0:  # on the page of a large family the reader first finds the error
            continue
        for width, height in SCREENS:
            page.set_viewport_size({"width": width, "height": height})
            found[width, height][guide] = page.locator("#fix").evaluate("(part) => part.getBoundingClientRect().top + scrollY") / height

    for size, screens in found.items():
        worst = max(screens, key=lambda guide: screens[guide])
        print(f"{language} {size}: median {statistics.median(screens.values()):.2f}, worst {screens[worst]:.2f} ({worst})")
        assert len(screens) > 20
        assert {guide: far for guide, far in screens.items() if far > SCREENS[size]} == {}
