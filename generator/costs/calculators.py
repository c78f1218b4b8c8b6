"""The data behind the calculators of `/<language>/calculators/`: prices and rules with their days, all from `facts/`.

Numbers are texts, so that no browser rounds them. Must not hold a figure itself.
"""

from __future__ import annotations

import dataclasses
from fractions import Fraction
from typing import Any

from generator.content.facts import Facts
from generator.costs import caching, failures
from generator.costs.caching import Band, Request
from generator.costs.failures import Policy, Traffic
from generator.schemas.facts import Fact, Sourced

#: A price that was read longer ago is marked in the reader's browser; a build knows no clock.
OLD_AFTER_DAYS = 60
#: The largest number that a field takes; no reader has more requests in a period.
MOST_REQUESTS = 1_000_000_000
#: Where it is said what of a failed call is billed.
BILLING_SOURCES = ("support_how_billed", "support_how_to_pay", "batch_processing_august")
#: Hours of each period that a reader can choose; a month has 30 days.
PERIODS = {"hour": 1, "day": 24, "month": 720}


_REQUEST = Request(prefix=20_000, other=500, output=300)


@dataclasses.dataclass(frozen=True)
class CachingExample:
    """What the fields of the first calculator hold at the start."""

    model: str = "claude-sonnet-5-5"
    ttl: caching.Ttl = "5m"
    request: Request = _REQUEST
    requests: int = 1_000
    period: str = "day"
    pattern: caching.Pattern = "random"
    burst: int = 10


@dataclasses.dataclass(frozen=True)
class FailuresExample:
    """What the fields of the second calculator hold at the start; shares in percent."""

    model: str = "claude-sonnet-5-5"
    input: int = 3_000
    output: int = 500
    calls: int = 100_000
    invalid: str = "0.5"
    limited: str = "2"
    server: str = "1"
    timeout: str = "0.5"
    retry_after: int = 0
    retries: int = 4
    loops: int = 5


@dataclasses.dataclass(frozen=True)
class BatchExample:
    """What the fields of the third calculator hold at the start; the share in percent."""

    model: str = "claude-sonnet-5-5"
    input: int = 3_000
    output: int = 500
    requests: int = 50_000
    failing: str = "1"
    resubmissions: int = 1
    deadline: int = 48


CACHING, FAILURES, BATCH = CachingExample(), FailuresExample(), BatchExample()


def data(facts: Facts) -> dict[str, Any]:
    """Return what `calculators.js` computes with, ready for JSON."""
    known = facts.models.models
    return {
        "models": [
            {
                "id": model,
                "bands": [_band(band) for band in prices.bands],
                "minimum": prices.minimum,
                "minimum_confirmed": prices.minimum_confirmed,
                "confirmed": prices.confirmed,
                "checked": prices.checked.isoformat(),
                "context": known[model].context_tokens,
                "max_output": known[model].max_output_tokens,
                "retires": retires.isoformat() if (retires := known[model].retires) else None,
            }
            for model in caching.current_models(facts)
            for prices in (caching.pricing(facts, model),)
        ],
        "lifetimes": {ttl: str(caching.lifetime_hours(facts, ttl)) for ttl in caching.TTLS},
        "periods": PERIODS,
        "most_requests": MOST_REQUESTS,
        "old_after_days": OLD_AFTER_DAYS,
        "sdk_retries": failures.sdk_policy(facts).retries,
        "backoff": {
            "initial": _value(facts, "sdk.backoff.initial_delay"),
            "growth": _value(facts, "sdk.backoff.growth"),
            "longest": _value(facts, "sdk.backoff.max_delay"),
            "jitter": _value(facts, "sdk.backoff.jitter"),
        },
        "batch": {
            "discount": str(facts.prices.multipliers["batch_discount"].value),
            "max_requests": _value(facts, "limits.batch.max_requests"),
            "typical_hours": _value(facts, "limits.batch.typical_finish"),
            "longest_hours": _value(facts, "limits.batch.expires_after"),
        },
    }


def timeout_seconds(facts: Facts) -> int:
    """Return the SDKs' own timeout in seconds, which the second calculator starts with."""
    return int(Fraction(_value(facts, "sdk.defaults.timeout")) * 60)


def policies(facts: Facts, retries: int, loops: int) -> dict[str, Policy]:
    """Return the retry policies that are compared, by the keys of their names; the loop stands around the SDK's own retries."""
    default = failures.sdk_policy(facts)
    return {"none": Policy(0), "sdk": default, "own": Policy(retries), "loop": Policy(default.retries, loops)}


def example_traffic(facts: Facts) -> Traffic:
    """Return the traffic of the second calculator's start."""
    example = FAILURES
    cost = caching.plain_cost(caching.pricing(facts, example.model), example.input, example.output)
    return Traffic(
        calls=example.calls,
        cost=cost,
        invalid=Fraction(example.invalid) / 100,
        limited=Fraction(example.limited) / 100,
        server=Fraction(example.server) / 100,
        timeout=Fraction(example.timeout) / 100,
        timeout_seconds=Fraction(timeout_seconds(facts)),
        retry_after=Fraction(example.retry_after),
    )


def _band(band: Band) -> dict[str, str | int | None]:
    def text(value: Fraction | None) -> str | None:
        return None if value is None else str(value)

    prices = {"input": band.input, "output": band.output, "write_5m": band.write["5m"], "write_1h": band.write["1h"], "read": band.read}
    return {"up_to": band.up_to, **{name: text(value) for name, value in prices.items()}}


def _value(facts: Facts, path: str) -> str:
    return str(facts.grouped[path].value)


def rules(facts: Facts) -> list[tuple[str, Fact]]:
    """Return the rules that the calculators use, each with the key of its words below `calculators.facts`."""
    factors = ("batch_discount", "cache_write_5m", "cache_write_1h", "cache_read")
    paths = {
        "renewed": "limits.caching.renewed_by_read",
        "max_batch": "limits.batch.max_requests",
        "typical": "limits.batch.typical_finish",
        "expires": "limits.batch.expires_after",
        "retries": "sdk.defaults.max_retries",
        "timeout": "sdk.defaults.timeout",
    }
    found = [(name, facts.prices.multipliers[name]) for name in factors]
    return found + [(name, facts.grouped[path]) for name, path in paths.items()]


def source_ids(facts: Facts) -> list[str]:
    """Return the sources of everything that the page says, each once: prices, minimum prefixes, rules, what is billed."""
    records: list[Sourced] = [facts.prices.models[model] for model in caching.current_models(facts)]
    records += [fact for path, fact in facts.grouped.items() if path.startswith(("limits.caching.", "sdk.backoff."))]
    records += [fact for _, fact in rules(facts)]
    found = [source for record in records for source in record.source_ids]
    return list(dict.fromkeys([*found, *(source for source in BILLING_SOURCES if source in facts.sources)]))
