"""Turns a text of an entry into safe HTML, plain text or Markdown for other readers, and finds what it refers to.

Facts are put in by name only: what stands between `{{` and `}}` is looked up,
never evaluated. HTML in a text is shown as text. Must not know about pages or
entries.
"""

from __future__ import annotations

import dataclasses
import functools
import re
from collections.abc import Callable, Iterator

from markdown_it import MarkdownIt
from markdown_it.common.utils import escapeHtml
from markdown_it.rules_inline import StateInline

#: `{{ limits.batch.max_requests }}`: a known file, then names.
REFERENCE = re.compile(r"\{\{ ?([a-z]+(?:\.[a-z0-9_]+)+) ?\}\}")
#: Anything that a template engine would take as code.
CODE_MARK = re.compile(r"\{\{|\}\}|\{%|%\}|\{#|#\}")
CITATION = re.compile(r"\[\^([a-z0-9_]+)\]")
GUIDE_SCHEME = "guide:"
#: `page:handling/streams#go-on`: a page that is no guide, and a section of it.
PAGE_SCHEME = "page:"
SCHEMES = (GUIDE_SCHEME, PAGE_SCHEME)
#: What Markdown reads as a mark anywhere in a paragraph, and what it does at the start of one.
_MARK = re.compile(r"[\\`*\[\]]|<(?=[A-Za-z/!?])|&(?=#?\w+;)|(?<![^\W_])_|_(?![^\W_])|~(?=~)")
#: One of these is in every mark; to look for it first is many times faster.
_MARK_SIGN = re.compile(r"[\\`*\[\]<&_~]")
_MARK_AT_START = re.compile(r"(?:[-+]|#{1,6})(?=\s|$)|>|~~~|---|(?P<number>\d{1,9})[.)](?=\s|$)")


def references(text: str) -> list[str]:
    """Return the facts that `text` refers to, in order, with repetitions."""
    return REFERENCE.findall(text) if "{{" in text else []  # most texts name none, and to look for two letters is cheap


def citations(text: str) -> list[str]:
    """Return the source ids that `text` cites, in order, with repetitions."""
    return CITATION.findall(text) if "[^" in text else []


#: One mark of a text: kind, content (of a link its address), title of a link. The kinds are the names of markdown-it's tokens.
_Piece = tuple[str, str, str]


@dataclasses.dataclass(frozen=True, slots=True)
class _Read:
    """What one reading of a text tells."""

    pieces: tuple[_Piece, ...]
    code_spans: tuple[str, ...]
    links: tuple[str, ...]
    plain: str
    prose: str


# A dozen rules, pages and copies ask the same text one after the other, and reading is what takes their time.
@functools.lru_cache(maxsize=2048)
def _read(text: str) -> _Read:
    pieces = _simple(text)
    if pieces is None:
        pieces = tuple(_inline(text))
    shown = [content for kind, content, _ in pieces if kind in _SHOWN]
    return _Read(
        pieces=pieces,
        code_spans=tuple(content for kind, content, _ in pieces if kind == "code_inline"),
        links=tuple(content for kind, content, _ in pieces if kind == "link_open"),
        plain=" ".join("".join(shown).split()),
        prose=" ".join(content for kind, content, _ in pieces if kind == "text"),
    )


def code_spans(text: str) -> list[str]:
    """Return the contents of the code spans of `text`, in order."""
    return list(_read(text).code_spans)


def links(text: str) -> list[str]:
    """Return the addresses that `text` links to, in order."""
    return list(_read(text).links)


def plain(text: str) -> str:
    """Return `text` without markup and citations, for titles, descriptions and structured data."""
    return _read(text).plain


def prose(text: str) -> str:
    """Return `text` without markup, citations, facts and code: what is written in a human language."""
    return _read(REFERENCE.sub(" ", text) if "{{" in text else text).prose


def to_html(text: str, *, link: Callable[[str], str], cite: Callable[[str], str]) -> str:
    """Return the inline HTML of `text`.

    `link` returns the address for a guide's slug, or for `page:` and a path; `cite` returns the HTML for a source id.
    """
    parts: list[str] = []
    for kind, content, title in _read(text).pieces:
        if kind == "text":
            parts.append(escapeHtml(content))
        elif kind == "code_inline":
            parts.append(f"<code>{escapeHtml(content)}</code>")
        elif kind == "citation":
            mark = cite(content)
            if parts[-1:] != [mark]:  # two readings of one page have one number; side by side they would show it twice
                parts.append(mark)
        elif kind == "link_open":
            named = f' title="{escapeHtml(title)}"' if title else ""
            parts.append(f'<a href="{escapeHtml(_target(content, link))}"{named}>')
        else:
            parts.append(_TAGS[kind])
    return "".join(parts).strip()


