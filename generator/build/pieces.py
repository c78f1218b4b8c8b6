"""Makes all that one unit gives to the site, as plain data: so a worker can send it and the cache can keep it.

Must not know what is kept, or where it is written.
"""

from __future__ import annotations

import dataclasses
import itertools
import json
from collections.abc import Mapping
from typing import cast

from generator.build import links
from generator.build.headers import script_hashes
from generator.build.plan import Unit
from generator.build.theme import Theme
from generator.content.project import Project, Shared
from generator.decode import index as decoder
from generator.exports import feeds, files
from generator.render import Renderer
from generator.schemas.entry import LANGUAGES, Entry
from generator.search import weights


@dataclasses.dataclass(frozen=True)
class Piece:
    """What a unit gives."""

    files: Mapping[str, bytes]
    """Contents by path below the site."""
    paths: tuple[str, ...]
    """Their paths, when the contents are written and no longer needed here."""
    copies: Mapping[str, str]
    """Path below the site of each Markdown copy of a page, by the name of the page."""
    pages: tuple[Mapping[str, str | None], ...]
    """Of each page its `path` and the day of its last check, `checked`, for the sitemap."""
    links: Mapping[str, str]
    """The places that a page links to, see `links.targets`, separated by line breaks, by its address. One text, since of hundreds
    of pages there are tens of thousands."""
    ids: Mapping[str, str]
    """The ids on a page in the same form, by its address."""
    scripts: tuple[str, ...]
    """CSP hashes of the scripts that the pages carry in themselves."""
    entry: Mapping[str, str] | None = None
    """What the files of the whole site hold of an entry, as JSON: `search`, `decoder` and, by language, `feed`."""

    def to_bytes(self) -> bytes:
        """Return the piece in the form that `from_bytes` reads: a line of JSON, then the contents one after the other."""
        sizes = {path: len(content) for path, content in self.files.items()}
        head = json.dumps(vars(self) | {"files": sizes}, ensure_ascii=False, separators=(",", ":"))
        return b"".join((head.encode(), b"\n", *self.files.values()))


def from_bytes(written: bytes) -> Piece:
    """Return the piece that `Piece.to_bytes` wrote."""
    head, _, rest = written.partition(b"\n")
    piece = Piece(**json.loads(head))
    ends = list(itertools.accumulate(cast(Mapping[str, int], piece.files).values()))
    found = {path: rest[start:end] for path, start, end in zip(piece.files, (0, *ends), ends, strict=False)}
    return dataclasses.replace(piece, files=found)


def make(project: Project, unit: Unit, site_url: str | None, renderer: Renderer, theme: Theme | None) -> Piece:
    """Make a unit; without a `theme` its pages are left to MkDocs, and only the other files are made."""
    made: dict[str, str] = {}
    copies: dict[str, str] = {}
    scripts: set[str] = set()
    leading, ids = {}, {}
    pages = []
    for page in unit.pages:
        rendered = page.make(renderer)
        pages.append({name: rendered.meta.get(name) for name in ("path", "checked")})
        if theme:
            html = made[page.address] = theme.html(page.path, rendered)
            scripts |= script_hashes(html)
            leading[page.address] = "\n".join(links.targets(page.address, html))
            ids[page.address] = "\n".join(links.ids(html))
        if page.copy:
            made[page.copy_path] = page.copy(renderer)
            copies[page.path] = page.copy_path
    part = None
    if unit.entry:
        made |= files.of_entry(project.shared, unit.entry, site_url, renderer)
        copies |= {
            f"{language}/errors/{unit.entry.slug}.md": files.copy_path(language, f"errors/{unit.entry.slug}") for language in LANGUAGES
        }
        part = of_entry(project.shared, unit.entry, site_url)
    contents = {path: text.encode() for path, text in made.items()}
    return Piece(contents, (), copies, tuple(pages), leading, ids, tuple(sorted(scripts)), part)


def of_entry(shared: Shared, entry: Entry, site_url: str | None) -> dict[str, str]:
    """Return what the files of the whole site hold of one entry, see `Piece.entry`."""
    found = {
        "search": [vars(item) for item in weights.of_entry(shared, entry)],
        "decoder": decoder.part(shared, entry),
        "feed": {language: feeds.of_entry(shared, language, entry, site_url or "/") for language in LANGUAGES},
    }
    return {kind: json.dumps(part, ensure_ascii=False) for kind, part in found.items()}
