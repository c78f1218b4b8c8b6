"""Reads a project again of which somebody tells what changed: only that, so that it takes no longer in a large project.

Must not judge, and must not find out by itself what changed.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable
from pathlib import Path

from generator.content import catalogue, facts, handbook, snippets, strings, synonyms
from generator.content.catalogue import Catalogue, Located
from generator.content.facts import Facts
from generator.content.project import Project

#: Folders with what any page may show.
SHARED = ("facts", "pages", "templates")
#: Files beside the programs that any page may show something of.
SHARED_FILES = ("snippets/package-lock.json", "snippets/report.json")


def shared(root: Path, paths: Iterable[Path]) -> bool:
    """Tell whether one of `paths` holds what more than one entry may show."""
    return any(_is_shared(path.relative_to(root)) for path in paths)


def again(known: Project, paths: Iterable[Path]) -> Project | None:
    """Return the project as it is when nothing but the files at `paths` changed since it was `known`.

    None when they are not what that can be told of: a file that came or went, one outside the project, an
    entry that cannot be read, programs of no entry. Then all of it has to be read.
    """
    entries: set[str] = set()
    folders: set[str] = set()
    beside: set[str] = set()
    for path in paths:
        if not path.is_relative_to(known.root):
            return None
        below = path.relative_to(known.root)
        if _is_shared(below):
            beside.add(below.as_posix())
        elif below.parts[0] == "errors" and path.is_file():
            entries.add(below.as_posix())
        elif below.parts[0] == "snippets" and len(below.parts) == 3 and below.parts[1] in known.snippets:
            folders.add(below.parts[1])
        else:
            return None
    read = _entries(known, entries)
    if read is None:
        return None
    changed = {folder: snippets.load(known.root, folder) for folder in folders}
    if any(code.problems for code in changed.values()):
        return None
    project = dataclasses.replace(known, catalogue=read, snippets={**known.snippets, **changed})
    return _with_shared(project, beside) if beside else project


def _is_shared(below: Path) -> bool:
    first, *rest = below.parts
    return first in SHARED or below.as_posix() in SHARED_FILES or (first == "snippets" and bool(rest) and rest[0].startswith("_"))


def _entries(known: Project, paths: set[str]) -> Catalogue | None:
    if not paths:
        return known.catalogue
    read: dict[str, Located] = {}
    for located in known.catalogue.located:
        if located.document.path in paths:
            one, _ = catalogue.again(known.root / located.document.path)
            if one is None or one.entry.slug != located.entry.slug:
                return None
            read[located.document.path] = one
    if read.keys() != paths:
        return None
    return Catalogue(tuple(read.get(located.document.path, located) for located in known.catalogue.located))


def _with_shared(project: Project, paths: set[str]) -> Project | None:
    known = _facts(project, {path for path in paths if path.startswith("facts/")})
    words, wrong_words = strings.load(project.root)
    same, wrong_synonyms = synonyms.load(project.root)
    pages = handbook.load(project.root)
    code = {name: snippets.load(project.root, name) for name in (snippets.API_FOLDER, *pages.programs)}
    if known.problems or wrong_words or wrong_synonyms or pages.problems or any(one.problems for one in code.values()):
        return None
    return dataclasses.replace(project, facts=known, strings=words, synonyms=same, handbook=pages, page_snippets=code)


def _facts(project: Project, paths: set[str]) -> Facts:
    """Return the facts, of which the files at `paths` changed; when nothing did, the very object of before."""
    if not paths:
        return project.facts
    found = facts.again(project.facts, project.root, Path(*paths).stem) if len(paths) == 1 else None
    return found or facts.load(project.root)
