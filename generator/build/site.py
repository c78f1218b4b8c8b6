"""Builds a site: each unit from the cache or anew, on all cores, then the files that hold something of every entry.

A state of the project is a plain value; a build and a server are functions of it. Must not know how MkDocs makes a page,
only that `Theme` does.
"""

from __future__ import annotations

import dataclasses
import itertools
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

from generator import check
from generator.build import aggregates, headers, links, pieces, plan
from generator.build.pieces import Piece
from generator.build.plan import Unit
from generator.build.theme import Theme
from generator.content import project as projects
from generator.content import reading
from generator.content.catalogue import Located
from generator.content.handbook import LocatedPage
from generator.content.problems import Problem
from generator.content.project import Project
from generator.render import Renderer
from generator.render.base import PROGRAMS
from generator.render.navigation import Link
from generator.schemas.entry import LANGUAGES
from generator.system import files, parallel
from generator.system.cache import Cache, digest

#: The readable copies of the pages, below the project's folder; ignored by git.
DOCS = Path("build/docs")
#: Kind of the units in the cache.
UNITS = "units"
#: Seconds after which a coloured program that no page was made of is forgotten: pages from the cache do not ask for theirs.
UNUSED = 30 * 86400.0


class Broken(Exception):  # noqa: N818 - it carries what is broken in the project
    """The project has problems; nothing of it was built."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__(f"{len(problems)} problems")
        self.problems = problems


@dataclasses.dataclass(frozen=True)
class Target:
    """Where a site is written."""

    folder: Path
    last: Path | None = None
    """The last site, which `folder` will take the place of; None when `folder` is served while it is written."""

    def write(self, found: Mapping[str, bytes]) -> None:
        """Write files by their path below the site."""
        if self.last is None:
            files.write_all(self.folder, found)
        else:
            files.write_new(self.folder, found, self.last)


@dataclasses.dataclass(frozen=True)
class Site:
    """A state of a project, and what its site will hold."""

    project: Project
    site_url: str | None
    settings: str
    """Everything of the configuration that a page may depend on."""
    shared: str
    """Digest of the files that any page may show something of, and of the settings."""
    units: tuple[Unit, ...]
    own: Mapping[str, str]
    """Digest of what each unit alone is made of, by its name."""
    keys: Mapping[str, str]
    """Key of each unit in the cache, by its name."""
    links: Mapping[str, Mapping[str, list[Link]]]
    """Links of the foot, the home page and the header, by language."""

    def located(self, unit: Unit) -> Located | LocatedPage | None:
        """Return what a unit is made of, if the rules look at it; a page with that of its first language."""
        if unit.entry:
            return self.project.catalogue.by_slug[unit.name]
        language, _, path = unit.name.removesuffix(".md").partition("/")
        return self.project.handbook.by_path.get(path) if language == LANGUAGES[0] else None


def load(root: Path, settings: str, site_url: str | None, cache: Cache) -> Site:
    """Return the project in the folder `root` as it is now.

    Raises `Broken` when a file of it cannot be read, or when a rule that compares entries finds something.
    """
    shared = digest(settings, plan.shared_digest(root))  # before anything is read, and once more in `is_current`
    project = projects.load(root, cache)
    if project.problems or check.together(project):
        raise Broken(check.run(project))
    units = plan.units(project, site_url)
    own = plan.own_digests(project, units)
    keys = plan.keys(project, units, shared, own)
    return Site(project, site_url, settings, shared, tuple(units), own, keys, plan.links(project, units))


def is_current(site: Site) -> bool:
    """Tell whether the files that any page may show something of are still those that the site was loaded from."""
    return digest(site.settings, plan.shared_digest(site.project.root)) == site.shared


def make_unit(site: Site, unit: Unit, theme: Theme | None, cache: Cache, renderer: Renderer) -> Piece:
    """Return a unit from the cache, or made now; raises `Broken` when the rules find something in what it is made of."""
    # MkDocs makes the pages where there is no theme.
    key = site.keys[unit.name] if theme else digest(site.keys[unit.name], "no pages")
    kept = cache.get(UNITS, key)
    if kept is not None:
        return pieces.from_bytes(kept)
    located = site.located(unit)
    if located and (problems := check.of_one(site.project, located)):
        raise Broken(problems)
    piece = pieces.make(site.project, unit, site.site_url, renderer, theme)
    cache.put(UNITS, key, piece.to_bytes())
    return piece


def write_unit(root: Path, piece: Piece, target: Target) -> Piece:
    """Write the files of a unit, and the copies of its pages; return what the rest of the site needs of it."""
    target.write(piece.files)
    files.write_all(root / DOCS, {name: piece.files[path] for name, path in piece.copies.items()})
    return dataclasses.replace(piece, files={}, paths=tuple(piece.files))


def write_units(site: Site, theme: Theme | None, target: Target, cache: Cache) -> dict[str, Piece]:
    """Make and write every unit on all cores; return them by name, without their files. Raises `Broken`."""
    renderer = Renderer(site.project, cache)

    def made(unit: Unit) -> Piece | list[Problem]:
        try:
            return write_unit(site.project.root, make_unit(site, unit, theme, cache, renderer), target)
        except Broken as broken:
            return broken.problems  # an exception with values of ours would not come back from a worker

    found = parallel.each(made, site.units)
    if any(isinstance(piece, list) for piece in found):
        raise Broken(check.run(site.project))
    return {unit.name: piece for unit, piece in zip(site.units, found, strict=True) if isinstance(piece, Piece)}


def write_aggregates(site: Site, made: Mapping[str, Piece], target: Target) -> set[str]:
    """Write the files that hold something of every entry, on all cores, and return their paths; `made` holds the units by name."""
    parts: dict[str, Mapping[str, str]] = {name: piece.entry for name, piece in made.items() if piece.entry is not None}

    def written(make: Callable[[], dict[str, bytes]]) -> list[str]:
        found = make()
        target.write(found)
        return list(found)

    return set(itertools.chain.from_iterable(parallel.each(written, aggregates.makers(site.project, site.site_url, parts, target.folder))))


def write_headers(made: Mapping[str, Piece], built: Path, own: Iterable[str]) -> None:
    """Write the headers of a site: for the pages of these units, and for the pages `own` in the folder `built`."""
    hashes = set(itertools.chain.from_iterable(piece.scripts for piece in made.values()))
    hashes |= {digest for name in own for digest in headers.script_hashes((built / name).read_text(encoding="utf-8"))}
    headers.write_headers(built, hashes)


def broken_links(made: Mapping[str, Piece], built: Path) -> list[str]:
    """Return a sentence for each link of these units that leads nowhere in the site that is `built`."""
    there = {address: ids.splitlines() for piece in made.values() for address, ids in piece.ids.items()}
    found = ((page, target) for piece in made.values() for page, targets in piece.links.items() for target in targets.splitlines())
    return list(links.broken(found, there, built))


def tidy(site: Site, made: Sequence[Piece], cache: Cache) -> None:
    """Remove copies of pages that are no more, and from the cache what this site did not use."""
    files.prune(site.project.root / DOCS, {name for piece in made for name in piece.copies})
    reading.prune(site.project.root, cache)
    cache.prune_old(PROGRAMS, UNUSED)
    # What changed while the site was built may stand in a unit under a key that says otherwise.
    cache.prune(UNITS, set(site.keys.values()) if is_current(site) else ())
