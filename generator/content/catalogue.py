"""Loads the entries of `errors/` into a catalogue, with every problem of shape.

Must not judge what an entry says; the rules in `generator/check` do.
"""

from __future__ import annotations

import dataclasses
import functools
from collections.abc import Iterator, Mapping
from pathlib import Path

from pydantic import BaseModel

from generator.content import yaml_reader
from generator.content.document import Document, Location
from generator.content.mending import mend
from generator.content.problems import Problem
from generator.content.reading import Read
from generator.content.validation import validate
from generator.schemas.entry import Entry, Text
from generator.system.cache import remembered


@dataclasses.dataclass(frozen=True)
class Located:
    """An entry and the file that it came from."""

    entry: Entry
    document: Document
    stood_in: tuple[str, ...] = ()
    """Names of the fields that could not be read and have a stand-in."""

    @property
    def file_stem(self) -> str:
        """Name of the file without its ending."""
        return Path(self.document.path).stem

    def texts(self) -> Iterator[tuple[Location, Text]]:
        """Yield every bilingual text of the entry with its location."""
        yield from texts_in(self.entry)


@dataclasses.dataclass(frozen=True)
class Catalogue:
    """All entries that have the right shape, in the order of their file names."""

    located: tuple[Located, ...]
    problems: tuple[Problem, ...] = ()
    mended: tuple[Located, ...] = ()
    """Entries with a mistake of shape, as far as they could be read: for the rules alone."""

    @functools.cached_property
    def by_slug(self) -> Mapping[str, Located]:
        """The first entry for each slug; a second one is a problem that `generator/check` reports."""
        found: dict[str, Located] = {}
        for located in self.located:
            found.setdefault(located.entry.slug, located)
        return found

    @functools.cached_property
    def entries(self) -> list[Entry]:
        """The entries alone, one for each slug."""
        return [located.entry for located in self.by_slug.values()]

    @functools.cached_property
    def unreadable(self) -> frozenset[str]:
        """Slugs of files with a mistake of shape. A reference to one of them is not reported as broken."""
        return frozenset(Path(problem.path).stem for problem in self.problems)


def load(project: Path, read: Read = yaml_reader.read) -> Catalogue:
    """Return the catalogue of `project/errors/*.yml`; unreadable files are problems, not exceptions."""
    folder = project / "errors"
    if not folder.is_dir():
        return Catalogue((), (Problem("errors", 1, 1, "", "is not a folder", "run this in the project's folder"),))
    located: list[Located] = []
    mended: list[Located] = []
    problems: list[Problem] = []
    for file in sorted(folder.iterdir()):
        if file.name.startswith((".", "#")) or file.name.endswith("~"):
            continue  # editors and file managers leave such files; a served site must not stop for them
        name = f"errors/{file.name}".encode(errors="replace").decode()
        if file.suffix != ".yml":
            hint = f"rename it to {file.stem}.yml" if file.suffix == ".yaml" else "move it out of errors/"
            problems.append(Problem(name, 1, 1, "", "is not an entry: entries end in .yml", hint))
            continue
        one, wrong = remembered("entry", [file], file, functools.partial(_read, file, name, read))
        problems += wrong
        if one is not None:
            (mended if wrong else located).append(one)
    return Catalogue(tuple(located), tuple(problems), tuple(mended))


def _read(file: Path, name: str, read: Read) -> tuple[Located | None, list[Problem]]:
    document = read(file, name)
    entry, wrong = validate(document, Entry)
    stood_in: tuple[str, ...] = ()
    if entry is None and (mended := mend(document, Entry)):
        entry, stood_in = mended
        entry = entry.model_copy(update={"slug": file.stem}) if "slug" in stood_in else entry
    light = document.light(functools.partial(yaml_reader.read, file, name))
    return Located(entry, light, stood_in) if entry is not None else None, wrong


def texts_in(model: BaseModel, location: Location = ()) -> Iterator[tuple[Location, Text]]:
    """Yield every `Text` inside `model` with its location."""
    found: list[tuple[Location, Text]] = []
    _find_texts(model, location, found)
    yield from found


def _find_texts(value: object, location: Location, found: list[tuple[Location, Text]]) -> None:
    if value is None or isinstance(value, str):
        return  # most values; to ask whether something is a model takes ten times as long
    if isinstance(value, Text):
        found.append((location, value))
    elif isinstance(value, tuple):
        for index, item in enumerate(value):
            _find_texts(item, (*location, index), found)
    elif isinstance(value, dict):
        for key, item in value.items():
            _find_texts(item, (*location, key), found)
    elif isinstance(value, BaseModel):
        for name in type(value).model_fields:
            _find_texts(getattr(value, name), (*location, name), found)
