"""Loads `facts/` and writes a fact in the form that a language uses.

Must not know about entries; `generator/check` looks whether a reference names a known fact.
"""

from __future__ import annotations

import dataclasses
import datetime
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from generator.content import yaml_reader
from generator.content.document import Document, Location
from generator.content.problems import Problem, did_you_mean
from generator.content.reading import Read
from generator.content.validation import validate
from generator.schemas.entry import Source
from generator.schemas.facts import ClaudeMarks, Fact, Glossary, Models, Platform, Platforms, Prices, Services, Sourced, Sources, Topics
from generator.system.cache import remembered

NO_BREAK_SPACE = "\N{NO-BREAK SPACE}"

#: Files whose facts stand in named groups and can be referred to as `limits.batch.max_requests`.
GROUPED = ("limits", "sdk", "statuses")


@dataclasses.dataclass(frozen=True)
class Facts:
    """All facts of the project; what could not be read is missing here and named in `problems`."""

    grouped: Mapping[str, Fact]
    """Facts by dotted path, for example `limits.batch.max_requests`."""
    sources: Mapping[str, Source]
    models: Models
    prices: Prices
    platforms: Mapping[str, Platform]
    services: Services
    glossary: Glossary = dataclasses.field(default_factory=Glossary)
    glossary_document: Document | None = None
    """The file of the glossary, for the places of its problems; None in a project without one."""
    topics: Topics = dataclasses.field(default_factory=Topics)
    topics_document: Document | None = None
    """As `glossary_document`."""
    problems: tuple[Problem, ...] = ()
    broken: frozenset[str] = frozenset()
    """Files, by stem, of which something could not be read: what is not found may stand in them."""

    def written(self, path: str) -> str:
        """Return the fact at `path` as text; raises KeyError when there is none."""
        return written(self.grouped[path])

    def is_retired(self, model_id: str) -> bool:
        """Return whether requests that name `model_id` fail because the model was retired."""
        return any(model_id == prefix or model_id.startswith(prefix + "-") for model in self.models.retired for prefix in model.id_prefixes)


def written(fact: Fact) -> str:
    """Return the value in the form that both languages use: `100,000`, `256 MB`, `50%`, `$5`."""
    value = fact.value
    if isinstance(value, tuple):
        return ", ".join(str(item) for item in value)
    if isinstance(value, bool | str | datetime.date):
        return str(value)
    number = f"{value:,}"
    if fact.unit in ("bytes", "MB", "GB", "TB"):
        return f"{number}{NO_BREAK_SPACE}{fact.unit}"
    if fact.unit == "percent":
        return f"{number}%"
    if fact.unit in ("USD", "USD_per_MTok"):
        return f"${number}"
    return number


def load(project: Path, read: Read = yaml_reader.read) -> Facts:
    """Return the facts of `project/facts/*.yml`."""
    return remembered("facts", sorted((project / "facts").glob("*.yml")), project, lambda: _load(project, read))


#: The other files by stem: the model, and what stands for a file that cannot be read or is not there.
MODELS: Mapping[str, tuple[type[BaseModel], BaseModel]] = {
    "sources": (Sources, Sources({})),
    "models": (Models, Models(models={})),
    "prices": (Prices, Prices(models={}, multipliers={})),
    "platforms": (Platforms, Platforms({})),
    "services": (Services, Services(claude=ClaudeMarks(marks=("claude",)))),
    "glossary": (Glossary, Glossary()),
    "topics": (Topics, Topics()),
}
#: A project may do without these.
OPTIONAL = ("glossary", "topics")


@dataclasses.dataclass(frozen=True)
class _File:
    """A file as it was read. What is wrong with it is in `problems`, and missing in the rest."""

    document: Document
    value: Any
    """Facts by dotted path of a grouped file, else the model."""
    records: tuple[tuple[Location, Sourced], ...]
    problems: tuple[Problem, ...]
    is_whole: bool


