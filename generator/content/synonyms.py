"""Loads `templates/synonyms.yml`: words that readers type for one another.

Must not know about entries or the index.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

from pydantic import Field

from generator.content import yaml_reader
from generator.content.problems import Problem
from generator.content.reading import Read
from generator.content.validation import validate
from generator.schemas.entry import Model, NonEmpty
from generator.system.cache import remembered

FILE = "templates/synonyms.yml"


class SynonymFile(Model):
    """The file as it is written."""

    words: Annotated[tuple[Annotated[tuple[NonEmpty, ...], Field(strict=False)], ...], Field(strict=False)] = ()
    """Lists of words that mean the same."""


class Synonyms:
    """Finds the words of a text that have synonyms."""

    def __init__(self, groups: tuple[tuple[str, ...], ...] = ()) -> None:
        self._others: dict[str, list[str]] = {}
        for group in groups:
            for word in group:
                self._others.setdefault(word.lower(), []).extend(other for other in group if other != word)
        # A Korean word may go on with a particle, an English one with an ending. The longest comes first, and
        # the look-ahead finds 제한 inside of 속도 제한 too.
        longest_first = sorted(self._others, key=len, reverse=True)
        # Sorted by first letter, an expression tries one letter after the other, not hundreds of words.
        rests: dict[str, list[str]] = {}
        for word in longest_first:
            rests.setdefault(word[0], []).append(re.escape(word[1:]) + (r"(?![a-z])" if word.isascii() else ""))
        words = "|".join(f"{re.escape(first)}(?:{'|'.join(rest)})" for first, rest in rests.items())
        self._pattern = re.compile(rf"(?<![가-힣a-z])(?=({words}))") if words else None

    def of(self, text: str) -> Iterator[str]:
        """Yield what a reader may type instead of the words of `text`, each once."""
        for word in self.words(text):
            yield from self._others[word]

    def words(self, text: str) -> list[str]:
        """Return the words of `text` that have synonyms, each once, in order."""
        return list(dict.fromkeys(self._pattern.findall(text.lower().replace("_", " ")))) if self._pattern else []

    def others(self, word: str) -> list[str]:
        """Return what a reader may type instead of one of `words`."""
        return self._others[word]


def load(project: Path, read: Read = yaml_reader.read) -> tuple[Synonyms, list[Problem]]:
    """Return the synonyms of the project, and what is wrong with their file."""
    return remembered("synonyms", [project / FILE], project, lambda: _load(project, read))


def _load(project: Path, read: Read) -> tuple[Synonyms, list[Problem]]:
    document = read(project / FILE, FILE)
    found, problems = validate(document, SynonymFile)
    if found is None:
        return Synonyms(), problems
    for number, group in enumerate(found.words):
        different = {word.lower() for word in group}
        if len(different) < len(group):
            problems.append(document.problem(("words", number), "has a word twice", "remove one"))
        elif len(different) < 2:
            problems.append(document.problem(("words", number), "has no second word", "add what means the same"))
    return Synonyms(found.words), problems
