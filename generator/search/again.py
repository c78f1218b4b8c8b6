"""Makes the index of the search again after some guides changed: only their terms are filed anew.

Gives what `search_index.files` gives, in a third of the time when little changed; of thousands of guides that
is most of what a build does after a change. Must not know where the last index was.
"""

from __future__ import annotations

import heapq
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import accumulate

from generator.search import index
from generator.search.index import MANIFEST, SHOWN_TOGETHER
from generator.search.weights import LEAST_LETTER, MOST_WORTH, Found

#: Before the next term in a file; no list of numbers has it.
_BETWEEN = ',"'
_EACH = MOST_WORTH + 1


def files(
    last: Mapping[str, bytes], changed: Mapping[int, tuple[Found, Found]], everything: Callable[[], Iterable[Found]]
) -> dict[str, bytes] | None:
    """Return the index as content by path; None when it has to be made from nothing.

    `last` is the last index by path, and `changed` holds by number what was found in it, and what is found now;
    `everything` yields all that is found now, in order.
    """
    manifest = json.loads(last[MANIFEST])
    content = {path.rpartition("/")[2]: text for path, text in last.items() if path != MANIFEST}
    rows: dict[str, str] = {}
    for number in range(len(manifest["starts"])):
        shard = content.pop(f"{number}.json").decode()
        if "\\" in shard:  # no term that is cut from a text has anything to escape
            return None
        rows.update(row.split('":', 1) for row in shard[2:-1].split(_BETWEEN))  # type: ignore[misc] # these are two
    rows.pop("", None)  # of an index that finds nothing
    _file(rows, changed, everything)
    for number, (_, now) in changed.items():
        for language, shown in now.shown.items():
            name = f"{language}-{number // SHOWN_TOGETHER}.json"
            found = json.loads(content[name])
            found[number % SHOWN_TOGETHER] = json.loads(shown)
            content[name] = index.to_json(found)
    in_order = ((term, rows[term]) for term in sorted(rows))
    return index.of_rows(in_order, content, manifest["guides"], _common(rows, everything))


def _file(rows: dict[str, str], changed: Mapping[int, tuple[Found, Found]], everything: Callable[[], Iterable[Found]]) -> None:
    """Write the terms of the guides that changed into the rows, which hold the guides of each term as JSON."""
    edits: dict[str, dict[int, int]] = {}
    for number, (before, now) in changed.items():
        old, new = _worths(before), _worths(now)
        for term in {term for term, _ in old.items() ^ new.items()}:
            edits.setdefault(term, {})[number] = new.get(term, 0)
    guides = {term: _guides(rows[term]) if term in rows else {} for term in edits if not _is_cut(rows.get(term, ""))}
    if len(guides) < len(edits):  # what was cut off is in the texts only
        guides |= {term: {} for term in edits if term not in guides}
        for number, item in enumerate(everything()):
            worths = _worths(item)
            for term in worths.keys() & edits.keys():
                guides[term][number] = worths[term]
    for term, edit in edits.items():
        now_there = sorted((number, worth) for number, worth in (guides[term] | edit).items() if worth)
        rows[term] = index.packed([number * _EACH + worth for number, worth in now_there]) if now_there else ""
        if not now_there:
            del rows[term]


def _worths(item: Found) -> dict[str, int]:
    letters = (letter - ord(LEAST_LETTER) + 1 for letter in item.worths.encode())
    return dict(zip(item.terms.split("\n") if item.terms else (), letters, strict=True))


def _is_cut(row: str) -> bool:
    return row.startswith("[-")


def _guides(row: str) -> dict[int, int]:
    """Return the guides of a term, which are differences in its row, and what it is worth in each."""
    return {number // _EACH: number % _EACH for number in accumulate(json.loads(row))}


def _common(rows: Mapping[str, str], everything: Callable[[], Iterable[Found]]) -> list[str]:
    """Return the most frequent terms; of those that are equally frequent the first, in the order in which the guides have them."""
    counts = {term: int(row[2 : row.index(",")]) if _is_cut(row) else row.count(",") + 1 for term, row in rows.items()}
    most = heapq.nlargest(index.MOST_COMMON, counts.values())
    if not most or most[-1] < 2:
        return [term for term, count in counts.items() if count > 1]
    sure = [term for term, count in counts.items() if count > most[-1]]
    equal = {term for term, count in counts.items() if count == most[-1]}
    left = index.MOST_COMMON - len(sure)
    return [*sure, *_first(equal, left, everything)]


def _first(terms: set[str], most: int, everything: Callable[[], Iterable[Found]]) -> Iterator[str]:
    """Yield the first of some terms in the order in which the guides have them."""
    waiting = set(terms)
    if len(waiting) <= most:
        yield from waiting
        return
    for item in everything():
        for term in sorted(waiting.intersection(item.terms.split("\n"))):
            if not most:
                return
            yield term
            waiting.remove(term)
            most -= 1