def _load(project: Path, read: Read) -> Facts:
    files: dict[str, _File] = {}
    for stem in (*GROUPED, *MODELS):
        path = project / "facts" / f"{stem}.yml"
        if stem not in OPTIONAL or path.exists():
            document = read(path, f"facts/{stem}.yml")
            files[stem] = _grouped(stem, document) if stem in GROUPED else _modelled(document, *MODELS[stem])
    values: dict[str, Any] = {stem: empty for stem, (_, empty) in MODELS.items()} | {stem: file.value for stem, file in files.items()}
    grouped: dict[str, Fact] = {path: fact for stem in GROUPED for path, fact in values[stem].items()}
    # Texts refer to a multiplier as `prices.multipliers.cache_read`; prices themselves stand in tables.
    grouped |= {f"prices.multipliers.{name}": fact for name, fact in values["prices"].multipliers.items()}
    problems = [problem for file in files.values() for problem in file.problems]
    if files["sources"].is_whole:
        problems += [problem for file in files.values() for problem in _unknown_sources(file, values["sources"].root)]
    return Facts(
        grouped=grouped,
        sources=values["sources"].root,
        models=values["models"],
        prices=values["prices"],
        platforms=values["platforms"].root,
        services=values["services"],
        glossary=values["glossary"],
        glossary_document=files["glossary"].document if "glossary" in files else None,
        topics=values["topics"],
        topics_document=files["topics"].document if "topics" in files else None,
        problems=tuple(problems),
        broken=frozenset(stem for stem, file in files.items() if not file.is_whole),
    )


def _modelled(document: Document, model: type[BaseModel], empty: BaseModel) -> _File:
    value, wrong = validate(document, model)
    records = () if value is None or model is Glossary else tuple(_sourced(value, ()))
    return _File(document, empty if value is None else value, records, tuple(wrong), value is not None)


def _grouped(stem: str, document: Document) -> _File:
    found = list(_facts(document))
    facts = {".".join((stem, *map(str, location))): fact for location, fact, _ in found if fact is not None}
    records = tuple((location, fact) for location, fact, _ in found if fact is not None)
    problems = (*document.problems, *(problem for _, _, wrong in found for problem in wrong))
    return _File(document, facts, records, problems, not document.problems and len(facts) == len(found))


def _unknown_sources(file: _File, sources: Mapping[str, Source]) -> Iterator[Problem]:
    for place, record in file.records:
        for source_id in record.source_ids:
            if source_id not in sources:
                hint = did_you_mean(source_id, sources, "add it to facts/sources.yml")
                yield file.document.problem((*place, "source"), f"`{source_id}` is not a source", hint)


def _facts(document: Document) -> Iterator[tuple[Location, Fact | None, list[Problem]]]:
    """Yield every fact of a grouped file, with its problems; a mapping with a `value` is a fact, others are groups."""
    pending: list[tuple[Location, Any]] = [((), document.data)] if document.data is not None else []
    while pending:
        location, data = pending.pop(0)
        if not isinstance(data, dict) or not data:
            problem = document.problem(location, "is neither a fact nor a group of facts", "give it value, unit, source, checked")
            yield location, None, [problem]
        elif "value" in data:
            fact, wrong = validate(Document(document.path, data, {}), Fact)
            if wrong:  # only a mistake needs its place: to look them out for every fact takes time with the square of their number
                places = {place[len(location) :]: spot for place, spot in document.places.items() if place[: len(location)] == location}
                fact, wrong = validate(Document(document.path, data, places), Fact)
            name = ".".join(map(str, location))
            yield location, fact, [dataclasses.replace(p, field=f"{name}.{p.field}" if p.field else name) for p in wrong]
        else:
            pending = [((*location, key), child) for key, child in data.items()] + pending


def _sourced(value: object, location: Location) -> Iterator[tuple[Location, Sourced]]:
    """Yield every sourced record inside a validated file."""
    if isinstance(value, Sourced):
        yield location, value
    if isinstance(value, Sources | Platforms):
        value = value.root
    if isinstance(value, dict):
        for key, child in value.items():
            yield from _sourced(child, (*location, key))
    elif isinstance(value, tuple):
        for index, child in enumerate(value):
            yield from _sourced(child, (*location, index))
    elif isinstance(value, Models | Prices | Platform):
        for name in type(value).model_fields:
            yield from _sourced(getattr(value, name), (*location, name))
