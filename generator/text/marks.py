"""Reads a text as a list of marks: words, code spans, links, citations.

The rules are those of CommonMark, without images and HTML. Must not know what becomes of a mark.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_inline import StateInline

CITATION = re.compile(r"\[\^([a-z0-9_]+)\]")
#: One mark of a text: kind, content (of a link its address), title of a link. The kinds are the names of markdown-it's tokens.
Piece = tuple[str, str, str]


def read(text: str) -> tuple[Piece, ...]:
    """Return the pieces of a text, in order; what belongs to a link or to emphasis stands between its two ends."""
    found = simple(text)
    return tuple(whole(text)) if found is None else found


#: A code span, a citation, a link to a plain address without other marks in it or with one code span as its words, or the end of a line.
_MARKS = re.compile(
    r"`(?P<code>[^`\n\r\0]+)`(?!`)"
    r"|\[\^(?P<citation>[a-z0-9_]+)\]"
    r"|\[(?:(?P<label>[^\[\]`*_&<>\\\n\r\0]+)|`(?P<name>[^\[\]`\\\n\r\0]+)`)\]\((?P<href>[A-Za-z0-9:/.#?=%,;+_-]+)\)"
    r"|\n"  # each begins with a letter, not with a group or a condition: so `re` skips to the next of these letters
)
#: What may be a mark in the text between those, and what is in each of these.
_SIGN = re.compile(r"[\\`*\[\]\r\0&_]")
_OTHER_MARK = re.compile(r"[\\`*\[\]\r\0]|&(?=[#\w])|(?<![^\W_])_|_(?![^\W_])")
#: Spaces around the end of a line are left out, or break it.
_SPACE_AT_BREAK = re.compile(r"[ \t]\n|\n[ \t]")


def simple(text: str) -> tuple[Piece, ...] | None:
    """Return the pieces of a text with no marks but those of `_MARKS`, which nearly all are; None when another may be in it.

    What is returned is what `whole` returns; that takes about four times as long. Tests compare the two.
    """
    if "\n" in text and _SPACE_AT_BREAK.search(text):
        return None
    pieces: list[Piece] = []
    end = 0
    for match in _MARKS.finditer(text):
        start = match.start()
        if start > end:
            between = text[end:start]
            if _SIGN.search(between) and _OTHER_MARK.search(between):
                return None
            pieces.append(("text", between, ""))
        end = match.end()
        kind = match.lastgroup
        if kind == "code":
            pieces.append(("code_inline", _of_code_span(match["code"]), ""))
        elif kind == "citation":
            pieces.append(("citation", match["citation"], ""))
        elif kind is None:
            pieces.append(("softbreak", "\n", ""))
        else:
            href = _address(match["href"])
            if not href:
                return None
            name = match["name"]
            words = ("text", match["label"], "") if name is None else ("code_inline", _of_code_span(name), "")
            pieces += (("link_open", href, ""), words, ("link_close", "", ""))
    if end < len(text):
        rest = text[end:]
        if _SIGN.search(rest) and _OTHER_MARK.search(rest):
            return None
        pieces.append(("text", rest, ""))
    return tuple(pieces)


def _of_code_span(content: str) -> str:
    """Return what a code span shows: one space at both its ends is left out."""
    return content[1:-1] if content[0] == content[-1] == " " and content.strip(" ") else content


#: An address that Markdown writes as it is; nearly all are.
_PLAIN_ADDRESS = re.compile(r"(?:https://(?:[a-z0-9]+\.)+[a-z]+/|guide:|page:)[A-Za-z0-9/_-]+(?:#[A-Za-z0-9_-]+)?")


@functools.lru_cache(maxsize=512)
def _address(href: str) -> str:
    """Return an address as Markdown writes it; an empty text for one that is no link."""
    if _PLAIN_ADDRESS.fullmatch(href):
        return href
    normal = str(_markdown().normalizeLink(href))
    return normal if _markdown().validateLink(normal) else ""


def whole(text: str) -> Iterator[Piece]:
    """Yield the pieces of any text, as markdown-it reads it."""
    for block in _markdown().parseInline(text, {}):
        for token in block.children or []:
            if token.type == "link_open":
                yield token.type, str(token.attrGet("href")), str(token.attrGet("title") or "")
            else:
                yield token.type, "\n" if token.type in ("softbreak", "hardbreak") else token.content, ""


def _citation_rule(state: StateInline, silent: bool) -> bool:
    match = CITATION.match(state.src, state.pos)
    if match is None:
        return False
    if not silent:
        token = state.push("citation", "", 0)
        token.content = match.group(1)
    state.pos = match.end()
    return True


@functools.cache
def _markdown() -> MarkdownIt:
    from markdown_it import MarkdownIt  # a tenth of all imports of a build that changes little, which has no use for it

    markdown = MarkdownIt("commonmark", {"html": False})
    # Images would be requests to other hosts, HTML would be a way in; both stay text.
    markdown.disable(["image", "html_inline", "autolink"])
    markdown.inline.ruler.before("link", "citation", _citation_rule)
    return markdown
