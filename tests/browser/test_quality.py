"""Pages are accessible, fit every width and stay where they are while they load."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

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


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("address", ADDRESSES)
def test_axe_finds_nothing(visit: Visit, address: str, scheme: str) -> None:
    page = visit(address, scheme=scheme)

    found = Axe().run(page).response["violations"]

    assert [(violation["id"], violation["nodes"][0]["html"][:160]) for violation in found] == []


@pytest.mark.parametrize("address", ADDRESSES[:7])
def test_axe_finds_nothing_on_a_phone(visit: Visit, address: str) -> None:
    page = visit(address, width=390)

    found = Axe().run(page).response["violations"]

    assert [(violation["id"], violation["nodes"][0]["html"][:160]) for violation in found] == []


@pytest.mark.parametrize("width", [320, 390, 768, 1440])
@pytest.mark.parametrize("address", ADDRESSES)
def test_page_never_scrolls_sideways(visit: Visit, address: str, width: int) -> None:
    page = visit(address, width=width)

    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


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


@pytest.mark.parametrize("language", ["ko", "en"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1440])
def test_screenshots_are_taken_to_look_at(visit: Visit, root: Path, language: str, scheme: str, width: int) -> None:
    folder = root / "test-results" / "screenshots"
    for name, address in (
        ("home", ""),
        ("guide", "errors/batch_custom_id_invalid/"),
        ("waiting", "errors/overloaded_error/"),
        ("404", "x"),
    ):
        page = visit(f"/{language}/{address}", width=width, scheme=scheme)
        file = folder / f"{name}-{language}-{width}-{scheme}.png"
        page.screenshot(path=file, full_page=True)
        assert file.stat().st_size > 10_000
