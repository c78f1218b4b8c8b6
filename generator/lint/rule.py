"""What a lint rule is, and the walks that most of them share."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Iterator

from generator.catalogue import Located
from generator.handbook import LocatedPage
from generator.problems import Problem
from generator.project import Project
from generator.schema import LANGUAGES, Text
from generator.source import Location


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


def each_text(project: Project) -> Iterator[tuple[Located | LocatedPage, Location, Text]]:
    """Yield every bilingual text of every entry and every other page."""
    everything: list[Located | LocatedPage] = [*project.catalogue.located, *project.handbook.located]
    for located in everything:
        for location, text in located.texts():
            yield located, location, text


def each_side(project: Project) -> Iterator[tuple[Located | LocatedPage, Location, str, str]]:
    """Yield every text once a language, as (entry or page, location with language, language, text)."""
    for located, location, text in each_text(project):
        for language in LANGUAGES:
            yield located, (*location, language), language, getattr(text, language)
