"""Places the marks of the picture that shows how long a client waits.

All figures come from `facts/sdk.yml`. Must not draw.
"""

from __future__ import annotations

import dataclasses
import math
from typing import Literal

from generator.content.facts import Facts

#: An example of what the server may ask for, in seconds.
EXAMPLE_RETRY_AFTER = 12
#: Retries that the fixed snippets of waiting errors set.
EXAMPLE_RETRIES = 5
#: Where the lane starts and ends, in percent of the width; room for half a label on both sides.
LEFT, RIGHT = 5.0, 92.0


@dataclasses.dataclass(frozen=True)
class Mark:
    """An attempt: where it stands in percent, how it ended, seconds since the first one."""

    x: float
    good: bool
    seconds: float


@dataclasses.dataclass(frozen=True)
class Lane:
    """One way to wait. `name` is a key of the strings below `timeline`."""

    name: Literal["retry_after", "default", "more_retries"]
    marks: tuple[Mark, ...]
    retries: int


def lanes(waiting: Literal["retry_after", "backoff"], facts: Facts) -> list[Lane]:
    """Return the two lanes of the picture: the SDK's default, and what works better."""
    initial = _number(facts, "sdk.backoff.initial_delay")
    longest = _number(facts, "sdk.backoff.max_delay")
    retries = int(_number(facts, "sdk.defaults.max_retries"))
    default = _attempts(initial, longest, retries)
    if waiting == "retry_after":
        seconds = float(EXAMPLE_RETRY_AFTER)
        return [
            Lane("retry_after", _placed([0.0, seconds], seconds, good=True), 1),
            Lane("default", _placed(default, seconds, good=False), retries),
        ]
    more = _attempts(initial, longest, EXAMPLE_RETRIES)
    return [
        Lane("default", _placed(default, more[-1], good=False), retries),
        Lane("more_retries", _placed(more, more[-1], good=True), EXAMPLE_RETRIES),
    ]


def _attempts(initial: float, longest: float, retries: int) -> list[float]:
    """Return the second of each attempt, without the jitter that shortens a wait."""
    seconds = [0.0]
    for retry in range(retries):
        seconds.append(seconds[-1] + min(initial * 2**retry, longest))
    return seconds


def _placed(seconds: list[float], span: float, *, good: bool) -> tuple[Mark, ...]:
    last = len(seconds) - 1
    return tuple(
        # A root scale: on a linear one the first attempts would cover each other.
        Mark(round(LEFT + (RIGHT - LEFT) * math.sqrt(second / span), 2), good and index == last, second)
        for index, second in enumerate(seconds)
    )


def _number(facts: Facts, path: str) -> float:
    value = facts.grouped[path].value
    if not isinstance(value, int | float):
        raise TypeError(f"{path} is not a number")
    return float(value)
