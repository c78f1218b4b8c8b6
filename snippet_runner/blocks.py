"""Takes the code blocks out of built pages and puts each back into the frame of its file.

Must not run anything.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator
from pathlib import Path

from bs4 import BeautifulSoup, Tag

from generator.content.snippets import Snippet, SnippetSet

#: Class of a block, to the role of its file; a block without one is a repair.
_ROLES = {"ce-fail": "trigger", "ce-fix": "fix", "ce-diff": "fix", "ce-program": "program"}
_SUFFIXES = {"Python": "py", "TypeScript": "ts"}


@dataclasses.dataclass(frozen=True)
class Block:
    """One code block of a page, as a reader would copy it."""

    address: str
    slug: str
    """Name of the folder of its file: a guide's slug, or that of a page with programs of its own."""
    name: str
    """Name of the snippet file that it came from, such as `fix.py`."""
    text: str


def of_site(site: Path) -> list[Block]:
    """Return every block of every page of the built site that holds a program."""
    return [block for file in sorted(site.rglob("index.html")) for block in of_page(file, site)]


def of_page(file: Path, site: Path) -> Iterator[Block]:
    """Yield the blocks of one built page that stand in tabs, which are all programs of the page."""
    soup = BeautifulSoup(file.read_text(encoding="utf-8"), "lxml")
    address = "/" + file.parent.relative_to(site).as_posix() + "/"
    for tabs in soup.select(".tabbed-set"):
        # On a guide its own name, elsewhere the heading above tells which guide's program it is.
        heading = tabs.find_previous(["h2", "h3"])
        slug = file.parent.name if "/errors/" in address else str(heading["id"] if isinstance(heading, Tag) else "")
        labels = [label.get_text(strip=True) for label in tabs.select(".tabbed-labels > label")]
        for label, tab in zip(labels, tabs.select(".tabbed-block"), strict=True):
            for block in tab.select(".highlight"):
                code = block.select_one("code")
                assert code is not None
                role = _role(block)
                folder = _folder(block) if role == "program" else slug
                yield Block(address, folder, f"{role}.{_SUFFIXES.get(label, label)}", copied(code))


def copied(code: Tag) -> str:
    """Return the text of a program as the copy button takes it: without the lines that it replaces."""
    return "".join(str(text) for text in code.find_all(string=True) if text.find_parent("del") is None).strip("\n")


def _role(block: Tag) -> str:
    return next((role for name, role in _ROLES.items() if name in (block.get("class") or [])), "repair")


def _folder(block: Tag) -> str:
    """Return the folder that a program of a page came from, read from its class, such as `in-handling_classify`."""
    return next((f"_{name.removeprefix('in-')}" for name in block.get("class") or [] if name.startswith("in-")), "")


def framed(snippet: Snippet, text: str, root: Path) -> str:
    """Return the file of `snippet` with `text` in the place of its shown region, line for line."""
    lines = (root / snippet.path).read_text(encoding="utf-8").splitlines()
    first = snippet.first_line - 1
    return "\n".join([*lines[:first], *text.splitlines(), *lines[first + len(snippet.shown.splitlines()) :], ""])


def scaled(text: str, factor: int) -> str:
    """Return a program with its sizes, which are its numbers of five digits or more, divided by `factor`; nothing else changes."""
    if factor == 1:
        return text

    def smaller(number: re.Match[str]) -> str:
        value = int(number[0])
        return str(value // factor) if value >= 10_000 else number[0]

    return re.sub(r"\b\d{1,3}(?:_\d{3})+\b", smaller, text)


def unknown(blocks: list[Block], snippets: dict[str, SnippetSet]) -> list[Block]:
    """Return the blocks that belong to no snippet file, so that nothing would run them."""
    return [block for block in blocks if block.slug not in snippets or block.name not in snippets[block.slug].files]
