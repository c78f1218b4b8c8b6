"""The shape of the files in `facts/`: limits, SDK behaviour, models, prices, platforms, sources.

Pydantic models only. One record a fact, with its unit, its source and the day it
was checked, so that a number lives once.
"""

# No `from __future__ import annotations`: pydantic would compile each annotation from its text, at every start.
import datetime
import functools
import re
from typing import Annotated, Any, Literal

from pydantic import Field, RootModel

from generator.schemas.entry import Model, NonEmpty, PlatformId, Slug, Source, Text
from generator.schemas.page import Anchor

#: How a value is written is decided by its unit; see `facts.written`.
Unit = Literal[
    "count", "per_minute", "tokens", "characters", "pages", "pixels", "bytes", "MB", "GB", "TB",
    "seconds", "minutes", "hours", "days", "percent", "factor", "USD", "USD_per_MTok",
    "pattern", "text", "version", "statuses", "date", "boolean",
]  # fmt: skip

SourceIds = NonEmpty | Annotated[tuple[NonEmpty, ...], Field(strict=False, min_length=1)]
Price = Annotated[float, Field(ge=0, strict=False)]


class Sourced(Model):
    """What every record carries besides its value."""

    source: SourceIds
    """Id, or ids, of `facts/sources.yml`."""
    checked: datetime.date
    """Day of the copy in which it was read."""
    note: Text | None = None
    confirmed: bool = True
    """False when only a third party says so; pages then say that it is not confirmed."""

    @property
    def source_ids(self) -> tuple[str, ...]:
        """The ids as a tuple, also when there is one."""
        return (self.source,) if isinstance(self.source, str) else self.source


class Fact(Sourced):
    """One number or name."""

    value: bool | int | float | str | datetime.date | Annotated[tuple[int | str, ...], Field(strict=False)]
    unit: Unit


class ModelFacts(Sourced):
    """What is known of a model that requests can still name."""

    status: Literal["active", "legacy", "deprecated"]
    launched: datetime.date | None = None
    """Day on which it came out, where it was read."""
    deprecated: datetime.date | None = None
    """Day from which it is deprecated, where it was read."""
    retires: datetime.date | None = None
    """Announced day of retirement."""
    not_before: datetime.date | None = None
    """Earliest day of retirement, where only that is promised."""
    context_tokens: int | None = None
    max_output_tokens: int | None = None


class RetiredModel(Sourced):
    """A model that requests must not name any more."""

    name: NonEmpty
    id_prefixes: Annotated[tuple[NonEmpty, ...], Field(strict=False)] = ()
    """An id is retired when it is one of these or goes on with `-` and a date or alias."""
    retired: datetime.date


class Models(Model):
    """The file `facts/models.yml`."""

    models: dict[str, ModelFacts]
    retired: Annotated[tuple[RetiredModel, ...], Field(strict=False)] = ()


class PriceBand(Model):
    """Prices in USD for a million tokens, up to a prompt length where they depend on it."""

    input: Price
    output: Price
    cache_write_5m: Price | None = None
    cache_write_1h: Price | None = None
    cache_read: Price | None = None
    up_to_prompt_tokens: int | None = None


class ModelPrices(Sourced):
    """Prices of one model: one band, or several by prompt length."""

    bands: Annotated[tuple[PriceBand, ...], Field(strict=False, min_length=1)]


class Prices(Model):
    """The file `facts/prices.yml`."""

    models: dict[str, ModelPrices]
    multipliers: dict[str, Fact]


class Platform(Model):
    """Where Claude can be reached besides the Claude API."""

    name: Text
    operator: Literal["anthropic", "partner"]
    facts: dict[str, Fact] = {}


class Platforms(RootModel[dict[Literal["claude_api"] | PlatformId, Platform]]):
    """The file `facts/platforms.yml`."""


class Sources(RootModel[dict[Slug, Source]]):
    """The file `facts/sources.yml`."""


class ClaudeMarks(Model):
    """Words by which a text of Claude is told from others."""

    marks: Annotated[tuple[NonEmpty, ...], Field(strict=False, min_length=1)]


class Service(Model):
    """Something else whose errors people paste."""

    name: Text
    decides: Annotated[tuple[NonEmpty, ...], Field(strict=False)] = ()
    """Words that no text of Claude holds: one of them is enough."""
    marks: Annotated[tuple[NonEmpty, ...], Field(strict=False)] = ()
    """Words that count when nothing in the text speaks for Claude."""


