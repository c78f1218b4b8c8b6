"""Rate limits as token buckets, and the headers that report them.

Header names and their meaning are those of the Rate limits page (read 2026-08-22):
resets are RFC 3339 and say when the bucket is full again, token remainders are
rounded to thousands. Must not make an answer.
"""

from __future__ import annotations

import dataclasses
import datetime
import math
import time
from collections.abc import Callable, Mapping

#: Token remainders are rounded to this; requests are not.
_ROUNDED = 1000
#: The names of the buckets in scenarios, with those in the headers and in the error messages.
UNITS = {"requests": ("requests", "requests"), "input_tokens": ("input-tokens", "input tokens")}


@dataclasses.dataclass
class Bucket:
    """Holds at most `limit`, refilled evenly within `per` seconds. Starts full."""

    limit: float
    per: float
    clock: Callable[[], float] = time.monotonic
    _left: float = dataclasses.field(init=False)
    _seen: float = dataclasses.field(init=False)

    def __post_init__(self) -> None:
        self._left, self._seen = self.limit, self.clock()

    def left(self) -> float:
        """Return how much is in it now."""
        now = self.clock()
        self._left = min(self.limit, self._left + (now - self._seen) * self.limit / self.per)
        self._seen = now
        return self._left

    def missing(self, amount: float) -> float:
        """Return the seconds until `amount` can be taken, 0 when it can now. More than the limit counts as the limit."""
        return max(0.0, min(amount, self.limit) - self.left()) * self.per / self.limit

    def take(self, amount: float) -> None:
        """Take `amount` out, or all that is left when that is less."""
        self._left = max(0.0, self.left() - amount)

    def full_in(self) -> float:
        """Return the seconds until it is full."""
        return (self.limit - self.left()) * self.per / self.limit


class Limits:
    """The buckets of one world: requests, input tokens, or both."""

    def __init__(self, numbers: Mapping[str, float], scale: float = 1.0, clock: Callable[[], float] = time.monotonic) -> None:
        self.buckets = {name: Bucket(numbers[name], numbers["per"] / scale, clock) for name in UNITS if name in numbers}

    def refuse(self, input_tokens: int) -> tuple[str, float] | None:
        """Take one request with so many input tokens; return None, or the bucket that has not enough and the seconds to wait.

        Nothing is taken from any bucket when one has not enough.
        """
        wanted = {"requests": 1, "input_tokens": input_tokens}
        waits = {name: bucket.missing(wanted[name]) for name, bucket in self.buckets.items()}
        longest = max(waits, key=lambda name: waits[name])
        if waits[longest] > 0:
            return longest, waits[longest]
        for name, bucket in self.buckets.items():
            bucket.take(wanted[name])
        return None

    def headers(self) -> dict[str, str]:
        """Return the rate limit headers as they are now."""
        found = {}
        for name, bucket in self.buckets.items():
            left = math.floor(bucket.left())
            if name != "requests":
                left = round(left / _ROUNDED) * _ROUNDED
            reset = datetime.datetime.now(datetime.UTC) + datetime.timedelta(seconds=bucket.full_in())
            prefix = f"anthropic-ratelimit-{UNITS[name][0]}"
            found[f"{prefix}-limit"] = str(int(bucket.limit))
            found[f"{prefix}-remaining"] = str(left)
            found[f"{prefix}-reset"] = reset.isoformat(timespec="milliseconds").replace("+00:00", "Z")
        return found


def seconds(value: float) -> str:
    """Return a number of seconds for a header: never less than `value`, without more digits than a clock has."""
    return f"{math.ceil(value * 1000) / 1000:g}"
