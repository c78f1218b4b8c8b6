"""The work of a build, cut into pieces that can be done in any order and on any core.

A group is an entry with all that is made of it alone, or one other page. What
a group gives is plain data, so that a worker can send it and a cache can keep it. Must not know
what builds HTML.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Sequence
from typing import Any

from generator.build import plan
from generator.build.plan import Planned
from generator.content.project import Project
from generator.decode import index as decoder_index
from generator.exports.files import OfEntry
from generator.render import home_list
from generator.schemas.entry import LANGUAGES, Entry
from generator.search import weights
from generator.search.weights import Found


@dataclasses.dataclass(frozen=True)
class Group:
    """Pages that are made together, and the entry that they are about."""

    name: str
    """A slug, or the path of a page."""
    pages: tuple[Planned, ...]
    entry: Entry | None = None


def groups(project: Project, site_url: str | None) -> list[Group]:
    """Return all groups; first those of other pages, of which some are large."""
    found: dict[str, list[Planned]] = {}
    for page in plan.plan(project, site_url):
        found.setdefault(page.entry.slug if page.entry else page.path, []).append(page)
    made = [Group(name, tuple(pages), pages[0].entry) for name, pages in found.items()]
    return sorted(made, key=lambda group: group.entry is not None)


def again(before: Sequence[Group], project: Project) -> list[Group] | None:
    """Return the groups of a project in which nothing but entries changed since `before`; None when other pages have to be made of them."""
    found = []
    for group in before:
        entry = project.catalogue.by_slug[group.name].entry if group.entry else None
        if entry is not None and entry is not group.entry:
            pages = tuple(page for language in LANGUAGES for page in plan.of_entry(language, entry))
            if [page.path for page in pages] != [page.path for page in group.pages]:
                return None
            group = Group(group.name, pages, entry)
        found.append(group)
    return found


def parts(project: Project, entry: Entry, made: OfEntry) -> dict[str, Any]:
    """Return what the files of the whole site hold of one entry, as plain data: `search`, and the `rest`."""
    rest = {"feed": made.feed, "decoder": decoder_index.part(project, entry), "list": home_list.of_entry(project, entry)}
    return {"search": [vars(item) for item in weights.of_entry(project, entry)], "rest": rest}


def found(part: Iterable[dict[str, Any]]) -> list[Found]:
    """Return the `search` of an entry as it was before it was plain data."""
    return [Found(**item) for item in part]


def list_files(project: Project, found: Sequence[dict[str, Any]]) -> dict[str, bytes]:
    """Return the index of the decoder and the list of the home page by path; `found` is the `rest` of all entries, in order."""
    return plan.decoder_files(project, [rest["decoder"] for rest in found]) | home_list.files(project, [rest["list"] for rest in found])
