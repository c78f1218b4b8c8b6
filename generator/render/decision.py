"""Places the picture that leads from what a program has in hand to what it should do.

Everything in it comes from the verdicts of the catalogue. Must not draw.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping

from generator.schemas.entry import Entry, Retry

#: From the most hopeful to the least.
VERDICTS: tuple[Retry, ...] = ("backoff", "after_delay", "conditional", "after_change", "never")
#: Size of the picture in its own units.
WIDTH = 720
ROW, BOX, GAP = 38, 28, 24
LEFT_WIDTH, RIGHT_WIDTH = 264, 216
#: A line for one guide, and what each further one adds.
THIN, STEP, THICK = 2.0, 1.2, 9.0


@dataclasses.dataclass(frozen=True)
class InHand:
    """What a program has in hand: a status, or the way in which an error came without one."""

    key: str
    """`429`, or the name of a way: `stream`, `row`, `answer`, `network`, `client`."""
    status: int | None
    types: tuple[str, ...]
    by_verdict: Mapping[Retry, tuple[Entry, ...]]
    y: float
    """Middle of its box."""


@dataclasses.dataclass(frozen=True)
class ToDo:
    """A verdict and where its box stands."""

    verdict: Retry
    y: float


@dataclasses.dataclass(frozen=True)
class Line:
    """Leads from what is in hand to a verdict; as thick as there are guides."""

    verdict: Retry
    path: str
    width: float


@dataclasses.dataclass(frozen=True)
class Picture:
    """Boxes on both sides and the lines between them."""

    left: tuple[InHand, ...]
    right: tuple[ToDo, ...]
    lines: tuple[Line, ...]
    height: int


def way(entry: Entry) -> str:
    """Return what a program has in hand when it meets `entry`: a status, or how the error came without one."""
    if entry.origin == "batch_result":
        return "row"
    if entry.origin == "stream":
        return "stream"
    if entry.main.status == 200:
        return "answer"
    if entry.main.status is None:
        return "network" if entry.verdict.fault == "network" else "client"
    return str(entry.main.status)


def picture(entries: Iterable[Entry]) -> Picture:
    """Return the picture of `entries`: statuses in order, then the ways without one."""
    groups: dict[str, list[Entry]] = {}
    for entry in entries:
        groups.setdefault(way(entry), []).append(entry)
    keys = sorted(groups, key=lambda key: (not key.isdigit(), key))
    left = tuple(_in_hand(key, groups[key], ROW * number + ROW / 2) for number, key in enumerate(keys))
    height = max(ROW * len(left), 1)
    used = [verdict for verdict in VERDICTS if any(verdict in item.by_verdict for item in left)]
    room = height / max(len(used), 1)
    right = tuple(ToDo(verdict, round(room * (number + 0.5), 1)) for number, verdict in enumerate(used))
    places = {item.verdict: item.y for item in right}
    lines = tuple(
        Line(verdict, _curve(item.y, places[verdict]), min(THIN + STEP * (len(found) - 1), THICK))
        for item in left
        for verdict, found in item.by_verdict.items()
    )
    return Picture(left, right, lines, height)


def _in_hand(key: str, entries: list[Entry], y: float) -> InHand:
    by_verdict: dict[Retry, tuple[Entry, ...]] = {}
    for verdict in VERDICTS:
        found = tuple(entry for entry in entries if entry.verdict.retry == verdict)
        if found:
            by_verdict[verdict] = found
    types = tuple(dict.fromkeys(entry.main.type for entry in entries if entry.main.type)) if key.isdigit() else ()
    return InHand(key, int(key) if key.isdigit() else None, types, by_verdict, y)


def _curve(start: float, end: float) -> str:
    left, right = LEFT_WIDTH, WIDTH - RIGHT_WIDTH
    middle = (left + right) / 2
    return f"M{left} {start:g}C{middle:g} {start:g} {middle:g} {end:g} {right} {end:g}"
