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
from typing import Any, NamedTuple

from pygments import highlight  # type: ignore[import-untyped]
from pygments.formatters import HtmlFormatter  # type: ignore[import-untyped]
from pygments.lexers import get_lexer_by_name  # type: ignore[import-untyped]

from generator.render import diff

#: The deepest heading that the table of contents shows.
TOC_DEPTH = 2
#: Lines of a function that stay when it is folded: its name, what goes in, and what it says of itself.
BEGINNING = 4
_FUNCTION = re.compile(r"(?:export )?(?:async )?(?:def|function) ")


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


class Words(NamedTuple):
    """What a folded program says."""

    gap: Callable[[int], str]
    """Words for a number of lines that are folded."""
    more: Callable[[int], str]
    """Words of what shows all lines, of which there are this many."""
    less: str

    def unfold(self, lines: int) -> str:
        """Return the row that folds and unfolds a program."""
        more, less = self.more(lines), self.less
        return (
            '<details class="ce-all"><summary>'
            f'<span class="ce-all__more">{more}</span><span class="ce-all__less">{less}</span></summary></details>'
        )


def _part(classes: str, head: str, code: str, unfold: str) -> str:
    names = " ".join(name for name in ("highlight", classes, "ce-part" if unfold else "") if name)
    return f'<div class="{names}">{head}<pre><span></span><code><span class="ce-lines">{code}</span></code></pre>{unfold}</div>'


class Builder:
    """Builds the parts of one page for its template, and remembers the headings."""

    def __init__(self, colour: Callable[[str, str], str] = coloured, link_label: Callable[[str], str] = str) -> None:
        """`colour` returns a program in a language as `coloured` does, `link_label` the name of the link to a heading."""
        self.headings: list[Heading] = []
        self._link_label = link_label
        self._colour = colour
        self._sets = 0

    def heading(self, level: int, words: str, id_: str = "") -> str:
        """Return a heading; `words` are HTML. Without an `id_` it gets one made of its words."""
        found = Heading(level, id_ or self._new_id(words), words)
        self.headings.append(found)
        return f'<h{level} id="{found.id}">{words}{self._permalink(found)}</h{level}>'

    def _permalink(self, heading: Heading) -> str:
        label = self._link_label(html.unescape(re.sub(r"<[^>]*>", "", heading.name)))
        return f'<a class="headerlink" href="#{heading.id}" aria-label="{html.escape(label)}">#</a>'

    def h2(self, words: str, id_: str) -> str:
        """Return the heading of a section."""
        return self.heading(2, words, id_)

    def code(self, source: str, language: str, classes: str = "", title: str = "", lines: Sequence[int] = ()) -> str:
        """Return a program with its title; `lines`, from 1, are marked."""
        marked = set(lines)
        rows = self._rows(source, language)
        shown = "".join(f'<span class="hll">{row}\n</span>' if number in marked else f"{row}\n" for number, row in enumerate(rows, 1))
        named = f'<span class="filename">{html.escape(title)}</span>' if title else ""
        return f'<div class="{f"{classes} highlight".strip()}">{named}<pre><span></span><code>{shown}</code></pre></div>'

    def comparison(self, before: str, after: str, language: str, captions: tuple[str, str], words: Words) -> str:
        """Return one block in which `after` is whole, the lines of `before` that it replaces are marked as deleted, the rest is folded.

        `captions` are HTML and say what the two programs do.
        """
        rows = diff.compared(before.splitlines(), after.splitlines(), self._rows(before, language), self._rows(after, language))
        code, is_folded = diff.folded(rows, diff.shown(rows), words.gap)
        bad, good = captions
        head = (
            f'<div class="ce-diff__head"><p class="ce-diff__bad"><span>{bad}</span></p><p class="ce-diff__ok"><span>{good}</span></p></div>'
        )
        return _part("ce-diff", head, code, words.unfold(len(after.splitlines())) if is_folded else "")

    def beginning(self, source: str, language: str, title: str, words: Words) -> str:
        """Return a program of which the beginning of its first function stays when it is folded."""
        rows = [diff.Row("same", row, False) for row in self._rows(source, language)]
        start = next((number for number, line in enumerate(source.splitlines()) if _FUNCTION.match(line)), 0)
        code, is_folded = diff.folded(rows, set(range(start, start + BEGINNING)), words.gap)
        named = f'<span class="filename">{html.escape(title)}</span>'
        return _part("", named, code, words.unfold(len(rows)) if is_folded else "")

    def _rows(self, source: str, language: str) -> list[str]:
        # Pygments ends every span at the end of its line.
        return self._colour(source, language).split("\n")[:-1]

    def tabs(self, found: Iterable[tuple[str, str]], id_: str = "") -> str:
        """Return a set of tabs of (label, HTML), of which the first is open."""
        listed = list(found)
        self._sets += 1
        name, named = f"__tabbed_{self._sets}", f' id="{id_}"' if id_ else ""
        numbers = range(1, len(listed) + 1)
        checked = ('checked="checked" ', *[""] * (len(listed) - 1))
        inputs = "".join(
            f'<input {mark}id="{name}_{number}" name="{name}" type="radio" />' for number, mark in zip(numbers, checked, strict=True)
        )
        labels = "".join(f'<label for="{name}_{number}">{label}</label>' for number, (label, _) in zip(numbers, listed, strict=True))
        blocks = "".join(f'<div class="tabbed-block">\n{content}\n</div>\n' for _, content in listed)
        return (
            f'<div class="tabbed-set tabbed-alternate" data-tabs="{self._sets}:{len(listed)}"{named}>{inputs}'
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
