"""What requests cost with and without prompt caching, exactly: prices from `facts/prices.yml`, rules from `facts/limits.yml`.

Fractions throughout, so that a result is right to the cent. Must not write words or round: pages do that.
`templates/assets/calculators-core.js` is the same arithmetic written a second time; a test compares the two.
"""

from __future__ import annotations

import dataclasses
import datetime
import decimal
import math
from fractions import Fraction
from typing import Literal

from generator.content.facts import Facts
from generator.schemas.facts import PriceBand

Ttl = Literal["5m", "1h"]
#: How requests come: evenly spaced, at random moments (Poisson), or in bursts with a pause longer than the TTL between them.
Pattern = Literal["even", "random", "bursts"]
TTLS: tuple[Ttl, ...] = ("5m", "1h")
MILLION = 1_000_000
#: Digits of the exponential function; far more than any sum of cents needs.
DIGITS = 60
#: With more requests in a lifetime than this, a gap as long as the lifetime is rarer than one in 10^86.
NEVER_MISSED = 200


@dataclasses.dataclass(frozen=True)
class Band:
    """Prices in USD for a million tokens, for prompts of at most `up_to` tokens; None where there is no price."""

    up_to: int | None
    input: Fraction
    output: Fraction
    write: dict[Ttl, Fraction | None]
    read: Fraction | None


@dataclasses.dataclass(frozen=True)
class Pricing:
    """What the facts say of one model's prices."""

    model: str
    bands: tuple[Band, ...]
    minimum: int | None
    """Shortest prefix that is cached; None when no source that we read says so."""
    minimum_confirmed: bool
    minimum_checked: datetime.date | None
    confirmed: bool
    """False when only third parties name a price."""
    checked: datetime.date

    def band(self, prompt: int) -> Band:
        """Return the prices for a prompt of so many tokens, cached ones included; the whole request is billed at them."""
        return next(band for band in self.bands if band.up_to is None or prompt <= band.up_to)


@dataclasses.dataclass(frozen=True)
class Request:
    """Tokens of one request: the prefix that stays the same, the rest of the prompt, the answer."""

    prefix: int
    other: int
    output: int


@dataclasses.dataclass(frozen=True)
class RequestCosts:
    """USD for one request: without caching, when it writes the prefix to the cache, when it reads it from there."""

    plain: Fraction
    write: Fraction
    read: Fraction


@dataclasses.dataclass(frozen=True)
class Caching:
    """A period with and without caching, in USD; requests that write and read the cache (expected numbers, so fractions)."""

    without: Fraction
    cached: Fraction
    writes: Fraction
    reads: Fraction


def exact(number: float) -> Fraction:
    """Return the decimal number that the YAML file shows, not the binary one next to it."""
    return Fraction(str(number))


def current_models(facts: Facts) -> list[str]:
    """Return the ids of all models that have a price and that requests can still name, in the order of the prices."""
    return [model for model in facts.prices.models if model in facts.models.models and not facts.is_retired(model)]


def pricing(facts: Facts, model: str) -> Pricing:
    """Return the prices of a model by its id in `facts/prices.yml`; raises KeyError when it has none."""
    found = facts.prices.models[model]
    minimum = facts.grouped.get(f"limits.caching.min_tokens.{model.removeprefix('claude-').replace('-', '_')}")
    return Pricing(
        model=model,
        bands=tuple(_band(band) for band in found.bands),
        minimum=int(str(minimum.value)) if minimum else None,
        minimum_confirmed=minimum is not None and minimum.confirmed,
        minimum_checked=minimum.checked if minimum else None,
        confirmed=found.confirmed,
        checked=found.checked,
    )


def _band(band: PriceBand) -> Band:
    def price(value: float | None) -> Fraction | None:
        return None if value is None else exact(value)

    write: dict[Ttl, Fraction | None] = {"5m": price(band.cache_write_5m), "1h": price(band.cache_write_1h)}
    return Band(band.up_to_prompt_tokens, exact(band.input), exact(band.output), write, price(band.cache_read))


def lifetime_hours(facts: Facts, ttl: Ttl) -> Fraction:
    """Return how many hours an entry lives after it was last written or read (`limits.caching.renewed_by_read`)."""
    if ttl == "1h":
        return exact(float(str(facts.grouped["limits.caching.ttl_long"].value)))
    return exact(float(str(facts.grouped["limits.caching.ttl_default"].value))) / 60


def plain_cost(prices: Pricing, prompt: int, output: int) -> Fraction:
    """Return what one request without caching costs in USD; raises ValueError for a negative number."""
    if prompt < 0 or output < 0:
        raise ValueError("tokens are never negative")
    band = prices.band(prompt)
    return (prompt * band.input + output * band.output) / MILLION


