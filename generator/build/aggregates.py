"""Makes the files that hold something of every entry: search, decoder, list, feeds, the whole catalogue, all copies.

Must not know how the part of an entry is made.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from generator.content.project import Project
from generator.decode import index as decoder
from generator.exports import files as exports
from generator.render import Renderer, home_list
from generator.schemas.entry import LANGUAGES
from generator.search import index as search
from generator.search.weights import Found


def makers(
    project: Project, site_url: str | None, parts: Mapping[str, Mapping[str, Any]], built: Path
) -> Sequence[Callable[[], dict[str, bytes]]]:
    """Return what makes these files, by path below the site; none needs another one.

    `parts` holds by slug what `pieces.of_entry` returned; the other files of the entries are in the folder `built`.
    """

    def read(path: str) -> str:
        return (built / path).read_text(encoding="utf-8")

    def searched() -> dict[str, bytes]:
        return search.files(project, ([Found(**item) for item in parts[entry.slug]["search"]] for entry in entries))

    def others() -> dict[str, bytes]:
        feed = {language: {entry.slug: parts[entry.slug]["feed"][language] for entry in entries} for language in LANGUAGES}
        texts = exports.of_all(project, site_url, read, feed, Renderer(project).tools.llms(site_url or "/"))
        return {
            **{path: text.encode() for path, text in texts.items()},
            **decoder.files(project, [parts[entry.slug]["decoder"] for entry in entries]),
            **home_list.files(project, [parts[entry.slug]["list"] for entry in entries]),
        }

    entries = project.catalogue.entries
    return (searched, others)
