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
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

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
_MARK_AT_START = re.compile(r"(?:[-+]|#{1,6})(?=\s|$)|>|~~~|---|(?P<number>\d{1,9})[.)](?=\s|$)")
#: Two readings of one page have one number; side by side they would show it twice.
_REPEATED_MARK = re.compile(r"(<sup class=\"ce-cite\">.*?</sup>)(?:\1)+")


def references(text: str) -> list[str]:
    """Return the facts that `text` refers to, in order, with repetitions."""
    return REFERENCE.findall(text)


def citations(text: str) -> list[str]:
    """Return the source ids that `text` cites, in order, with repetitions."""
    return CITATION.findall(text)


@dataclasses.dataclass(frozen=True, slots=True)
class _Read:
    """What one reading of a text tells."""

    code_spans: tuple[str, ...]
    links: tuple[str, ...]
    plain: str
    prose: str


# A dozen rules and pages ask the same text one after the other, and reading is what takes their time.
@functools.lru_cache(maxsize=2048)
def _read(text: str) -> _Read:
    tokens = list(_inline(text))
    shown = "".join(
        " " if token.type in ("softbreak", "hardbreak") else token.content
        for token in tokens
        if token.type in ("text", "code_inline", "softbreak", "hardbreak", "text_special")
    )
    return _Read(
        code_spans=tuple(token.content for token in tokens if token.type == "code_inline"),
        links=tuple(str(token.attrGet("href")) for token in tokens if token.type == "link_open"),
        plain=re.sub(r"\s+", " ", shown).strip(),
        prose=" ".join(token.content for token in tokens if token.type == "text"),
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
    return _read(REFERENCE.sub(" ", text)).prose


def to_html(text: str, *, link: Callable[[str], str], cite: Callable[[str], str]) -> str:
    """Return the inline HTML of `text`.

    `link` returns the address for a guide's slug, or for `page:` and a path; `cite` returns the HTML for a source id.
    """
    rendered = str(_MARKDOWN.renderInline(text, {"link": link, "cite": cite})).strip()
    return _REPEATED_MARK.sub(r"\1", rendered)


def to_markdown(text: str, *, link: Callable[[str], str], cite: Callable[[str], str]) -> str:
    """Return one paragraph of `text` as Markdown that any reader of Markdown takes as it is meant, on one line.

    `link` returns the address for a guide's slug, or for `page:` and a path; `cite` returns the Markdown for a source id.
    """
    parts: list[str] = []
    targets: list[str] = []
    for token in _inline(text):
        if token.type == "code_inline":
            parts.append(_code_span(token.content))
        elif token.type == "citation":
            mark = cite(token.content)
            if parts[-1:] != [mark]:  # two readings of one page have one number
                parts.append(mark)
        elif token.type == "link_open":
            href = str(token.attrGet("href"))
            targets.append(link(href.removeprefix(GUIDE_SCHEME)) if href.startswith(SCHEMES) else href)
            if parts[-1:] and parts[-1].endswith("!"):  # which would make an image of it
                parts[-1] = f"{parts[-1][:-1]}\\!"
            parts.append("[")
        elif token.type == "link_close":
            target = targets.pop()
            parts.append(f"](<{target}>)" if "(" in target or ")" in target else f"]({target})")
        elif token.type in _DELIMITERS:
            parts.append(_DELIMITERS[token.type])
        elif token.type in ("softbreak", "hardbreak"):
            parts.append(" ")
        else:
            text = escaped(token.content)
            after_mark = parts[-1:] and parts[-1].endswith("]") and text.startswith("(")  # which would make a link of it
            parts.append(f"\\{text}" if after_mark else text)
    whole = "".join(parts).strip()
    start = _MARK_AT_START.match(whole)
    place = len(start.group("number") or "") if start else 0
    return f"{whole[:place]}\\{whole[place:]}" if start else whole


def escaped(text: str) -> str:
    """Return plain text as Markdown inside a paragraph."""
    return _MARK.sub(lambda match: f"\\{match.group()}", text)


def with_facts(text: str, written: Callable[[str], str]) -> str:
    """Return `text` with each reference replaced by `written(path)`."""
    return REFERENCE.sub(lambda match: written(match.group(1)), text)


_DELIMITERS = {"em_open": "*", "em_close": "*", "strong_open": "**", "strong_close": "**"}


def _code_span(content: str) -> str:
    fence = "`"
    while fence in content:
        fence += "`"
    space = " " if content.startswith(("`", " ")) or content.endswith(("`", " ")) else ""
    return f"{fence}{space}{content}{space}{fence}"


def _inline(text: str) -> Iterator[Token]:
    for block in _MARKDOWN.parseInline(text, {}):
        yield from block.children or []


def _citation_rule(state: StateInline, silent: bool) -> bool:
    match = CITATION.match(state.src, state.pos)
    if match is None:
        return False
    if not silent:
        token = state.push("citation", "", 0)
        token.content = match.group(1)
    state.pos = match.end()
    return True


def _render_citation(self: Any, tokens: list[Token], index: int, options: Any, env: dict[str, Any]) -> str:
    return str(env["cite"](tokens[index].content))


def _render_link_open(self: Any, tokens: list[Token], index: int, options: Any, env: dict[str, Any]) -> str:
    href = str(tokens[index].attrGet("href"))
    if href.startswith(SCHEMES):
        tokens[index].attrSet("href", env["link"](href.removeprefix(GUIDE_SCHEME)))
    return str(self.renderToken(tokens, index, options, env))


def _markdown() -> MarkdownIt:
    markdown = MarkdownIt("commonmark", {"html": False})
    # Images would be requests to other hosts, HTML would be a way in; both stay text.
    markdown.disable(["image", "html_inline", "autolink"])
    markdown.inline.ruler.before("link", "citation", _citation_rule)
    markdown.add_render_rule("citation", _render_citation)
    markdown.add_render_rule("link_open", _render_link_open)
    return markdown


_MARKDOWN = _markdown()
