"""Notes what a piece of work asks of the catalogue, so that a later run can tell whether the answers are still the same.

Nobody has to say what a page depends on: whatever it looks at is noted, of another entry each field by
itself. Must not know what the work is.
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any, TypeVar, cast

from generator.content.catalogue import Catalogue, Located
from generator.content.project import Project
from generator.content.snippets import SnippetSet
from generator.schemas.entry import Entry, Pending

Value = TypeVar("Value")

#: Question and answer; a trace holds each question once.
Trace = dict[str, str]
#: Digest of an entry, and of its fields by name.
Known = tuple[str, dict[str, str]]


class Answers:
    """Answers the questions of a trace for a project as it is now."""

    def __init__(self, project: Project, before: Answers | None = None) -> None:
        """Read the answers of `project`; what it has in common with that of the answers `before` is not computed again."""
        self._catalogue = project.catalogue
        self._of = {slug: (located, project.snippets[slug]) for slug, located in project.catalogue.by_slug.items()}
        same = {slug for slug, (located, _) in self._of.items() if before and slug in before._of and before._of[slug][0] is located}
        known = before._digests if before else {}
        self._digests: dict[str, str] = {
            slug: known[slug] if before and slug in same and before._of[slug][1] is code else _digest(located.document.digest, _code(code))
            for slug, (located, code) in self._of.items()
        }
        self._fields: dict[tuple[str, str], str] = (
            {key: digest for key, digest in before._fields.items() if key[0] in same} if before else {}
        )
        self._every: dict[str, str] = {}
        self._all = _digest(list(self._digests.items()))
        self.families = _digest([(entry.slug, entry.family) for entry in project.catalogue.entries])
        """Changes when an entry comes, goes or moves to another family."""

    def known(self) -> dict[str, Known]:
        """Return what was computed of the fields of each entry, for `remember` of a later run."""
        found: dict[str, Known] = {slug: (digest, {}) for slug, digest in self._digests.items()}
        for (slug, name), digest in self._fields.items():
            found[slug][1][name] = digest
        return found

    def remember(self, known: Mapping[str, Known]) -> None:
        """Take over what the same program said was `known` of the fields of entries that are still the same: that takes long to compute."""
        for slug, (digest, fields) in known.items():
            if self._digests.get(slug) == digest:
                self._fields |= {(slug, name): field for name, field in fields.items()}

    def changed(self, before: Answers) -> set[str] | None:
        """Return the questions whose answers were others `before`; None when entries came, went or moved, so that any may be."""
        if self.families != before.families:
            return None
        changed: set[str] = set()
        for slug, digest in self._digests.items():
            if digest != before._digests[slug]:
                changed |= {"all", f"entry:{slug}"}
                (located, code), (old, old_code) = self._of[slug], before._of[slug]
                if _code(code) != _code(old_code):
                    changed.add(f"code:{slug}")
                for name in _different(located.entry, old.entry):
                    changed |= {f"field:{slug}.{name}", f"every:{name}", f"pending:{slug}"}
        return changed

    def of(self, question: str) -> str:
        """Return the answer to one question; an empty text when there is none any more."""
        kind, _, name = question.partition(":")
        if kind == "all":
            return self._all
        if kind == "names":
            return _digest(list(self._of))
        if kind == "every":
            return self._of_every(name)
        if kind == "members":
            return " ".join(entry.slug for entry in self._catalogue.members(name))
        slug, _, field = name.partition(".")
        if slug not in self._of:
            return ""
        if kind == "entry":
            return self._digests[slug]
        if kind == "field":
            return self._of_field(slug, field)
        if kind == "code":
            return _code(self._of[slug][1])
        if kind == "there":
            return "yes"
        return " ".join(item.slug for item in self._catalogue.pending(self._of[slug][0].entry))

    def hold(self, trace: Trace) -> bool:
        """Tell whether every answer of the trace is still the same."""
        return all(self.of(question) == answer for question, answer in trace.items())

    def _of_field(self, slug: str, name: str) -> str:
        if (slug, name) not in self._fields:
            self._fields[slug, name] = _digest(repr(getattr(self._of[slug][0].entry, name, None)))
        return self._fields[slug, name]

    def _of_every(self, name: str) -> str:
        if name not in self._every:
            self._every[name] = _digest([self._of_field(slug, name) for slug in self._of])
        return self._every[name]


class Watched:
    """A project that notes what is asked of its catalogue."""

    def __init__(self, project: Project, answers: Answers | None = None) -> None:
        """Watch `project`; `answers` are those of it, when they are at hand."""
        self._answers = answers or Answers(project)
        self._asked: set[str] = set()
        self._seen = _Catalogue(project.catalogue, self._asked)
        snippets = cast(dict[str, Any], _Mapping(project.snippets, self._asked, "code", lambda slug: project.snippets[slug]))
        self.project = dataclasses.replace(project, catalogue=cast(Catalogue, self._seen), snippets=snippets)

    def start(self, entry: Entry | None) -> None:
        """Begin a new piece of work, about one entry or none: its own is one question as a whole."""
        self._asked.clear()
        if entry:
            self._asked.add(f"entry:{entry.slug}")
        self._seen.own = entry.slug if entry else None

    def trace(self) -> Trace:
        """Return what was asked since `start`, with the answers."""
        return {question: self._answers.of(question) for question in sorted(self._asked)}


class _Mapping(Mapping[str, Value]):
    """What is found by slug: each slug is one question, and which there are is one."""

    def __init__(self, real: Mapping[str, Any], asked: set[str], question: str, get: Callable[[str], Value]) -> None:
        self._real, self._asked, self._question, self._get = real, asked, question, get

    def __getitem__(self, slug: str) -> Value:
        self._asked.add(f"{self._question}:{slug}")  # a slug that is not there is a question too
        return self._get(slug)

    def __contains__(self, slug: object) -> bool:
        self._asked.add(f"there:{slug}")
        return slug in self._real

    def __iter__(self) -> Iterator[str]:
        self._asked.add("names")
        return iter(self._real)

    def __len__(self) -> int:
        self._asked.add("names")
        return len(self._real)


class _Catalogue:
    """Stands in for a `Catalogue`. What is not known here counts as a look at everything."""

    def __init__(self, real: Catalogue, asked: set[str]) -> None:
        self._real, self._asked = real, asked
        self.own: str | None = None
        """Slug of the entry that the work is about. It is handed out as it is."""
        self._by_slug = _Mapping(real.by_slug, asked, "there", self._located)
        self._one: dict[str, Any] = {}
        self._every: list[Any] = []

    def __getattr__(self, name: str) -> Any:
        self._asked.add("all")
        return getattr(self._real, name)

    @property
    def by_slug(self) -> Mapping[str, Located]:
        return self._by_slug

    @property
    def entries(self) -> list[Entry]:
        self._asked.add("names")
        if not self._every:
            self._every = [_Seen(entry, self._asked, "every:", "all") for entry in self._real.entries]
        return list(self._every)

    def members(self, family: str) -> list[Entry]:
        self._asked.add(f"members:{family}")
        return [self._seen(entry) for entry in self._real.members(family)]

    def pending(self, entry: Entry) -> list[Pending]:
        self._asked.update((f"pending:{entry.slug}", f"field:{entry.slug}.pending"))
        return self._real.pending(self._real.by_slug[entry.slug].entry)

    def _located(self, slug: str) -> Located:
        located = self._real.by_slug[slug]
        return located if slug == self.own else cast(Located, _SeenLocated(located, self._seen(located.entry), self._asked))

    def _seen(self, entry: Entry) -> Entry:
        if entry.slug == self.own:
            return entry
        if entry.slug not in self._one:
            self._one[entry.slug] = _Seen(entry, self._asked, f"field:{entry.slug}.", f"entry:{entry.slug}")
        return cast(Entry, self._one[entry.slug])


class _Seen:
    """Stands in for an entry that the work is not about: each field is a question, what is no field one for all of the entry."""

    __slots__ = ("_asked", "_entry", "_field", "_whole")

    def __init__(self, entry: Entry, asked: set[str], field: str, whole: str) -> None:
        self._entry, self._asked, self._field, self._whole = entry, asked, field, whole

    def __getattr__(self, name: str) -> Any:
        if name in Entry.model_fields:
            self._asked.add(f"{self._field}{name}")
        elif isinstance(computed := getattr(Entry, name, None), property) and computed.fget:
            return computed.fget(self)  # so that it asks too
        else:
            self._asked.add(self._whole)
        return getattr(self._entry, name)

    # No two entries of a catalogue have one slug.
    def __eq__(self, other: object) -> bool:
        return isinstance(other, Entry | _Seen) and self._entry.slug == other.slug

    def __hash__(self) -> int:
        return hash(self._entry.slug)


class _SeenLocated:
    """Stands in for an entry with its file."""

    def __init__(self, real: Located, entry: Entry, asked: set[str]) -> None:
        self._real, self.entry, self._asked = real, entry, asked

    def __getattr__(self, name: str) -> Any:
        self._asked.add(f"entry:{self._real.entry.slug}")
        return getattr(self._real, name)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Located | _SeenLocated) and self.entry == other.entry

    def __hash__(self) -> int:
        return hash(self.entry.slug)


def _different(entry: Entry, other: Entry) -> set[str]:
    """Return the names of the fields in which two entries differ."""
    return {name for name in Entry.model_fields if repr(getattr(entry, name)) != repr(getattr(other, name))}


def _code(code: SnippetSet) -> str:
    return _digest(sorted((item.path, item.digest) for item in code.files.values()))


def _digest(*parts: object) -> str:
    return hashlib.sha256(json.dumps(parts, ensure_ascii=False).encode()).hexdigest()[:32]
