"""The page of the calculators: its data come from the facts, and readers without script get worked examples."""

from __future__ import annotations

import json
import re
from html import unescape

import pytest

from generator.content import facts as facts_module
from generator.content.facts import Facts
from generator.costs import caching, calculators
from generator.render import Renderer
from tests.unit.projects import ROOT, SmallProject


@pytest.fixture(scope="session")
def real() -> Facts:
    return facts_module.load(ROOT)


def page(small: SmallProject, language: str = "en") -> str:
    return Renderer(small.load()).pages.calculators(language).html


def data(text: str) -> dict:
    found = re.search(r'<script type="application/json" id="calculators-data">(.*)</script>', text)
    assert found
    return json.loads(found[1])


def test_data_hold_every_model_with_its_prices_as_texts(real: Facts):
    found = calculators.data(real)["models"]

    assert [model["id"] for model in found] == caching.current_models(real)
    haiku = next(model for model in found if model["id"] == "claude-haiku-5-5")
    assert [band["up_to"] for band in haiku["bands"]] == [100_000, None]
    assert haiku["bands"][0]["input"] == "1/10"
    assert all(
        isinstance(value, str | None) for model in found for band in model["bands"] for name, value in band.items() if name != "up_to"
    )


def test_data_follow_the_facts(small: SmallProject):
    small.edit("facts/prices.yml", "{ input: 2,", "{ input: 2.2,")
    small.edit("facts/sdk.yml", "max_retries: { value: 2,", "max_retries: { value: 3,")
    small.edit("facts/limits.yml", "ttl_default: { value: 5,", "ttl_default: { value: 6,")

    found = data(page(small))

    assert found["models"][0]["bands"][0]["input"] == "11/5"
    assert found["sdk_retries"] == 3
    assert found["lifetimes"]["5m"] == "1/10"


def test_nothing_in_the_data_can_end_its_script(small: SmallProject):
    small.edit("templates/strings/en.yml", "copied: Link copied\n    address", "copied: '</script><script>alert(1)</script>'\n    address")

    text = page(small)

    assert "<script>alert" not in text
    assert data(text)["words"]["copied"] == "</script><script>alert(1)</script>"


@pytest.mark.parametrize("language", ["ko", "en"])
def test_worked_examples_are_computed_from_the_prices(small: SmallProject, language: str):
    before = unescape(page(small, language))
    small.edit("facts/prices.yml", "{ input: 2,", "{ input: 20,")
    after = unescape(page(small, language))

    assert "1,000 × (20,500 × $2 + 300 × $10) ÷ 1,000,000 = $44.00" in before
    assert "1,000 × (20,500 × $20 + 300 × $10) ÷ 1,000,000 = $413.00" in after
    assert "50,000 × $0.011 = $550.00" in before


def test_every_date_of_a_price_can_be_marked_as_old(small: SmallProject):
    text = page(small)

    # Break-even, prices, and one for each rule.
    assert text.count("data-checked>2026-10-10<") == 2 + len(calculators.rules(small.load().facts))


def test_price_that_only_third_parties_name_is_marked(small: SmallProject):
    assert "<small>not confirmed</small>" not in page(small)
    small.edit(
        "facts/prices.yml",
        "    source: vision\n    checked: 2026-10-10\n",
        "    source: vision\n    checked: 2026-10-10\n    confirmed: false\n",
    )

    text = page(small)

    assert "<small>not confirmed</small>" in text
    assert "Cache prices only from third parties." in text


def test_sources_of_the_prices_are_listed(small: SmallProject):
    project = small.load()

    listed = set(calculators.source_ids(project.facts))

    assert set(project.facts.prices.models["claude-sonnet-5-5"].source_ids) <= listed
    assert 'id="source-1"' in page(small)


def test_every_field_has_a_label_and_a_place_for_its_message(small: SmallProject):
    text = page(small)

    inputs = re.findall(r'<input id="([\w-]+)"', text)
    assert len(inputs) > 20
    for name in inputs:
        assert f'<label for="{name}">' in text
        assert f'id="{name}-error"' in text
        described = re.search(rf'id="{name}"[^>]* aria-describedby="([^"]+)"', text)
        assert described
        assert all(f'id="{place}"' in text for place in described[1].split())
