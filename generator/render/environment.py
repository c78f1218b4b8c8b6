"""The environment of the templates, and its filters.

The only door to jinja2. Templates are ours, and the texts of authors never are templates. Must not know a page.
"""

from __future__ import annotations

import contextlib
import functools
import html
import re
from pathlib import Path

from jinja2 import Environment, FileSystemBytecodeCache, FileSystemLoader, StrictUndefined

from generator.text.inline import escaped
from generator.text.message import pieces


@functools.lru_cache(maxsize=8)
def environment(folder: Path) -> Environment:
    """Return what renders the templates of a folder; it reads a template again when its file changed."""
    made = Environment(
        loader=FileSystemLoader(folder),
        undefined=StrictUndefined,
        autoescape=False,  # most values are HTML or Markdown already; plain text passes the filter `e`
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    made.filters["e"] = html.escape
    for own in (message_html, breakable, template_html, words_markdown, code_span, escaped):
        made.filters[own.__name__] = own
    return made


def keep_compiled(environment: Environment, folder: Path) -> None:
    """Let an environment keep in `folder` what templates are compiled to; where nothing can be kept, they are compiled each time."""
    with contextlib.suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True)
        environment.bytecode_cache = FileSystemBytecodeCache(str(folder))


def message_html(template: str, values: dict[str, str]) -> str:
    """Return a message as HTML in which the parts that change are marked."""
    return "".join(
        f"<var>{html.escape(values[text])}</var>" if variable else html.escape(text, quote=False) for text, variable in pieces(template)
    )


def template_html(template: str) -> str:
    """Return a template as HTML in which the placeholders are marked."""
    return "".join(
        f"<var>&lt;{html.escape(text)}&gt;</var>" if variable else html.escape(text, quote=False) for text, variable in pieces(template)
    )


def words_markdown(text: str) -> str:
    """Return words of the interface as Markdown; the only HTML in them is `<code>`."""
    return html.unescape(re.sub(r"</?code>", "`", text))


def code_span(text: str) -> str:
    """Return text as a code span, whatever backticks are in it."""
    longest = max((len(run) for run in re.findall("`+", text)), default=0)
    space = " " if longest else ""
    return f"{'`' * (longest + 1)}{space}{text}{space}{'`' * (longest + 1)}"


def breakable(name: str) -> str:
    """Return a type's name as HTML that may break after each underscore."""
    return html.escape(name).replace("_", "_<wbr>")
