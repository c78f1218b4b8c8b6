"""Keeps what templates were compiled to, and compiles them beside other work when nothing is kept.

Compiling takes as long as a tenth of a whole build, and the code is the same as long as a template is. What is
kept is code that Python runs, as in `__pycache__`; it lies beside the templates that it was made of, under the
seal of `store`, and counts for the same program and the same source only.
"""

from __future__ import annotations

import base64
import marshal
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from jinja2 import BytecodeCache, Environment, TemplateError, meta
from jinja2.bccache import Bucket

from generator import fingerprint, store, workers

#: What is kept, below the project's folder; ignored by git.
KEPT = Path("build/templates.json")

#: Checksum of a template's source, and its code.
Code = list[str]


class Compiled(BytecodeCache):
    """The code of templates, of several environments, since a key names the file too."""

    def __init__(self, root: Path) -> None:
        self._file, self._version = root / KEPT, fingerprint.program()
        self._codes: dict[str, Code] = store.load(self._file, self._version) or {}
        self._changed = False
        self._wait: Callable[[], Any] = dict

    def start(self, environments: Callable[[], Iterable[tuple[Environment, Iterable[str]]]]) -> None:
        """Compile the named templates of the environments, and those that they name, in a process of their own; if nothing is kept."""
        if not self._codes:
            self._wait = workers.aside(lambda: _compiled(self, environments()))

    def receive(self) -> None:
        """Take what was started. Until then, and for what is not among it, templates are compiled as usual."""
        found: dict[str, Code] = self._wait() or {}
        self._wait = dict
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


def _compiled(names_of: BytecodeCache, environments: Iterable[tuple[Environment, Iterable[str]]]) -> dict[str, Code]:
    found: dict[str, Code] = {}
    for environment, names in environments:
        waiting, seen = list(names), set()
        while waiting:
            name = waiting.pop()
            if name in seen or environment.loader is None:
                continue
            seen.add(name)
            try:
                source, file, _ = environment.loader.get_source(environment, name)
                parsed = environment.parse(source, name, file)
                waiting += [other for other in meta.find_referenced_templates(parsed) if other]
                code = environment.compile(parsed, name, file)
            except TemplateError:
                continue  # it is told where it is rendered
            found[names_of.get_cache_key(name, file)] = _as_text(names_of.get_source_checksum(source), code)
    return found


def _as_text(checksum: str, code: Any) -> Code:
    return [checksum, base64.b64encode(marshal.dumps(code)).decode()]
