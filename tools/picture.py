"""Draws docs/architecture.svg from the imports of the code: the rooms of `generator/`, the mock and the snippet runner.

`make picture` writes it; `tests/unit/test_picture.py` fails when it no longer shows the imports. A box is a
folder of `generator/`, a module that stands in none, or a package beside it. The order follows from the
imports, so every arrow points to the left and up.
"""

from __future__ import annotations

import ast
from collections import Counter
from pathlib import Path

from toolchain import ROOT

FILE = ROOT / "docs" / "architecture.svg"
#: Packages beside the generator, each drawn as one box.
BESIDE = ("mock_api", "snippet_runner")

#: Size of a box, and how far each box stands to the right of and below the one before it.
WIDTH, HEIGHT = 118, 26
STEP_X, STEP_Y = 54, 40
#: How far from the left side of a box the lines reach it, from below.
ENTRY = 22
MARGIN = 16
#: Colours for light pages and dark ones; the paper keeps it readable where a page does not say which it is.
HEAD = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" role="img" \
aria-label="The rooms of the generator as stairs: each imports only from those above it">
<!-- Written by `make picture` from the imports of the code. -->
<style>
  .paper {{ fill: #fff }} .box {{ fill: #f4f1ea; stroke: #6b6255 }} .beside {{ fill: #dfe9f3; stroke: #55636b }}
  text {{ fill: #1f1d1a; font: 14px ui-sans-serif, system-ui, sans-serif; text-anchor: middle }}
  .count {{ fill: #8a4b25; font-size: 11px }}
  .line {{ fill: none; stroke: #e0c4b0 }} .head {{ fill: #b98a6a }} .legend {{ text-anchor: end }}
  @media (prefers-color-scheme: dark) {{
    .paper {{ fill: #1d1f23 }} .box {{ fill: #3a3731; stroke: #a89f8f }} .beside {{ fill: #2b3d4d; stroke: #8fa3b0 }}
    text {{ fill: #f0ede6 }} .count {{ fill: #f0b48c }} .line {{ stroke: #6b5040 }} .head {{ fill: #c99a78 }}
  }}
</style>
<rect class="paper" width="100%" height="100%" rx="8"/>
"""
LEGEND = (
    "A line runs from a room to the left, and up to each room that it imports.",
    "The number counts the imported names; more names, a wider line.",
    "Blue: packages of their own beside the generator.",
)

Arrows = Counter[tuple[str, str]]


def room_of(module: str) -> str | None:
    """Return the box that a module such as `generator.text.inline` belongs to; None for a module that has none."""
    names = module.split(".")
    if names[0] in BESIDE:
        return names[0]
    if names[0] != "generator" or names[1:] in ([], ["__init__"]):
        return None
    return "cli" if names[1] == "__main__" else names[1]  # `__main__` only starts `cli`


def arrows(root: Path) -> Arrows:
    """Count the imports from each box to each other box: (importer, imported) -> number of imported names."""
    found: Arrows = Counter()
    for package in ("generator", *BESIDE):
        for file in sorted((root / package).rglob("*.py")):
            importer = room_of(".".join(file.relative_to(root).with_suffix("").parts))
            for name in _imports(ast.parse(file.read_text(encoding="utf-8"))):
                imported = room_of(name)
                if importer and imported and importer != imported:
                    found[importer, imported] += 1
    return found


def floors(found: Arrows) -> dict[str, int]:
    """Return the floor of each box, from 0 at the top: one more than the lowest floor that it imports from.

    Raises ValueError when boxes import each other in a circle.
    """
    waiting = {box for arrow in found for box in arrow}
    placed: dict[str, int] = {}
    while waiting:
        free = sorted(box for box in waiting if not any(importer == box and imported in waiting for importer, imported in found))
        if not free:
            raise ValueError(f"these import each other in a circle: {', '.join(sorted(waiting))}")
        placed |= {box: 1 + max((placed[imported] for importer, imported in found if importer == box), default=-1) for box in free}
        waiting -= set(free)
    return placed


def svg(found: Arrows) -> str:
    """Return the picture as SVG: equal imports give equal bytes."""
    floor = floors(found)
    order = sorted(floor, key=lambda box: (floor[box], box))
    lines = [_arrow(order, arrow, count) for arrow, count in sorted(found.items(), key=lambda item: (item[1], item[0]))]
    counts = [_count(order, arrow, count) for arrow, count in sorted(found.items())]
    boxes = [_box(step, name) for step, name in enumerate(order)]
    last_x, last_y = _corner(len(order) - 1)
    width, height = last_x + WIDTH + MARGIN, last_y + HEIGHT + MARGIN
    heads = [_head(order.index(name)) for name in order if any(imported == name for _, imported in found)]
    legend = [f'<text class="legend" x="{width - MARGIN}" y="{MARGIN + 18 + 22 * line}">{text}</text>' for line, text in enumerate(LEGEND)]
    return HEAD.format(width=width, height=height) + "\n".join([*lines, *heads, *counts, *boxes, *legend]) + "\n</svg>\n"


def _corner(step: int) -> tuple[int, int]:
    """Return the upper left corner of the box on a step of the stairs."""
    return MARGIN + STEP_X * step, MARGIN + STEP_Y * step


def _arrow(order: list[str], arrow: tuple[str, str], count: int) -> str:
    """Return the line from the importer to the left and up to the imported box; wider for more imports."""
    (from_x, from_y), (to_x, to_y) = (_corner(order.index(name)) for name in arrow)
    path = f"M{from_x} {from_y + HEIGHT // 2}H{to_x + ENTRY}V{to_y + HEIGHT + 6}"
    return f'<path class="line" stroke-width="{1 + count**0.5:.1f}" d="{path}"/>'


def _head(step: int) -> str:
    """Return the arrow's head below a box that others import."""
    x, y = _corner(step)
    return f'<path class="head" d="M{x + ENTRY - 6} {y + HEIGHT + 8}h12l-6 -8z"/>'


def _count(order: list[str], arrow: tuple[str, str], count: int) -> str:
    """Return the number of imports, in the corner of the line."""
    (_, from_y), (to_x, _) = (_corner(order.index(name)) for name in arrow)
    x, y = to_x + ENTRY, from_y + HEIGHT // 2
    circle = f'<circle class="paper" cx="{x}" cy="{y}" r="9"/><text class="count" x="{x}" y="{y + 4}">{count}</text>'
    return f"<g><title>{arrow[0]} imports {count} names from {arrow[1]}</title>{circle}</g>"


def _box(step: int, name: str) -> str:
    x, y = _corner(step)
    kind = "box beside" if name in BESIDE else "box"
    rect = f'<rect class="{kind}" x="{x}" y="{y}" width="{WIDTH}" height="{HEIGHT}" rx="5"/>'
    return f'{rect}<text x="{x + WIDTH // 2}" y="{y + HEIGHT // 2 + 5}">{name}</text>'


def _imports(tree: ast.Module) -> set[str]:
    """Return the full names that a module imports, wherever the statement stands."""
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {name.name for name in node.names}
        elif isinstance(node, ast.ImportFrom):
            found |= {f"{node.module}.{name.name}" for name in node.names}
    return found


def main() -> None:
    """Write the picture."""
    FILE.parent.mkdir(exist_ok=True)
    FILE.write_bytes(svg(arrows(ROOT)).encode())


if __name__ == "__main__":
    main()
