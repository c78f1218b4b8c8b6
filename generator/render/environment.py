"""What turns templates into Markdown: the environment, its filters, and front matter.

The only module that imports jinja2. Must not know a page.
"""

from __future__ import annotations

import functools
import html
import json
import re
from pathlib import Path
from types import BuiltinMethodType, FunctionType, MethodType
from typing import Any

from jinja2 import FileSystemLoader, StrictUndefined
from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment

from generator.text.inline import escaped
from generator.text.message import pieces

_MISSING = object()
_to_json = json.JSONEncoder(ensure_ascii=False).encode


class _Sandbox(ImmutableSandboxedEnvironment):
    """Asks once for each type and name what a template may look at or call; asking each time takes half of the time of a page.

    The rules of jinja2 look at nothing but the type, save for `str.format`, which it watches, and for values
    that are functions or want the context: those go its own way every time.
    """

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self._readable: dict[tuple[type, str], bool] = {}
        self._callable: dict[object, bool] = {}

    def getattr(self, obj: Any, attribute: str) -> Any:
        """Return an attribute of `obj`, if a template may read it."""
        key = (type(obj), attribute)
        if self._readable.get(key):
            value = getattr(obj, attribute, _MISSING)
            if value is not _MISSING and type(value) is not BuiltinMethodType:
                return value
        elif type(obj) is dict and attribute in obj and not hasattr(dict, attribute):
            return obj[attribute]  # what jinja2 comes to in the end, after it caught an exception
        elif key not in self._readable:
            there = hasattr(obj, attribute) and not isinstance(obj, str)
            self._readable[key] = there and self.is_safe_attribute(obj, attribute, getattr(obj, attribute))
        return super().getattr(obj, attribute)

    def call(__self, __context: Context, __obj: Any, *args: Any, **kwargs: Any) -> Any:  # noqa: N805 - as jinja2 names them
        """Call `__obj`, if a template may."""
        method = type(__obj) is MethodType
        key = __obj.__func__ if method else type(__obj)
        plain = __self._callable.get(key)
        if plain is None:
            code = key if method else vars(key).get("__call__")
            plain = isinstance(code, FunctionType) and not hasattr(code, "jinja_pass_arg") and __self.is_safe_callable(__obj)
            __self._callable[key] = plain
        if not plain:
            return super().call(__context, __obj, *args, **kwargs)
        if kwargs:  # compiled templates hand these to whatever they call
            kwargs.pop("_loop_vars", None)
            kwargs.pop("_block_vars", None)
        return __obj(*args, **kwargs)


@functools.lru_cache(maxsize=8)
def environment(folder: Path) -> _Sandbox:
    """Return what renders the templates of a folder; it reads a template again when its file changed."""
    made = _Sandbox(
        loader=FileSystemLoader(folder),
        undefined=StrictUndefined,
        autoescape=False,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    made.filters["e"] = html.escape
    made.filters["message_html"] = message_html
    made.filters["breakable"] = breakable
    made.filters["heading"] = heading
    made.filters["template_html"] = template_html
    made.filters["words_markdown"] = words_markdown
    made.filters["code_span"] = code_span
    made.filters["escaped"] = escaped
    return made


def front_matter(meta: dict[str, Any]) -> str:
    """Return `meta` as YAML front matter. JSON is YAML, and has one way to write a value."""
    lines = [f"{key}: {_to_json(value)}" for key, value in meta.items() if value is not None]
    return "\n".join(("---", *lines, "---", "", ""))


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


def heading(text: str) -> str:
    """Return plain text for a Markdown heading: no mark in it means anything, `{id}` at its end included."""
    return html.escape(re.sub(r"[\\`*_{}\[\]#]", r"\\\g<0>", text))
