"""One program in place of two: the lines that fail and the lines that work, with what both share folded away.

The fixed program is whole: without the `del` elements the text is, byte for byte, the program that ran.
Must not colour code, nor know a page.
"""

from __future__ import annotations

import difflib
import itertools
from collections.abc import Callable, Sequence
from typing import Literal, NamedTuple

#: Unchanged lines shown before and after a change.
CONTEXT = 2
#: Fewer lines than these are not folded: the line that stands for them would take as much room.
LEAST = 3


class Row(NamedTuple):
    """One line of a program."""

    kind: Literal["same", "del", "ins"]
    html: str
    blank: bool


def compared(before: Sequence[str], after: Sequence[str], before_html: Sequence[str], after_html: Sequence[str]) -> list[Row]:
    """Return the lines of `after`, among them as `del` those of `before` that are not in it; indentation alone is no difference.

    `before_html` and `after_html` are the same lines as HTML.
    """
    rows: list[Row] = []
    matcher = difflib.SequenceMatcher(None, [line.strip() for line in before], [line.strip() for line in after], autojunk=False)
    for tag, b1, b2, a1, a2 in matcher.get_opcodes():
        if tag == "equal":
            rows += [Row("same", after_html[number], not after[number].strip()) for number in range(a1, a2)]
            continue
        rows += [Row("del", before_html[number], False) for number in range(b1, b2) if before[number].strip()]
        rows += [Row("ins", after_html[number], not after[number].strip()) for number in range(a1, a2)]
    return rows


def shown(rows: Sequence[Row]) -> set[int]:
    """Return the places of the rows that stay when the block is folded: what differs, and a few lines around it."""
    changed = [place for place, row in enumerate(rows) if row.kind != "same"]
    near = {place + step for place in changed for step in range(-CONTEXT, CONTEXT + 1)} & set(range(len(rows)))
    # A blank line at the edge of what is shown tells nothing.
    for places, outer in ((sorted(near), -1), (sorted(near, reverse=True), 1)):
        near -= {place for place in places if rows[place].kind == "same" and rows[place].blank and place + outer not in near}
    return near


def folded(rows: Sequence[Row], keep: set[int], gap: Callable[[int], str]) -> tuple[str, bool]:
    """Return the rows as HTML, and whether some of them are folded.

    `keep` are the places of the rows that stay; `gap` gives the words for a number of folded lines.
    """
    html, any_folded = "", False
    for (kind, kept), found in itertools.groupby(enumerate(rows), lambda item: (item[1].kind, item[0] in keep)):
        lines = [row.html + "\n" for _, row in found]
        if kind != "same":
            html += "".join(f'<{kind} class="l">{line}</{kind}>' for line in lines)
        elif kept or len(lines) < LEAST:
            html += "".join(lines)
        else:
            any_folded = True
            html += f'<span class="ce-gap" data-n="{gap(len(lines))}"></span><span class="ce-same">{"".join(lines)}</span>'
    return html, any_folded
