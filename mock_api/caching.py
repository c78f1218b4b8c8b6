"""Prompt caching of the mock: which part of a prompt is read from a cache, which is written to one.

The rules are those of the page "Prompt caching" (read 2026-08-22): one entry a breakpoint, keyed by the whole prefix;
a look back from each breakpoint over so many positions; no caching, and no error, below the model's minimum; an entry
that lives for its TTL after the start of the last request that wrote or read it, and can be read once the first
response begins. Simpler than life: a TTL of one world only, every change to thinking or effort counts as a change of
the messages, and no change of citations or web search as one of the system prompt.
Must not make an answer, and must not know HTTP.
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
import re
import time
from collections.abc import Callable, Iterator, Mapping
from itertools import groupby
from typing import Any, Literal

from generator.schemas.facts import Fact

Ttl = Literal["5m", "1h"]
#: Blocks of these types never end a prefix.
_NEVER_MARKED = ("thinking", "redacted_thinking")
#: A run of one of these counts as one position of the look back.
_RUNS = ("tool_use", "tool_result")
_MINIMUM = "limits.caching.min_tokens."


@dataclasses.dataclass(frozen=True)
class Rules:
    """What the facts say about caching."""

    minimums: Mapping[str, int]
    """Shortest prefix by model, without `claude-` and with underscores, as `facts/limits.yml` names it."""
    lookback: int
    seconds: Mapping[Ttl, float]

    def minimum(self, model: str) -> int:
        """Return the shortest prefix that is cached. A model without a fact gets the longest minimum: a hit here is one at the API."""
        name = re.sub(r"-\d{8}$", "", model).removeprefix("claude-").replace("-", "_")
        return self.minimums.get(name, max(self.minimums.values(), default=0))


@dataclasses.dataclass(frozen=True)
class Position:
    """One block of a prompt, with all that stands before it."""

    key: str
    tokens: int
    """Of the prefix that ends here."""
    kind: str
    ttl: Ttl | None
    """Of the breakpoint on it; None without one."""


@dataclasses.dataclass
class Entry:
    """A prefix in the cache."""

    ttl: Ttl
    since: float
    """When it can be read: entries of answers that have not begun yet cannot."""
    until: float


@dataclasses.dataclass(frozen=True)
class Used:
    """Tokens of one prompt that the cache was asked for."""

    read: int = 0
    written: Mapping[Ttl, int] = dataclasses.field(default_factory=lambda: {"5m": 0, "1h": 0})


def rules(facts: Mapping[str, Fact]) -> Rules:
    """Return the rules out of the grouped facts; raises KeyError when one is missing."""
    hours, minutes = (float(str(facts[f"limits.caching.{name}"].value)) for name in ("ttl_long", "ttl_default"))
    return Rules(
        minimums={path.removeprefix(_MINIMUM): int(str(fact.value)) for path, fact in facts.items() if path.startswith(_MINIMUM)},
        lookback=int(str(facts["limits.caching.lookback_blocks"].value)),
        seconds={"5m": minutes * 60, "1h": hours * 3600},
    )


class Cache:
    """The cache of one world. Lives in one event loop."""

    def __init__(self, known: Rules, clock: Callable[[], float] = time.monotonic) -> None:
        self._known = known
        self._clock = clock
        self._entries: dict[str, Entry] = {}

    def use(self, body: Mapping[str, Any], count: Callable[[Any], int], begins_in: float = 0.0) -> Used:
        """Return what a request reads and writes, and remember it.

        `count` estimates the tokens of one block; the answer begins in `begins_in` seconds.
        """
        now = self._clock()
        self._entries = {key: entry for key, entry in self._entries.items() if entry.until > now}
        positions = list(_positions(body, count))
        minimum = self._known.minimum(str(body.get("model")))
        marked = [place for place, position in enumerate(positions) if position.ttl and position.tokens >= minimum]
        hit = self._hit(positions, marked, now)
        if hit is not None:
            entry = self._entries[positions[hit].key]
            entry.until = now + self._known.seconds[entry.ttl]
        read = positions[hit].tokens if hit is not None else 0
        new = [positions[place] for place in marked if hit is None or place > hit]
        for position in new:
            assert position.ttl is not None
            until = now + self._known.seconds[position.ttl]
            self._entries.setdefault(position.key, Entry(position.ttl, now + begins_in, until))
        # "Mixing different TTLs" of that page: read up to A, 1 hour from A to B, 5 minutes from B to C.
        long = max((position.tokens for position in new if position.ttl == "1h"), default=read)
        last = max((position.tokens for position in new), default=read)
        return Used(read, {"5m": last - long, "1h": long - read})

    def _hit(self, positions: list[Position], marked: list[int], now: float) -> int | None:
        """Return the highest position with a living entry that the breakpoints find."""
        for place in reversed(marked):
            steps = groupby(range(place, -1, -1), key=lambda at: (at, "") if positions[at].kind not in _RUNS else (0, positions[at].kind))
            for step, (_, run) in enumerate(steps):
                if step == self._known.lookback:
                    break
                for at in run:
                    entry = self._entries.get(positions[at].key)
                    if entry is not None and entry.since <= now:
                        return at
        return None


def _positions(body: Mapping[str, Any], count: Callable[[Any], int]) -> Iterator[Position]:
    """Yield the blocks of a prompt in the order of the prefix: tools, system, messages."""
    blocks = list(_blocks(body))
    automatic = body.get("cache_control")
    last = max((place for place, (_, block) in enumerate(blocks) if _may_end(block)), default=None) if automatic else None
    levels = _levels(body)
    key, tokens, before = hashlib.sha256(json.dumps(body.get("model")).encode()), 0, None
    for place, (where, block) in enumerate(blocks):
        level = where[0]
        if level != before:  # what does not stand in the prompt but is part of it from this level on
            key.update(json.dumps(levels[level]).encode())
            before = level
        bare = {name: value for name, value in block.items() if name != "cache_control"}
        key.update(json.dumps([where, bare]).encode())
        tokens += count(bare)
        mark = block.get("cache_control") or (automatic if place == last else None)
        ttl: Ttl | None = ("1h" if mark.get("ttl") == "1h" else "5m") if mark and _may_end(block) else None
        yield Position(key.copy().hexdigest(), tokens, str(block.get("type")), ttl)


def _levels(body: Mapping[str, Any]) -> dict[str, list[Any]]:
    """Return the parameters that a prefix depends on, by the first level that they change ("What invalidates the cache")."""
    settings = body.get("output_config") or {}
    images = any(block.get("type") == "image" for _, block in _blocks(body))
    return {"tools": [], "system": [body.get("speed")], "messages": [body.get("tool_choice"), images, body.get("thinking"), settings]}


def _blocks(body: Mapping[str, Any]) -> Iterator[tuple[tuple[str, int, str], dict[str, Any]]]:
    """Yield each block with its level, the number of its message and its role."""
    for tool in body.get("tools") or []:
        yield ("tools", 0, ""), tool
    for block in _listed(body.get("system")):
        yield ("system", 0, ""), block
    for number, message in enumerate(body.get("messages") or []):
        for block in _listed(message.get("content")):
            yield ("messages", number, message.get("role")), block


def _listed(content: Any) -> list[dict[str, Any]]:
    """Return blocks; a plain text is short for one."""
    return [{"type": "text", "text": content}] if isinstance(content, str) else content or []


def _may_end(block: Mapping[str, Any]) -> bool:
    return block.get("type") not in _NEVER_MARKED and block.get("text") != ""
