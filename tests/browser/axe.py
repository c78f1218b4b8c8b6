"""What axe finds in a page."""

from __future__ import annotations

from typing import Literal

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

#: The rules that look at colours.
COLOURS = ("color-contrast", "link-in-text-block")


def violations(page: Page, *, only: tuple[str, ...] = ()) -> list[tuple[str, str]]:
    """Return rule and element of what is wrong; with `only`, as these rules see it."""
    options = {"runOnly": {"type": "rule", "values": list(only)}} if only else None
    found = Axe().run(page, options=options).response["violations"]
    return [(violation["id"], violation["nodes"][0]["html"][:160]) for violation in found]


def violations_in_both_schemes(page: Page) -> dict[str, list[tuple[str, str]]]:
    """Return what is wrong in the light page and, as nothing else differs, with the colours of the dark one; leaves it light."""
    found = {"light": violations(page)}
    background = _background(page)
    _choose(page, "dark", "slate")
    assert _background(page) != background
    found["dark"] = violations(page, only=COLOURS)
    _choose(page, "light", "default")
    return {scheme: wrong for scheme, wrong in found.items() if wrong}


def _choose(page: Page, media: Literal["dark", "light"], scheme: str) -> None:
    # The page looks at the media only when it is loaded.
    page.emulate_media(color_scheme=media)
    page.evaluate("scheme => document.body.setAttribute('data-md-color-scheme', scheme)", scheme)


def _background(page: Page) -> str:
    return str(page.evaluate("getComputedStyle(document.body).backgroundColor"))
