"""The HTML of a page: what a renderer returns, and what templates make headings, tabs and programs with.

Knows neither entries nor templates.
"""

from __future__ import annotations

import dataclasses
import functools
import html
from typing import Any

from markdown.extensions.toc import slugify, unique  # type: ignore[import-untyped]
from pygments import highlight  # type: ignore[import-untyped]
from pygments.formatters import HtmlFormatter  # type: ignore[import-untyped]
from pygments.lexers import get_lexer_by_name  # type: ignore[import-untyped]

#: A program stands on the pages of both languages, which are made one after the other; a guide has at most six programs.
PROGRAMS_KEPT = 128

_lexer = functools.lru_cache(get_lexer_by_name)
#: Writes the lines alone; making a formatter takes longer than a short program does.
_formatter = HtmlFormatter(nowrap=True)


@dataclasses.dataclass(frozen=True)
class Heading:
    """A heading of a page."""

    level: int
    """From 1 to 6."""
    id: str
    name: str
    """Its words, as HTML."""


@dataclasses.dataclass(frozen=True)
class RenderedPage:
    """A page as the theme gets it."""

    meta: dict[str, Any]
    """What the theme's templates ask for as `page.meta`: plain data without None."""
    html: str
    headings: tuple[Heading, ...] = ()
    """In the order of the page."""


class Outline:
    """Collects the headings of one page while its template runs, and numbers its sets of tabs."""

    def __init__(self) -> None:
        self._headings: list[Heading] = []
        self._sets_of_tabs = 0

    def heading(self, level: int, name: str, id_: str | None = None) -> str:
        """Note a heading and return its id; without `id_` a mark that `page` replaces by one made of `name`."""
        # No text has this character: YAML forbids it.
        id_ = id_ or f"\0{len(self._headings)}\0"
        self._headings.append(Heading(level, id_, name))
        return id_

    def next_tabs(self) -> int:
        """Return the number, from 1, of the next set of tabs."""
        self._sets_of_tabs += 1
        return self._sets_of_tabs

    def page(self, meta: dict[str, Any], text: str) -> RenderedPage:
        """Return the page whose template wrote `text`; ids made of words differ from all other ids of headings."""
        taken = {heading.id for heading in self._headings}
        headings = []
        for heading in self._headings:
            if heading.id.startswith("\0"):
                made = unique(slugify(html.unescape(heading.name), "-"), taken)
                text = text.replace(heading.id, made)
                heading = dataclasses.replace(heading, id=made)
            headings.append(heading)
        return RenderedPage({name: value for name, value in meta.items() if value is not None}, text, tuple(headings))


@functools.lru_cache(PROGRAMS_KEPT)
def coloured(source: str, language: str, lines: tuple[int, ...] = ()) -> str:
    """Return a program as HTML, one line of it a line.

    `language` is a name of a lexer of Pygments, `lines` are the numbers, from 1, of the lines to mark.
    """
    written = str(highlight(source, _lexer(language), _formatter))
    if not lines:
        return written
    marked = set(lines)
    return "".join(
        f'<span class="hll">{line}\n</span>' if number in marked else f"{line}\n"
        for number, line in enumerate(written.removesuffix("\n").split("\n"), 1)
    )
