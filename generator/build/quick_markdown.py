"""Converts the Markdown that the templates write, byte for byte as Python-Markdown does, and nothing else.

Nearly all of a page is HTML in blocks already; what remains are headings, fences and tabs. Python-Markdown
takes every line of it through all of its passes. Here a page is cut into its blocks once,
HTML is passed on, and Python-Markdown is asked for headings, with pymdown-extensions for fences. A
page with anything else in it is not converted at all, and left to Python-Markdown as a whole. Must not know MkDocs.
"""

from __future__ import annotations

import dataclasses
import functools
import re
from typing import Any

from markdown.extensions.toc import nest_toc_tokens, unique  # type: ignore[import-untyped]

#: Tabulators, Python-Markdown's own marks, the other kind of fence, and what tabs are numbered by: not on these pages.
_NOWHERE = ("\t", "\r", "\x02", "\x03", "~~~", "__tabbed_")
#: What Python-Markdown would write in another way than it found it: an angle bracket or ampersand of no tag or entity.
#: Two expressions, each of which begins with one letter: `re` finds that many times faster than one of two.
_STRANGE_BRACKET = re.compile(r"<(?!/?[a-zA-Z])")
_STRANGE_AMPERSAND = re.compile(r"&(?!#?\w+;)")
_BLANK_LINES = re.compile(r"\n +(?=\n)")
_TAG = re.compile(r"<([a-z][a-z0-9]*)(?=[ >])")
#: A heading of plain words, each mark in it escaped, with the id at its end or none.
_HEADING = re.compile(r"(#{1,6}) ((?:[^\\`*_{}\[\]<>!\n#]|\\[\\`*_{}\[\]#])+?)(?: \{ #([a-z][a-z0-9_-]*) \})?\n(?=\n|\Z)")
#: One whose words Python-Markdown takes over as they are, and what stands for such words.
_PLAIN_HEADING = re.compile(r"(#{1,6}) ([^\W_](?:[^\W_]|[ ,.:;'()/%-])*)(?<! )(?: \{ #([a-z][a-z0-9_-]*) \})?\n")
_PROBE = "Probe"
_FENCE = re.compile(r"( {4})?(`{3,})([^`\n]*)\n")
_PARAGRAPH = re.compile(r" {4}([^ \n].*)\n {4}(\{ \.[a-z-]+ \})\n")
_TAB = re.compile(r'=== "([A-Za-z ]+)"\n(?=\n)')


@dataclasses.dataclass(frozen=True)
class Converted:
    """A page as HTML, and what of it belongs into its table of contents: tokens of Python-Markdown's `toc`."""

    html: str
    tokens: list[dict[str, Any]]


class _Unknown(Exception):  # noqa: N818 - no failure: Python-Markdown takes over
    """The page holds something that only Python-Markdown reads."""


@dataclasses.dataclass(frozen=True)
class _Heading:
    html: str
    id: str
    token: dict[str, Any] | None


