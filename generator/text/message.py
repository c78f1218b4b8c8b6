"""Recognises a message by its template, fills the template in, and makes the response that a guide shows of it.

A template is literal text with `<placeholders>`. Authors write no regular
expression, so none can be made to backtrack. Must not render a page.
"""

from __future__ import annotations

import dataclasses
import itertools
import json
import re
from collections.abc import Mapping
from typing import Any

from generator.schemas.entry import Entry

_PLACEHOLDER = re.compile(r"<([a-z][a-z0-9_]*)>")
#: Fewer letters than this would recognise half of all texts.
MIN_LITERAL = 5


class SignatureError(ValueError):
    """A template that cannot be recognised; the text says why."""


def placeholders(template: str) -> list[str]:
    """Return the names of the placeholders in `template`, in order, each once."""
    return list(dict.fromkeys(_PLACEHOLDER.findall(template)))


def pieces(template: str) -> list[tuple[str, bool]]:
    """Return `template` cut into (text, is_placeholder) in order."""
    parts = _PLACEHOLDER.split(template)
    return [(part, index % 2 == 1) for index, part in enumerate(parts) if part]


@dataclasses.dataclass(frozen=True)
class Signature:
    """The literal parts of a template, which stand in this order in every message made from it."""

    literals: tuple[str, ...]

    def recognises(self, text: str) -> bool:
        """Return whether all literals stand in `text` in their order; white space counts as one space.

        Takes time linear in the text: each literal is looked for once, from where the last one ended.
        """
        folded = _fold(text)
        position = 0
        for literal in self.literals:
            found = folded.find(literal, position)
            if found < 0:
                return False
            position = found + len(literal)
        return True


def compile_signature(template: str) -> Signature:
    """Return the signature of `template`.

    Raises SignatureError when a placeholder is malformed, when two of them touch, or when
    too little literal text is left to recognise anything by.
    """
    cut = pieces(template)
    literals = [text for text, variable in cut if not variable]
    for literal in literals:
        if stray := re.search(r"<[A-Za-z][^<> ]*>?", literal):
            raise SignatureError(f"`{stray.group()}` is not a placeholder (use small letters, digits and _: `<n>`)")
    if sum(len(re.findall(r"\w", literal)) for literal in literals) < MIN_LITERAL:
        raise SignatureError(f"has fewer than {MIN_LITERAL} literal letters, so it would recognise any text")
    for (before, first), (after, second) in itertools.pairwise(cut):
        if first and second:
            raise SignatureError(f"nothing stands between `<{before}>` and `<{after}>`")
    return Signature(tuple(folded for literal in literals if (folded := _fold(literal).strip())))


def fill(template: str, values: Mapping[str, str]) -> str:
    """Return `template` with each placeholder replaced by its value; raises KeyError for one without a value."""
    return _PLACEHOLDER.sub(lambda match: values[match.group(1)], template)


def _fold(text: str) -> str:
    return re.sub(r"\s+", " ", text)


#: The request id of the official documentation's examples (API errors page, read 2026-09-26).
EXAMPLE_REQUEST_ID = "req_018EeWyXxfu5pfWkrYcMdjWG"


def response_body(entry: Entry) -> dict[str, Any] | None:
    """Return the JSON body: the one that the entry gives, else one of the documented shape.

    None when there is nothing to show: no HTTP error answer, or no message is known.
    """
    if entry.response.body is not None:
        return entry.response.body
    if entry.main.type is None or not entry.messages or entry.origin in ("sdk", "subscription"):
        return None
    message = entry.messages[0]
    error: dict[str, Any] = {"type": entry.main.type, "message": fill(message.template, message.fill)}
    if entry.main.error_code is not None:
        error["details"] = {"error_code": entry.main.error_code}
    return {"type": "error", "error": error, "request_id": EXAMPLE_REQUEST_ID}


def response_json(entry: Entry) -> str | None:
    """Return `response_body` as the page prints it."""
    body = response_body(entry)
    return None if body is None else json.dumps(body, indent=2, ensure_ascii=False, default=str)
