"""Which programs a page shows, and what its template gets of them.

Must not write HTML.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from generator.content.snippets import FILES, PAGE_FILES, SnippetSet
from generator.schemas.entry import Entry
from generator.text.writer import Writer

#: Suffix of a snippet to the label of its tab.
LABELS = {"py": "Python", "ts": "TypeScript"}


def block(name: str, shown: str, caption: str, lines: Iterable[int] = ()) -> dict[str, Any]:
    """Return the file `name` of which `shown` stands on the page; `lines` are the numbers of the lines to mark.

    `fence` are the backticks that the block needs in Markdown.
    """
    role, language = {**FILES, **PAGE_FILES}[name]
    longest = max((len(line) - len(line.lstrip("`")) for line in shown.splitlines()), default=0) if "`" in shown else 0
    return {
        "role": role,
        "language": language,
        "caption": caption,
        "lines": tuple(lines),
        "fence": "`" * max(3, longest + 1),
        "shown": shown,
    }


def tabs_of_entry(entry: Entry, found: SnippetSet, writer: Writer) -> list[dict[str, Any]]:
    """Return, for Python and TypeScript, the blocks that the guide shows or the reason why one is missing."""
    tabs = []
    for suffix, label in LABELS.items():
        removed, added = found.different_lines(suffix)
        blocks = []
        for role, lines in (("trigger", removed), ("fix", added)):
            name = f"{role}.{suffix}"
            if name in found.files:
                caption = writer.plain(getattr(entry.snippets, role))
                blocks.append(block(name, found.files[name].shown, caption, lines))
            elif name in entry.snippets.impossible:
                blocks.append({"role": role, "reason": writer.inline(entry.snippets.impossible[name])})
        repair = f"repair.{suffix}"
        repaired = block(repair, found.files[repair].shown, repair) if repair in found.files else None
        tabs.append({"label": label, "blocks": blocks, "repair": repaired})
    return tabs


def tabs_of_page(found: SnippetSet, caption: str = "") -> list[dict[str, Any]]:
    """Return the tabs of a program of a page, one for each language that it is written in; `caption` is a file's name without suffix."""
    return [
        {"label": label, **block(name, found.files[name].shown, f"{caption}.{suffix}" if caption else "")}
        for suffix, label in LABELS.items()
        if (name := f"program.{suffix}") in found.files
    ]
