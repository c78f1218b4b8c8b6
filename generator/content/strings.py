"""The words of the interface in one language, from `templates/strings/<language>.yml`.

Must not hold a word itself.
"""

from __future__ import annotations

import dataclasses
import functools
import re
from collections.abc import Mapping
from pathlib import Path

from generator.content import yaml_reader
from generator.content.document import Document, Location, walk
from generator.content.problems import Problem, did_you_mean
from generator.content.reading import Read
from generator.schemas.entry import LANGUAGES
from generator.system.cache import remembered

_SLOT = re.compile(r"\{([a-z_]+)\}")


@dataclasses.dataclass(frozen=True)
class Strings:
    """Words by dotted key; a key with `.one` and `.other` has a form for each number."""

    language: str
    words: Mapping[str, str]

    def __call__(self, key: str, **slots: object) -> str:
        """Return the words for `key` with its slots filled; raises KeyError for an unknown key or slot."""
        if key not in self.words and "n" in slots:
            key = f"{key}.{'one' if slots['n'] == 1 and f'{key}.one' in self.words else 'other'}"
        text = self.words[key]
        if "{" not in text:
            return text
        parts = list(_cut(text))
        parts[1::2] = [str(slots[name]) for name in parts[1::2]]
        return "".join(parts)

    def group(self, prefix: str) -> dict[str, str]:
        """Return the words below `prefix`, by the rest of their keys."""
        return {key.removeprefix(f"{prefix}."): text for key, text in self.words.items() if key.startswith(f"{prefix}.")}


@functools.lru_cache(maxsize=1024)
def _cut(text: str) -> tuple[str, ...]:
    """Return words, the name of a slot, words, and so on."""
    return tuple(_SLOT.split(text))


def load(project: Path, read: Read = yaml_reader.read) -> tuple[dict[str, Strings], list[Problem]]:
    """Return the strings of every language, and a problem for each key or slot that one of them lacks."""
    files = [project / f"templates/strings/{lang}.yml" for lang in LANGUAGES]
    return remembered("strings", files, project, lambda: _load(project, read))


def _load(project: Path, read: Read) -> tuple[dict[str, Strings], list[Problem]]:
    documents = {lang: read(project / f"templates/strings/{lang}.yml", f"templates/strings/{lang}.yml") for lang in LANGUAGES}
    problems = [problem for document in documents.values() for problem in document.problems]
    found: dict[str, dict[str, str]] = {}
    for language, document in documents.items():
        found[language] = {}
        for location, value in walk(document.data) if not document.problems else ():
            if isinstance(value, str):
                found[language][_key(location)] = value
            elif not isinstance(value, dict):
                problems.append(document.problem(location, "is not a text", "put it in quotes"))
    if not any(document.problems for document in documents.values()):
        problems += _parity(documents, found)
    return {language: Strings(language, words) for language, words in found.items()}, problems


def _parity(documents: dict[str, Document], found: dict[str, dict[str, str]]) -> list[Problem]:
    problems = []
    for language, document in documents.items():
        other = LANGUAGES[1 - LANGUAGES.index(language)]
        for key, text in found[other].items():
            if key.endswith(".one"):  # Korean has one form for every number
                continue
            if key not in found[language]:
                hint = f"add it: it stands in {other}.yml"
                hint = did_you_mean(key, found[language].keys() - found[other].keys(), hint)
                problems.append(document.problem((), f"`{key}` is missing", hint, field=key))
            elif set(_SLOT.findall(text)) != set(_SLOT.findall(found[language][key])):
                location: Location = tuple(key.split("."))
                message = f"does not have the slots of {other}.yml"
                problems.append(document.problem(location, message, f"use {', '.join(_SLOT.findall(text)) or 'none'}"))
    return problems


def _key(location: Location) -> str:
    return ".".join(map(str, location))
