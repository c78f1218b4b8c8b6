"""Keeps results of work: on disk by what they were made of, and in memory while the files behind them stay as they are.

Knows neither what is kept nor how it is made.
"""

from __future__ import annotations

import contextlib
import functools
import hashlib
import importlib.metadata
import os
import sys
import time
from collections.abc import Callable, Container, Iterable
from pathlib import Path
from typing import Any, TypeVar

Value = TypeVar("Value")
Stamp = tuple[object, ...]

#: The cache of a project, below its folder; ignored by git.
FOLDER = Path("build/cache")
#: Packages whose version decides what a page looks like.
PACKAGES = ("jinja2", "markupsafe", "mkdocs", "mkdocs-material", "pydantic", "pydantic-core", "pygments", "pyyaml")
#: Nanoseconds within which a file may change twice and keep its time.
TICK = 50_000_000

_remembered: dict[tuple[str, str], tuple[Stamp, Any]] = {}


class Cache:
    """Contents by kind and key, a file each. A key is the digest of everything that the content was made of.

    A file counts only when it is whole and this version of the program wrote it. A folder that cannot be written to
    holds nothing.
    """

    def __init__(self, folder: Path, version: str) -> None:
        self._folder, self._version = folder, version.encode()

    def get(self, kind: str, key: str) -> bytes | None:
        """Return a content, or None when it is not there as it was put."""
        with contextlib.suppress(OSError):
            seal, _, content = (self._folder / kind / key).read_bytes().partition(b"\n")
            if seal == self._seal(key, content):
                return content
        return None

    def put(self, kind: str, key: str, content: bytes) -> None:
        """Keep a content. A file that is only half written does not count, see `get`."""
        file = self._folder / kind / key
        with contextlib.suppress(OSError):
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(self._seal(key, content) + b"\n" + content)

    def get_or_make(self, kind: str, key: str, make: Callable[[], bytes]) -> bytes:
        """Return the content that is kept, or what `make` returns, which is kept then; `prune_old` sees that it was used."""
        content = self.get(kind, key)
        if content is None:
            content = make()
            self.put(kind, key, content)
        else:
            with contextlib.suppress(OSError):
                os.utime(self._folder / kind / key)
        return content

    def prune_old(self, kind: str, seconds: float) -> None:
        """Remove every file of a kind that was neither put nor asked for by `get_or_make` for so long."""
        with contextlib.suppress(OSError):
            for file in (self._folder / kind).iterdir():
                if time.time() - file.stat().st_mtime > seconds:
                    file.unlink(missing_ok=True)

    def prune(self, kind: str, keys: Container[str]) -> None:
        """Remove every file of a kind that stands for none of `keys`."""
        with contextlib.suppress(OSError):
            for file in (self._folder / kind).iterdir():
                if file.name not in keys:
                    file.unlink(missing_ok=True)

    def _seal(self, key: str, content: bytes) -> bytes:
        return hashlib.sha256(b"\0".join((self._version, key.encode(), content))).hexdigest().encode()


def project_cache(root: Path) -> Cache:
    """Return the cache of the project in the folder `root`."""
    return Cache(root / FOLDER, program_version())


def digest(*parts: str | bytes) -> str:
    """Return the SHA-256 of `parts`, each told apart from the next."""
    found = hashlib.sha256()
    for part in parts:
        content = part.encode() if isinstance(part, str) else part
        found.update(b"%d\0" % len(content))
        found.update(content)
    return found.hexdigest()


@functools.cache  # what was imported stays as it is
def program_version() -> str:
    """Return a digest of the generator, Python and PACKAGES."""
    files = [file.read_bytes() for file in sorted(Path(__file__).parents[1].rglob("*.py"))]
    return digest(sys.version, *(f"{name} {_version_of(name)}" for name in PACKAGES), *files)


def _version_of(package: str) -> str:
    try:
        return importlib.metadata.version(package)
    except importlib.metadata.PackageNotFoundError:
        return ""


def remembered(what: str, files: Iterable[Path], place: Path, read: Callable[[], Value]) -> Value:
    """Return `read()`, or what it returned last time in this process for `what` and `place` when none of `files` changed since."""
    stamps = tuple(_stamp(file) for file in files)
    key = (what, str(place))
    known = _remembered.get(key)
    if known is not None and known[0] == stamps:
        found: Value = known[1]
        return found
    value = read()
    # What changed a moment ago may change again within the same tick of the file system's clock.
    if all(not stamp[1:] or time.time_ns() - stamp[1] > TICK for stamp in stamps):
        _remembered[key] = (stamps, value)
    else:
        _remembered.pop(key, None)
    return value


def _stamp(file: Path) -> tuple[Any, ...]:
    """Return what a change of a file changes; the time of the inode cannot be set by a program."""
    try:
        found = os.stat(file)  # noqa: PTH116 - for each file at every save
    except OSError:
        return (str(file),)
    return (str(file), found.st_ctime_ns, found.st_mtime_ns, found.st_size, found.st_ino)
