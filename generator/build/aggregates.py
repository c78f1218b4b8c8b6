"""Makes the files that hold something of every entry: search, decoder, feeds, the whole catalogue, all copies.

Must not know how the part of an entry is made.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from generator.content.project import Project
from generator.decode import index as decoder
from generator.exports import files as exports
from generator.render import Renderer
from generator.search import index as search
from generator.search.weights import Found


def makers(
    project: Project, site_url: str | None, parts: Mapping[str, Mapping[str, str]], built: Path
) -> Sequence[Callable[[], dict[str, bytes]]]:
    """Return what makes these files, by path below the site; none needs another one.

    `parts` holds by slug what `pieces.of_entry` returned; the other files of the entries are in the folder `built`.
    """

    def read(path: str) -> str:
        return (built / path).read_text(encoding="utf-8")

    def part(kind: str) -> Iterator[Any]:
        return (json.loads(parts[entry.slug][kind]) for entry in entries)

    def elements(language: str) -> dict[str, str]:
        return {entry.slug: element[language] for entry, element in zip(entries, part("feed"), strict=True)}

    def searched() -> dict[str, bytes]:
        return search.files(project, ([Found(**item) for item in found] for found in part("search")))

    def text(path: str, make: Callable[[], str]) -> Callable[[], dict[str, bytes]]:
        return lambda: {path: make().encode()}

    entries = project.catalogue.entries
    exported = exports.of_all(project, site_url, read, elements, Renderer(project))
    return [
        searched,
        *(text(path, make) for path, make in exported.items()),
        lambda: decoder.files(project, part("decoder")),
    ]
