"""Reads a file again only when it changed: for a program that runs on, such as a server that an author looks at.

Within one run only; between two nothing is believed of a time. Must not know what is read.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, TypeVar

Value = TypeVar("Value")
Stamp = tuple[object, ...]

#: A file may change twice within one tick of the file system's clock; what changed so lately is read again.
TICK = 50_000_000

_kept: dict[tuple[str, str], tuple[Stamp, Any]] = {}


def remembered(what: str, files: Iterable[Path], place: Path, read: Callable[[], Value]) -> Value:
    """Return `read()`, or what it returned last time for the same `what` and `place`, when none of `files` changed since."""
    stamps = tuple(stamp(file) for file in files)
    key = (what, str(place))
    known = _kept.get(key)
    if known is not None and known[0] == stamps:
        found: Value = known[1]
        return found
    value = read()
    if all(is_settled(one) for one in stamps):
        _kept[key] = (stamps, value)
    else:
        _kept.pop(key, None)
    return value


def stamp(file: str | Path) -> tuple[Any, ...]:
    """Return what a change of a file changes: plain data, of which the time of the inode cannot be set by a program."""
    try:
        found = os.stat(file)  # noqa: PTH116 - thousands of them, and a Path for each takes longer
    except OSError:
        return (str(file),)
    return (str(file), found.st_ctime_ns, found.st_mtime_ns, found.st_size, found.st_ino)


def is_settled(found: tuple[Any, ...]) -> bool:
    """Tell whether a change from now on would give the file another stamp, since the clock has moved on since the last one."""
    return not found[1:] or time.time_ns() - found[1] > TICK
