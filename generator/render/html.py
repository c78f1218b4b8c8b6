"""The HTML that templates are made of: headings with their permalinks, coloured programs, sets of tabs.

Must not know a page.
"""

from __future__ import annotations

import dataclasses
import functools
import html
import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from pygments import highlight  # type: ignore[import-untyped]
from pygments.formatters import HtmlFormatter  # type: ignore[import-untyped]
from pygments.lexers import get_lexer_by_name  # type: ignore[import-untyped]

#: The deepest heading that the table of contents shows.
TOC_DEPTH = 2


@dataclasses.dataclass(frozen=True)
class Heading:
    """A heading of a page."""

    level: int
    id: str
    name: str
    """Its words as HTML."""


@dataclasses.dataclass(frozen=True)
class RenderedPage:
    """A page without the theme around it."""

    meta: dict[str, Any]
    """What the theme is told of it: title, description, `template`, `language`, `path` below the site and more."""
    html: str = ""
    headings: tuple[Heading, ...] = ()


def coloured(source: str, language: str) -> str:
    """Return a program as HTML, with a line break at the end of every line."""
    return str(highlight(source, _lexer(language), _formatter()))


@functools.cache
def _lexer(language: str) -> Any:
    return get_lexer_by_name(language)


@functools.cache
def _formatter() -> Any:
    return HtmlFormatter(nowrap=True)


class Builder:
    """Builds the parts of one page for its template, and remembers the headings."""

    def __init__(self, colour: Callable[[str, str], str] = coloured) -> None:
        """`colour` returns a program in a language as `coloured` does."""
        self.headings: list[Heading] = []
        self._colour = colour
        self._sets = 0

    def heading(self, level: int, words: str, id_: str = "") -> str:
        """Return a heading; `words` are HTML. Without an `id_` it gets one made of its words."""
        found = Heading(level, id_ or self._new_id(words), words)
        self.headings.append(found)
        return f'<h{level} id="{found.id}">{words}<a class="headerlink" href="#{found.id}" title=" ">#</a></h{level}>'

    def h2(self, words: str, id_: str) -> str:
        """Return the heading of a section."""
        return self.heading(2, words, id_)

    def code(self, source: str, language: str, classes: str = "", title: str = "", lines: Sequence[int] = ()) -> str:
        """Return a program with its title; `lines`, from 1, are marked."""
        marked = set(lines)
        # Pygments ends every span at the end of its line.
        rows = self._colour(source, language).split("\n")[:-1]
        shown = "".join(f'<span class="hll">{row}\n</span>' if number in marked else f"{row}\n" for number, row in enumerate(rows, 1))
        named = f'<span class="filename">{html.escape(title)}</span>' if title else ""
        return f'<div class="{f"{classes} highlight".strip()}">{named}<pre><span></span><code>{shown}</code></pre></div>'

    def tabs(self, found: Iterable[tuple[str, str]]) -> str:
        """Return a set of tabs of (label, HTML), of which the first is open."""
        listed = list(found)
        self._sets += 1
        name = f"__tabbed_{self._sets}"
        numbers = range(1, len(listed) + 1)
        checked = ('checked="checked" ', *[""] * (len(listed) - 1))
        inputs = "".join(
            f'<input {mark}id="{name}_{number}" name="{name}" type="radio" />' for number, mark in zip(numbers, checked, strict=True)
        )
        labels = "".join(f'<label for="{name}_{number}">{label}</label>' for number, (label, _) in zip(numbers, listed, strict=True))
        blocks = "".join(f'<div class="tabbed-block">\n{content}\n</div>\n' for _, content in listed)
        return (
            f'<div class="tabbed-set tabbed-alternate" data-tabs="{self._sets}:{len(listed)}">{inputs}'
            f'<div class="tabbed-labels">{labels}</div>\n<div class="tabbed-content">\n{blocks}</div>\n</div>'
        )

    def _new_id(self, words: str) -> str:
        plain = html.unescape(re.sub(r"<[^>]*>", "", words))
        letters = unicodedata.normalize("NFKD", plain).encode("ascii", "ignore").decode()
        stem = re.sub(r"[-\s]+", "-", re.sub(r"[^\w\s-]", "", letters).strip().lower())
        taken = {heading.id for heading in self.headings}
        return next(found for found in (stem, *(f"{stem}_{number}" for number in range(1, len(taken) + 3))) if found and found not in taken)


def toc_tokens(headings: Iterable[Heading]) -> list[dict[str, Any]]:
    """Return the headings of a table of contents as a tree, in the form that MkDocs reads."""
    tree: list[dict[str, Any]] = []
    for heading in headings:
        if heading.level <= TOC_DEPTH:
            token = {"level": heading.level, "id": heading.id, "name": heading.name, "children": []}
            inside = tree and tree[-1]["level"] < heading.level
            (tree[-1]["children"] if inside else tree).append(token)
    return tree
