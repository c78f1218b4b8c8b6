"""Reads the YAML files of a project, each once: what the cache has of a file need not be parsed again.

What is kept counts by the digest of the file; a file with a problem is never kept. Must not know what the data means.
"""

from __future__ import annotations

import datetime
import functools
import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from generator.content import yaml_reader
from generator.content.document import Document, Location, Places, walk
from generator.system import parallel
from generator.system.cache import Cache

#: Takes a file and its name in problems, and returns what is in it.
Read = Callable[[Path, str], Document]

KIND = "yaml"
#: What `generator/check` excuses.
EXCEPTIONS = "lint-exceptions.yml"
#: The files of a project that are read at every start.
PATTERNS = ("errors/*.yml", "facts/*.yml", "pages/**/*.yml", "templates/strings/*.yml", "templates/synonyms.yml", EXCEPTIONS)
#: So few files are read sooner than a process is made.
LEAST = 24


def reader(cache: Cache) -> Read:
    """Return what reads a file, from `cache` if that has it; its problems are values, as those of `yaml_reader.read`."""

    def read(file: Path, name: str) -> Document:
        try:
            digest = hashlib.sha256(file.read_bytes()).hexdigest()
        except OSError:
            return yaml_reader.read(file, name)
        if kept := cache.get(KIND, digest):
            data, days = json.loads(kept)
            for location in days:
                _change(data, location, datetime.date.fromisoformat)
            return Document(name, data, Places(functools.partial(yaml_reader.read, file, name)), (), digest)
        document = yaml_reader.read(file, name)
        if not document.problems and document.digest == digest:
            cache.put(KIND, digest, _as_json(document))
        return document

    return read


def files_in(root: Path) -> list[Path]:
    """Return the YAML files of the project in the folder `root`."""
    return [file for pattern in PATTERNS for file in sorted(root.glob(pattern))]


def fill(root: Path, cache: Cache) -> None:
    """Put the files of a project into `cache` that are not there, on all cores if they are many."""
    read = reader(cache)
    new = [file for file in files_in(root) if not cache.get(KIND, _digest_of(file))]
    if len(new) >= LEAST:
        parallel.each(lambda file: read(file, file.name) and None, new)


def prune(root: Path, cache: Cache) -> None:
    """Remove what `cache` has of files that the project no longer has."""
    cache.prune(KIND, {_digest_of(file) for file in files_in(root)})


def _digest_of(file: Path) -> str:
    try:
        return hashlib.sha256(file.read_bytes()).hexdigest()
    except OSError:
        return ""


def _as_json(document: Document) -> bytes:
    """Return data and the locations of the days in it, since JSON has none; the days of `document` become text."""
    days = [location for location, value in walk(document.data) if isinstance(value, datetime.date)]
    return json.dumps([document.data, days], ensure_ascii=False, separators=(",", ":"), default=datetime.date.isoformat).encode()


def _change(data: Any, location: Location, how: Callable[[Any], Any]) -> None:
    for part in location[:-1]:
        data = data[part]
    data[location[-1]] = how(data[location[-1]])
