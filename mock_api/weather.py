"""Decides what the scenario does to a request, one decision a request.

Knows which stretch of weather holds and counts what it struck. Must not wait,
read a body or make an answer: `app` carries out each decision.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping

from mock_api.buckets import Limits, seconds
from mock_api.mixed import Mixed
from mock_api.scenario import CONNECTION, DECLINED, Scenario, Segment

#: Weather that shows only in a good answer, so a request that is refused or is no stream does not use it up.
_IN_ANSWERS = (*CONNECTION.keys() - {"connection_error"}, *DECLINED)


@dataclasses.dataclass(frozen=True)
class Asked:
    """The facts about a request that the weather may use. Requests that are not for a message have no model."""

    model: str | None = None
    stream: bool = False
    input_tokens: int = 0
    counted: bool = False
    """True when the rate limits of messages hold for it."""


@dataclasses.dataclass(frozen=True)
class Strike:
    """What happens to one request."""

    name: str | None = None
    """The scenario that answers; None for a good answer, which may come late."""
    retry_after: str | None = None
    wait: float = 0.0
    """Seconds before the answer."""
    share: float = 0.5
    """Which part of a stream's events is sent before it breaks."""
    limit: tuple[str, int] | None = None
    """The bucket that was empty and its size, for the 429 of a rate limit."""
    headers: Mapping[str, str] = dataclasses.field(default_factory=dict)


#: Nothing happens.
FAIR = Strike()


class Weather:
    """The weather of one world. Lives in one event loop; no method waits, so no two requests use up the same strike."""

    def __init__(self, scenario: Scenario) -> None:
        self.struck = 0
        """Requests that a segment held for."""
        self._segments = scenario.segments
        self._place = 0
        self._held = 0
        self._mixed: dict[int, Mixed] = {}
        self._limits: dict[int, Limits] = {}

    def before(self, asked: Asked) -> Strike:
        """Return what happens before the request is looked at; for mixed weather, all that happens to it."""
        segment = self._current()
        if segment is None or not _meant(segment, asked) or segment.name in _IN_ANSWERS:
            return FAIR
        if segment.name == "rate_limits":
            return self._limited(segment, asked)
        self._use()
        if segment.name == "slow":
            return Strike("slow", wait=segment.numbers["seconds"])
        if segment.name == "mixed_weather":
            return self._mix(segment, asked)
        return Strike(segment.name, segment.retry_after)

    def within(self, asked: Asked) -> Strike:
        """Return what happens to the good answer of a message."""
        segment = self._current()
        if segment is None or not _meant(segment, asked) or segment.name not in _IN_ANSWERS:
            return FAIR
        if segment.name in CONNECTION and not asked.stream:
            return FAIR
        self._use()
        return Strike(segment.name)

    def rows(self, count: int) -> list[str | None]:
        """Return how each row of a new batch fails: `errored`, `expired`, or None."""
        segment = self._current()
        if segment is None or segment.name != "mixed_weather" or segment.model is not None:
            return [None] * count
        return self._mixed_of(segment).rows(count)

    def _current(self) -> Segment | None:
        while self._place < len(self._segments):
            segment = self._segments[self._place]
            if segment.times is None or self._held < segment.times:
                return segment
            self._place, self._held = self._place + 1, 0
        return None

    def _use(self) -> None:
        self._held += 1
        self.struck += 1

    def _mixed_of(self, segment: Segment) -> Mixed:
        return self._mixed.setdefault(self._place, Mixed(int(segment.numbers["seed"])))

    def _limited(self, segment: Segment, asked: Asked) -> Strike:
        if not asked.counted:
            return FAIR
        self._use()
        return self._of_buckets(segment, asked)

    def _of_buckets(self, segment: Segment, asked: Asked) -> Strike:
        if self._place not in self._limits:
            self._limits[self._place] = Limits(segment.numbers, segment.numbers.get("scale", 1.0))
        limits = self._limits[self._place]
        refused = limits.refuse(asked.input_tokens)
        if refused is None:
            return Strike(headers=limits.headers())
        name, wait = refused
        return Strike("rate_limits", seconds(wait), limit=(name, int(segment.numbers[name])), headers=limits.headers())

    def _mix(self, segment: Segment, asked: Asked) -> Strike:
        scale = segment.numbers.get("scale", 1.0)
        decision = self._mixed_of(segment).decide(stream=asked.stream)
        limited = self._of_buckets(segment, asked) if "per" in segment.numbers and asked.counted else FAIR
        if limited.name is not None:
            return limited
        name = decision.trouble.name if decision.trouble else None
        retry_after = None if decision.retry_after is None else seconds(decision.retry_after / scale)
        return Strike(name, retry_after, decision.wait / scale, decision.share, headers=limited.headers)


def _meant(segment: Segment, asked: Asked) -> bool:
    return segment.model is None or segment.model == asked.model
