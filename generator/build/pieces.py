"""Makes all that one unit gives to the site, as plain data: so a worker can send it and the cache can keep it.

Must not know what is kept, or where it is written.
"""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Mapping
from typing import Any

from generator.build import links
from generator.build.headers import script_hashes
from generator.build.plan import Unit
from generator.build.theme import Theme
from generator.content.project import Project, Shared
from generator.decode import index as decoder
from generator.exports import feeds, files
from generator.render import Renderer, home_list
from generator.schemas.entry import LANGUAGES, Entry
from generator.search import weights


@dataclasses.dataclass(frozen=True)
class Piece:
    """What a unit gives. All of it is JSON."""

    files: Mapping[str, str]
    """Texts by path below the site."""
    paths: tuple[str, ...]
    """Their paths, when the texts are written and no longer needed here."""
    copies: Mapping[str, str]
    """Path below the site of each Markdown copy of a page, by the name of the page."""
    pages: tuple[Mapping[str, str | None], ...]
    """Of each page its `path` and the day of its last check, `checked`, for the sitemap."""
    links: tuple[tuple[str, str], ...]
    """Address of a page and a place that it links to: see `links.targets`."""
    ids: Mapping[str, tuple[str, ...]]
    """Ids on each page, by its address."""
    scripts: tuple[str, ...]
    """CSP hashes of the scripts that the pages carry in themselves."""
    entry: Mapping[str, Any] | None = None
    """What the files of the whole site hold of an entry: `search`, `decoder`, `list` and, by language, `feed`."""

    def to_json(self) -> bytes:
        """Return the piece as text that `from_json` reads."""
        return json.dumps(vars(self), ensure_ascii=False, separators=(",", ":")).encode()


def from_json(content: bytes) -> Piece:
    """Return the piece that `Piece.to_json` wrote."""
    return Piece(**json.loads(content))


def make(project: Project, unit: Unit, site_url: str | None, renderer: Renderer, theme: Theme | None) -> Piece:
    """Make a unit; without a `theme` its pages are left to MkDocs, and only the other files are made."""
    made: dict[str, str] = {}
    copies: dict[str, str] = {}
    scripts: set[str] = set()
    leading: list[tuple[str, str]] = []
    ids = {}
    pages = []
    for page in unit.pages:
        rendered = page.make(renderer)
        pages.append({name: rendered.meta.get(name) for name in ("path", "checked")})
        if theme:
            html = made[page.address] = theme.html(page.path, rendered)
            scripts |= script_hashes(html)
            leading += [(page.address, target) for target in links.targets(page.address, html)]
            ids[page.address] = tuple(links.ids(html))
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
    return Piece(made, (), copies, tuple(pages), tuple(leading), ids, tuple(sorted(scripts)), part)


def of_entry(shared: Shared, entry: Entry, site_url: str | None) -> dict[str, Any]:
    """Return what the files of the whole site hold of one entry."""
    return {
        "search": [vars(item) for item in weights.of_entry(shared, entry)],
        "decoder": decoder.part(shared, entry),
        "list": home_list.of_entry(shared, entry),
        "feed": {language: feeds.of_entry(shared, language, entry, site_url or "/") for language in LANGUAGES},
    }
