"""Texts made to be slow, and a way to see that they are not."""

from __future__ import annotations

import time
from collections.abc import Callable

#: A text of each kind, repeated to any length.
PATTERNS = {
    "backslashes": "\\",
    "backslashes and quotes": '\\\\\\"',
    "half an address": "a_",
    "percent codes": "%25",
    "letters": "a",
    "words of 24 letters": "a" * 24 + "_",
    "blanks": " ",
    "blanks and a letter": " " * 5000 + "a",
    "escape": "\x1b[0;",
    "entities": "&amp;amp;",
    "beginning of a token": "eyJ",
    "beginning of a token with points": "eyJaaaaaaaaaaaa.",
    "keys": "sk-",
    "addresses": "a.a@a.a-",
    "bearer": "bearer ",
    "status": "status: ",
    "statuses": "(4",
    "class": "AAAA",
    "request": "req_",
}
SIZES = (100_000, 200_000, 400_000)


def grown(pattern: str, size: int) -> str:
    """Return `pattern` repeated to `size` characters."""
    return (pattern * (size // len(pattern) + 1))[:size]


def growth(work: Callable[[str], object], pattern: str) -> float:
    """Return how much longer four times the text takes: about 4 when the time is linear, 16 when it is not.

    The best of some runs, in time of this process alone, so that a busy machine does not count.
    """
    return _best(work, grown(pattern, SIZES[-1])) / max(_best(work, grown(pattern, SIZES[0])), 1e-3)


def _best(work: Callable[[str], object], text: str) -> float:
    times = []
    for _ in range(2):
        start = time.process_time()
        work(text)
        times.append(time.process_time() - start)
    return min(times)
