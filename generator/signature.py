"""Recognises a message by its template.

A template is literal text with `<placeholders>`. Authors write no regular
expression, so none can be made to backtrack. Must not know about entries.
"""

from __future__ import annotations

import dataclasses
import itertools
import re
from collections.abc import Mapping

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
        """Tell whether all literals stand in `text` in their order; white space counts as one space.

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
