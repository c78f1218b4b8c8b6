"""Keeps what templates were compiled to, and compiles them beside other work when nothing is kept.

Compiling takes as long as a tenth of a whole build, and the code is the same as long as a template is. What is
kept is code that Python runs, as in `__pycache__`; it lies beside the templates that it was made of, under the
seal of `store`, and counts for the same program and the same source only.
"""

from __future__ import annotations

import base64
import marshal
from collections.abc import Callable, Container, Sequence
from pathlib import Path
from typing import Any

from jinja2 import BytecodeCache, Environment, TemplateError, meta
from jinja2.bccache import Bucket

from generator.system import fingerprint, parallel, store

#: What is kept, below the project's folder; ignored by git.
KEPT = Path("build/templates.json")

#: Checksum of a template's source, and its code.
Code = list[str]
#: What makes an environment, and names of templates in it. One process after the other takes a piece.
Piece = tuple[Callable[[], Environment], Sequence[str]]


class Compiled(BytecodeCache):
    """The code of templates, of several environments, since a key names the file too."""

    def __init__(self, root: Path) -> None:
        self._file, self._version = root / KEPT, fingerprint.program()
        self._codes: dict[str, Code] = store.load(self._file, self._version) or {}
        self._changed = False
        self._finish: Callable[[], list[dict[str, Code]]] = list

    def start(self, pieces: Callable[[], Sequence[Piece]]) -> None:
        """Begin to compile the templates of all pieces, and those that they name, on another core; if nothing is kept."""
        if self._codes or parallel.jobs() < 2:
            return
        found = pieces()
        named = {name for _, names in found for name in names}
        self._finish = parallel.ahead(lambda piece: _compiled(self, piece, named), found)

    def receive(self) -> None:
        """Do the rest of what was started. Until then, and for what is not among it, templates are compiled as usual."""
        made, self._finish = self._finish(), list
        found = {key: code for one in made for key, code in one.items()}
        self._codes |= found
        self._changed |= bool(found)

    def load_bytecode(self, bucket: Bucket) -> None:
        """Give `bucket` its code if it is known, for the same source."""
        checksum, code = self._codes.get(bucket.key, ("", ""))
        if checksum == bucket.checksum:
            bucket.code = marshal.loads(base64.b64decode(code))  # our own: see above

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Note the code of `bucket`."""
        self._codes[bucket.key] = _as_text(bucket.checksum, bucket.code)
        self._changed = True

    def keep(self) -> None:
        """Save what is new, for the next build."""
        if self._changed:
            store.save(self._file, self._version, self._codes)
        self._changed = False


def _compiled(names_of: BytecodeCache, piece: Piece, named: Container[str]) -> dict[str, Code]:
    """Return the code of the templates of a piece, and of those that they name; those that are `named` stand in some piece anyway."""
    found: dict[str, Code] = {}
    environment, waiting, seen = piece[0](), list(piece[1]), set()
    while waiting:
        name = waiting.pop()
        if name in seen or environment.loader is None:
            continue
        seen.add(name)
        try:
            source, file, _ = environment.loader.get_source(environment, name)
            parsed = environment.parse(source, name, file)
            waiting += [other for other in meta.find_referenced_templates(parsed) if other and other not in named]
            code = environment.compile(parsed, name, file)
        except TemplateError:
            continue  # it is told where it is rendered
        found[names_of.get_cache_key(name, file)] = _as_text(names_of.get_source_checksum(source), code)
    return found


def _as_text(checksum: str, code: Any) -> Code:
    return [checksum, base64.b64encode(marshal.dumps(code)).decode()]
