"""A first visit is light, asks nobody else, and loads nothing before it is used."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import reader
import served
from playwright.sync_api import Browser


@pytest.fixture(scope="module")
def compressed(built_site: Path) -> Iterator[str]:
    with served.serving(built_site) as address:
        yield address


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
    visit = reader.Visit(["http://a.test/en/", "http://a.test/en/decoder.json", "http://b.test/x.js"], 1)

    assert visit.early == ["http://a.test/en/decoder.json"]
    assert visit.foreign == ["http://b.test/x.js"]
