"""The list of all guides on the home page: its groups, what the page itself shows of it, and the file with the rest.

A page that held every guide would grow with their number. So the page shows at most SHOWN of
them, from every group some; the rest, and what the filter looks through, stands in a file that
`templates/assets/list.js` fetches when a reader wants it. Must not write, nor know about templates.
"""

from __future__ import annotations

import dataclasses
import functools
import json
from collections.abc import Iterable, Sequence
from typing import Any

from generator.content.project import Project, Shared
from generator.schemas.entry import LANGUAGES, Entry
from generator.text.writer import VERDICT_STYLES, Writer

#: So many rows keep the first load of the page light; with fewer guides than this all stand in it.
SHOWN = 60


@dataclasses.dataclass(frozen=True)
class Group:
    """The guides of one HTTP status."""

    status: int | None
    types: tuple[str, ...]
    """Types of the errors, each once."""
    entries: tuple[Entry, ...]
    """An umbrella page stands before its members."""

    @property
    def name(self) -> str:
        """The status as the page's ids have it; `none` for errors without one."""
        return str(self.status or "none")

    @functools.cached_property
    def _slugs(self) -> frozenset[str]:
        return frozenset(entry.slug for entry in self.entries)

    def is_member(self, entry: Entry) -> bool:
        """Tell whether the umbrella page of `entry` is in the group too."""
        return entry.family in self._slugs


@dataclasses.dataclass(frozen=True)
class Cut:
    """A group as the page shows it."""

    group: Group
    shown: tuple[Entry, ...]

    @property
    def more(self) -> int:
        """How many guides of the group the page does not show."""
        return len(self.group.entries) - len(self.shown)


def groups(entries: Iterable[Entry]) -> list[Group]:
    """Return the entries grouped by status, statuses in order and errors without one last."""
    by_status: dict[int | None, list[Entry]] = {}
    for entry in entries:
        by_status.setdefault(entry.main.status, []).append(entry)
    ordered = sorted(by_status.items(), key=lambda item: (item[0] is None, item[0] or 0))
    return [
        Group(
            status,
            tuple(dict.fromkeys(entry.main.type for entry in members if entry.main.type)),
            tuple(sorted(members, key=lambda entry: (entry.family or entry.slug, entry.family is not None, entry.slug))),
        )
        for status, members in ordered
    ]


def cut(found: Sequence[Group], most: int = SHOWN) -> list[Cut]:
    """Return the groups with the guides that the page shows: about `most` together."""
    return [
        Cut(group, group.entries[:share]) for group, share in zip(found, shares([len(group.entries) for group in found], most), strict=True)
    ]


def shares(counts: Sequence[int], most: int) -> list[int]:
    """Return how many of each group are shown when at most `most` are: small groups whole, large ones alike, but none of none.

    `list.js` shares in the same way.
    """
    given, left, waiting = [0] * len(counts), most, sorted(range(len(counts)), key=lambda index: counts[index])
    while waiting:
        index = waiting.pop(0)
        given[index] = min(counts[index], max(1, left // (len(waiting) + 1)))
        left = max(0, left - given[index])
    return given


def of_entry(project: Shared, entry: Entry) -> dict[str, list[Any]]:
    """Return the record of one guide in each language, as `files` writes it; the mark of a member is not in it yet."""
    verdict = entry.verdict
    statuses = _once(identity.status for identity in entry.identities)
    types = _once(identity.type for identity in entry.identities)
    found = {}
    for language in LANGUAGES:
        writer = Writer(project, language)
        title = writer.plain(entry.title)
        words = more_words(" ".join((entry.slug, title, statuses, types)), writer.search_text(entry))
        found[language] = [entry.slug, title, VERDICT_STYLES[verdict.retry], verdict.fault, verdict.billed, statuses, types, words]
    return found


def files(project: Project, records: Iterable[dict[str, list[Any]]] | None = None) -> dict[str, bytes]:
    """Return what the page of each language fetches, as JSON by path; `records` are those of `of_entry`, when they are at hand.

    `shown` says how many guides are shown at once, `fault` and `billed` hold the words of the columns. A guide is a list:
    slug, title, style of the verdict, fault, billed, statuses, types, what the filter looks through besides these, and
    1 when its umbrella page stands above it.
    """
    entries = project.catalogue.entries
    found = list(records) if records is not None else [of_entry(project, entry) for entry in entries]
    by_slug = {entry.slug: record for entry, record in zip(entries, found, strict=True)}
    made = {}
    for language in LANGUAGES:
        t = project.strings[language]
        data = {
            "shown": SHOWN,
            "fault": {entry.verdict.fault: t(f"fault.{entry.verdict.fault}") for entry in entries},
            "billed": {entry.verdict.billed: t(f"billed.{entry.verdict.billed}") for entry in entries},
            "groups": {
                group.name: [[*by_slug[entry.slug][language], int(group.is_member(entry))] for entry in group.entries]
                for group in groups(entries)
            },
        }
        made[f"{language}/list.json"] = json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode()
    return made


def more_words(known: str, text: str) -> str:
    """Return the words of `text` that cannot be found in `known` or in a word before them, in small letters.

    Who looks for a word without a space in it finds it in `known` and these exactly when it stands in `known` or `text`.
    """
    found = [known.lower()]
    for word in sorted(set(text.lower().split()), key=lambda word: (-len(word), word)):
        if not any(word in other for other in found):
            found.append(word)
    return " ".join(found[1:])


def _once(values: Iterable[object]) -> str:
    return " ".join(dict.fromkeys(str(value) for value in values if value is not None))
