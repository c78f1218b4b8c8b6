"""The tables of `make bench`: ratios beside what is wanted, a mark on what is missed, and how each figure grows.

Must not measure anything.
"""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Iterable, Mapping, Sequence

MISSED = "**missed**"
#: A row that grows faster than the number of guides to this power does not grow linearly.
LINEAR = 1.1


@dataclasses.dataclass(frozen=True)
class Goal:
    """A row of the table: a figure of the project, and what it is compared with."""

    title: str
    figure: str
    """Name of the project's own figure."""
    against: tuple[str, ...] = ()
    """Names of the figures it is divided by: the least of those there are. Without one the figure stands for itself."""
    wanted: tuple[tuple[int, float], ...] = ()
    """From so many guides on at most so much."""
    unit: str = ""
    """Of a figure that stands for itself."""

    def limit(self, guides: int) -> float | None:
        """Return the most that is wanted with so many guides; None when nothing is."""
        return next((most for least, most in reversed(self.wanted) if guides >= least), None)

    def value(self, figures: Mapping[str, float]) -> float | None:
        """Return the ratio, or the figure that stands for itself; None when something was not measured."""
        own = figures.get(self.figure)
        if own is None or not self.against:
            return own
        others = [figures[name] for name in self.against if name in figures]
        return own / min(others) if others else None

    def cell(self, figures: Mapping[str, float], guides: int) -> str:
        """Return the value, what is wanted, and a mark when it is missed."""
        value, limit = self.value(figures), self.limit(guides)
        if value is None:
            return "not measured"
        text = number(value) + self.unit
        if limit is None:
            return text
        return f"{text} (at most {number(limit)}{self.unit})" + (f" {MISSED}" if value > limit else "")


def number(value: float) -> str:
    """Return a figure with as many digits as one reads."""
    return f"{value:.0f}" if value >= 100 else f"{value:.1f}" if value >= 10 else f"{value:.2f}" if value >= 0.1 else f"{value:.3f}"


def exponent(figures: Mapping[int, float]) -> float | None:
    """Return the power of the number of guides with which a figure grows (least squares over logarithms); None for fewer than two."""
    points = [(math.log(guides), math.log(value)) for guides, value in figures.items() if guides > 0 and value > 0]
    if len(points) < 2:
        return None
    middle_x = sum(x for x, _ in points) / len(points)
    middle_y = sum(y for _, y in points) / len(points)
    width = sum((x - middle_x) ** 2 for x, _ in points)
    return sum((x - middle_x) * (y - middle_y) for x, y in points) / width if width else None


def grows(figures: Mapping[int, float]) -> str:
    """Return how a figure grows, and a mark when that is more than linear."""
    power = exponent(figures)
    if power is None:
        return ""
    return f"N^{power:.2f}" + (f" {MISSED}" if power > LINEAR else "")


def goals(rows: Iterable[Goal], measured: Mapping[int, Mapping[str, float]], sizes: Mapping[int, str]) -> str:
    """Return the table of what is wanted as Markdown: a column a size, with the growth of the project's own figure."""
    lines = [
        (row.title, *(row.cell(measured[size], size) for size in sizes), grows(_over(measured, row.figure)))
        for row in rows
        if any(row.figure in figures for figures in measured.values())
    ]
    return markdown(("", *sizes.values(), "grows"), lines)


def medians(measured: Mapping[int, Mapping[str, float]], sizes: Mapping[int, str]) -> str:
    """Return every figure itself as Markdown."""
    names = dict.fromkeys(name for figures in measured.values() for name in figures)
    lines = [
        (
            name,
            *(number(measured[size][name]) if name in measured[size] else "" for size in sizes),
            grows(_over(measured, name)).split(" ")[0],
        )
        for name in names
    ]
    return markdown(("", *sizes.values(), "grows"), lines)


def markdown(head: Sequence[str], lines: Iterable[Sequence[str]]) -> str:
    """Return a table as Markdown that reads well as text too."""
    rows = [tuple(head), *map(tuple, lines)]
    widths = [max(3, *(len(row[column]) for row in rows)) for column in range(len(head))]
    written = ["| " + " | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) + " |" for row in rows]
    written.insert(1, "|" + "|".join("-" * (width + 2) for width in widths) + "|")
    return "\n".join(written) + "\n"


def _over(measured: Mapping[int, Mapping[str, float]], name: str) -> dict[int, float]:
    return {size: figures[name] for size, figures in measured.items() if name in figures}
