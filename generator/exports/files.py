"""Makes every file of the site that is read by programs and models: JSON, its schemas, Markdown copies, feeds.

Returns texts by path; `generator/build` writes them.
"""

from __future__ import annotations

import dataclasses
import functools
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from generator.content.handbook import LocatedPage
from generator.content.project import Project
from generator.exports import feeds
from generator.render import Renderer
from generator.schemas.entry import LANGUAGES, Entry
from generator.schemas.published import API

# The models of what is published are imported where something is: a build that finds all as it was publishes nothing.
if TYPE_CHECKING:
    from generator.exports.records import Publisher

#: Models read llms-full.txt whole, so each language has its own; the English one stands where it is looked for.
FULL = {"en": "llms-full.txt", "ko": "ko/llms-full.txt"}


@dataclasses.dataclass(frozen=True)
class OfEntry:
    """The exported texts of one entry."""

    record: str
    """The entry as JSON."""
    copies: Mapping[str, str]
    """Its guide as Markdown, by language."""
    feed: Mapping[str, str]
    """Its element in the feed, by language."""


def of_entry(project: Project, entry: Entry, site_url: str | None, renderer: Renderer) -> OfEntry:
    """Return the exported texts of one entry; see `files` for `site_url`."""
    from generator.exports.records import Publisher

    site = site_url or "/"
    copies = {language: renderer.copy(language, entry, site) for language in LANGUAGES}
    feed = {language: feeds.of_entry(project, language, entry, site) for language in LANGUAGES}
    return OfEntry(Publisher(project, site).error(entry).model_dump_json(indent=2), copies, feed)


@dataclasses.dataclass(frozen=True)
class OfAll:
    """What is made of all entries, each by slug, and of the other pages; what has a language by that first."""

    records: Mapping[str, str]
    copies: Mapping[str, Mapping[str, str]]
    feed: Callable[[str], Mapping[str, str]]
    """Returns the elements of the feed in a language."""
    page_copies: Mapping[str, str]
    """Pages that are no guides as Markdown, by path."""


def record_path(slug: str) -> str:
    """Return the path of the JSON of an entry."""
    return f"{API}/errors/{slug}.json"


def copy_path(language: str, slug: str) -> str:
    """Return the path of the Markdown copy of a guide."""
    return f"{language}/errors/{slug}/index.md"


def entry_files(entry: Entry, made: OfEntry, site_url: str | None) -> dict[str, str]:
    """Return the files of one entry by path. An earlier slug has the same: addresses are for ever."""
    # The schema stands first in the file of an error: see FileOfError.
    record = f'{{\n  "$schema": "{site_url or "/"}{API}/error.schema.json",\n{made.record[2:]}\n'
    found = {}
    for slug in (entry.slug, *entry.redirect_from):
        found[record_path(slug)] = record
        found |= {copy_path(language, slug): text for language, text in made.copies.items()}
    return found


def record_in(file: str) -> str:
    """Return the entry as JSON, which stands in its file below the schema."""
    return "{\n" + file.split("\n", 2)[2].removesuffix("\n")


def site_files(project: Project, made: OfAll, site_url: str | None) -> dict[str, Callable[[], Iterable[str]]]:
    """Return, by the path of each file that holds something of every entry, what makes its texts, which follow one another.

    None needs another one, and the longest come first. The copies of all guides together are large: they are
    asked for one after the other, while their file is taken.
    """
    from generator.exports.records import Publisher
    from generator.schemas.published import PUBLISHED

    site = site_url or "/"
    publisher = Publisher(project, site)
    return {
        **{FULL[language]: functools.partial(_full, project, language, made) for language in LANGUAGES},
        f"{API}/errors.json": lambda: _catalogue(publisher, (made.records[entry.slug] for entry in project.catalogue.entries)),
        **{f"{language}/feed.xml": functools.partial(_feed, project, language, site, made) for language in LANGUAGES},
        **{f"{API}/{name}.schema.json": functools.partial(_schema, name) for name in PUBLISHED},
        "llms.txt": lambda: [Renderer(project).llms(site)],
    }


def _full(project: Project, language: str, made: OfAll) -> Iterator[str]:
    """Yield all copies of a language, which together are one file."""
    words = project.strings[language]
    yield f"# {words('home.title')}\n\n> {words('home.description')}\n"
    for entry in project.catalogue.entries:
        yield f"\n---\n\n{made.copies[language][entry.slug]}"
    for located in project.handbook.in_order():
        yield f"\n---\n\n{made.page_copies[_page_copy_path(language, located)]}"


def _page_copy_path(language: str, located: LocatedPage) -> str:
    return f"{language}/{located.path}/index.md"


def _feed(project: Project, language: str, site: str, made: OfAll) -> Iterator[str]:
    yield feeds.feed(project, language, site, made.feed(language))


def _schema(name: str) -> Iterator[str]:
    from generator.schemas import json_schemas
    from generator.schemas.published import PUBLISHED

    yield json_schemas.text_of(PUBLISHED[name])


def files(project: Project, site_url: str | None) -> dict[str, str]:
    """Return the text of each file by its path below the site.

    Addresses are absolute; without a `site_url` they start at the root of the host.
    """
    renderer = Renderer(project)
    entries = project.catalogue.entries
    made = {entry.slug: of_entry(project, entry, site_url, renderer) for entry in entries}
    pages = [(language, located) for language in LANGUAGES for located in project.handbook.in_order()]
    of_all = OfAll(
        {slug: one.record for slug, one in made.items()},
        {language: {slug: one.copies[language] for slug, one in made.items()} for language in LANGUAGES},
        lambda language: {slug: one.feed[language] for slug, one in made.items()},
        {_page_copy_path(language, page): renderer.page_copy(language, page, site_url or "/") for language, page in pages},
    )
    found = {**of_all.page_copies, **{path: "".join(texts()) for path, texts in site_files(project, of_all, site_url).items()}}
    for entry in entries:
        found |= entry_files(entry, made[entry.slug], site_url)
    return dict(sorted(found.items()))


def _catalogue(publisher: Publisher, records: Iterator[str]) -> Iterator[str]:
    """Yield the file of all errors, with records that are JSON already."""
    head, tail = publisher.head().model_dump_json(indent=2).rsplit("[]", 1)
    yield f"{head}["
    between, end = "\n    ", ""
    for record in records:
        yield between + record.replace("\n", "\n    ")
        between, end = ",\n    ", "\n  "
    yield f"{end}]{tail}\n"