class Services(Model):
    """The file `facts/services.yml`."""

    claude: ClaudeMarks
    platforms: dict[Literal["claude_api"] | PlatformId, Annotated[tuple[NonEmpty, ...], Field(strict=False)]] = {}
    """Words, in small letters, that only texts of one platform hold; the first platform with one of them is it."""
    partners: Annotated[tuple[NonEmpty, ...], Field(strict=False)] = ()
    """Words that only texts of platforms which others operate hold: their servers make errors of their own."""
    others: Annotated[tuple[Service, ...], Field(strict=False)] = ()


class GlossaryTerm(Model):
    """A term in both languages."""

    en: NonEmpty
    """English term, as the documentation writes it in the middle of a sentence."""
    ko: NonEmpty
    """Korean term that our pages use."""
    avoid: Annotated[tuple[NonEmpty, ...], Field(strict=False)] = ()
    """Korean words for it that our prose does not use; `claude-errors check` refuses them."""
    typed: Annotated[tuple[NonEmpty, ...], Field(strict=False)] = ()
    """Other Korean words that people type for it."""
    meaning: Text | None = None
    """One plain sentence, for every term that a reader may not know."""
    official: bool
    """True when Anthropic's Korean documentation uses the Korean term; false for a choice of ours."""
    source: SourceIds | None = None
    """Where the documentation uses it; needed for an official term."""
    guide: Slug | None = None
    """Guide that says more."""
    page: NonEmpty | None = None
    """Page that says more: `handling`, `handling/streams#go-on`."""

    @property
    def source_ids(self) -> tuple[str, ...]:
        """The ids as a tuple, empty for a choice of ours."""
        return (self.source,) if isinstance(self.source, str) else self.source or ()

    @property
    def anchor(self) -> str:
        """The id of the term on its page, from the English term: the same in both languages."""
        return re.sub(r"[^a-z0-9]+", "-", self.en.lower()).strip("-")


class GlossaryGroup(Model):
    """Terms that belong together."""

    id: Anchor
    title: Text
    terms: Annotated[tuple[GlossaryTerm, ...], Field(strict=False, min_length=1)]


class Writing(Model):
    """A word, spelling or ending that our prose does not use, and what it uses. A space at its beginning: only where a word begins."""

    avoid: NonEmpty
    write: NonEmpty


class Glossary(Model):
    """The file `facts/glossary.yml`."""

    checked: datetime.date | None = None
    """Day on which every term was last compared with its sources."""
    groups: Annotated[tuple[GlossaryGroup, ...], Field(strict=False)] = ()
    writing: Annotated[tuple[Writing, ...], Field(strict=False)] = ()
    """Habits of Korean."""
    english: Annotated[tuple[Writing, ...], Field(strict=False)] = ()
    """Habits of English."""

    @property
    def terms(self) -> list[GlossaryTerm]:
        """The terms of all groups, in order."""
        return [term for group in self.groups for term in group.terms]

    @functools.cached_property  # every Korean text is compared with it
    def avoided(self) -> dict[str, str]:
        """Words that Korean prose does not use, each with what it says instead."""
        terms = {word: term.ko for term in self.terms for word in term.avoid}
        return terms | {item.avoid: item.write for item in self.writing}


class Topic(Model):
    """A subject by which the errors of status 400 are listed."""

    id: Anchor
    title: Text
    slugs: Annotated[tuple[Slug, ...], Field(strict=False)] = ()
    """Errors that it is about, those without a guide of their own among them."""


class Topics(Model):
    """The file `facts/topics.yml`."""

    topics: Annotated[tuple[Topic, ...], Field(strict=False)] = ()
    """In the order of the lists."""
    frequent: dict[Literal["home"] | Slug, Annotated[tuple[Slug, ...], Field(strict=False)]] = {}
    """Errors that are asked for most, first on the home page and on the page of a big family."""

    def topic_of(self, slug: str) -> str | None:
        """Return the id of the topic of an error; None for one without a topic."""
        return self._by_slug.get(slug)

    @functools.cached_property
    def _by_slug(self) -> dict[str, str]:
        return {slug: topic.id for topic in self.topics for slug in topic.slugs}


class FactGroup(RootModel[dict[str, "Fact | FactGroup"]]):
    """facts/limits.yml, facts/sdk.yml, facts/statuses.yml: facts in named groups."""

    model_config = {"frozen": True}


#: The model of each file in `facts/`.
FACT_FILES: dict[str, Any] = {
    "sources": Sources,
    "limits": FactGroup,
    "sdk": FactGroup,
    "statuses": FactGroup,
    "models": Models,
    "prices": Prices,
    "platforms": Platforms,
    "services": Services,
    "glossary": Glossary,
    "topics": Topics,
}
