"""Finds the wordings of the catalogue in a text, whole, in part, or cut by its ends.

Looks every run of `GRAM` letters of the text up among those of all wordings, so the time is
linear in the text whatever the number of entries. Must not judge whether the text is Claude's.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from typing import Any

#: Letters that are looked up at once. Shorter ones stand in every text, longer ones miss what was cut or wrapped.
GRAM = 9
#: A run of letters that more wordings share tells nothing.
COMMON = 30
#: Letters between two literals of a wording: what stands for a placeholder is not longer.
GAP = 400
#: Times that one run of letters is looked at; a log repeats its errors.
REPEATS = 24
#: Share of a wording's letters that must be there when it is not there as a whole, and how many at least.
PART, PART_LETTERS = 0.6, 18
#: The same for long wordings, of which a cut text holds the beginning only.
CUT, CUT_LETTERS = 0.3, 36
#: Letters of a wording that the end of the text, or its beginning, cuts through.
EDGE_LETTERS = 12


@dataclasses.dataclass(frozen=True)
class Found:
    """A record of the index that fits, with its score and its place in the squeezed text."""

    record: Mapping[str, Any]
    score: float
    """Score: the number of letters found, reduced when some are missing."""
    spans: tuple[tuple[int, int], ...]
    letters: int
    whole: bool
    by_code: bool = False


class Wording:
    """One wording of a record: its literals, and the run of letters that makes the matcher compare it."""

    def __init__(self, record: Mapping[str, Any], literals: Sequence[str]) -> None:
        self.record = record
        self.literals = literals
        self.letters = sum(map(len, literals))
        self.anchor = max(range(len(literals)), key=lambda index: len(literals[index]))
        self.anchor_start = sum(map(len, literals[: self.anchor]))
        self.anchor_end = self.anchor_start + len(literals[self.anchor])
        ends = [sum(map(len, literals[: index + 1])) for index in range(len(literals))]
        self.starts = frozenset([0, *ends])
        self.ends = frozenset(ends)
        self.anchor_gram: int | None = None
        """Offset among all letters of the first run of the longest literal that is not common; None when there is none."""

    def whole(self, text: str, anchor: int) -> tuple[int, int] | None:
        """Return from where to where it stands in `text`, when its longest literal stands at `anchor`."""
        if not text.startswith(self.literals[self.anchor], anchor):
            return None
        start, end = anchor, anchor + len(self.literals[self.anchor])
        for literal in reversed(self.literals[: self.anchor]):
            start = text.rfind(literal, max(0, start - GAP - len(literal)), start)
            if start < 0:
                return None
        for literal in self.literals[self.anchor + 1 :]:
            found = text.find(literal, end, end + GAP + len(literal))
            if found < 0:
                return None
            end = found + len(literal)
        return start, end


class Matcher:
    """The wordings of one index, ready to be looked for."""

    def __init__(self, records: Sequence[Mapping[str, Any]]) -> None:
        self.wordings = [Wording(record, literals) for record in records for literals in record["templates"] if literals]
        grams: dict[str, list[tuple[int, int]]] = {}
        for number, wording in enumerate(self.wordings):
            offset = 0
            for literal in wording.literals:
                for start in range(len(literal) - GRAM + 1):
                    grams.setdefault(literal[start : start + GRAM], []).append((number, offset + start))
                offset += len(literal)
        self.grams = {gram: places for gram, places in grams.items() if len(places) <= COMMON}
        for places in self.grams.values():
            for number, offset in places:
                wording = self.wordings[number]
                inside = wording.anchor_start <= offset < wording.anchor_end
                if inside and (wording.anchor_gram is None or offset < wording.anchor_gram):
                    wording.anchor_gram = offset

    def find(self, text: str) -> list[Found]:
        """Return every wording that stands in the squeezed `text`, in the order of the index."""
        hits: dict[int, dict[int, int]] = {}
        anchors: dict[int, list[int]] = {}
        looked: dict[str, int] = {}
        for position in range(len(text) - GRAM + 1):
            gram = text[position : position + GRAM]
            places = self.grams.get(gram)
            if places is None:
                continue
            looked[gram] = looked.get(gram, 0) + 1
            if looked[gram] > REPEATS:
                continue
            for number, offset in places:
                hits.setdefault(number, {}).setdefault(offset, position)
                if offset == self.wordings[number].anchor_gram:
                    anchors.setdefault(number, []).append(position)
        found = (self._fit(wording, text, hits.get(number, {}), anchors.get(number, [])) for number, wording in enumerate(self.wordings))
        return [one for one in found if one is not None]

    def _fit(self, wording: Wording, text: str, hits: dict[int, int], anchors: list[int]) -> Found | None:
        if wording.anchor_gram is None:
            start = text.find(wording.literals[wording.anchor])
            starts = [start] if start >= 0 else []
        else:
            starts = [position - (wording.anchor_gram - wording.anchor_start) for position in anchors]
        for start in starts:
            span = wording.whole(text, start) if start >= 0 else None
            if span is not None:
                return Found(wording.record, float(wording.letters), (span,), wording.letters, whole=True)
        covered = len({letter for offset in hits for letter in range(offset, offset + GRAM)})
        share = covered / wording.letters
        part = (covered >= PART_LETTERS and share >= PART) or (covered >= CUT_LETTERS and share >= CUT)
        if not part and _run_at_edge(wording, hits, len(text)) < EDGE_LETTERS:
            return None
        spans = tuple((position, position + GRAM) for position in sorted(hits.values()))
        return Found(wording.record, covered * share, spans, covered, whole=False)


def _run_at_edge(wording: Wording, hits: dict[int, int], end: int) -> int:
    """Return how many letters stand at the beginning of the text up to the end of a literal, or from its start at the end."""
    longest = 0
    for step, edge in ((1, 0), (-1, end - GRAM)):
        for first, position in hits.items():
            if position != edge:
                continue
            length = 0
            while hits.get(first + step * length) == edge + step * length:
                length += 1
            last = first + step * (length - 1)
            if (last + GRAM in wording.ends) if step == 1 else (last in wording.starts):
                longest = max(longest, GRAM + length - 1)
    return longest
