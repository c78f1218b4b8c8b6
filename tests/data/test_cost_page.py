"""The cost page agrees with the facts: prices in its program, dates in its table, the requests from which caching pays."""

from __future__ import annotations

import ast
import json
import math
import re
from fractions import Fraction

import pytest

from generator.content.project import Project
from generator.schemas.page import Page, Table
from generator.text import inline
from tests.data.reading import ROOT

PROGRAM = ROOT / "snippets/_cost_of_call"
#: What the program calls a price and what the facts call it.
WRITES = {"5m": "cache_write_5m", "1h": "cache_write_1h"}


@pytest.fixture(scope="module")
def page(real: Project) -> Page:
    return real.handbook.by_path["cost"].page


def tables(page: Page, section: str) -> list[Table]:
    return [part.table for found in page.sections if found.id == section for part in found.parts if part.table]


def prices(name: str) -> dict[str, dict[str, float]]:
    """Return the prices that the program of one language holds."""
    code = (PROGRAM / name).read_text(encoding="utf-8")
    match = re.search(r"PRICES = (\{.*?\n\})", code, re.DOTALL)
    assert match, name
    if name.endswith(".py"):
        return ast.literal_eval(match[1])
    return json.loads(re.sub(r",(\s*\})", r"\1", re.sub(r"^(\s*)(\w+):", r'\1"\2":', match[1], flags=re.MULTILINE)))


def exact(value: float) -> Fraction:
    return Fraction(str(value))


@pytest.mark.parametrize("name", ["program.py", "program.ts"])
def test_prices_of_the_program_are_the_facts(real: Project, name: str):
    code = (PROGRAM / name).read_text(encoding="utf-8")
    found = prices(name)

    assert found
    for model, values in found.items():
        facts = real.facts.prices.models[model]
        # A model with two bands would need more than one price.
        assert [band.model_dump(exclude_none=True) for band in facts.bands] == [values]
        assert facts.confirmed
        assert f"as published on {facts.checked.isoformat()}." in code


@pytest.mark.parametrize("name", ["program.py", "program.ts"])
@pytest.mark.parametrize(
    ("constant", "fact"), [("WEB_SEARCHES_PER_1000", "web_search_per_1000"), ("BATCH_DISCOUNT_PERCENT", "batch_discount")]
)
def test_other_constants_of_the_program_are_the_facts(real: Project, name: str, constant: str, fact: str):
    found = re.search(rf"\b{constant} = ([\d.]+)", (PROGRAM / name).read_text(encoding="utf-8"))

    assert found
    assert float(found[1]) == real.facts.prices.multipliers[fact].value


def test_dates_of_the_table_are_those_of_its_sources(real: Project, page: Page):
    (table,) = tables(page, "billed")
    for row in table.rows:
        for text in (row[-1].ko, row[-1].en):
            sources = [page.sources.get(name) or real.facts.sources[name] for name in inline.citations(text)]

            assert sources
            assert {inline.plain(text)} == {source.read.isoformat() for source in sources}, text


def test_every_row_says_whether_it_is_billed_and_what_is_not_known(page: Page):
    (table,) = tables(page, "billed")
    answers = {inline.plain(row[1].en) for row in table.rows}

    assert answers == {"Yes", "No", "Unconfirmed", "Not the search", "Input only"}
    for row in table.rows:
        assert ("확인되지 않음" in row[1].ko) == (row[1].en == "Unconfirmed")
        assert ("확인되지 않" in row[2].ko) == ("Unconfirmed" in row[2].en)


def test_caching_pays_from_the_second_and_the_third_request_with_every_model(real: Project):
    found = {
        (model, ttl): math.floor((exact(write) - exact(band.cache_read)) / (exact(band.input) - exact(band.cache_read))) + 1
        for model, price in real.facts.prices.models.items()
        for band in price.bands
        for ttl, name in WRITES.items()
        if (write := getattr(band, name)) is not None and band.cache_read is not None
    }

    assert {ttl: {number for (_, other), number in found.items() if other == ttl} for ttl in WRITES} == {"5m": {2}, "1h": {3}}
    assert len(found) > 30


def test_the_bounds_in_the_text_are_computed_from_the_multipliers(real: Project, page: Page):
    factors = {name: exact(float(str(fact.value))) for name, fact in real.facts.prices.multipliers.items() if fact.unit == "factor"}
    bounds = [(factors[name] - factors["cache_read"]) / (1 - factors["cache_read"]) for name in WRITES.values()]
    texts = [part.text for section in page.sections if section.id == "caching" for part in section.parts if part.text]
    said = next(text for text in texts if "prices.multipliers.cache_read }}" in text.en)

    for text in (said.ko, said.en):
        assert re.findall(r"\d\.\d\d", text) == [f"{float(bound):.2f}" for bound in bounds]
