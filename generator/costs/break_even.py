"""The table and the picture of when prompt caching pays, for every model that requests can name.

Figures and keys of words only: `templates/macros/break_even.j2` writes and draws them.
"""

from __future__ import annotations

import dataclasses
import datetime
from fractions import Fraction
from typing import Literal

from generator.content.facts import Facts
from generator.costs import caching
from generator.costs.caching import Band, Ttl

#: Requests that the picture shows.
SHOWN = 6
#: Where the lines start and end, in percent of the width; the rest is for their names. Heights are in pixels.
LEFT, RIGHT, TOP, BOTTOM = 8.0, 72.0, 16.0, 196.0


@dataclasses.dataclass(frozen=True)
class Row:
    """What the table says of one model."""

    model: str
    numbers: dict[Ttl, int | None]
    """The request from which caching is cheaper; None without cache prices."""
    bounds: dict[Ttl, str | None]
    """How many requests cost the same either way, to two decimals."""
    minimum: str | None
    """Shortest prefix that is cached, None when no source that we read says so."""
    minimum_confirmed: bool
    minimum_checked: datetime.date | None
    rules: tuple[tuple[str, dict[str, str]], ...]
    """What is special: a key of the strings below `calculators.rules` and its slots."""
    checked: datetime.date
    confirmed: bool


@dataclasses.dataclass(frozen=True)
class Line:
    """One way to send the same prefix: points as (percent, pixels), and the place of its break-even."""

    name: Literal["plain", "5m", "1h"]
    points: tuple[tuple[float, float], ...]
    even: int | None
    """The request from which it is cheaper than the first line; counted from 1."""


@dataclasses.dataclass(frozen=True)
class Picture:
    """Cost of one to SHOWN requests in units of the prefix sent once without caching."""

    model: str
    lines: tuple[Line, ...]
    levels: tuple[tuple[float, int], ...]
    """Horizontal lines: pixels and what they stand for."""


def rows(facts: Facts) -> list[Row]:
    """Return a row for every model that has a price and is not retired, in the order of `facts/prices.yml`."""
    return [_row(facts, model) for model in caching.current_models(facts)]


def picture(facts: Facts, model: str) -> Picture:
    """Return the picture for a model with cache prices; raises ValueError for one without, KeyError for an unknown one."""
    band = caching.pricing(facts, model).bands[0]
    most = SHOWN
    lines = [Line("plain", _points([Fraction(number) for number in range(1, most + 1)]), None)]
    for ttl in caching.TTLS:
        write, read = band.write[ttl], band.read
        if write is None or read is None:
            raise ValueError(f"{model} has no cache prices")
        values = [(write + (number - 1) * read) / band.input for number in range(1, most + 1)]
        lines.append(Line(ttl, _points(values), caching.break_even_number(band, ttl)))
    return Picture(model, tuple(lines), tuple((_height(Fraction(level)), level) for level in range(0, most + 1, 2)))


def _row(facts: Facts, model: str) -> Row:
    prices = caching.pricing(facts, model)
    first = prices.bands[0]
    bounds = {ttl: caching.break_even_bound(first, ttl) for ttl in caching.TTLS}
    return Row(
        model=model,
        numbers={ttl: _same(prices.bands, ttl) for ttl in caching.TTLS},
        bounds={ttl: None if bound is None else caching.written(bound, 2) for ttl, bound in bounds.items()},
        minimum=None if prices.minimum is None else f"{prices.minimum:,}",
        minimum_confirmed=prices.minimum_confirmed,
        minimum_checked=prices.minimum_checked,
        rules=tuple(_rules(facts, model, first)),
        checked=prices.checked,
        confirmed=prices.confirmed,
    )


def _same(bands: tuple[Band, ...], ttl: Ttl) -> int | None:
    """Return the number that holds in every band; raises ValueError when a table with one number could not be right."""
    numbers = {caching.break_even_number(band, ttl) for band in bands}
    if len(numbers) > 1:
        raise ValueError("the break-even differs between the bands of a model")
    return numbers.pop()


def _rules(facts: Facts, model: str, band: Band) -> list[tuple[str, dict[str, str]]]:
    prices, known = facts.prices.models[model], facts.models.models[model]
    found: list[tuple[str, dict[str, str]]] = []
    if band.read is None:
        found.append(("no_cache_price", {}))
    elif band.read / band.input != caching.exact(float(str(facts.prices.multipliers["cache_read"].value))):
        found.append(("read", {"factor": caching.written(band.read / band.input, 4)}))
    if len(prices.bands) > 1 and band.up_to is not None:
        factor = caching.written(caching.exact(prices.bands[1].input) / band.input, 2)
        found.append(("bands", {"limit": f"{band.up_to:,}", "factor": factor}))
    if not prices.confirmed:
        found.append(("unconfirmed", {}))
    if known.retires:
        found.append(("retires", {"day": known.retires.isoformat()}))
    return found


def _height(value: Fraction) -> float:
    return round(float(BOTTOM - (BOTTOM - TOP) * float(value) / SHOWN), 1)


def _points(values: list[Fraction]) -> tuple[tuple[float, float], ...]:
    step = (RIGHT - LEFT) / (SHOWN - 1)
    return tuple((round(LEFT + step * number, 2), _height(value)) for number, value in enumerate(values))
