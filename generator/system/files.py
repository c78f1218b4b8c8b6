"""Writes, reads and shares files so that nobody ever finds half of one.

Must not know what is in them.
"""

from __future__ import annotations

import errno
import hashlib
import os
from pathlib import Path

#: How often a file is begun anew that another build took away.
TRIES = 20


def write(file: Path, content: bytes) -> None:
    """Write a file unless it holds just that. It is replaced as a whole: the last site may share it, and somebody may be reading it."""
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


def write_all(folder: Path, files: dict[str, bytes], *, private: bool = False) -> list[tuple[str, str]]:
    """Write files (path below `folder` to content), and return their paths and digests.

    In a `private` folder, where nobody looks before the end, a new file is written at once, which takes half the time.
    """
    for path, content in files.items():
        if not private or not _created(f"{folder}/{path}", content):
            write(folder / path, content)
    return [(path, hashlib.sha256(content).hexdigest()) for path, content in files.items()]


def _created(file: str, content: bytes) -> bool:
    """Write a file that is not there yet; return False when it is."""
    for _ in range(2):
        try:
            with open(file, "xb", buffering=0) as new:  # noqa: PTH123 - see `digest`
                return new.write(content) == len(content)
        except FileNotFoundError:
            Path(file).parent.mkdir(parents=True, exist_ok=True)
        except FileExistsError:
            break
    return False


def read(file: str | Path) -> bytes:
    """Return what is in a file; nothing when it cannot be read."""
    try:
        with open(file, "rb", buffering=0) as content:  # noqa: PTH123 - see `digest`
            return content.read()
    except OSError:
        return b""


def digest(file: str | Path) -> str:
    """Return the SHA-256 of a file; empty when it cannot be read."""
    try:
        with open(file, "rb", buffering=0) as content:  # noqa: PTH123 - thousands of them, and a Path for each takes longer than the digest
            return hashlib.sha256(content.read()).hexdigest()
    except OSError:
        return ""


def share(source: str, target: str) -> None:
    """Let two names stand for one file, where the file system can, since the older one goes away after the build."""
    for _ in range(2):
        try:
            os.link(source, target)
        except FileNotFoundError:
            Path(target).parent.mkdir(parents=True, exist_ok=True)
        except FileExistsError:
            Path(target).unlink()
        except OSError:
            break
        else:
            return
    Path(target).unlink(missing_ok=True)
    Path(target).write_bytes(Path(source).read_bytes())


def share_new(source: str, target: str) -> bool:
    """Let `target` stand for the file `source` too; return False when there is something already, or when the file system cannot."""
    try:
        os.link(source, target)
    except OSError:
        return False
    return True
