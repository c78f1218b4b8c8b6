"""Reads the snippet files of an entry, or of another page, and finds the part that the page shows.

Must not run anything.
"""

from __future__ import annotations

import dataclasses
import difflib
import functools
import hashlib
import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Literal

from generator.content.problems import Problem
from generator.system.cache import remembered

Role = Literal["trigger", "fix", "repair", "program"]

#: File name to (role, language of the code block).
FILES: dict[str, tuple[Role, str]] = {
    "trigger.py": ("trigger", "python"),
    "fix.py": ("fix", "python"),
    "trigger.ts": ("trigger", "ts"),
    "fix.ts": ("fix", "ts"),
    "repair.py": ("repair", "python"),
    "repair.ts": ("repair", "ts"),
}
#: Folder of the program on the page about what programs read. Folders of pages that are no guides begin with an
#: underscore, as no slug does.
API_FOLDER = "_api"
#: What such a folder holds: one program in both languages.
PAGE_FILES: dict[str, tuple[Role, str]] = {"program.py": ("program", "python"), "program.ts": ("program", "ts")}
#: The four that every guide has, or gives a reason for.
REQUIRED = ("trigger.py", "fix.py", "trigger.ts", "fix.ts")
#: Lies beside the programs: when they last ran. Committed, so that a build without the SDKs can still say what was proved.
REPORT = "report.json"
#: What fits the page without scrolling on a desktop.
MAX_COLUMNS = 76

_START = re.compile(r"^\s*(?:#|//) region: show\s*$")
_END = re.compile(r"^\s*(?:#|//) endregion\s*$")


@dataclasses.dataclass(frozen=True)
class Snippet:
    """One file of `snippets/<slug>/`."""

    name: str
    path: str
    """Path from the project's folder."""
    shown: str
    """The lines between the region marks, without the marks."""
    first_line: int
    """Line of the file, from 1, in which `shown` starts."""
    digest: str = ""
    """SHA-256 of the file."""


@dataclasses.dataclass(frozen=True)
class Report:
    """Which programs of a folder ran as they must, as they stood then, and with which versions of the SDKs."""

    date: str
    versions: Mapping[str, str]
    ran: Mapping[str, str]
    """SHA-256 by file name."""


@dataclasses.dataclass(frozen=True)
class SnippetSet:
    """The snippets of one entry, by file name."""

    files: dict[str, Snippet]
    problems: tuple[Problem, ...] = ()
    report: Report | None = None

    def different_lines(self, language: str) -> tuple[list[int], list[int]]:
        """Return the shown lines (from 1) in which trigger and fix of `language` ("py" or "ts") differ."""
        trigger, fix = self.files.get(f"trigger.{language}"), self.files.get(f"fix.{language}")
        if trigger is None or fix is None:
            return [], []
        return _different_lines(trigger.shown, fix.shown)


@functools.lru_cache(maxsize=16)  # a guide and its copy ask one after the other, in both languages
def _different_lines(before: str, after: str) -> tuple[list[int], list[int]]:
    return different_lines(before.splitlines(), after.splitlines())


def different_lines(before: list[str], after: list[str]) -> tuple[list[int], list[int]]:
    """Return the line numbers, from 1, of lines only in `before` and of lines only in `after`; blank lines do not count."""
    removed: list[int] = []
    added: list[int] = []
    for tag, b1, b2, a1, a2 in difflib.SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag != "equal":
            removed += [number + 1 for number in range(b1, b2) if before[number].strip()]
            added += [number + 1 for number in range(a1, a2) if after[number].strip()]
    return removed, added


def load(project: Path, slug: str) -> SnippetSet:
    """Return the snippets in `project/snippets/<slug>/`; a missing folder gives an empty set."""
    folder = project / "snippets" / slug
    inside = sorted(folder.iterdir()) if folder.is_dir() else []
    return remembered("snippets", [folder, *inside], folder, lambda: _load(slug, inside))


def _load(slug: str, inside: list[Path]) -> SnippetSet:
    names = PAGE_FILES if slug.startswith("_") else FILES
    files: dict[str, Snippet] = {}
    problems: list[Problem] = []
    report = None
    for file in inside:
        path = f"snippets/{slug}/{file.name}"
        if file.name == REPORT:
            try:
                report = Report(**json.loads(file.read_bytes()))
            except (OSError, ValueError, TypeError):
                hint = "remove it, and run `make snippets`, which writes it"
                problems.append(Problem(path, 1, 1, "", "is not the report of a run", hint))
            continue
        if file.name in ("__pycache__", "node_modules") or file.name.startswith("."):
            continue
        if file.name not in names:
            problems.append(Problem(path, 1, 1, "", "is not a snippet", f"name it one of {', '.join(names)}"))
            continue
        snippet, wrong = _read(file, path)
        problems += wrong
        if snippet is not None:
            files[file.name] = snippet
    return SnippetSet(files, tuple(problems), report)


def _read(file: Path, path: str) -> tuple[Snippet | None, list[Problem]]:
    try:
        raw = file.read_bytes()
        lines = raw.decode("utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        return None, [Problem(path, 1, 1, "", "cannot be read as UTF-8 text", "save it as UTF-8")]
    marks = [number for number, line in enumerate(lines) if "region" in line]  # an expression is tried on few lines only
    starts = [number for number in marks if _START.match(lines[number])]
    ends = [number for number in marks if _END.match(lines[number])]
    mark = "#" if file.suffix == ".py" else "//"
    if len(starts) != 1 or len(ends) != 1 or ends[0] < starts[0]:
        line = (starts[1:] or ends[1:] or starts or ends or [0])[0] + 1
        hint = f"put the part that the page shows between `{mark} region: show` and `{mark} endregion`"
        return None, [Problem(path, line, 1, "", "must have exactly one shown region", hint)]
    shown = lines[starts[0] + 1 : ends[0]]
    first = starts[0] + 2
    if not any(line.strip() for line in shown):
        return None, [Problem(path, first, 1, "", "the shown region is empty", "put the code of the page into it")]
    problems = [
        Problem(path, first + number, MAX_COLUMNS + 1, "", f"is wider than {MAX_COLUMNS} columns", "break the line")
        for number, line in enumerate(shown)
        if len(line) > MAX_COLUMNS
    ]
    problems += [
        Problem(path, number + 1, line.index("TODO") + 1, "", "holds a TODO", "write the code that is missing")
        for number, line in enumerate(lines)
        if "TODO" in line
    ]
    text = "\n".join(shown).strip("\n")
    first += next(number for number, line in enumerate(shown) if line.strip())
    return Snippet(file.name, path, text, first, hashlib.sha256(raw).hexdigest()), problems
