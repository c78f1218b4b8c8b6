"""Everything that a build reads, loaded once.

Must not judge or write.
"""

from __future__ import annotations

import dataclasses
import functools
import gc
from collections.abc import Mapping
from pathlib import Path

from generator.content import catalogue, facts, handbook, reading, snippets, strings, synonyms
from generator.content.catalogue import Catalogue
from generator.content.facts import Facts
from generator.content.handbook import Handbook
from generator.content.problems import Problem
from generator.content.snippets import SnippetSet
from generator.content.strings import Strings
from generator.content.synonyms import Synonyms
from generator.schemas.entry import Entry, Identity, Pending, Retry, Text
from generator.system.cache import Cache, project_cache


@dataclasses.dataclass(frozen=True)
class Card:
    """What a page sees of another entry. A change of anything else of it changes no other guide."""

    slug: str
    family: str | None
    title: Text
    main: Identity
    retry: Retry
    message: str
    """Its newest wording, filled in where the values are known; empty where none is known."""
    page: str | None = None
    """Slug of the page on which it stands, for an error without a guide of its own."""

    @property
    def address(self) -> str:
        """Where it stands, below the folder of the guides."""
        return f"{self.page}/#{self.slug}" if self.page else f"{self.slug}/"


@dataclasses.dataclass(frozen=True)
class Shared:
    """What every page may show: all of a project but the entries, of which there are cards only."""

    root: Path
    facts: Facts
    strings: dict[str, Strings]
    synonyms: Synonyms
    handbook: Handbook
    """Pages that are no guides."""
    cards: Mapping[str, Card]
    """By slug, in the order of their files."""
    shorts: Mapping[str, Card]
    """Errors without a guide of their own, by slug."""

    def members(self, family: str) -> list[Card]:
        """Return the entries whose umbrella page is `family`."""
        return [card for card in self.cards.values() if card.family == family]

    def pending(self, entry: Entry) -> list[Pending]:
        """Return the errors of the family `entry` that have no guide of their own."""
        return [item for item in entry.pending if item.slug not in self.cards]


@dataclasses.dataclass(frozen=True)
class Project(Shared):
    """The inputs of a build. `problems` holds what could not be read; `check.run` finds the rest."""

    catalogue: Catalogue
    snippets: dict[str, SnippetSet]
    """Programs of the guides, by slug."""
    page_snippets: dict[str, SnippetSet]
    """Programs of other pages, by the name of their folder."""
    problems: tuple[Problem, ...]

    @property
    def programs(self) -> dict[str, SnippetSet]:
        """All programs that pages show, by the name of their folder."""
        return {**self.snippets, **self.page_snippets}

    @functools.cached_property
    def shared(self) -> Shared:
        """The project without what a guide must not look at."""
        return Shared(self.root, self.facts, self.strings, self.synonyms, self.handbook, self.cards, self.shorts)


def load(root: Path, cache: Cache | None = None) -> Project:
    """Return the project in the folder `root`; nothing in it makes this raise. `cache` is that of the project, if not given."""
    collects = gc.isenabled()
    gc.disable()  # nothing of what is loaded can be garbage, and looking through it for some takes a third of the time
    try:
        return _load(root, cache or project_cache(root))
    finally:
        if collects:
            gc.enable()


def _load(root: Path, cache: Cache) -> Project:
    read = reading.reader(cache)
    entries = catalogue.load(root, read)
    known = facts.load(root, read)
    words, wrong_words = strings.load(root, read)
    same, wrong_synonyms = synonyms.load(root, read)
    # The programs of a file that cannot be read have problems of their own.
    slugs = dict.fromkeys([*entries.by_slug, *(one.entry.slug for one in entries.mended), *sorted(entries.unreadable)])
    code = {slug: snippets.load(root, slug) for slug in slugs}
    pages = handbook.load(root, read)
    page_code = {name: snippets.load(root, name) for name in (snippets.API_FOLDER, *pages.programs)}
    problems = [
        *entries.problems,
        *known.problems,
        *pages.problems,
        *wrong_words,
        *wrong_synonyms,
        *(problem for found in (*code.values(), *page_code.values()) for problem in found.problems),
    ]
    cards = {entry.slug: card(entry) for entry in entries.entries}
    shorts = {item.slug: short_card(entry, item) for entry in entries.entries for item in entry.pending if item.slug not in cards}
    return Project(root, known, words, same, pages, cards, shorts, entries, code, page_code, tuple(problems))


def card(entry: Entry) -> Card:
    """Return what other pages see of an entry."""
    message = ""
    if entry.messages:
        message = entry.messages[0].template
        for name, value in entry.messages[0].fill.items():
            message = message.replace(f"<{name}>", value)
    return Card(entry.slug, entry.family, entry.title, entry.main, entry.verdict.retry, message)


def short_card(entry: Entry, item: Pending) -> Card:
    """Return what lists show of an error that stands on the page of `entry`."""
    main = Identity(status=item.status, type=item.type)
    return Card(item.slug, entry.slug, item.title, main, item.retry, item.messages[0] if item.messages else "", entry.slug)
