"""Loads the pages of `pages/`: the hub, its parts, and other pages that are no guides.

`pages/handling.yml` becomes `/<language>/handling/`, `pages/handling/streams.yml` becomes
`/<language>/handling/streams/`. Must not judge what a page says; the rules in `generator/check` do.
"""

from __future__ import annotations

import dataclasses
import functools
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from generator.content import yaml_reader
from generator.content.catalogue import texts_in
from generator.content.document import Document, Location
from generator.content.mending import mend
from generator.content.problems import Problem
from generator.content.reading import Read
from generator.content.validation import validate
from generator.schemas.entry import Entry, Text
from generator.schemas.page import Page, Program, Section
from generator.system.cache import remembered

FOLDER = "pages"
#: Pages that no file of `pages/` describes, by their path below the language.
COMPUTED_PAGES = ("decode", "mock", "api", "changes", "glossary", "calculators")
_PATH = re.compile(r"[a-z][a-z0-9_]*(/[a-z][a-z0-9_]*)?")


@dataclasses.dataclass(frozen=True)
class LocatedPage:
    """A page, the file that it came from, and its address."""

    page: Page
    document: Document
    path: str
    """Address below the language, without slashes at the ends: `handling/streams`."""
    stood_in: tuple[str, ...] = ()
    """Names of the fields that could not be read and have a stand-in."""

    @property
    def parent(self) -> str | None:
        """The hub that this page is a part of."""
        return self.path.rpartition("/")[0] or None

    def texts(self) -> Iterator[tuple[Location, Text]]:
        """Yield every bilingual text of the page with its location."""
        yield from texts_in(self.page)


@dataclasses.dataclass(frozen=True)
class Handbook:
    """All pages that have the right shape."""

    located: tuple[LocatedPage, ...] = ()
    problems: tuple[Problem, ...] = ()
    mended: tuple[LocatedPage, ...] = ()
    """Pages with a mistake of shape, as far as they could be read: for the rules alone."""

    @functools.cached_property
    def by_path(self) -> Mapping[str, LocatedPage]:
        """Each page by its path, such as `handling/streams`."""
        return {located.path: located for located in self.located}

    @functools.cached_property
    def programs(self) -> Mapping[str, Program]:
        """Programs by the name of their folder, `_handling_classify`."""
        return {f"_{program.folder}": program for located in self.located for program in located.page.programs}

    def below(self, path: str) -> list[LocatedPage]:
        """Return the parts of a hub in their order."""
        return sorted((located for located in self.located if located.parent == path), key=lambda item: (item.page.order, item.path))

    def in_order(self) -> list[LocatedPage]:
        """Return all pages: each hub, followed by its parts in their order."""
        hubs = [located for located in self.located if located.parent not in self.by_path]
        hubs = sorted(hubs, key=lambda item: (item.page.order, item.path))
        return [page for hub in hubs for page in (hub, *self.below(hub.path))]

    def concerning(self, entry: Entry) -> list[tuple[LocatedPage, Section]]:
        """Return the sections for readers of `entry`: those that name it, then those that name its family."""
        own = self._naming.get(entry.slug, [])
        return own + [item for item in self._naming.get(entry.family, []) if item not in own]

    @functools.cached_property
    def _naming(self) -> Mapping[str | None, list[tuple[LocatedPage, Section]]]:
        """The sections that name each guide."""
        found: dict[str | None, list[tuple[LocatedPage, Section]]] = {}
        for located in self.located:
            for section in located.page.sections:
                for slug in dict.fromkeys(section.guides):
                    found.setdefault(slug, []).append((located, section))
        return found


def load(project: Path, read: Read = yaml_reader.read) -> Handbook:
    """Return the pages of `project/pages/`; a project without that folder has none."""
    return remembered("pages", [project / FOLDER, *sorted((project / FOLDER).rglob("*"))], project, lambda: _load(project, read))


def _load(project: Path, read: Read) -> Handbook:
    located: list[LocatedPage] = []
    mended: list[LocatedPage] = []
    problems: list[Problem] = []
    folder = project / FOLDER
    for file in sorted(folder.rglob("*")) if folder.is_dir() else []:
        if file.is_dir() or file.name.startswith((".", "#")) or file.name.endswith("~"):
            continue
        name = file.relative_to(project).as_posix()
        path = file.relative_to(folder).with_suffix("").as_posix()
        if file.suffix != ".yml" or not _PATH.fullmatch(path):
            problems.append(Problem(name, 1, 1, "", "is not a page", "pages are pages/<name>.yml or pages/<hub>/<name>.yml"))
            continue
        document = read(file, name)
        page, wrong = validate(document, Page)
        problems += wrong
        light = document.light(functools.partial(yaml_reader.read, file, name))
        if page is not None:
            located.append(LocatedPage(page, light, path))
        elif found := mend(document, Page):
            mended.append(LocatedPage(found[0], light, path, found[1]))
    return Handbook(tuple(located), tuple(problems), tuple(mended))
