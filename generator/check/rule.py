"""Defines what a rule is, and the walks over texts that most rules share."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Iterator

from generator.content.catalogue import Located
from generator.content.document import Location
from generator.content.handbook import LocatedPage
from generator.content.problems import Problem
from generator.content.project import Project
from generator.schemas.entry import LANGUAGES, Text


@dataclasses.dataclass(frozen=True)
class Rule:
    """A check over the project: what it is called, what it demands, and how to find who breaks it."""

    name: str
    description: str
    check: Callable[[Project], Iterable[Problem]]
    alone: bool = False
    """Looks at every entry and page by itself. Of the others it asks only whether they are there, and their families:
    so what it found stays true until the entry, its programs, the facts or one of those names change."""


def rule(description: str, *, alone: bool = False) -> Callable[[Callable[[Project], Iterable[Problem]]], Rule]:
    """Make a rule of a function; the function's name is the rule's."""

    def make(check: Callable[[Project], Iterable[Problem]]) -> Rule:
        return Rule(check.__name__, description, check, alone)

    return make


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


def each_text(project: Project) -> Iterator[tuple[Located | LocatedPage, Location, Text]]:
    """Yield every bilingual text of every entry and every other page."""
    for located in _everything(project):
        for location, text in texts_of(located):
            yield located, location, text


def each_side(project: Project) -> Iterator[tuple[Located | LocatedPage, Location, str, str]]:
    """Yield every text once a language, as (entry or page, location with language, language, text)."""
    for located in _everything(project):
        for location, language, text in sides_of(located):
            yield located, location, language, text


def _everything(project: Project) -> Iterator[Located | LocatedPage]:
    yield from project.catalogue.located
    yield from project.handbook.located
