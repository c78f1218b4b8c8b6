"""Records of facts."""

from __future__ import annotations

import datetime

import pytest
from pydantic import ValidationError

from generator.schemas.facts import Fact, PriceBand

DAY = datetime.date(2026, 11, 21)


@pytest.mark.parametrize(("source", "ids"), [("docs", ("docs",)), (["docs", "sdk"], ("docs", "sdk"))])
def test_fact_has_one_source_or_several(source, ids):
    assert Fact(value=1, unit="count", source=source, checked=DAY).source_ids == ids


@pytest.mark.parametrize("value", [True, 7, 0.5, "text", DAY, (408, 409), ("5m", "1h")])
def test_value_keeps_its_type(value):
    found = Fact(value=value, unit="count", source="docs", checked=DAY).value

    assert found == value
    assert type(found) is type(value)


@pytest.mark.parametrize(
    ("field", "value"), [("unit", "furlong"), ("source", []), ("source", ""), ("checked", "2026-11-21"), ("value", None)]
)
def test_fact_without_unit_source_or_day_is_refused(field, value):
    with pytest.raises(ValidationError):
        Fact.model_validate({"value": 1, "unit": "count", "source": "docs", "checked": DAY, field: value})


def test_price_may_be_whole_and_never_negative():
    assert PriceBand(input=2, output=0.5).input == 2.0
    with pytest.raises(ValidationError):
        PriceBand(input=-1, output=0)
