"""Writes files so that a reader never finds half of one, and removes what no longer belongs to a folder.

Must not know what is in them.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Container, Mapping
from pathlib import Path

#: How often a file is begun anew that another build took away.
TRIES = 20


def write(file: Path, content: bytes) -> None:
    """Write a file unless it holds just that. It is replaced as a whole, since it may be read at the moment."""
    try:
        if file.stat().st_size == len(content) and file.read_bytes() == content:
            return
    except FileNotFoundError:
        pass  # nor may its folder be there: see below
    part = file.with_name(f"{file.name}.{os.getpid()}.part")
    for _ in range(TRIES):
        try:
            part.write_bytes(content)
            part.replace(file)
        except FileNotFoundError:  # another build tidied up here: neither the part nor an empty folder is one of its files
            file.parent.mkdir(parents=True, exist_ok=True)
        else:
            return
    raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), str(file))


def write_all(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write files (path below `folder` to content), as `write` does."""
    for path, content in files.items():
        write(folder / path, content)


def write_new(folder: Path, files: Mapping[str, bytes], last: Path) -> None:
    """Write files into a folder that is not read before the end, and that will take the place of the folder `last`.

    What is the same there is linked, not written again: that takes a third of the time.
    """
    for path, content in files.items():
        new, old = f"{folder}/{path}", f"{last}/{path}"
        same = _holds(old, content)
        try:
            _link_or_write(new, content, old if same else None)
        except FileNotFoundError:
            Path(new).parent.mkdir(parents=True, exist_ok=True)
            _link_or_write(new, content, old if same else None)


def _holds(file: str, content: bytes) -> bool:
    try:
        with open(file, "rb", buffering=0) as found:  # noqa: PTH123 - thousands of them, and a Path for each takes longer
            return found.read() == content
    except OSError:
        return False


def _link_or_write(file: str, content: bytes, same: str | None) -> None:
    if same:
        try:
            os.link(same, file)
        except FileNotFoundError:
            raise
        except OSError:
            pass  # the file system has no links, or the file is there
        else:
            return
    with open(file, "wb") as out:  # noqa: PTH123 - see `_holds`
        out.write(content)


def prune(folder: Path, wanted: Container[str]) -> None:
    """Remove every file below `folder` whose path is not wanted, and empty folders."""
    for place, folders, names in os.walk(folder, topdown=False):
        here = Path(place)
        links = [name for name in folders if (here / name).is_symlink()]
        for file in (here / name for name in (*names, *links)):
            if file.relative_to(folder).as_posix() not in wanted:
                file.unlink(missing_ok=True)
        if here != folder and not any(here.iterdir()):
            here.rmdir()
