"""Loads `facts/` and writes a fact in the form that a language uses.

Must not know about entries; `generator/check` looks whether a reference names a known fact.
"""

from __future__ import annotations

import dataclasses
import datetime
import hashlib
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from generator.content.document import Document, Location
from generator.content.problems import Problem
from generator.content.readings import read
from generator.content.validation import validate
from generator.content.yaml_reader import MAX_BYTES, parse
from generator.schemas.entry import Source
from generator.schemas.facts import ClaudeMarks, Fact, Glossary, Models, Platform, Platforms, Prices, Services, Sourced, Sources
from generator.system.fresh import remembered

NO_BREAK_SPACE = "\N{NO-BREAK SPACE}"

#: Files whose facts stand in named groups and can be referred to as `limits.batch.max_requests`.
GROUPED = ("limits", "sdk", "statuses")
#: The start of a group in such a file, and its name.
_BLOCK = re.compile(r"^(?=[^\s#])", re.MULTILINE)
_NAME = re.compile(r"([a-z][a-z0-9_]*):[ \t]*\n")


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
    """Files, by stem, of which something could not be read; a fact that is not found may stand in one of them."""
    texts: Mapping[str, str] = dataclasses.field(default_factory=dict, compare=False, repr=False)
    """The grouped files as they were read, by stem: see `again`."""

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


def load(project: Path) -> Facts:
    """Return the facts of `project/facts/*.yml`."""
    return remembered("facts", sorted((project / "facts").glob("*.yml")), project, lambda: _load(project))


def _load(project: Path) -> Facts:
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
    texts: dict[str, str] = {}
    for stem in GROUPED:
        loaded = document(stem)
        text = _text(project, stem)
        if hashlib.sha256(text.encode()).hexdigest() == loaded.digest:
            texts[stem] = text
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
    return Facts(
        grouped, sources, models, prices, platforms, services, glossary, glossary_document, tuple(problems), frozenset(broken), texts
    )


def again(known: Facts, project: Path, stem: str) -> Facts | None:
    """Return the facts when nothing changed since they were `known` but values in groups of the file `stem`, which is read now.

    Only the groups that changed are read: each begins with its name at the start of a line, and is YAML of its own when
    nothing in it is wrong. None when that cannot be done; then all have to be read.
    """
    text = _text(project, stem)
    before, now = _blocks(known.texts.get(stem, "")), _blocks(text)
    if known.problems or not before or not now or list(before) != list(now) or len(text.encode()) > MAX_BYTES:
        return None
    grouped = dict(known.grouped)
    for key in (key for key, block in now.items() if block != before[key]):
        document = parse(now[key], f"facts/{stem}.yml")
        if document.problems or not isinstance(document.data, dict) or list(document.data) != [key]:
            return None
        found = {".".join((stem, *map(str, location))): fact for location, fact, _ in _facts(document)}
        group = f"{stem}.{key}"
        if found.keys() != {name for name in grouped if name == group or name.startswith(f"{group}.")}:
            return None
        for name, fact in found.items():
            if fact is None or not known.sources.keys() >= set(fact.source_ids):
                return None
            grouped[name] = fact
    return dataclasses.replace(known, grouped=grouped, texts={**known.texts, stem: text})


def _text(project: Path, stem: str) -> str:
    try:
        return (project / "facts" / f"{stem}.yml").read_bytes().decode()
    except (OSError, UnicodeDecodeError):
        return ""


def _blocks(text: str) -> dict[str, str] | None:
    """Return the groups of a file as text, by name; None when something else begins at the start of a line, or a name comes twice."""
    blocks = _BLOCK.split(text)[1:]
    names = [match.group(1) if (match := _NAME.match(block)) else "" for block in blocks]
    return dict(zip(names, blocks, strict=True)) if all(names) and len(set(names)) == len(names) else None


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
