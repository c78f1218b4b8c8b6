"""Defines what a rule is, and the walks over texts that most rules share."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable
from typing import Any, Literal

from generator.content.catalogue import Located
from generator.content.document import Document, Location
from generator.content.handbook import LocatedPage
from generator.content.problems import Problem
from generator.content.project import Project
from generator.schemas.entry import LANGUAGES, Text

Scope = Literal["project", "entry", "each"]


@dataclasses.dataclass(frozen=True)
class Breach:
    """A problem whose place is not looked up yet: most of those that are known are never shown, and to find places takes long."""

    document: Document
    location: Location
    message: str
    hint: str

    def problem(self, more: str = "") -> Problem:
        """Return it with its place; `more` is put after the hint."""
        return self.document.problem(self.location, self.message, self.hint + more)


ProjectCheck = Callable[[Project], Iterable[Problem | Breach]]
EntryCheck = Callable[[Located, Project], Iterable[Problem | Breach]]
EachCheck = Callable[[Located | LocatedPage, Project], Iterable[Problem | Breach]]


@dataclasses.dataclass(frozen=True)
class Rule:
    """A check: what it is called, what it demands, and how to find what breaks it."""

    name: str
    description: str
    check: Callable[..., Iterable[Problem | Breach]]
    scope: Scope = "project"
    """Whether it looks at the project as a whole, at one entry, or at one entry or other page. In the last two cases it asks
    of the others only whether they are there, and their families: so what it found stays true until the entry, its
    programs, the facts or one of those names change."""
    excusable: bool = False
    """Whether known breaches may stand in `lint-exceptions.yml` until they are mended; then it yields `Breach`, else `Problem`."""
    reads: frozenset[str] = frozenset()
    """Fields that it compares with others: it is not asked about an entry in which one of them could not be read."""


def rule(description: str, *, excusable: bool = False) -> Callable[[ProjectCheck], Rule]:
    """Make a rule of a function that compares entries or pages with one another, or looks at other files."""
    return _made("project", description, excusable)


def entry_rule(description: str, *reads: str, excusable: bool = False) -> Callable[[EntryCheck], Rule]:
    """Make a rule of a function that looks at one entry; the function's name is the rule's. See `Rule.reads`."""
    return _made("entry", description, excusable, reads)


def each_rule(description: str, *, excusable: bool = False) -> Callable[[EachCheck], Rule]:
    """Make a rule of a function that looks at one entry or other page."""
    return _made("each", description, excusable)


def _made(scope: Scope, description: str, excusable: bool, reads: Iterable[str] = ()) -> Callable[[Callable[..., Any]], Rule]:
    return lambda check: Rule(check.__name__, description, check, scope, excusable, frozenset(reads))


#: What the rules look at now: an entry or page, its texts, and both sides of each. One place, since an entry's texts
#: with their locations are larger than the entry, and of thousands only one is looked at at a time.
_Walk = tuple[Located | LocatedPage, tuple[tuple[Location, Text], ...], tuple[tuple[Location, str, str], ...]]
_last: list[_Walk] = []


def _walk(located: Located | LocatedPage) -> _Walk:
    known = _last[0] if _last else None
    if known is None or known[0] is not located:
        texts = tuple(located.texts())
        sides = tuple(((*location, language), language, getattr(text, language)) for location, text in texts for language in LANGUAGES)
        known = (located, texts, sides)
        _last[:] = [known]
    return known


def texts_of(located: Located | LocatedPage) -> tuple[tuple[Location, Text], ...]:
    """Return every bilingual text of one entry or page with its location."""
    return _walk(located)[1]


def sides_of(located: Located | LocatedPage) -> tuple[tuple[Location, str, str], ...]:
    """Return every text of one entry or page once a language, as (location with language, language, text)."""
    return _walk(located)[2]
