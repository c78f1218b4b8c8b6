"""Loads `facts/` and writes a fact in the form that a language uses.

Must not know about entries; that a reference names a known fact is for `lint`.
"""

from __future__ import annotations

import dataclasses
import datetime
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from generator.content import yaml_reader
from generator.content.document import Document, Location
from generator.content.problems import Problem
from generator.content.reading import Read
from generator.content.validation import validate
from generator.schemas.entry import Source
from generator.schemas.facts import ClaudeMarks, Fact, Glossary, Models, Platform, Platforms, Prices, Services, Sourced, Sources
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
    problems: tuple[Problem, ...] = ()
    broken: frozenset[str] = frozenset()
    """Files, by stem, of which something could not be read: what is not found may stand in them."""

    def written(self, path: str) -> str:
        """Return the fact at `path` as text; raises KeyError when there is none."""
        return written(self.grouped[path])

    def is_retired(self, model_id: str) -> bool:
        """Tell whether requests that name `model_id` fail because the model was retired."""
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


def _load(project: Path, read: Read) -> Facts:
    problems: list[Problem] = []
    broken: set[str] = set()
    documents: list[tuple[Document, Sourced, Location]] = []

    def document(stem: str) -> Document:
        return read(project / "facts" / f"{stem}.yml", f"facts/{stem}.yml")

    def checked(stem: str, model: Any, empty: Any) -> Any:
        loaded = document(stem)
        value, wrong = validate(loaded, model)
        problems.extend(wrong)
        if value is None:
            broken.add(stem)
            return empty
        documents.extend((loaded, record, place) for place, record in _sourced(value, ()))
        return value

    grouped: dict[str, Fact] = {}
    for stem in GROUPED:
        loaded = document(stem)
        problems.extend(loaded.problems)
        if loaded.problems:
            broken.add(stem)
        for location, fact, wrong in _facts(loaded):
            problems.extend(wrong)
            if fact is None:
                broken.add(stem)
            else:
                grouped[".".join((stem, *map(str, location)))] = fact
                documents.append((loaded, fact, location))
    sources = checked("sources", Sources, Sources({})).root
    models = checked("models", Models, Models(models={}))
    prices = checked("prices", Prices, Prices(models={}, multipliers={}))
    # Texts refer to a multiplier as `prices.multipliers.cache_read`; prices themselves stand in tables.
    grouped |= {f"prices.multipliers.{name}": fact for name, fact in prices.multipliers.items()}
    platforms = checked("platforms", Platforms, Platforms({})).root
    services = checked("services", Services, Services(claude=ClaudeMarks(marks=("claude",))))
    glossary, glossary_document = Glossary(), None
    if (project / "facts" / "glossary.yml").exists():  # a project may do without
        glossary_document = document("glossary")
        found, wrong = validate(glossary_document, Glossary)
        problems.extend(wrong)
        if found is None:
            broken.add("glossary")
        else:
            glossary = found
    for loaded, record, place in documents:
        for source_id in record.source_ids:
            if source_id not in sources and "sources" not in broken:
                message = f"`{source_id}` is not a source"
                problems.append(loaded.problem((*place, "source"), message, "add it to facts/sources.yml"))
    return Facts(grouped, sources, models, prices, platforms, services, glossary, glossary_document, tuple(problems), frozenset(broken))


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
