"""Remembers what the rules found in entries and pages that did not change, for a server that an author looks at."""

from __future__ import annotations

import dataclasses
from typing import Any

from generator import check
from generator.content.catalogue import Located
from generator.content.handbook import LocatedPage
from generator.content.problems import Problem, in_order
from generator.content.project import Project

One = Located | LocatedPage


@dataclasses.dataclass(frozen=True)
class _Found:
    own: tuple[Any, ...]
    """What is looked at: the entry or page, and its programs."""
    around: tuple[Any, ...]
    """What it is held against: facts, other pages, names of all entries."""
    problems: list[Problem]


class Memory:
    """What was found at the last look, by file.

    A rule that looks at one entry by itself asks of the others whether they are there, and of which
    family: see `Rule.alone`. What was loaded from files that did not change is the same object as before.
    """

    def __init__(self, good: Project | None = None) -> None:
        """Remember nothing yet, or that nothing is wrong with a project that was built."""
        self._found: dict[str, _Found] = {}
        self._names: tuple[Any, ...] = ()
        if good is not None:
            around = self._around(good)
            self._found = {one.document.path: _Found(_own(good, one), around, []) for one in _each(good)}

    def run(self, project: Project) -> list[Problem]:
        """Return what the rules find in what changed itself, and what they found in the rest.

        What did not change, but what it is held against did, and in which nothing was wrong, is left to `late`. While a
        file cannot be read, only what is wrong with such files is found.
        """
        if project.problems:
            return in_order(project.problems)
        around = self._around(project)
        found = check.together(project)
        for one in _each(project):
            known = self._found.get(one.document.path)
            if known is None or known.problems or not _same(known.own, _own(project, one)):
                found += self._look(project, one, around)
        return in_order(found)

    def due(self, project: Project) -> list[One]:
        """Return what `late` has to look at, for a project that `run` found nothing in."""
        around = self._around(project)
        return [one for one in _each(project) if not self._is_known(project, one, around)]

    def late(self, project: Project, one: One) -> list[Problem]:
        """Return what is wrong with one entry or page; looks at it only when something changed that it is held against."""
        around = self._around(project)
        return self._found[one.document.path].problems if self._is_known(project, one, around) else self._look(project, one, around)

    def _is_known(self, project: Project, one: One, around: tuple[Any, ...]) -> bool:
        known = self._found.get(one.document.path)
        return known is not None and _same(known.own, _own(project, one)) and _same(known.around, around)

    def _look(self, project: Project, one: One, around: tuple[Any, ...]) -> list[Problem]:
        problems = check.of_one(project, one)
        self._found[one.document.path] = _Found(_own(project, one), around, problems)
        return problems

    def _around(self, project: Project) -> tuple[Any, ...]:
        if not self._names or self._names[0] is not project.catalogue:
            names = tuple((located.entry.slug, located.entry.family) for located in project.catalogue.located)
            # The very object of before, when they say the same.
            self._names = (project.catalogue, self._names[1] if self._names and self._names[1] == names else names)
        return (project.facts, project.handbook, self._names[1])


def _each(project: Project) -> list[One]:
    return [*project.catalogue.located, *project.handbook.located]


def _own(project: Project, one: One) -> tuple[Any, ...]:
    return (one, project.snippets.get(one.entry.slug) if isinstance(one, Located) else None)


def _same(now: tuple[Any, ...], then: tuple[Any, ...]) -> bool:
    return all(a is b for a, b in zip(now, then, strict=True))
