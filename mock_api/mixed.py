"""Mixed weather: which request meets which trouble, decided by a seeded generator.

The weather is a chain of two states. In the good one almost every request is
answered, in the bad one most fail; so errors come in bursts, as they do in life.
Every request draws the same number of random numbers, so the same sequence of
requests meets the same weather. The figures are made up for tests: how often
the API fails is not published. Must not wait, and must not make an answer.
"""

from __future__ import annotations

import dataclasses
import random

#: From the good state into the bad one, and back, for each request.
WORSENS, CLEARS = 0.08, 0.2
#: How often a request is struck in each state. With the line above: 2/7 of the time bad, about one request in five struck.
STRUCK = {"good": 0.02, "bad": 0.6}
#: How often a row of a batch ends as errored, and as expired; rows know no state, because a batch runs for hours.
ROWS = {"errored": 0.15, "expired": 0.08}
#: Seconds that a good answer takes, before `scale`.
ANSWER_SECONDS = 3.0


@dataclasses.dataclass(frozen=True)
class Trouble:
    """One way to be struck."""

    name: str
    """A scenario."""
    weight: int
    """How often it comes among those that are possible."""
    streams_only: bool = False
    retry_after: tuple[float, float] | None = None
    """Between which seconds the header lies, before `scale`."""
    wait: float = 0.0
    """Seconds before it shows, before `scale`."""


#: The table of all probabilities within a strike.
TROUBLES = (
    Trouble("overloaded_error", 30),
    Trouble("rate_limit_error", 18, retry_after=(1.0, 20.0)),
    Trouble("api_error", 12),
    Trouble("timeout_error", 8, wait=30.0),
    Trouble("connection_error", 12),
    Trouble("stream_interrupted", 20, streams_only=True),
    Trouble("overloaded_in_stream", 10, streams_only=True),
    Trouble("stream_error", 10, streams_only=True),
)


@dataclasses.dataclass(frozen=True)
class Decision:
    """What happens to one request; the waits are those before `scale`."""

    trouble: Trouble | None
    retry_after: float | None
    wait: float
    share: float
    """Which part of a stream's events is sent before it breaks."""


class Mixed:
    """The weather of one world."""

    def __init__(self, seed: int) -> None:
        self._chance = random.Random(seed)
        self._seed = seed
        self._bad = False
        self._batches = 0

    def decide(self, *, stream: bool) -> Decision:
        """Return what happens to the next request; `stream` tells whether its answer can break in the middle."""
        turn, strike, kind, detail = (self._chance.random() for _ in range(4))
        self._bad = turn >= CLEARS if self._bad else turn < WORSENS
        if strike >= STRUCK["bad" if self._bad else "good"]:
            return Decision(None, None, ANSWER_SECONDS, 1.0)
        possible = [trouble for trouble in TROUBLES if stream or not trouble.streams_only]
        trouble = _chosen(possible, kind)
        low, high = trouble.retry_after or (0.0, 0.0)
        return Decision(trouble, low + detail * (high - low) if trouble.retry_after else None, trouble.wait, detail)

    def rows(self, count: int) -> list[str | None]:
        """Return for each row of the next batch how it fails, or None when it does not."""
        self._batches += 1
        chance = random.Random(f"{self._seed}/{self._batches}")
        draws = [chance.random() for _ in range(count)]
        ends = ROWS["errored"], ROWS["errored"] + ROWS["expired"]
        return ["errored" if draw < ends[0] else "expired" if draw < ends[1] else None for draw in draws]


def _chosen(possible: list[Trouble], draw: float) -> Trouble:
    left = draw * sum(trouble.weight for trouble in possible)
    for trouble in possible:
        left -= trouble.weight
        if left < 0:
            return trouble
    return possible[-1]
