"""Notes what a piece of work asks of the catalogue, so that a later run can tell whether the answers are still the same.

Nobody has to say what a page depends on: whatever it looks at is noted. What looks at all entries
depends on all of them. Must not know what the work is.
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
from collections.abc import Iterator, Mapping
from typing import Any, TypeVar, cast

from generator.catalogue import Catalogue, Located
from generator.project import Project
from generator.schema import Entry, Pending

Value = TypeVar("Value")

#: Question and answer; a trace holds each question once.
Trace = dict[str, str]


class Answers:
    """Answers the questions of a trace for a project as it is now."""

    def __init__(self, project: Project, before: Answers | None = None) -> None:
        """Read the answers of `project`; what it has in common with that of the answers `before` is not computed again."""
        self._catalogue = project.catalogue
        self._of = {slug: (located, project.snippets[slug]) for slug, located in project.catalogue.by_slug.items()}
        known: dict[str, str] = before._digests if before else {}
        looked = before._of if before else {}
        self._digests: dict[str, str] = {
            slug: known[slug]
            if slug in known and looked[slug][0] is located and looked[slug][1] is code
            else _digest(located.document.digest, *sorted((item.path, item.digest) for item in code.files.values()))
            for slug, (located, code) in self._of.items()
        }
        self._all = _digest(list(self._digests.items()))
        self.families = _digest([(entry.slug, entry.family) for entry in project.catalogue.entries])
        """Changes when an entry comes, goes or moves to another family."""

    def changed(self, before: Answers) -> set[str] | None:
        """Return the questions whose answers were others `before`; None when entries came, went or moved, so that any may be."""
        if self.families != before.families:
            return None
        changed = {f"entry:{slug}" for slug, digest in self._digests.items() if digest != before._digests[slug]}
        return {*changed, "all"} if changed else changed

    def of(self, question: str) -> str:
        """Return the answer to one question; an empty text when there is none any more."""
        kind, _, name = question.partition(":")
        if kind == "all":
            return self._all
        if kind == "entry":
            return self._digests.get(name, "")
        if kind == "members":
            return " ".join(entry.slug for entry in self._catalogue.members(name))
        located = self._catalogue.by_slug.get(name)
        return " ".join(item.slug for item in self._catalogue.pending(located.entry)) if located else ""

    def hold(self, trace: Trace) -> bool:
        """Tell whether every answer of the trace is still the same."""
        return all(self.of(question) == answer for question, answer in trace.items())


class Watched:
    """A project that notes what is asked of its catalogue."""

    def __init__(self, project: Project, answers: Answers | None = None) -> None:
        """Watch `project`; `answers` are those of it, when they are at hand."""
        self._answers = answers or Answers(project)
        self._asked: set[str] = set()
        catalogue = cast(Catalogue, _Catalogue(project.catalogue, self._asked))
        snippets = cast(dict[str, Any], _Mapping(project.snippets, self._asked))
        self.project = dataclasses.replace(project, catalogue=catalogue, snippets=snippets)

    def start(self, entry: Entry | None) -> None:
        """Begin a new piece of work, about one entry or none."""
        self._asked.clear()
        if entry:
            self._asked.add(f"entry:{entry.slug}")

    def trace(self) -> Trace:
        """Return what was asked since `start`, with the answers."""
        return {question: self._answers.of(question) for question in sorted(self._asked)}


class _Mapping(Mapping[str, Value]):
    """What is found by slug: one slug is one question, anything else asks for all."""

    def __init__(self, real: Mapping[str, Value], asked: set[str]) -> None:
        self._real, self._asked = real, asked

    def __getitem__(self, slug: str) -> Value:
        self._asked.add(f"entry:{slug}")  # a slug that is not there is a question too
        return self._real[slug]

    def __contains__(self, slug: object) -> bool:
        self._asked.add(f"entry:{slug}")
        return slug in self._real

    def __iter__(self) -> Iterator[str]:
        self._asked.add("all")
        return iter(self._real)

    def __len__(self) -> int:
        self._asked.add("all")
        return len(self._real)


class _Catalogue:
    """Stands in for a `Catalogue`. What is not known here counts as a look at everything."""

    def __init__(self, real: Catalogue, asked: set[str]) -> None:
        self._real, self._asked = real, asked
        self._by_slug = _Mapping(real.by_slug, asked)

    def __getattr__(self, name: str) -> Any:
        self._asked.add("all")
        return getattr(self._real, name)

    @property
    def by_slug(self) -> Mapping[str, Located]:
        return self._by_slug

    def members(self, family: str) -> list[Entry]:
        found = self._real.members(family)
        self._asked.add(f"members:{family}")
        self._asked.update(f"entry:{entry.slug}" for entry in found)
        return found

    def pending(self, entry: Entry) -> list[Pending]:
        self._asked.update((f"pending:{entry.slug}", f"entry:{entry.slug}"))
        return self._real.pending(entry)


def _digest(*parts: object) -> str:
    return hashlib.sha256(json.dumps(parts, ensure_ascii=False).encode()).hexdigest()[:32]
