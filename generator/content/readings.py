"""Reads the YAML files of a project once for all runs: what was read is kept, and what is new is read on all cores.

Nothing is believed of a name or a time: what is kept of a file counts when the file has the digest that it
had then, and the same program kept it. A file with a mistake is never kept. Must not know what the data means.
"""

from __future__ import annotations

import contextlib
import datetime
import functools
import gc
import hashlib
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from generator.content import yaml_reader
from generator.content.document import Document, Location, Places, walk
from generator.system import fingerprint, parallel, store

#: What is kept, below the project's folder; ignored by git. Several files, so that a change writes one of them.
FOLDER = Path("build/readings")
PARTS = 8
#: The files of a project that are read at every start.
PATTERNS = ("errors/*.yml", "facts/*.yml", "pages/**/*.yml", "templates/strings/*.yml", "templates/synonyms.yml")
#: So few files are read sooner than a process is made, or a file written.
LEAST = 24

#: Digest of a file, its data, and the places of days in it, since JSON has none.
Reading = tuple[str, Any, list[list[str | int]]]

#: What `read` may take instead of reading; only while a project is loaded for the first time.
_ready: dict[str, Reading] = {}
#: What was begun, by project.
_begun: dict[Path, Callable[[], dict[str, Reading]]] = {}
#: The project that was loaded last. `fresh` knows its files then, and looking at all of them again would only take time.
_known: list[Path] = []


def read(file: Path, name: str) -> Document:
    """Return what `source.read` returns; the places are read when somebody asks for one."""
    if kept := _ready.pop(name, None):
        with contextlib.suppress(OSError):
            digest, data, days = kept
            if hashlib.sha256(file.read_bytes()).hexdigest() == digest:
                for location in days:
                    _to_day(data, location)
                return Document(name, data, Places(functools.partial(yaml_reader.read, file, name)), (), digest)
    return yaml_reader.read(file, name)


@contextlib.contextmanager
def at_hand(root: Path) -> Iterator[None]:
    """Let `read` find what is kept of the files of the project `root`, and keep what is new, when they are read for the first time."""
    if _known == [root]:
        yield
        return
    collects = gc.isenabled()
    gc.disable()  # nothing of what is loaded can be garbage, and looking through it for some takes a third of the time
    try:
        begin(root)
        _ready.update(_begun.pop(root.resolve())())
        yield
        _known[:] = [root]
    finally:
        _ready.clear()
        gc.freeze()  # nor will it become garbage soon; the next look through everything would take as long as all of the loading
        if collects:
            gc.enable()


def begin(root: Path) -> None:
    """Begin to read the files of the project `root` on other cores, for a program that has something else to do before it loads it."""
    if root.resolve() not in _begun:
        _begun[root.resolve()] = _start(root)


def _start(root: Path) -> Callable[[], dict[str, Reading]]:
    """Look up what is kept and begin to read the rest; return what waits for all, keeps what is new and returns it."""
    files = {file.relative_to(root).as_posix(): file for pattern in PATTERNS for file in sorted(root.glob(pattern)) if _plain(file)}
    if len(files) < LEAST:
        return dict
    version = fingerprint.program()
    kept: dict[str, Reading] = {}
    for part in range(PARTS):
        kept.update(store.load(root / FOLDER / f"{part}.json", version) or {})
    found = {name: kept[name] for name, file in files.items() if name in kept and _digest(file) == kept[name][0]}
    new = [name for name in files if name not in found]
    made = parallel.ahead(lambda name: _reading(files[name], name), new if len(new) >= LEAST else [])

    def finish() -> dict[str, Reading]:
        read = made() or [_reading(files[name], name) for name in new]
        now = found | {name: reading for name, reading in zip(new, read, strict=True) if reading}
        for part in {_part(name) for name in kept.keys() ^ now.keys() | (now.keys() & set(new))}:
            store.save(root / FOLDER / f"{part}.json", version, {name: one for name, one in now.items() if _part(name) == part})
        return now

    return finish


def _reading(file: Path, name: str) -> Reading | None:
    """Return what is kept of a file, as JSON; None when something is wrong with it."""
    document = yaml_reader.read(file, name)
    if document.problems or not isinstance(document.data, dict | list):
        return None
    days = [location for location, value in walk(document.data) if isinstance(value, datetime.date)]
    for location in days:
        _to_text(document.data, location)
    return document.digest, document.data, [list(location) for location in days]


def _to_text(data: Any, location: Location) -> None:
    for part in location[:-1]:
        data = data[part]
    data[location[-1]] = data[location[-1]].isoformat()


def _to_day(data: Any, location: list[str | int]) -> None:
    for part in location[:-1]:
        data = data[part]
    data[location[-1]] = datetime.date.fromisoformat(data[location[-1]])


def _plain(file: Path) -> bool:
    """Return whether the name of a file can be written as JSON."""
    return str(file).isprintable()


def _digest(file: Path) -> str:
    try:
        return hashlib.sha256(file.read_bytes()).hexdigest()
    except OSError:
        return ""


def _part(name: str) -> int:
    return zlib.crc32(name.encode()) % PARTS
