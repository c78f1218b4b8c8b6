"""The lists of errors on the home page and on the page of a big family: frequent ones, groups by status, topics.

Everything stands in the page, so that it can be read, searched and printed without a script; most of it is folded.
Must not know about templates.
"""

from __future__ import annotations

import collections
import dataclasses
from collections.abc import Iterable, Sequence

from generator.content.project import Card, Shared
from generator.schemas.entry import Entry, Retry, Text
from generator.text.message import pieces

#: More errors than this are listed by topic: on the home page those of a status, on a family's page its own.
MANY = 15
#: So many rows of a group are not folded; one more where that leaves at most one.
SHOWN = 3
#: A verdict that this share of a group, of at least so many errors, has is said once and not in every row.
USUAL_SHARE, USUAL_LEAST = 0.7, 4
#: A row shows no more of a message.
LONGEST = 160
#: Statuses with a group of their own among 5xx.
_OWN_GROUP = (500, 504, 529)
#: Statuses of one error, listed with another.
_JOINED = {412: 409}


@dataclasses.dataclass(frozen=True)
class Topic:
    """Errors about one subject; without a title those that have none."""

    id: str
    title: Text | None
    cards: tuple[Card, ...]


@dataclasses.dataclass(frozen=True)
class Group:
    """The errors of one status, as the home page lists them: rows, folded rows, and topics where there are many."""

    name: str
    """The status as ids have it: `400`, `5xx`, `none`."""
    types: tuple[str, ...]
    """Types of the errors, then the statuses that the name does not say."""
    usual: Retry | None
    """The verdict that is said once for the group."""
    shown: tuple[Card, ...]
    rest: tuple[Card, ...] = ()
    topics: tuple[Topic, ...] = ()


@dataclasses.dataclass(frozen=True)
class Family:
    """The members of a big family, as its page lists them."""

    usual: Retry
    example: Card
    """Whose message shows what the field takes: that of the page itself."""
    frequent: tuple[Card, ...]
    topics: tuple[Topic, ...]
    count: int


def frequent(shared: Shared, where: str) -> tuple[Card, ...]:
    """Return what is asked for most on the home page (`home`), or on the page of a family."""
    known = {**shared.shorts, **shared.cards}
    return tuple(known[slug] for slug in shared.facts.topics.frequent.get(where, ()) if slug in known)


def family(shared: Shared, entry: Entry) -> Family | None:
    """Return the members of the family `entry`, errors without a guide among them; None when they are few.

    The page that stands for an `error.type` answers for every error of that type and status, whose family it may not be.
    """
    stands_for_type = entry.slug == entry.main.type
    members = [
        card
        for card in (*shared.cards.values(), *shared.shorts.values())
        if card.slug != entry.slug
        and (card.family == entry.slug or (stands_for_type and (card.main.status, card.main.type) == (entry.main.status, entry.main.type)))
    ]
    if len(members) <= MANY:
        return None
    first = frequent(shared, entry.slug)
    return Family(entry.verdict.retry, shared.cards[entry.slug], first, topics(shared, members, first), len(members))


def home(shared: Shared) -> list[Group]:
    """Return the groups of the home page in their order: 4xx, 5xx, what failed with status 200, what has no status."""
    first = frequent(shared, "home")
    by_name: dict[str, list[Card]] = {}
    for card in (*shared.cards.values(), *shared.shorts.values()):
        by_name.setdefault(_group_of(card.main.status), []).append(card)
    return [_group(shared, name, by_name[name], first) for name in sorted(by_name, key=_place)]


def topics(shared: Shared, cards: Iterable[Card], first: Sequence[Card]) -> tuple[Topic, ...]:
    """Return errors by topic, those of `first` before others, and at last the errors without a topic."""
    known = shared.facts.topics
    found: dict[str | None, list[Card]] = {}
    for card in in_order(cards, first):
        found.setdefault(known.topic_of(card.slug), []).append(card)
    listed = [Topic(topic.id, topic.title, tuple(found[topic.id])) for topic in known.topics if topic.id in found]
    return (*listed, Topic("others", None, tuple(found[None]))) if None in found else tuple(listed)


def in_order(cards: Iterable[Card], first: Sequence[Card]) -> list[Card]:
    """Return errors as a list shows them: those of `first`, then guides, umbrella pages before others, then errors without a guide."""
    wanted = [card.slug for card in first]

    def place(card: Card) -> tuple[int, bool, bool]:
        return wanted.index(card.slug) if card.slug in wanted else len(wanted), card.page is not None, card.family is not None

    return sorted(cards, key=place)


def said(card: Card) -> str:
    """Return the beginning of the error's newest message, in one line; what is not known in it is left open."""
    parts = (("0" if text in ("i", "j", "k") else "…") if variable else text for text, variable in pieces(card.message))
    line = " ".join("".join(parts).split())
    return line if len(line) <= LONGEST else f"{line[:LONGEST]}…"


def _group(shared: Shared, name: str, cards: list[Card], first: Sequence[Card]) -> Group:
    ordered = in_order(cards, first)
    usual = _usual(ordered)
    statuses = sorted({card.main.status for card in ordered if card.main.status is not None and str(card.main.status) != name})
    types = (*dict.fromkeys(card.main.type for card in ordered if card.main.type), *map(str, statuses))
    if len(ordered) > MANY and name == "400":
        umbrella = [card for card in ordered if card.slug == card.main.type]
        return Group(name, types, usual, tuple(umbrella), topics=topics(shared, [card for card in ordered if card not in umbrella], first))
    shown = SHOWN + 1 if len(ordered) <= SHOWN + 2 else SHOWN
    return Group(name, types, usual, tuple(ordered[:shown]), tuple(ordered[shown:]))


def _usual(cards: Sequence[Card]) -> Retry | None:
    """Return the verdict that most of a group's errors have; None in a small or mixed group, where every row says its own."""
    verdict, count = collections.Counter(card.retry for card in cards).most_common(1)[0]
    return verdict if len(cards) >= USUAL_LEAST and count >= USUAL_SHARE * len(cards) else None


def _group_of(status: int | None) -> str:
    if status is None:
        return "none"
    return "5xx" if status >= 500 and status not in _OWN_GROUP else str(_JOINED.get(status, status))


def _place(name: str) -> tuple[int, str]:
    """Return where a group stands: a failure that has its status before one that hides behind 200, before one without an answer."""
    return (3 if name == "none" else 2 if name < "400" else 0 if name != "5xx" else 1), name
