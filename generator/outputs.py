"""Makes every file of the site that is read by programs and models: JSON, its schemas, Markdown copies, feeds.

Pure: returns texts by path. What writes them is the plugin, in the same build as the pages.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping

from generator import json_schemas
from generator.api import FOLDER, Publisher
from generator.api_schema import PUBLISHED
from generator.feeds import feed
from generator.project import Project
from generator.render import Renderer
from generator.schema import LANGUAGES, Entry

#: Models read llms-full.txt whole, so each language has its own; the English one stands where it is looked for.
FULL = {"en": "llms-full.txt", "ko": "ko/llms-full.txt"}


@dataclasses.dataclass(frozen=True)
class OfEntry:
    """What is made of one entry."""

    record: str
    """The entry as JSON."""
    copies: dict[str, str]
    """Its guide as Markdown, by language."""


def of_entry(project: Project, entry: Entry, site_url: str | None, renderer: Renderer) -> OfEntry:
    """Return what is made of one entry; see `files` for `site_url`."""
    site = site_url or "/"
    copies = {language: renderer.copy(language, entry, site) for language in LANGUAGES}
    return OfEntry(Publisher(project, site).error(entry).model_dump_json(indent=2), copies)


def entry_files(entry: Entry, made: OfEntry, site_url: str | None) -> dict[str, str]:
    """Return the files of one entry by path. An earlier slug has the same: addresses are for ever."""
    # The schema stands first in the file of an error: see FileOfError.
    record = f'{{\n  "$schema": "{site_url or "/"}{FOLDER}/error.schema.json",\n{made.record[2:]}\n'
    found = {}
    for slug in (entry.slug, *entry.redirect_from):
        found[f"{FOLDER}/errors/{slug}.json"] = record
        found |= {f"{language}/errors/{slug}/index.md": text for language, text in made.copies.items()}
    return found


def site_files(project: Project, made: Mapping[str, OfEntry], site_url: str | None) -> dict[str, str]:
    """Return the files that hold something of every entry by path; `made` is by slug."""
    site = site_url or "/"
    found = {f"{FOLDER}/{name}.schema.json": json_schemas.text_of(PUBLISHED[name]) for name in PUBLISHED}
    slugs = [entry.slug for entry in project.catalogue.entries]
    found[f"{FOLDER}/errors.json"] = _catalogue(Publisher(project, site), [made[slug].record for slug in slugs])
    renderer = Renderer(project)
    for language in LANGUAGES:
        pages = {located.path: renderer.page_copy(language, located, site) for located in project.handbook.in_order()}
        found |= {f"{language}/{path}/index.md": text for path, text in pages.items()}
        words = project.strings[language]
        head = f"# {words('home.title')}\n\n> {words('home.description')}\n"
        found[FULL[language]] = "\n---\n\n".join((head, *(made[slug].copies[language] for slug in slugs), *pages.values()))
        found[f"{language}/feed.xml"] = feed(project, language, site)
    found["llms.txt"] = renderer.llms(site)
    return found


def files(project: Project, site_url: str | None) -> dict[str, str]:
    """Return the text of each file by its path below the site.

    Addresses are absolute; without a `site_url` they start at the root of the host.
    """
    renderer = Renderer(project)
    entries = project.catalogue.entries
    made = {entry.slug: of_entry(project, entry, site_url, renderer) for entry in entries}
    found = site_files(project, made, site_url)
    for entry in entries:
        found |= entry_files(entry, made[entry.slug], site_url)
    return dict(sorted(found.items()))


def _catalogue(publisher: Publisher, records: list[str]) -> str:
    """Return the file of all errors, with records that are JSON already."""
    head, tail = publisher.head().model_dump_json(indent=2).rsplit("[]", 1)
    indented = ",\n".join(f"    {record.replace(chr(10), chr(10) + '    ')}" for record in records)
    return f"{head}[\n{indented}\n  ]{tail}\n" if records else f"{head}[]{tail}\n"
