"""Turns a text of an entry into safe HTML, plain text or Markdown for other readers, and finds what it refers to.

Facts are put in by name only: what stands between `{{` and `}}` is looked up,
never evaluated. HTML in a text is shown as text. Must not know about pages or
entries.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable
from typing import NamedTuple

from generator.text import marks
from generator.text.marks import Piece

#: `{{ limits.batch.max_requests }}`: a known file, then names.
REFERENCE = re.compile(r"\{\{ ?([a-z]+(?:\.[a-z0-9_]+)+) ?\}\}")
#: Anything that a template engine would take as code.
CODE_MARK = re.compile(r"\{\{|\}\}|\{%|%\}|\{#|#\}")
CITATION = marks.CITATION
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


class _Read(NamedTuple):
    """What one reading of a text tells."""

    pieces: tuple[Piece, ...]
    code_spans: tuple[str, ...]
    links: tuple[str, ...]
    plain: str
    prose: str


# A dozen rules, pages and copies ask the same text one after the other, and reading is what takes their time. This many hold
# the texts of the guide that is made and those that all guides share; twice as many saved 3 to 12 % of the readings, for a megabyte.
@functools.lru_cache(maxsize=1024)
def _read(text: str) -> _Read:
    pieces = marks.read(text)
    code, addresses, shown, prose = [], [], [], []
    for kind, content, _ in pieces:
        if kind == "text":
            shown.append(content)
            prose.append(content)
        elif kind == "code_inline":
            shown.append(content)
            code.append(content)
        elif kind == "link_open":
            addresses.append(content)
        elif kind in ("softbreak", "hardbreak"):
            shown.append(content)
    return _Read(pieces, tuple(code), tuple(addresses), " ".join("".join(shown).split()), " ".join(prose))


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
            parts.append(_escaped_html(content))
        elif kind == "code_inline":
            parts.append(f"<code>{_escaped_html(content)}</code>")
        elif kind == "citation":
            mark = cite(content)
            if parts[-1:] != [mark]:  # two readings of one page have one number; side by side they would show it twice
                parts.append(mark)
        elif kind == "link_open":
            named = f' title="{_escaped_html(title)}"' if title else ""
            parts.append(f'<a href="{_escaped_html(_target(content, link))}"{named}>')
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


def _escaped_html(text: str) -> str:
    """Return plain text as HTML, also of an attribute in double quotes."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")


def _target(href: str, link: Callable[[str], str]) -> str:
    return link(href.removeprefix(GUIDE_SCHEME)) if href.startswith(SCHEMES) else href


def _code_span(content: str) -> str:
    fence = "`"
    while fence in content:
        fence += "`"
    space = " " if content.startswith(("`", " ")) or content.endswith(("`", " ")) else ""
    return f"{fence}{space}{content}{space}{fence}"
