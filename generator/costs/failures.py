"""What failing calls cost under a retry policy, and what a batch costs against single calls; exact, like `caching`.

Expected values of a simple model: every attempt fails with the same chances, whatever happened to the one before.
Must not write words or round.
"""

from __future__ import annotations

import dataclasses
from fractions import Fraction

from generator.content.facts import Facts
from generator.costs.caching import exact

ZERO, ONE = Fraction(0), Fraction(1)


@dataclasses.dataclass(frozen=True)
class Backoff:
    """How the SDKs wait between attempts (`facts/sdk.yml`): initial x growth^n seconds, capped, shortened by a random share."""

    initial: Fraction
    growth: Fraction
    longest: Fraction
    jitter: Fraction
    """The most that the random share takes away, as a fraction of the wait."""

    def mean(self, retry: int) -> Fraction:
        """Return the average wait in seconds before a retry, counted from 0."""
        return min(self.initial * self.growth**retry, self.longest) * (1 - self.jitter / 2)


@dataclasses.dataclass(frozen=True)
class Traffic:
    """Calls of a period, and how they fail. All rates are fractions of 1."""

    calls: int
    cost: Fraction
    """USD for a call that succeeds."""
    invalid: Fraction
    """Share of calls that no retry helps (most of the 4xx); the SDKs do not retry them, and they are not billed."""
    limited: Fraction
    """Share of attempts of the other calls that end with 429; not billed."""
    server: Fraction
    """Share that ends with a 5xx or 529, or without a connection; not billed."""
    timeout: Fraction
    """Share that the client gives up on while the server works; billed."""
    timeout_seconds: Fraction
    retry_after: Fraction
    """Seconds that a 429 asks for in `retry-after`; 0 when it does not."""

    @property
    def failing(self) -> Fraction:
        """Share of attempts that fail although the call is right."""
        return self.limited + self.server + self.timeout


@dataclasses.dataclass(frozen=True)
class Policy:
    """Retries of the SDK (`max_retries`), inside a loop of our own that starts the call again at once, whatever the error was."""

    retries: int
    loops: int = 1


@dataclasses.dataclass(frozen=True)
class Outcome:
    """Expected numbers of a period."""

    attempts: Fraction
    wasted: Fraction
    """Attempts that brought no answer."""
    failed: Fraction
    """Calls that fail in the end."""
    money: Fraction
    """USD for attempts that brought no answer."""
    waiting: Fraction
    """Seconds in backoff or `retry-after`, all calls together."""
    stalled: Fraction
    """Seconds in attempts that timed out, all calls together."""


@dataclasses.dataclass(frozen=True)
class Batch:
    """A batch with resubmission of what failed, against single calls; USD."""

    single: Fraction
    batch: Fraction
    rounds: int
    """Rounds that have at least half a request to send."""
    batches: int
    """Batches of the first round; one holds only so many requests."""
    left: Fraction
    """Requests that no round answered; they are sent as single calls, and are in `batch` at the full price."""
    rows: tuple[tuple[Fraction, Fraction], ...]
    """For each round: requests sent, USD for those that succeed."""


def backoff(facts: Facts) -> Backoff:
    """Return the waits of the installed SDKs from `facts/sdk.yml`; both SDKs wait alike."""
    initial, growth, longest, jitter = (
        _number(facts, f"sdk.backoff.{name}") for name in ("initial_delay", "growth", "max_delay", "jitter")
    )
    return Backoff(initial, growth, longest, jitter / 100)


def sdk_policy(facts: Facts) -> Policy:
    """Return the retry policy of the SDKs with their default settings."""
    return Policy(int(_number(facts, "sdk.defaults.max_retries")))


def failures(traffic: Traffic, policy: Policy, waits: Backoff) -> Outcome:
    """Return what a period costs; raises ValueError for shares that are negative or, together, above 1.

    An attempt that the client gives up on is counted at the full price of the call. The support pages say that such
    a call is charged when it was on track to succeed, not for how many tokens: this is the most that it can be.
    """
    shares = (traffic.invalid, traffic.limited, traffic.server, traffic.timeout)
    if min(shares) < 0 or traffic.invalid > 1 or traffic.failing > 1 or traffic.calls < 0:
        raise ValueError("shares lie between 0 and 1")
    failing = traffic.failing
    within = policy.retries + 1
    after_loop = failing**within
    tries = sum((after_loop**number for number in range(policy.loops)), ZERO)
    per_try = sum((failing**number for number in range(within)), ZERO)
    right = traffic.calls * (1 - traffic.invalid)
    wrong = traffic.calls * traffic.invalid
    sent = right * tries * per_try
    # A retry follows an attempt that failed; there is no wait after the last attempt of a try.
    other = traffic.server + traffic.timeout + (ZERO if traffic.retry_after > 0 else traffic.limited)
    asked = traffic.limited * traffic.retry_after
    waiting = sum((failing**retry * (other * waits.mean(retry) + asked) for retry in range(policy.retries)), ZERO)
    timed_out = sent * traffic.timeout
    return Outcome(
        attempts=sent + wrong * policy.loops,
        wasted=sent * failing + wrong * policy.loops,
        failed=right * after_loop**policy.loops + wrong,
        money=timed_out * traffic.cost,
        waiting=right * tries * waiting,
        stalled=timed_out * traffic.timeout_seconds,
    )


def batch(requests: int, cost: Fraction, failing: Fraction, resubmissions: int, facts: Facts) -> Batch:
    """Return what `requests` cost in a batch; raises ValueError for numbers that make no sense.

    `cost` is that of one single call, `failing` the share of each round that ends `errored` or `expired`, which is not billed.
    """
    if requests < 0 or cost < 0 or resubmissions < 0 or not 0 <= failing <= 1:
        raise ValueError("numbers are not negative and a share lies between 0 and 1")
    price = cost * (1 - _price_factor(facts))
    rows, sent = [], Fraction(requests)
    for number in range(resubmissions + 1):
        if number > 0 and sent < Fraction(1, 2):
            break
        rows.append((sent, sent * (1 - failing) * price))
        sent *= failing
    most = int(_number(facts, "limits.batch.max_requests"))
    total = sum((paid for _, paid in rows), ZERO) + sent * cost
    return Batch(requests * cost, total, len(rows), -(-requests // most), sent, tuple(rows))


def _price_factor(facts: Facts) -> Fraction:
    return exact(float(str(facts.prices.multipliers["batch_discount"].value))) / 100


def _number(facts: Facts, path: str) -> Fraction:
    return exact(float(str(facts.grouped[path].value)))