def to_markdown(text: str, *, link: Callable[[str], str], cite: Callable[[str], str]) -> str:
    """Return one paragraph of `text` as Markdown that any reader of Markdown takes as it is meant, on one line.

    `link` returns the address for a guide's slug, or for `page:` and a path; `cite` returns the Markdown for a source id.
    """
    parts: list[str] = []
    targets: list[str] = []
    for kind, content, _ in _read(text).pieces:
        if kind == "code_inline":
            parts.append(_code_span(content))
        elif kind == "citation":
            mark = cite(content)
            if parts[-1:] != [mark]:  # two readings of one page have one number
                parts.append(mark)
        elif kind == "link_open":
            targets.append(_target(content, link))
            if parts[-1:] and parts[-1].endswith("!"):  # which would make an image of it
                parts[-1] = f"{parts[-1][:-1]}\\!"
            parts.append("[")
        elif kind == "link_close":
            target = targets.pop()
            parts.append(f"](<{target}>)" if "(" in target or ")" in target else f"]({target})")
        elif kind in _DELIMITERS:
            parts.append(_DELIMITERS[kind])
        else:
            words = escaped(content)
            after_mark = parts[-1:] and parts[-1].endswith("]") and words.startswith("(")  # which would make a link of it
            parts.append(f"\\{words}" if after_mark else words)
    whole = "".join(parts).strip()
    start = _MARK_AT_START.match(whole)
    place = len(start.group("number") or "") if start else 0
    return f"{whole[:place]}\\{whole[place:]}" if start else whole


def escaped(text: str) -> str:
    """Return plain text as Markdown inside a paragraph."""
    return _MARK.sub(lambda match: f"\\{match.group()}", text) if _MARK_SIGN.search(text) else text


def with_facts(text: str, written: Callable[[str], str]) -> str:
    """Return `text` with each reference replaced by `written(path)`."""
    return REFERENCE.sub(lambda match: written(match.group(1)), text) if "{{" in text else text


#: What each kind is in a copy and on a page, where that does not depend on its content.
_DELIMITERS = {"em_open": "*", "em_close": "*", "strong_open": "**", "strong_close": "**", "softbreak": " ", "hardbreak": " "}
_TAGS = {
    "em_open": "<em>",
    "em_close": "</em>",
    "strong_open": "<strong>",
    "strong_close": "</strong>",
    "link_close": "</a>",
    "softbreak": "\n",
    "hardbreak": "<br />\n",
}
#: Kinds whose content a reader sees.
_SHOWN = ("text", "code_inline", "softbreak", "hardbreak")


def _target(href: str, link: Callable[[str], str]) -> str:
    return link(href.removeprefix(GUIDE_SCHEME)) if href.startswith(SCHEMES) else href


def _code_span(content: str) -> str:
    fence = "`"
    while fence in content:
        fence += "`"
    space = " " if content.startswith(("`", " ")) or content.endswith(("`", " ")) else ""
    return f"{fence}{space}{content}{space}{fence}"


#: A code span, a citation, a link to a plain address without other marks in it, or the end of a line.
_MARKS = re.compile(
    r"`(?P<code>[^`\n\r\0]+)`(?!`)"
    r"|\[\^(?P<citation>[a-z0-9_]+)\]"
    r"|\[(?P<label>[^\[\]`*_&<>\\\n\r\0]+)\]\((?P<href>[A-Za-z0-9:/.#?=%,;+_-]+)\)"
    r"|(?P<softbreak>\n)"
)
#: What may be a mark in the text between those.
_OTHER_MARK = re.compile(r"[\\`*\[\]\r\0]|&(?=[#\w])|(?<![^\W_])_|_(?![^\W_])")
#: Spaces around the end of a line are left out, or break it.
_SPACE_AT_BREAK = re.compile(r"[ \t]\n|\n[ \t]")


def _simple(text: str) -> tuple[_Piece, ...] | None:
    """Return the pieces of a text with no marks but those of `_MARKS`, which nearly all are; None when another may be in it.

    What is returned is what `_inline` returns; that takes ten times as long. Tests compare the two.
    """
    if "\n" in text and _SPACE_AT_BREAK.search(text):
        return None
    pieces: list[_Piece] = []
    end = 0
    for match in _MARKS.finditer(text):
        start = match.start()
        if start > end:
            between = text[end:start]
            if _OTHER_MARK.search(between):
                return None
            pieces.append(("text", between, ""))
        end = match.end()
        kind = match.lastgroup
        if kind == "code":
            content = match["code"]
            if content[0] == content[-1] == " " and content.strip(" "):
                content = content[1:-1]
            pieces.append(("code_inline", content, ""))
        elif kind == "citation":
            pieces.append(("citation", match["citation"], ""))
        elif kind == "softbreak":
            pieces.append(("softbreak", "\n", ""))
        else:
            href = _address(match["href"])
            if not href:
                return None
            pieces += (("link_open", href, ""), ("text", match["label"], ""), ("link_close", "", ""))
    if end < len(text):
        rest = text[end:]
        if _OTHER_MARK.search(rest):
            return None
        pieces.append(("text", rest, ""))
    return tuple(pieces)


@functools.lru_cache(maxsize=512)
def _address(href: str) -> str:
    """Return an address as Markdown writes it; an empty text for one that is no link."""
    normal = str(_MARKDOWN.normalizeLink(href))
    return normal if _MARKDOWN.validateLink(normal) else ""


def _inline(text: str) -> Iterator[_Piece]:
    for block in _MARKDOWN.parseInline(text, {}):
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


def _markdown() -> MarkdownIt:
    markdown = MarkdownIt("commonmark", {"html": False})
    # Images would be requests to other hosts, HTML would be a way in; both stay text.
    markdown.disable(["image", "html_inline", "autolink"])
    markdown.inline.ruler.before("link", "citation", _citation_rule)
    return markdown


_MARKDOWN = _markdown()
