"""Keeps plain data between two runs in one file, and believes it only when it is whole.

Must not know what the data is.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import tempfile
from pathlib import Path
from typing import Any


def save(file: Path, version: str, data: object) -> None:
    """Write `data`, which must be JSON, for readers of the same `version`.

    The file is never half written: of two runs that end at once, one wins. A folder that cannot be
    written to is no mistake; the next run then has nothing to start from.
    """
    content = json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode()
    with contextlib.suppress(OSError):
        file.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=file.parent, prefix=f".{file.name}.")
        try:
            with os.fdopen(handle, "wb") as out:
                out.write(f"{_seal(version, content)}\n".encode())
                out.write(content)
            Path(name).replace(file)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise


def load(file: Path, version: str) -> Any:
    """Return what was saved; None when there is nothing, when another version wrote it, or when a byte of it is not as written."""
    try:
        seal, _, content = file.read_bytes().partition(b"\n")
    except OSError:
        return None
    return json.loads(content) if seal == _seal(version, content).encode() else None


def _seal(version: str, content: bytes) -> str:
    return hashlib.sha256(version.encode() + b"\0" + content).hexdigest()
