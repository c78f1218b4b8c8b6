"""Makes the index of the decoder from the catalogue: plain data, the same for Python and for the browser.

Must not match anything.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from generator.content.project import Project, Shared
from generator.decode.unwrap import squeezed_text, wording_text
from generator.schemas.entry import LANGUAGES, Entry
from generator.text.message import pieces
from generator.text.writer import VERDICT_STYLES, Writer

#: Classes that say nothing of the error: every program raises them, or every error of an SDK is one.
_GENERAL = frozenset({"APIError", "APIStatusError", "AnthropicError", "AttributeError", "Error", "RuntimeError", "TypeError", "ValueError"})


def part(project: Shared, entry: Entry) -> dict[str, Any]:
    """Return the part of the index that comes from one entry: `records`, and by language `pages` and `pending` for the box."""
    return {"records": list(_records(project, entry)), **{language: _shown(project, language, entry) for language in LANGUAGES}}


def files(project: Project, parts: Iterable[dict[str, Any]] | None = None) -> dict[str, bytes]:
    """Return what the page of each language fetches, as JSON by path; `parts` are those of `part`, when they are at hand."""
    found = list(parts) if parts is not None else [part(project, entry) for entry in project.catalogue.entries]
    index = build(project, found)  # which both languages have
    return {
        f"{language}/decoder.json": json.dumps(
            {"index": index, **texts(project, language, found)}, ensure_ascii=False, separators=(",", ":")
        ).encode()
        for language in LANGUAGES
    }


def build(project: Project, parts: Iterable[dict[str, Any]] | None = None) -> dict[str, Any]:
    """Return the index, of `parts` when they are at hand.

    `records`: one for each entry and each pending error, with `page` (slug of the guide that
    answers), `slug`, `statuses`, `types`, `codes` (squeezed) and `templates`: lists of the squeezed
    literals of a wording, in their order. `types`, `statuses`, `classes`: name to the page that
    answers when nothing else is known. The rest is `facts/services.yml`, squeezed.
    """
    entries = project.catalogue.entries
    found = parts if parts is not None else (part(project, entry) for entry in entries)
    records = [record for one in found for record in one["records"]]
    return {
        "records": records,
        "types": _first((identity.type, identity.type, entry) for entry in entries for identity in entry.identities),
        "statuses": _first((identity.status, identity.type, entry) for entry in entries for identity in entry.identities),
        "classes": _first(
            (name, entry.main.type, entry)
            for entry in entries
            for name in (*entry.exceptions.python, *entry.exceptions.typescript)
            if name not in _GENERAL
        ),
        "claude": [squeezed_text(mark) for mark in project.facts.services.claude.marks],
        "platforms": {name: list(marks) for name, marks in project.facts.services.platforms.items()},
        "partners": [squeezed_text(mark) for mark in project.facts.services.partners],
        "elsewhere": next((entry.slug for entry in entries if entry.origin == "platform" and entry.family is None), None),
        "others": [
            {
                "name": other.name.model_dump(),
                "decides": [squeezed_text(mark) for mark in other.decides],
                "marks": [squeezed_text(mark) for mark in other.marks],
            }
            for other in project.facts.services.others
        ],
    }


def texts(project: Project, language: str, parts: Iterable[dict[str, Any]] | None = None) -> dict[str, Any]:
    """Return what the box shows in `language`: `words`, `pages` by slug and `pending` by slug."""
    t = project.strings[language]
    words = {key: text for key, text in t.group("decode").items() if not key.startswith("sample")}
    words |= {name: t(f"verdict.{name}") for name in ("retry", "fault", "billed", "wait")}
    names = {f"platform.{key}": getattr(value.name, language) for key, value in project.facts.platforms.items()}
    found = [one[language] for one in parts] if parts is not None else [_shown(project, language, e) for e in project.catalogue.entries]
    return {
        "words": words | names,
        "pages": {slug: page for one in found for slug, page in one["pages"].items()},
        "pending": {slug: item for one in found for slug, item in one["pending"].items()},
    }


def _shown(project: Shared, language: str, entry: Entry) -> dict[str, Any]:
    t = project.strings[language]
    writer = Writer(project, language, entry)
    verdict = entry.verdict
    page = {
        "title": writer.plain(entry.title),
        "say": writer.plain(verdict.say),
        "style": VERDICT_STYLES[verdict.retry],
        "retry": t(f"verdict.long.{verdict.retry}"),
        "fault": t(f"fault.{verdict.fault}"),
        "billed": t(f"billed.{verdict.billed}"),
        "wait": writer.plain(verdict.wait) if verdict.wait else writer.no_wait(verdict.retry),
    }
    pending = {
        item.slug: {
            "title": writer.plain(item.title),
            "change": writer.plain(item.change),
            "style": VERDICT_STYLES[item.retry],
            "retry": t(f"verdict.long.{item.retry}"),
        }
        for item in project.pending(entry)
    }
    return {"pages": {entry.slug: page}, "pending": pending}


def _records(project: Shared, entry: Entry) -> Iterable[dict[str, Any]]:
    yield {
        "page": entry.slug,
        "slug": entry.slug,
        "family": bool(project.members(entry.slug) or entry.pending) or entry.slug == entry.main.type,
        "parent": entry.family,
        "stream": entry.origin == "stream",
        "statuses": _unique(identity.status for identity in entry.identities),
        "types": _unique(identity.type for identity in entry.identities),
        "codes": [squeezed_text(identity.error_code) for identity in entry.identities if identity.error_code],
        "templates": [_literals(message.template) for message in entry.messages],
    }
    for pending in project.pending(entry):
        yield {
            "page": entry.slug,
            "slug": pending.slug,
            "family": False,
            "parent": entry.slug,
            "stream": entry.origin == "stream",
            "statuses": _unique([pending.status]),
            "types": _unique([pending.type]),
            "codes": [squeezed_text(code) for code in pending.error_codes],
            "templates": [_literals(template) for template in pending.messages],
        }


def _unique(values: Iterable[Any]) -> list[Any]:
    return list(dict.fromkeys(value for value in values if value is not None))


def _literals(template: str) -> list[str]:
    squeezed = [wording_text(text) for text, variable in pieces(template) if not variable]
    return [text for text in squeezed if text.strip("|")]


def _first(named: Iterable[tuple[Any, str | None, Entry]]) -> dict[str, str]:
    """Return the slug that answers for each name: the page that is called like the type, else an umbrella page, else any."""
    found: dict[str, tuple[int, str]] = {}
    for name, error_type, entry in named:
        rank = 0 if entry.slug == error_type else 1 if entry.family is None else 2
        if name is not None and (str(name) not in found or rank < found[str(name)][0]):
            found[str(name)] = (rank, entry.slug)
    return {name: slug for name, (_, slug) in sorted(found.items())}
