"""Breaches of the rules of language that are known and still to be mended, from `lint-exceptions.yml`.

The list can only shrink: it says how many breaches of which rule stand in which file and language. One more is a problem,
and so is a line that excuses more than there are. It stands beside `pyproject.toml`, where linters keep such lists: it
says nothing about errors, and nothing of it is on the site.
"""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, RootModel

from generator.check.rule import Breach, Rule
from generator.content import reading, yaml_reader
from generator.content.document import Document
from generator.content.problems import Problem
from generator.content.validation import validate
from generator.schemas.entry import LANGUAGES
from generator.system import files
from generator.system.cache import project_cache, remembered

FILE = reading.EXCEPTIONS
HEADER = """\
# Breaches of the rules of language (CONTRIBUTING.md) that are still to be mended: rule, file, language, how many.
# `claude-errors check` refuses one more, and a line that is no longer true. `claude-errors exceptions` writes this file anew:
# without what was mended, never with more.
"""
Found = tuple[Rule, Problem | Breach]
#: Rule and language.
Kind = tuple[str, str]


class ExceptionList(RootModel[dict[str, dict[str, dict[Literal["ko", "en", "both"], Annotated[int, Field(ge=1)]]]]]):
    """The file: number of breaches by rule, file and language."""

    model_config = {"strict": False, "frozen": True}


@dataclasses.dataclass(frozen=True)
class Excused:
    """The list as it was read."""

    document: Document
    counts: Mapping[str, Mapping[Kind, int]]
    """By file, rule and language: how many breaches are excused."""
    problems: tuple[Problem, ...] = ()


def load(root: Path) -> Excused:
    """Return the list of the project in the folder `root`; one without a list excuses nothing."""
    return remembered("exceptions", [root / FILE], root, lambda: _load(root))


def _load(root: Path) -> Excused:
    if not (root / FILE).is_file():
        return Excused(Document(FILE, None, {}), {})
    document = reading.reader(project_cache(root))(root / FILE, FILE)
    value, problems = validate(document, ExceptionList)
    counts: dict[str, dict[Kind, int]] = {}
    for rule, paths in value.root.items() if value else ():
        for path, sides in paths.items():
            counts.setdefault(path, {}).update({(rule, side): number for side, number in sides.items()})
    return Excused(document.light(lambda: yaml_reader.read(root / FILE, FILE)), counts, tuple(problems))


def unexcused(root: Path, found: Iterable[Found], asked: Iterable[Rule], whole: Collection[str]) -> list[Problem]:
    """Return the problems among `found`, the breaches that the list does not excuse, and its lines that excuse more than was found.

    `asked` are the rules that looked, `whole` the files of which they saw all: only about these it can be told what is excused
    too often.
    """
    left: list[Problem] = []
    breaches: dict[tuple[str, Kind], list[Breach]] = {}
    for rule, one in found:
        if isinstance(one, Breach):
            breaches.setdefault(_place(rule, one), []).append(one)
        else:
            left.append(one)
    known, names = load(root), {rule.name for rule in asked if rule.excusable}
    for (path, kind), those in breaches.items():
        if len(those) > (number := known.counts.get(path, {}).get(kind, 0)):
            # Which of them is new cannot be told.
            more = f"; {FILE} excuses {number} of these here, and there are more" if number else ""
            left += [breach.problem(more) for breach in those]
    for path in whole:
        for kind, number in known.counts.get(path, {}).items():
            if kind[0] in names and (count := len(breaches.get((path, kind), ()))) < number:
                left.append(_too_much(known.document, path, kind, number, count))
    return left


def wrong(root: Path, rules: Iterable[Rule], paths: Iterable[str]) -> Iterator[Problem]:
    """Yield what is wrong with the list itself: its shape, a rule that nothing is excused from, a file that no rule reads."""
    known = load(root)
    yield from known.problems
    names, read = {rule.name for rule in rules if rule.excusable}, set(paths)
    for path, kinds in known.counts.items():
        for rule in dict.fromkeys(rule for rule, _ in kinds):
            if rule not in names:
                yield known.document.problem((rule,), "is no rule that has exceptions", f"use one of {', '.join(sorted(names))}")
            elif path not in read:
                yield known.document.problem((rule, path), "is no file that the rules read", "remove it, or correct the path")


def write(root: Path, found: Iterable[Found], new: Iterable[str] = ()) -> Path:
    """Write the list anew; return its path. `found` is all that breaks the rules, excused or not.

    No number grows, but for the rules `new`, which get what they found, and in a project that has no list yet.
    """
    counts, whole = load(root).counts, set(new)
    first = not (root / FILE).is_file()
    numbers = Counter(_place(rule, one) for rule, one in found if isinstance(one, Breach))
    data: dict[str, dict[str, dict[str, int]]] = {}
    for (path, (rule, side)), number in sorted(numbers.items(), key=lambda item: (item[0][1][0], item[0])):
        if left := number if first or rule in whole else min(number, counts.get(path, {}).get((rule, side), 0)):
            data.setdefault(rule, {}).setdefault(path, {})[side] = left
    lines = [HEADER] if data else [HEADER, "{}\n"]
    for rule, paths in data.items():
        lines.append(f"\n{rule}:\n")
        for path, sides in paths.items():
            lines.append(f"  {path}: {{{', '.join(f'{side}: {number}' for side, number in sides.items())}}}\n")
    files.write(root / FILE, "".join(lines).encode())
    return root / FILE


def _place(rule: Rule, breach: Breach) -> tuple[str, Kind]:
    side = str(breach.location[-1]) if breach.location else ""
    return breach.document.path, (rule.name, side if side in LANGUAGES else "both")


def _too_much(document: Document, path: str, kind: Kind, allowed: int, number: int) -> Problem:
    hint = f"{f'write {number}' if number else 'remove this line'}, or run `claude-errors exceptions`"
    return document.problem((kind[0], path, kind[1]), f"excuses {allowed}, but there are {number} now", hint)
