"""The calculators of the page and those of the generator are two programs with the same answers, to the cent."""

from __future__ import annotations

import json
import random
import subprocess
from fractions import Fraction
from typing import Any

import pytest
import toolchain

from generator.content import facts as facts_module
from generator.content.facts import Facts
from generator.costs import caching, calculators, failures
from generator.costs.caching import Request
from generator.costs.failures import Policy, Traffic
from tests.unit.projects import ROOT

pytestmark = pytest.mark.node

SEED = 20261122
#: Sizes that a random number seldom hits: nothing, one, both sides of every limit.
TOKENS = (0, 1, 511, 512, 513, 1023, 1024, 2047, 2048, 4095, 4096, 50_000, 99_999, 100_000, 100_001, 199_999, 1_000_000)
REQUESTS = (1, 2, 3, 11, 12, 13, 24, 287, 288, 289, 720, 8_640, 1_000_000_000)


@pytest.fixture(scope="session")
def real() -> Facts:
    return facts_module.load(ROOT)


def ask(facts: Facts, questions: list[dict[str, Any]]) -> list[Any]:
    """Return the answers of the program in the page, all from one run of Node."""
    command = [toolchain.node(), str(ROOT / "tests/unit/costs/run_calculators.mjs")]
    asked = json.dumps({"data": calculators.data(facts), "questions": questions})
    done = subprocess.run(command, input=asked, capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 0, done.stderr[-2000:]
    answers: list[Any] = json.loads(done.stdout)
    return answers


def both(amount: Fraction) -> list[str]:
    return [str(caching.cents(amount)), caching.money(amount)]


def size(chance: random.Random, edges: tuple[int, ...], most: int) -> int:
    """Return an edge, or a number whose length is as random as its digits."""
    return chance.choice(edges) if chance.random() < 0.4 else int(10 ** (chance.random() * len(str(most)))) % (most + 1)


def share(chance: random.Random) -> Fraction:
    return Fraction(chance.choice((0, 0, 1, 5, 25, 100, chance.randint(0, 1000), chance.randint(0, 10_000))), 30_000)


def test_caching_agrees_for_thousands_of_inputs(real: Facts):
    chance = random.Random(SEED)
    questions: list[dict[str, Any]] = [
        {
            "kind": "caching",
            "model": model,
            "tokens": {
                "prefix": size(chance, TOKENS, 900_000),
                "other": size(chance, TOKENS, 99_999),
                "output": size(chance, TOKENS, 128_000),
            },
            "ttl": ttl,
            "pattern": pattern,
            "requests": max(size(chance, REQUESTS, 10**9), 1),
            "hours": hours,
            "burst": max(size(chance, (1, 2, 3, 4), 5_000), 1),
        }
        for model in caching.current_models(real)
        for ttl in caching.TTLS
        for pattern in ("even", "random", "bursts")
        for hours in calculators.PERIODS.values()
        for _ in range(10)
    ]
    answers = ask(real, questions)

    wrong = []
    for question, answer in zip(questions, answers, strict=True):
        prices = caching.pricing(real, question["model"])
        request = Request(**question["tokens"])
        ttl, pattern = question["ttl"], question["pattern"]
        life = caching.lifetime_hours(real, ttl)
        writes = caching.writes_of(pattern, question["requests"], Fraction(question["hours"]), question["burst"], life)
        found = caching.caching(prices, request, ttl, question["requests"], writes)
        band = prices.band(request.prefix + request.other)
        rate = caching.break_even_rate(band, ttl, pattern, life)
        wanted = {
            "number": caching.break_even_number(band, ttl),
            "costs": found and [*both(found.without), *both(found.cached), *both(found.without - found.cached)],
            "writes": found and caching.written(found.writes, 6),
        }
        agreed = answer["rate"] == pytest.approx(float(rate), rel=1e-12) if rate is not None else answer["rate"] is None
        if not agreed or wanted != {name: answer[name] for name in wanted}:
            wrong.append((question, answer, wanted, rate))

    assert len(questions) > 3_000
    assert wrong[:3] == []


def test_failures_agree_for_thousands_of_inputs(real: Facts):
    chance = random.Random(SEED + 1)
    questions: list[dict[str, Any]] = []
    for _ in range(2_000):
        traffic = {
            "calls": size(chance, (0, 1, 3, 100), 10**9),
            "cost": str(Fraction(chance.randint(0, 10**9), 10**8)),
            **{name: str(share(chance)) for name in ("invalid", "limited", "server", "timeout")},
            "timeoutSeconds": str(Fraction(chance.randint(0, 6_000), 10)),
            "retryAfter": str(chance.choice((0, 0, 1, 12, Fraction(5, 2)))),
        }
        policy = {"retries": chance.randint(0, 10), "loops": chance.randint(1, 20)}
        questions.append({"kind": "failures", "traffic": traffic, "policy": policy})
    answers = ask(real, questions)

    wrong = []
    for question, answer in zip(questions, answers, strict=True):
        given = {name: Fraction(value) for name, value in question["traffic"].items()}
        found = failures.failures(
            Traffic(
                calls=int(given["calls"]),
                cost=given["cost"],
                invalid=given["invalid"],
                limited=given["limited"],
                server=given["server"],
                timeout=given["timeout"],
                timeout_seconds=given["timeoutSeconds"],
                retry_after=given["retryAfter"],
            ),
            Policy(**question["policy"]),
            failures.backoff(real),
        )
        wanted = {"money": both(found.money)} | {
            name: getattr(found, name) for name in ("attempts", "wasted", "failed", "waiting", "stalled")
        }
        given_back = {name: value if name == "money" else Fraction(value) for name, value in answer.items()}
        if given_back != wanted:
            wrong.append((question, given_back, wanted))

    assert wrong[:3] == []


def test_batch_agrees_for_thousands_of_inputs(real: Facts):
    chance = random.Random(SEED + 2)
    questions: list[dict[str, Any]] = [
        {
            "kind": "batch",
            "requests": size(chance, (0, 1, 99_999, 100_000, 100_001, 200_001), 10**9),
            "cost": str(Fraction(chance.randint(0, 10**9), 10**8)),
            "failing": str(chance.choice((Fraction(0), Fraction(1), share(chance)))),
            "resubmissions": chance.randint(0, 10),
        }
        for _ in range(1_000)
    ]
    answers = ask(real, questions)

    wrong = []
    for question, answer in zip(questions, answers, strict=True):
        cost, failing = Fraction(question["cost"]), Fraction(question["failing"])
        found = failures.batch(question["requests"], cost, failing, question["resubmissions"], real)
        wanted = {
            "single": both(found.single),
            "batch": both(found.batch),
            "batches": str(found.batches),
            "left": found.left,
            "rows": [[sent, *both(paid)] for sent, paid in found.rows],
        }
        given_back = {**answer, "left": Fraction(answer["left"]), "rows": [[Fraction(row[0]), *row[1:]] for row in answer["rows"]]}
        if given_back != wanted:
            wrong.append((question, given_back, wanted))

    assert wrong[:3] == []


def test_numbers_are_written_alike(real: Facts):
    chance = random.Random(SEED + 3)
    edges = [
        Fraction(text) for text in ("0", "0.005", "0.995", "0.9999995", "0.0000005", "0.0000004", "1", "1.005", "999.995", "-0.004", "-2.5")
    ]
    values = edges + [Fraction(chance.randint(-(10**12), 10**12), 10 ** chance.randint(0, 14)) for _ in range(1_500)]
    questions = [{"kind": "written", "value": str(value), "places": places} for value in values for places in (0, 2)]
    questions += [{"kind": kind, "value": str(value)} for value in values for kind in ("price", "money")]

    wanted = [caching.written(value, places) for value in values for places in (0, 2)]
    for value in values:
        wanted += [caching.price(value), both(value)]  # type: ignore[list-item]

    assert ask(real, questions) == wanted


#: What readers type, and what it means: a number, or the reason why it is none.
ENTRIES = {
    "1000": "1000/1", "1,000": "1000/1", "1 000": "1000/1", "1\u00a0000": "1000/1", "1'000": "1000/1", "1_000_000": "1000000/1",
    "１２３": "123/1", "１，０００": "1000/1", " 42\t": "42/1", "0": "0/1", "007": "7/1", "1.5k": "1500/1", "2K": "2000/1",
    "1M": "1000000/1", "1천": "1000/1", "1만": "10000/1", "1.5만": "15000/1", "10만": "100000/1", "1백만": "1000000/1",
    "2 천만": "20000000/1", "": "empty", "  ": "empty", "-5": "negative", "−5": "negative", "- 5": "negative",
    "–1,000": "negative", "1,00": "separators", "1,0000": "separators", "12,34,567": "separators", "1.2.3": "separators",
    "1,000 000": "separators", ",": "not_number", "abc": "not_number", "1e6": "not_number", "0x10": "not_number",
    "1/2": "not_number", "NaN": "not_number", "Infinity": "not_number", "삼백": "not_number", "5%": "not_number",
    "$5": "not_number", "<b>1</b>": "not_number", "½": "not_number", "0.5": "whole", ".5": "whole", "1.0001k": "whole",
    "10억": "1000000000/1", "11억": "big", "1" * 30: "big", "9" * 5000: "big",
}  # fmt: skip


def test_entries_are_read_or_refused_with_their_reason(real: Facts):
    rules = {"whole": True, "most": 10**9}

    answers = ask(real, [{"kind": "read", "text": text, "rules": rules} for text in ENTRIES])

    assert dict(zip(ENTRIES, answers, strict=True)) == ENTRIES


def test_shares_and_least_numbers_are_read(real: Facts):
    entries = [
        ("0.5", {"most": 100}, "1/2"),
        (".5", {"most": 100}, "1/2"),
        ("100.01", {"most": 100}, "big"),
        ("0", {"most": 9, "least": 1}, "small"),
    ]

    answers = ask(real, [{"kind": "read", "text": text, "rules": rules} for text, rules, _ in entries])

    assert answers == [wanted for _, _, wanted in entries]
