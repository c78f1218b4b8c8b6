"""Colours programs as pymdown-extensions and Pygments do, without doing again what is the same each time.

- A program stands on the pages of all languages: it is coloured once, whatever its caption says.
- Pygments 2.21 makes the table of a style's classes for every program, and looks for the lexer of
  a language among all six hundred; and see `lexing`.

Must not know about pages.
"""

from __future__ import annotations

import contextlib
import functools
from collections.abc import Iterator
from typing import Any

from pygments.formatters.html import HtmlFormatter  # type: ignore[import-untyped]
from pygments.util import html_escape  # type: ignore[import-untyped]
from pymdownx import highlight as pymdownx  # type: ignore[import-untyped]
from pymdownx.highlight import Highlight  # type: ignore[import-untyped]

from generator.build import lexing

#: Both languages of a guide follow each other, so a few of its programs are enough.
MOST_PROGRAMS = 50
#: What stands in place of a block's caption while it is coloured: captions differ between languages.
_CAPTION = "\ue000caption\ue000"


@contextlib.contextmanager
def shared() -> Iterator[None]:
    """Let programs be coloured so for a while."""
    stock = Highlight.highlight, HtmlFormatter._create_stylesheet, pymdownx.get_lexer_by_name
    Highlight.highlight = _once(stock[0])
    HtmlFormatter._create_stylesheet = _one_table(stock[1])
    # A lexer keeps nothing of a text.
    pymdownx.get_lexer_by_name = functools.lru_cache(lambda name, **options: lexing.quick(stock[2](name, **options)))
    try:
        yield
    finally:
        Highlight.highlight, HtmlFormatter._create_stylesheet, pymdownx.get_lexer_by_name = stock


def _once(stock: Any) -> Any:
    known: dict[tuple[str, str], str] = {}

    def highlight(
        self: Any, src: str, language: str, *places: Any, title: str | None = None, code_block_count: int = 0, **options: Any
    ) -> str:
        if self.title_mode == "html" or (title is None and self.auto_title):
            return str(stock(self, src, language, *places, title=title, code_block_count=code_block_count, **options))
        number = code_block_count if self.line_spans or self.line_anchors or self.anchor_linenums else 0
        settings = {name: value for name, value in vars(self).items() if name != "md"}
        key = (src, repr((language, places, sorted(options.items()), bool(title), number, settings)))
        if key not in known:
            if len(known) > MOST_PROGRAMS:
                known.clear()
            marked = _CAPTION if title else title
            known[key] = str(stock(self, src, language, *places, title=marked, code_block_count=code_block_count, **options))
        return known[key].replace(_CAPTION, html_escape(title.strip())) if title else known[key]

    return highlight


def _one_table(stock: Any) -> Any:
    known: dict[tuple[Any, str], tuple[dict[Any, str], dict[str, Any]]] = {}

    def create_stylesheet(self: Any) -> None:
        key = (self.style, self.classprefix)
        if key not in known:
            stock(self)
            known[key] = self.ttype2class, self.class2style
        ttypes, styles = known[key]
        self.ttype2class, self.class2style = dict(ttypes), dict(styles)  # a formatter adds the types that it meets

    return create_stylesheet
