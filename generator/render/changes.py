"""What is known to have changed in the API, and what was checked when: all of it from the dates of entries, pages and facts.

Knows no clock: the newest day of a check is the day up to which the project knows anything. Must not write words.
"""

from __future__ import annotations

import dataclasses
import datetime
from collections import Counter
from collections.abc import Iterator
from typing import Literal

from generator.content.project import Project
from generator.schemas.entry import Entry, Message

Kind = Literal[
    "wording_first", "wording_last", "model_launched", "model_deprecated", "model_retired", "model_retires", "model_not_before",
    "guides_checked", "pages_checked", "facts_checked",
]  # fmt: skip
#: In this order the changes of a day are told: what changed in the API, then what was checked.
KINDS: tuple[Kind, ...] = (
    "model_retired", "model_retires", "model_not_before", "model_deprecated", "model_launched", "wording_first", "wording_last",
    "guides_checked", "pages_checked", "facts_checked",
)  # fmt: skip


@dataclasses.dataclass(frozen=True)
class Change:
    """One line of the log."""

    when: str
    """A year, a month or a day, as far as it is known: `2026`, `2026-10`, `2026-10-21`."""
    kind: Kind
    slugs: tuple[str, ...] = ()
    """Guides that it is about."""
    names: tuple[str, ...] = ()
    """Ids of models, paths of pages, or the stem of a file of `facts/`."""
    template: str | None = None
    """The wording, with `<placeholders>`."""
    count: int = 1
    """How many records were checked."""


@dataclasses.dataclass(frozen=True)
class Period:
    """The changes of a month, or those of a year whose month is not known."""

    when: str
    changes: tuple[Change, ...]


@dataclasses.dataclass(frozen=True)
class Log:
    """The whole log: what is announced for later days, and periods, the newest first."""

    until: datetime.date | None
    """Newest day on which something was checked; None when nothing was."""
    announced: tuple[Change, ...]
    periods: tuple[Period, ...]


def log(project: Project) -> Log:
    """Return the log of `project`; of two projects with the same files it is the same."""
    checks = [*_checks(project)]
    until = max((datetime.date.fromisoformat(change.when) for change in checks), default=None)
    changes = [*_wordings(project, until), *_models(project), *checks]
    later = [change for change in changes if until and change.when > until.isoformat()]
    periods: dict[str, list[Change]] = {}
    for change in changes:
        # A promise that a model stays until a day is over when that day is.
        if change not in later and change.kind != "model_not_before":
            periods.setdefault(change.when[:7], []).append(change)
    return Log(
        until,
        tuple(sorted(later, key=lambda change: (change.when, _within_a_day(change)))),
        tuple(Period(when, _newest_first(periods[when])) for when in sorted(periods, key=_end, reverse=True)),
    )


def _wordings(project: Project, until: datetime.date | None) -> Iterator[Change]:
    """Yield when wordings were first seen, and when those were last seen that have been seen no more for a while."""
    for entry in project.catalogue.entries:
        for message in entry.messages:
            if message.seen_from:
                yield _wording("wording_first", message.seen_from, entry, message)
            # One that was seen in the newest month, or in the newest year when only the year is known, is in use.
            if message.seen_to and until and message.seen_to[:7] < until.isoformat()[: len(message.seen_to)][:7]:
                yield _wording("wording_last", message.seen_to, entry, message)


def _wording(kind: Kind, when: str, entry: Entry, message: Message) -> Change:
    return Change(when, kind, slugs=(entry.slug,), template=message.template)


def _models(project: Project) -> Iterator[Change]:
    days: dict[tuple[str, Kind], list[str]] = {}
    for name, model in project.facts.models.models.items():
        dates: dict[Kind, datetime.date | None] = {
            "model_launched": model.launched,
            "model_deprecated": model.deprecated,
            "model_retires": model.retires,
            "model_not_before": model.not_before,
        }
        for kind, day in dates.items():
            if day:
                days.setdefault((day.isoformat(), kind), []).append(name)
    for retired in project.facts.models.retired:
        days.setdefault((retired.retired.isoformat(), "model_retired"), []).append(retired.name)
    for (when, kind), names in days.items():
        yield Change(when, kind, names=tuple(names), count=len(names))


def _checks(project: Project) -> Iterator[Change]:
    facts = project.facts
    guides: dict[str, list[str]] = {}
    for entry in project.catalogue.entries:
        guides.setdefault(entry.checked.isoformat(), []).append(entry.slug)
    for when, slugs in guides.items():
        yield Change(when, "guides_checked", slugs=tuple(slugs), count=len(slugs))
    pages: dict[str, list[str]] = {}
    for located in project.handbook.located:
        pages.setdefault(located.page.checked.isoformat(), []).append(located.path)
    for when, paths in pages.items():
        yield Change(when, "pages_checked", names=tuple(paths), count=len(paths))
    records = [(path.split(".")[0], fact.checked) for path, fact in facts.grouped.items()]
    records += [("models", model.checked) for model in (*facts.models.models.values(), *facts.models.retired)]
    records += [("prices", price.checked) for price in (*facts.prices.models.values(), *facts.prices.multipliers.values())]
    records += [("platforms", fact.checked) for platform in facts.platforms.values() for fact in platform.facts.values()]
    if facts.glossary.checked:
        records += [("glossary", facts.glossary.checked)] * len(facts.glossary.terms)
    for (stem, day), count in Counter(records).items():
        yield Change(day.isoformat(), "facts_checked", names=(stem,), count=count)


def _end(when: str) -> str:
    """Return a key by which a year stands after (that is, is older than) its months."""
    return when if len(when) > 4 else f"{when}-00"


def _newest_first(changes: list[Change]) -> tuple[Change, ...]:
    """Return the changes of a period by day, those without a day last."""
    by_kind = sorted(changes, key=_within_a_day)
    return tuple(sorted(by_kind, key=lambda change: change.when, reverse=True))


def _within_a_day(change: Change) -> tuple[int, tuple[str, ...], tuple[str, ...], str]:
    return KINDS.index(change.kind), change.slugs, change.names, change.template or ""
