"""Remembers what the rules found in entries and pages that did not change, for a server that an author looks at."""

from __future__ import annotations

import dataclasses
from typing import Any

from generator import lint
from generator.catalogue import Located
from generator.handbook import LocatedPage
from generator.problems import Problem, in_order
from generator.project import Project


@dataclasses.dataclass(frozen=True)
class _Found:
    looked_at: tuple[Any, ...]
    problems: list[Problem]


class Memory:
    """What was found at the last look, by file.

    A rule that looks at one entry by itself asks of the others whether they are there, and of which
    family: see `Rule.alone`. What was loaded from files that did not change is the same object as before.
    """

    def __init__(self) -> None:
        self._found: dict[str, _Found] = {}
        self._names: list[tuple[str, str | None]] = []

    def run(self, project: Project) -> list[Problem]:
        """Return what `lint.run` finds, looking only at what changed; while a file cannot be read, only what is wrong with such files."""
        if project.problems:
            return in_order(project.problems)
        names = [(located.entry.slug, located.entry.family) for located in project.catalogue.located]
        if names != self._names:
            self._found.clear()
        self._names = names
        found = lint.together(project)
        each: list[Located | LocatedPage] = [*project.catalogue.located, *project.handbook.located]
        for one in each:
            found += self._of_one(project, one)
        return in_order(found)

    def _of_one(self, project: Project, one: Located | LocatedPage) -> list[Problem]:
        code = project.snippets.get(one.entry.slug) if isinstance(one, Located) else None
        looked_at = (one, code, project.facts, project.handbook)
        known = self._found.get(one.document.path)
        if known and all(now is then for now, then in zip(looked_at, known.looked_at, strict=True)):
            return known.problems
        problems = lint.of_one(project, one)
        self._found[one.document.path] = _Found(looked_at, problems)
        return problems
