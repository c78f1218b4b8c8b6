"""Reads a file again only when it changed: for a program that runs on, such as a server that an author looks at.

Within one process only; between processes nothing is believed of a time. Must not know what is read.
"""

from __future__ import annotations

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
    stamp = tuple(_stamp(file) for file in files)
    key = (what, str(place))
    known = _kept.get(key)
    if known is not None and known[0] == stamp:
        found: Value = known[1]
        return found
    value = read()
    latest = max((part[1] for part in stamp if part[1:]), default=0)
    if time.time_ns() - latest > TICK:
        _kept[key] = (stamp, value)
    else:
        _kept.pop(key, None)
    return value


def _stamp(file: Path) -> tuple[Any, ...]:
    """Return what a change of a file changes; the time of its inode cannot be set by a program."""
    try:
        found = file.stat()
    except OSError:
        return (str(file),)
    return (str(file), found.st_ctime_ns, found.st_mtime_ns, found.st_size, found.st_ino)
