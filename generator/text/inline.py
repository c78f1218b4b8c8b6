"""Turns a text of an entry into safe HTML, plain text or Markdown for other readers, and finds what it refers to.

A text knows four marks: `code`, **strong words**, [words](address) and [^source]. What else looks like a mark of
Markdown is refused by a rule (see `stray_mark`), and until then shown as it stands; so is HTML. Facts are put in by name
only: what stands between `{{` and `}}` is looked up, never evaluated. Must not know about pages or entries.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterator
from typing import Literal, NamedTuple

Kind = Literal["text", "code", "citation", "link_open", "link_close", "strong_open", "strong_close", "break"]
#: One piece of a text, in order: its kind, and its words, code, source id or address. What belongs to a link or to strong
#: words stands between its two ends.
Piece = tuple[Kind, str]

_CODE = r"`(?<!``)(?P<ticks>`*)(?!`)(?P<code>[^\n]*?[^`\n])`(?P=ticks)(?!`)"
#: Words inside of another mark: plain ones and code.
_WORDS = r"(?:`[^`\n]+`|[^\[\]`*\n])+"
_MARKS = re.compile(  # each begins with a letter, not with a group or a condition: so `re` skips to the next of these letters
    rf"{_CODE}"
    r"|\[\^(?P<citation>[a-z0-9_]+)\]"
    rf"|\[(?P<label>{_WORDS})\]\((?P<href>[^\s()<>\[\]`]+)\)"
    # At its ends no space, and where a letter stands outside none but a letter: elsewhere Markdown sees no strong words.
    rf"|\*\*(?<!\*\*\*)(?=\S)(?:(?=\w)|(?<!\w\*\*))(?P<strong>{_WORDS})(?<=\S)\*\*(?!\*)(?:(?<=\w\*\*)|(?!\w))"
    r"|\n[ \t]*"
)
_CODE_INSIDE = re.compile(_CODE)
#: What would be a mark of Markdown, or the half of one, where none of ours is.
_STRAY = re.compile(r"[\\`*\[\]]|&(?=#?\w+;)|(?<![^\W_])_|_(?![^\W_])|~~|<(?=(?:https?|mailto):)")
CITATION = re.compile(r"\[\^([a-z0-9_]+)\]")
#: `{{ limits.batch.max_requests }}`: a known file, then names.
REFERENCE = re.compile(r"\{\{ ?([a-z]+(?:\.[a-z0-9_]+)+) ?\}\}")
#: Anything that a template engine would take as code.
CODE_MARK = re.compile(r"\{\{|\}\}|\{%|%\}|\{#|#\}")
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


def pieces(text: str) -> Iterator[Piece]:
    """Yield the pieces of a text."""
    end = 0
    for match in _MARKS.finditer(text):
        between = text[end : match.start()]
        end = match.end()
        if match.lastgroup is None:
            between = between.rstrip(" \t")
        if between:
            yield "text", between
        if match["code"] is not None:
            yield "code", _in_span(match["code"])
        elif match["citation"] is not None:
            yield "citation", match["citation"]
        elif match["label"] is not None:
            yield "link_open", match["href"]
            yield from _words(match["label"])
            yield "link_close", ""
        elif match["strong"] is not None:
            yield "strong_open", ""
            yield from _words(match["strong"])
            yield "strong_close", ""
        else:
            yield "break", "\n"
    if end < len(text):
        yield "text", text[end:]


def _words(text: str) -> Iterator[Piece]:
    """Yield the pieces of what stands inside of another mark."""
    end = 0
    for match in _CODE_INSIDE.finditer(text):
        if match.start() > end:
            yield "text", text[end : match.start()]
        end = match.end()
        yield "code", _in_span(match["code"])
    if end < len(text):
        yield "text", text[end:]


def _in_span(content: str) -> str:
    """Return what a code span shows: one space at both its ends is left out, so that it can hold a backtick there."""
    return content[1:-1] if content[0] == content[-1] == " " and content.strip(" ") else content


def stray_mark(text: str) -> str:
    """Return the first sign of `text` that other readers of Markdown would take as a mark; empty when there is none."""
    before = ""
    for kind, content in _read(text).pieces:
        if kind == "text" and _MARK_SIGN.search(content) and (match := _STRAY.search(content)):
            return match.group()
        if kind == "link_open" and before.endswith("!"):
            return "!["
        before = content if kind == "text" else ""
    return ""


class _Read(NamedTuple):
    """What one reading of a text tells."""

    pieces: tuple[Piece, ...]
    code_spans: tuple[str, ...]
    links: tuple[str, ...]
    plain: str
    prose: str


# A dozen rules, pages and copies ask the same text one after the other. This many hold the texts of the guide that is made and
# those that all guides share.
@functools.lru_cache(maxsize=1024)
def _read(text: str) -> _Read:
    found = tuple(pieces(text))
    shown = "".join(content for kind, content in found if kind in ("text", "code", "break"))
    return _Read(
        found,
        tuple(content for kind, content in found if kind == "code"),
        tuple(content for kind, content in found if kind == "link_open"),
        " ".join(shown.split()),
        " ".join(content for kind, content in found if kind == "text"),
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
    target = ""
    for kind, content in _read(text).pieces:
        if kind == "text":
            parts.append(_escaped_html(content))
        elif kind == "code":
            parts.append(f"<code>{_escaped_html(content)}</code>")
        elif kind == "citation":
            mark = cite(content)
            if mark and parts[-1:] != [mark]:
                parts.append(mark)
        elif kind == "link_open":
            target = _target(content, link)
            parts.append(f'<a href="{_escaped_html(target)}">' if target else "")
        elif kind == "link_close":
            parts.append("</a>" if target else "")
        else:
            parts.append(_TAGS[kind])
    return "".join(parts).strip()


def to_markdown(text: str, *, link: Callable[[str], str], cite: Callable[[str], str]) -> str:
    """Return one paragraph of `text` as Markdown that any reader of Markdown takes as it is meant, on one line.

    `link` returns the address for a guide's slug, or for `page:` and a path; `cite` returns the Markdown for a source id.
    """
    parts: list[str] = []
    target = ""
    for kind, content in _read(text).pieces:
        if kind == "code":
            parts.append(_code_span(content))
        elif kind == "citation":
            mark = cite(content)
            if mark and parts[-1:] != [mark]:
                parts.append(mark)
        elif kind == "link_open":
            target = _target(content, link)
            if not target:
                continue
            if parts[-1:] and parts[-1].endswith("!"):  # which would make an image of it
                parts[-1] = f"{parts[-1][:-1]}\\!"
            parts.append("[")
        elif kind == "link_close":
            parts.append(f"]({target})" if target else "")
        elif kind in ("strong_open", "strong_close"):
            parts.append("**")
        elif kind == "break":
            parts.append(" ")
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


#: What each kind is on a page, where that does not depend on its content.
_TAGS = {"strong_open": "<strong>", "strong_close": "</strong>", "break": "\n"}


def _escaped_html(text: str) -> str:
    """Return plain text as HTML, also of an attribute in double quotes."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")


def _target(href: str, link: Callable[[str], str]) -> str:
    """Return the address that a link leads to; empty for one that is not safe, which a rule refuses."""
    if href.startswith(SCHEMES):
        return link(href.removeprefix(GUIDE_SCHEME))
    return href if href.startswith("https://") else ""


def _code_span(content: str) -> str:
    fence = "`"
    while fence in content:
        fence += "`"
    space = " " if content.startswith(("`", " ")) or content.endswith(("`", " ")) else ""
    return f"{fence}{space}{content}{space}{fence}"