def request_costs(prices: Pricing, request: Request, ttl: Ttl) -> RequestCosts | None:
    """Return what one request costs; None for a model without cache prices. Raises ValueError for a negative number.

    A prefix shorter than the model's minimum is not cached and nothing is said (`limits.caching.min_tokens`), so all three are the same.
    Where the minimum is not known the prefix counts as cached.
    """
    if min(request.prefix, request.other, request.output) < 0:
        raise ValueError("tokens are never negative")
    band = prices.band(request.prefix + request.other)
    write, read = band.write[ttl], band.read
    if write is None or read is None:
        return None
    plain = plain_cost(prices, request.prefix + request.other, request.output)
    if request.prefix < (prices.minimum or 0):
        return RequestCosts(plain, plain, plain)
    rest = request.other * band.input + request.output * band.output
    return RequestCosts(plain, (request.prefix * write + rest) / MILLION, (request.prefix * read + rest) / MILLION)


def break_even_bound(band: Band, ttl: Ttl) -> Fraction | None:
    """Return the number of requests at which caching costs as much as none: one write and n - 1 reads against n inputs.

    None without cache prices, or when reading is not cheaper than sending.
    """
    write, read = band.write[ttl], band.read
    if write is None or read is None or read >= band.input:
        return None
    return (write - read) / (band.input - read)


def break_even_number(band: Band, ttl: Ttl) -> int | None:
    """Return the request, counted from 1, from which caching is cheaper, when each comes within the lifetime of the one before."""
    bound = break_even_bound(band, ttl)
    return None if bound is None else max(math.floor(bound) + 1, 1)


def break_even_rate(band: Band, ttl: Ttl, pattern: Pattern, hours: Fraction) -> decimal.Decimal | None:
    """Return the requests in an hour above which caching is cheaper in the long run; None without an answer.

    `hours` is the lifetime. Evenly spaced requests hit the cache when they come more often than once in a lifetime.
    Of random ones a share of 1 - e^(-rate x lifetime) comes in time, and that share must exceed (write - input) / (write - read).
    """
    bound = break_even_bound(band, ttl)
    write, read = band.write[ttl], band.read
    if bound is None or write is None or read is None or pattern == "bursts":
        return None
    with decimal.localcontext(prec=DIGITS):
        if pattern == "even":
            return _decimal(1 / hours)
        return max(_decimal((write - read) / (band.input - read)).ln(), decimal.Decimal(0)) / _decimal(hours)


def writes_of(pattern: Pattern, requests: int, period_hours: Fraction, burst: int, lifetime: Fraction) -> Fraction:
    """Return how many of the requests find no entry and write one; the first always does.

    Reading renews an entry, so only the gap to the request before counts. A gap of exactly the lifetime counts as too long.
    """
    if requests < 1:
        return Fraction(0)
    if pattern == "bursts":
        return Fraction(-(-requests // burst))
    if pattern == "even":
        return Fraction(1 if requests * lifetime > period_hours else requests)
    expected = requests * lifetime / period_hours
    if expected > NEVER_MISSED:
        return Fraction(1)
    with decimal.localcontext(prec=DIGITS):
        missed = Fraction((-_decimal(expected)).exp())
    return 1 + (requests - 1) * missed


def caching(prices: Pricing, request: Request, ttl: Ttl, requests: int, writes: Fraction) -> Caching | None:
    """Return what a period costs when `writes` of its requests write the cache and the others read it; None without cache prices."""
    each = request_costs(prices, request, ttl)
    if each is None:
        return None
    reads = requests - writes
    return Caching(requests * each.plain, writes * each.write + reads * each.read, writes, reads)


def cents(amount: Fraction) -> int:
    """Return an amount in USD as whole cents; half a cent is rounded away from zero."""
    sign = -1 if amount < 0 else 1
    return sign * math.floor(abs(amount) * 100 + Fraction(1, 2))


def money(amount: Fraction) -> str:
    """Return an amount in USD as both languages write it: to the cent, below one dollar to a millionth."""
    sign, size = ("-" if amount < 0 else ""), abs(amount)
    if size >= 1 or size == 0:
        whole = cents(size)
        return f"{sign}${whole // 100:,}.{whole % 100:02}"
    parts = math.floor(size * MILLION + Fraction(1, 2))
    if parts == 0:
        return f"{sign}<$0.000001"
    digits = f"{parts % MILLION:06}".rstrip("0").ljust(2, "0")
    return f"{sign}${parts // MILLION}.{digits}"


def written(value: Fraction, places: int = 0) -> str:
    """Return a number with at most so many decimals, half rounded away from zero, in groups of three, without zeros at its end."""
    rounded = math.floor(abs(value) * 10**places + Fraction(1, 2))
    whole, decimals = divmod(rounded, 10**places)
    rest = f"{decimals:0{places}}".rstrip("0") if places else ""
    return f"{'-' if value < 0 and rounded else ''}{whole:,}{'.' if rest else ''}{rest}"


def price(amount: Fraction) -> str:
    """Return a price for a million tokens: `$2`, `$2.50`, `$0.125`."""
    whole, _, decimals = written(amount, 6).partition(".")
    return f"${whole}.{decimals:0<2}" if decimals else f"${whole}"


def _decimal(number: Fraction) -> decimal.Decimal:
    return decimal.Decimal(number.numerator) / decimal.Decimal(number.denominator)
