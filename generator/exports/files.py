"""Makes every file of the site that is read by programs and models: JSON, its schemas, Markdown copies, feeds.

Pure: returns texts by path. What writes them is the build.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from pydantic_core import from_json, to_json

from generator.content.project import Project, Shared
from generator.exports import feeds
from generator.exports.records import Publisher
from generator.render import Renderer
from generator.schemas import json_schemas
from generator.schemas.entry import LANGUAGES, Entry
from generator.schemas.published import API, PUBLISHED

#: Models read llms-full.txt whole, so each language has its own; the English one stands where it is looked for.
FULL = {"en": "llms-full.txt", "ko": "ko/llms-full.txt"}


def record_path(slug: str) -> str:
    """Return the path of the JSON of an entry."""
    return f"{API}/errors/{slug}.json"


def fix_path(slug: str) -> str:
    """Return the path of the fixed programs of an entry, which the decoder shows."""
    return f"fix/{slug}.json"


def copy_path(language: str, path: str) -> str:
    """Return the path of the Markdown copy of a page, which is called by its path below the language."""
    return f"{language}/{path}/index.md"


def of_entry(shared: Shared, entry: Entry, site_url: str | None, renderer: Renderer) -> dict[str, str]:
    """Return the files of one entry by path. An earlier slug has the same: addresses are for ever.

    Addresses are absolute; without a `site_url` they start at the root of the host.
    """
    site = site_url or "/"
    record = Publisher(shared, site).file(entry).model_dump_json(indent=2) + "\n"
    copies = {language: renderer.guides.copy(language, entry, site) for language in LANGUAGES}
    found = {fix_path(entry.slug): to_json(renderer.guides.fix(entry)).decode()}
    for slug in (entry.slug, *entry.redirect_from):
        found[record_path(slug)] = record
        found |= {copy_path(language, f"errors/{slug}"): text for language, text in copies.items()}
    return found


def of_all(
    project: Project, site_url: str | None, read: Callable[[str], str], elements: Callable[[str], Mapping[str, str]], renderer: Renderer
) -> dict[str, Callable[[], str]]:
    """Return, by path, what makes each file that holds something of every entry. Together they are large.

    `read` returns the text of a file that `of_entry` or a copy made, by its path; `elements` returns those of the feed of a
    language by slug.
    """
    site = site_url or "/"
    return {
        f"{API}/errors.json": partial(_errors, project, site, read),
        **{FULL[language]: partial(_full, project, language, read) for language in LANGUAGES},
        **{f"{language}/feed.xml": partial(_feed, project, language, site, elements) for language in LANGUAGES},
        **{f"{API}/{name}.schema.json": partial(json_schemas.text_of, model) for name, model in PUBLISHED.items()},
        "llms.txt": partial(renderer.tools.llms, site),
    }


def _full(project: Project, language: str, read: Callable[[str], str]) -> str:
    """Return all copies of a language as one text."""
    words = project.strings[language]
    paths = [f"errors/{entry.slug}" for entry in project.catalogue.entries] + [page.path for page in project.handbook.in_order()]
    head = f"# {words('home.title')}\n\n> {words('home.description')}\n"
    return head + "".join(f"\n---\n\n{read(copy_path(language, path))}" for path in paths)


def _feed(project: Project, language: str, site: str, elements: Callable[[str], Mapping[str, str]]) -> str:
    return feeds.feed(project, language, site, elements(language))


def _errors(project: Project, site: str, read: Callable[[str], str]) -> str:
    """Return the records of all entries as one JSON text."""
    entries = project.catalogue.entries
    newest = max((entry.checked for entry in entries), default=None)
    catalogue: dict[str, Any] = Publisher(project, site).head(newest).model_dump(mode="json")
    records = [from_json(read(record_path(entry.slug))) for entry in entries]
    catalogue["errors"] = [{name: value for name, value in record.items() if name != "$schema"} for record in records]
    return to_json(catalogue, indent=2).decode() + "\n"
