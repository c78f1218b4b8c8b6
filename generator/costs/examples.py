"""The worked examples of the page of calculators: what the calculators say about the numbers that they start with.

`templates/assets/calculators.js` says the same about any numbers; a test in the browser compares the two. Must not compute costs.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from fractions import Fraction

from generator.content.facts import Facts
from generator.content.strings import Strings
from generator.costs import caching as costs
from generator.costs import calculators
from generator.costs import failures as failure_costs
from generator.costs.caching import money, written
from generator.costs.calculators import BATCH, CACHING, FAILURES


@dataclasses.dataclass(frozen=True)
class Result:
    """What stands below a form: sentences, a table, the formulas with their numbers."""

    say: list[str]
    head: list[str]
    rows: list[list[str]]
    formulas: list[tuple[str, str]]


def caching(facts: Facts, t: Strings) -> Result:
    """Return the first worked example; raises ValueError when its model has no cache prices."""
    prices = costs.pricing(facts, CACHING.model)
    request, requests, hours = CACHING.request, CACHING.requests, calculators.PERIODS[CACHING.period]
    band = prices.band(request.prefix + request.other)
    found, rows = {}, []
    for ttl in costs.TTLS:
        missed = costs.writes_of(CACHING.pattern, requests, Fraction(hours), CACHING.burst, costs.lifetime_hours(facts, ttl))
        period = costs.caching(prices, request, ttl, requests, missed)
        if period is None:
            raise ValueError(f"{CACHING.model} has no cache prices")
        found[ttl] = period
        less = period.without - period.cached
        difference = f"{money(-less)} ({written(-less / period.without * 100, 1)}%)"
        rows.append([t(f"calculators.ui.{ttl}"), money(period.cached), written(period.writes, 1), written(period.reads, 1), difference])
    chosen = found[CACHING.ttl]
    write, read, life = band.write[CACHING.ttl], band.read, costs.lifetime_hours(facts, CACHING.ttl)
    rate, bound = costs.break_even_rate(band, CACHING.ttl, CACHING.pattern, life), costs.break_even_bound(band, CACHING.ttl)
    number = costs.break_even_number(band, CACHING.ttl)
    if write is None or read is None or rate is None or bound is None or number is None:
        raise ValueError(f"{CACHING.model} has no cache prices")
    say, per_hour = _speaker(t, "caching"), Fraction(requests, hours)
    best = min(costs.TTLS, key=lambda ttl: found[ttl].cached)
    writes, reads = written(chosen.writes, 2), written(chosen.reads, 2)
    cost_in, cost_out = costs.price(band.input), costs.price(band.output)
    prompt, rest = f"{request.prefix + request.other:,}", f"({request.other:,} × {cost_in} + {request.output:,} × {cost_out})"
    return Result(
        say=[
            say(
                "pays",
                cached=money(chosen.cached),
                without=money(chosen.without),
                percent=written((chosen.without - chosen.cached) / chosen.without * 100, 1),
            ),
            say("number", ttl=t(f"calculators.ui.{CACHING.ttl}"), number=number),
            say("rate", rate=written(Fraction(rate), 2), yours=written(per_hour, 2)),
            say("best", best=t(f"calculators.ui.{best}")),
        ],
        head=[t(f"calculators.ui.caching.{key}") for key in ("way", "cost", "writes", "reads", "difference")],
        rows=[[say("plain"), money(chosen.without), "0", "0", ""], *rows],
        formulas=[
            (
                say("f_plain"),
                f"{requests:,} × ({prompt} × {cost_in} + {request.output:,} × {cost_out}) ÷ 1,000,000 = {money(chosen.without)}",
            ),
            (say("f_writes"), f"1 + {requests - 1:,} × e^(−{written(per_hour, 2)} × {written(life, 4)}) = {writes}"),
            (
                say("f_cached"),
                f"({writes} × {request.prefix:,} × {costs.price(write)} + {reads} × {request.prefix:,} × {costs.price(read)} + "
                f"{requests:,} × {rest}) ÷ 1,000,000 = {money(chosen.cached)}",
            ),
            (
                say("f_number"),
                f"({costs.price(write)} − {costs.price(read)}) ÷ ({cost_in} − {costs.price(read)}) = {written(bound, 2)} → {number}",
            ),
        ],
    )


def failures(facts: Facts, t: Strings) -> Result:
    """Return the second worked example."""
    traffic, waits, say = calculators.example_traffic(facts), failure_costs.backoff(facts), _speaker(t, "failures")
    policies = calculators.policies(facts, FAILURES.retries, FAILURES.loops)
    found = {name: failure_costs.failures(traffic, policy, waits) for name, policy in policies.items()}
    sdk, retries, calls = found["sdk"], policies["sdk"].retries, traffic.calls
    slots = {"none": {}, "sdk": {"n": retries}, "own": {"n": FAILURES.retries}, "loop": {"n": FAILURES.loops}}
    right, wrong = written(calls * (1 - traffic.invalid), 2), written(calls * traffic.invalid, 2)
    sent = written(sdk.attempts - calls * traffic.invalid, 2)
    percents = [f"{written(share * 100, 4)}%" for share in (traffic.limited, traffic.server, traffic.timeout)]
    pauses = " + ".join(f"{_power(number + 1)} × {written(waits.mean(number), 4)}" for number in range(retries))
    return Result(
        say=[
            say("say_default", failed=written(sdk.failed, 1), calls=written(Fraction(calls)), without=written(found["none"].failed, 1)),
            say("say_own", n=FAILURES.retries, failed=written(found["own"].failed, 1)),
            say(
                "say_loop",
                n=FAILURES.loops,
                wasted=written(found["loop"].wasted, 1),
                sdk=written(sdk.wasted, 1),
                failed=written(found["loop"].failed, 1),
            ),
            say("say_money", money=money(sdk.money)),
        ],
        head=[say(key) for key in ("way", "wasted", "failed", "money", "waiting", "stalled")],
        rows=[
            [
                say(name, **slots[name]),
                written(outcome.wasted, 1),
                written(outcome.failed, 1),
                money(outcome.money),
                say("seconds", n=written(outcome.waiting / calls, 4)),
                say("hours", n=written(outcome.stalled / 3600, 2)),
            ]
            for name, outcome in found.items()
        ],
        formulas=[
            (say("f_failing"), f"a = {' + '.join(percents)} = {written(traffic.failing * 100, 4)}%"),
            (say("f_attempts"), f"{right} × ({' + '.join(_power(number) for number in range(retries + 1))}) = {sent}"),
            (say("f_failed"), f"{right} × {_power(retries + 1)} + {wrong} = {written(sdk.failed, 2)}"),
            (say("f_money"), f"{sent} × {percents[2]} × {money(traffic.cost)} = {money(sdk.money)}"),
            (say("f_waiting"), f"{right} × ({pauses}) = {written(sdk.waiting, 2)}"),
        ],
    )


def batch(facts: Facts, t: Strings) -> Result:
    """Return the third worked example."""
    cost = costs.plain_cost(costs.pricing(facts, BATCH.model), BATCH.input, BATCH.output)
    found = failure_costs.batch(BATCH.requests, cost, Fraction(BATCH.failing) / 100, BATCH.resubmissions, facts)
    known, say = calculators.data(facts)["batch"], _speaker(t, "batch")
    usual, most = found.rounds * int(known["typical_hours"]), found.rounds * int(known["longest_hours"])
    verdict = "safe" if most <= BATCH.deadline else "likely" if usual <= BATCH.deadline else "late"
    slots = {"safe": {"most": most}, "likely": {"usual": usual, "rounds": found.rounds, "most": most}}
    percent = written((found.single - found.batch) / found.single * 100, 1)
    answered = " + ".join(written(sent * (1 - Fraction(BATCH.failing) / 100), 2) for sent, _ in found.rows)
    share = f"{written(100 - Fraction(known['discount']))}%"
    return Result(
        say=[
            say("saves", batch=money(found.batch), single=money(found.single), percent=percent),
            say(verdict, deadline=BATCH.deadline, **slots.get(verdict, {"usual": usual, "rounds": found.rounds})),
            say("left", left=written(found.left, 1)),
        ],
        head=[say(key) for key in ("step", "sent", "cost")],
        rows=[
            *[[say("round", n=number), written(sent, 1), money(paid)] for number, (sent, paid) in enumerate(found.rows, 1)],
            [say("rest"), written(found.left, 1), money(found.left * cost)],
            [say("total"), written(Fraction(BATCH.requests)), money(found.batch)],
            [say("single"), written(Fraction(BATCH.requests)), money(found.single)],
        ],
        formulas=[
            (say("f_single"), f"{BATCH.requests:,} × {money(cost)} = {money(found.single)}"),
            (
                say("f_batch"),
                f"({answered}) × {money(cost)} × {share} + {written(found.left, 2)} × {money(cost)} = {money(found.batch)}",
            ),
        ],
    )


def _speaker(t: Strings, part: str) -> Callable[..., str]:
    """Return a function that looks up the words of one calculator."""
    return lambda key, **slots: t(f"calculators.ui.{part}.{key}", **slots)


def _power(exponent: int) -> str:
    """Return a power of the chance `a` as text."""
    return {0: "1", 1: "a"}.get(exponent, f"a^{exponent}")