class QuickMarkdown:
    """Converts pages with the settings of `markdown`, a converter with the extensions of `mkdocs.yml`."""

    def __init__(self, markdown: Any) -> None:
        self._markdown = markdown
        self._is_block = functools.cache(markdown.is_block_level)
        self._probe = functools.cache(self._asked)
        self._heading = functools.lru_cache(maxsize=256)(self._new_heading)  # most headings stand on every guide

    def convert(self, text: str) -> Converted | None:
        """Return the page, or None when it holds anything but headings, blocks of HTML, fences and tabs."""
        if any(mark in text for mark in _NOWHERE):
            return None
        text = _BLANK_LINES.sub("\n", text.strip("\n") + "\n")
        try:
            return self._converted(text)
        except _Unknown:
            return None
        finally:
            self._markdown.reset()

    def _converted(self, text: str) -> Converted:
        parts: list[str] = []
        headings: list[_Heading] = []
        sets = place = 0
        while place < len(text):
            if text[place] == "\n":
                place += 1
            elif text[place] == "<":
                html, place = self._block(text, place)
                parts.append(html)
            elif text[place] == "#":
                match = _found(_HEADING.match(text, place))
                headings.append(self._heading(match[0]))
                parts.append(headings[-1].html)
                place = match.end()
            elif text[place] == "`":
                html, place = self._fence(text, place)
                parts.append(html)
            else:
                sets += 1
                html, place = self._tabs(text, place, sets)
                parts.append(html)
        # Python-Markdown numbers an id that stands there before; that is its own affair.
        if len({heading.id for heading in headings}) < len(headings):
            raise _Unknown
        tokens = [{**heading.token} for heading in headings if heading.token is not None]
        return Converted("\n".join(parts).strip(), nest_toc_tokens(tokens))

    def _block(self, text: str, place: int) -> tuple[str, int]:
        """Return the element that begins at `place`, with the blank line that follows, and where it ends."""
        tag = _found(_TAG.match(text, place))[1]
        if not self._is_block(tag):
            raise _Unknown
        end = _end_of_element(text, place, tag)
        html = text[place:end]
        if text[end] != "\n" or "```" in html or _STRANGE_BRACKET.search(html) or _STRANGE_AMPERSAND.search(html):
            raise _Unknown
        return f"{html}\n" if text.startswith("\n\n", end) or end + 1 == len(text) else html, end + 1

    def _new_heading(self, line: str) -> _Heading:
        if match := _PLAIN_HEADING.fullmatch(line):
            marks, text, id_ = match.groups()
            like = self._probe(f"{marks} {_PROBE}{' { #probe }' if id_ else ''}")
            toc = self._markdown.treeprocessors["toc"]
            id_ = id_ or unique(toc.slugify(text, toc.sep), set())
            html = like.html.replace('"probe"', f'"{id_}"').replace('"#probe"', f'"#{id_}"').replace(_PROBE, text)
            return _Heading(html, id_, like.token and {**like.token, "id": id_, "name": text, "html": text})
        return self._asked(line)

    def _asked(self, line: str) -> _Heading:
        """Return a heading as Python-Markdown converts it."""
        self._markdown.reset()
        html = self._markdown.convert(line)
        token = next(iter(self._markdown.toc_tokens), None)
        return _Heading(html, _found(re.match(r'<h[1-6] id="([^"]*)"', html))[1], token)

    def _fence(self, text: str, place: int) -> tuple[str, int]:
        """Return the program of the fence at `place`, which may be indented by four, as HTML, and where it ends."""
        match = _found(_FENCE.match(text, place))
        indent, mark = match[1] or "", match[2]
        closing = f"\n{indent}{mark}\n"
        end = text.find(closing, match.end() - 1)
        after = end + len(closing)
        if end < 0 or (not text.startswith("\n", after) and after < len(text)):
            raise _Unknown
        lines = text[match.end() : end + 1].split("\n")[:-1]
        if indent:
            if any(line and not line.startswith(indent) for line in lines):
                raise _Unknown
            lines = [line[4:] for line in lines]
        if any(line.startswith(mark) for line in lines):
            raise _Unknown
        reader = self._markdown.preprocessors["fenced_code_block"]
        reader.run([f"{mark}{match[3]}"])  # it has read the first line now, and waits for the others
        if reader.fence is None or not reader.use_pygments:
            raise _Unknown
        reader.line_count = len(lines)
        html = reader.formatter(
            src="\n".join(lines),
            language=reader.lang,
            md=self._markdown,
            options=reader.options,
            classes=reader.classes,
            id_value=reader.id,
            attrs=reader.attrs,
        )
        return html.rstrip("\n"), after

    def _paragraph(self, text: str, place: int) -> tuple[str, int]:
        """Return the paragraph at `place`, indented by four and with a class, as HTML, and where it ends."""
        match = _found(_PARAGRAPH.match(text, place))
        if "](" in match[1]:  # MkDocs looks where it leads
            raise _Unknown
        self._markdown.reset()
        html = self._markdown.convert(f"{match[1]}\n{match[2]}")
        if not html.startswith("<p "):
            raise _Unknown
        return html, match.end()

    def _tabs(self, text: str, place: int, number: int) -> tuple[str, int]:
        """Return the set of tabs at `place`, the so-manyth of the page, and where it ends."""
        name = f"__tabbed_{number}"
        labels: list[str] = []
        blocks: list[str] = []
        match = _TAB.match(text, place)
        while match:
            labels.append(match[1])
            place = _skipped(text, match.end())
            parts = []
            while text.startswith("    ", place):
                html, place = self._fence(text, place) if text.startswith("    `", place) else self._paragraph(text, place)
                place = _skipped(text, place)
                parts.append(html)
            if not parts:
                raise _Unknown
            blocks.append('<div class="tabbed-block">\n' + "\n".join(parts) + "\n</div>\n")
            match = _TAB.match(text, place)
        if not blocks:
            raise _Unknown
        numbers = range(1, len(labels) + 1)
        checked = ('checked="checked" ', *("" for _ in labels[1:]))
        inputs = (f'<input {mark}id="{name}_{n}" name="{name}" type="radio" />' for mark, n in zip(checked, numbers, strict=True))
        shown = (f'<label for="{name}_{n}">{label}</label>' for label, n in zip(labels, numbers, strict=True))
        html = (
            f'<div class="tabbed-set tabbed-alternate" data-tabs="{number}:{len(labels)}">{"".join(inputs)}'
            f'<div class="tabbed-labels">{"".join(shown)}</div>\n<div class="tabbed-content">\n{"".join(blocks)}</div>\n</div>'
        )
        return html, place


def _found(match: re.Match[str] | None) -> re.Match[str]:
    if match is None:
        raise _Unknown
    return match


def _skipped(text: str, place: int) -> int:
    """Return where the blank lines at `place` end."""
    while text.startswith("\n", place):
        place += 1
    return place


@functools.cache
def _tags(tag: str) -> re.Pattern[str]:
    return re.compile(rf"<(/?){tag}(?=[ >\n])")


def _end_of_element(text: str, place: int, tag: str) -> int:
    """Return where the element ends that begins at `place`; raises `_Unknown` when it never does."""
    depth = 0
    for match in _tags(tag).finditer(text, place):
        depth += -1 if match[1] else 1
        if depth == 0:
            return text.index(">", match.end()) + 1
    raise _Unknown
