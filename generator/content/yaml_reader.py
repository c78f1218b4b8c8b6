"""Reads a YAML text into plain data and remembers where each value stands.

The only module that imports yaml. It works on the event stream, not on
`yaml.load`: so a duplicate key, an alias or a tag is a problem with a place
instead of being lost, nothing is ever constructed from a tag, and no depth of
nesting can exhaust the stack. Must not know what the data means.

Scalars follow YAML 1.2, as editors do: `no` is a text, `1:30` is a text.
"""

from __future__ import annotations

import dataclasses
import datetime
import hashlib
import re
from pathlib import Path

import yaml

from generator.content.document import Data, Document, Location
from generator.content.problems import Problem, field_name

#: An entry is some 20 kB; a file of this size is a mistake, and would only slow the report.
MAX_BYTES = 1_000_000
#: The deepest field of an entry stands 6 levels down.
MAX_DEPTH = 40

_BOOL = {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}
_NULL = {"", "~", "null", "Null", "NULL"}
_INT = re.compile(r"[-+]?(?:0|[1-9][0-9]*)")
_FLOAT = re.compile(r"[-+]?(?:[0-9]+\.[0-9]*|\.[0-9]+)(?:[eE][-+]?[0-9]+)?")
_DATE = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
#: Line breaks to YAML 1.1, and so to libyaml, but to no editor: every line after one would be misnumbered.
_HIDDEN_BREAK = re.compile(r"[\x85\u2028\u2029]")

# libyaml's parser is several times faster and gives the same events; a wheel without it still works.
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def read(file: Path, name: str) -> Document:
    """Return the document in `file`, called `name` in problems. A bad file is a value, never an exception."""
    try:
        raw = file.read_bytes()
    except OSError as error:
        return _unreadable(name, 1, 1, f"cannot be read: {error.strerror}", "check that it is a file and its permissions")
    if len(raw) > MAX_BYTES:
        return _unreadable(name, 1, 1, f"is larger than {MAX_BYTES:,} bytes", "an entry is about 20,000 bytes: split it")
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        before = raw[: error.start]
        column = error.start - (before.rfind(b"\n") + 1) + 1
        return _unreadable(name, before.count(b"\n") + 1, column, "is not UTF-8", "save the file as UTF-8")
    return dataclasses.replace(parse(text, name), digest=hashlib.sha256(raw).hexdigest())


def parse(text: str, name: str) -> Document:
    """Return the document in `text`; see `read`."""
    if text.startswith("\ufeff"):
        return _unreadable(name, 1, 1, "starts with a byte order mark", "save the file as UTF-8 without BOM")
    if hidden := _HIDDEN_BREAK.search(text):
        message = f"holds the invisible line break U+{ord(hidden.group()):04X}"
        return _unreadable(name, *_line_of(text, hidden.start()), message, "remove the character")
    reader = _Reader(name)
    try:
        for event in yaml.parse(text, Loader=_Loader):
            reader.take(event)
    except _Stop:
        pass
    except yaml.MarkedYAMLError as error:
        reader.problems.append(Problem(name, *_place_of_error(error, text), "", *_explain(error, text)))
    except yaml.YAMLError as error:  # a character that YAML forbids has no mark, only an offset
        line, column = _line_of(text, _offset(error, text))
        reason = str(getattr(error, "reason", "")) or "cannot be read as YAML"
        reader.problems.append(Problem(name, line, column, "", reason, "remove the character"))
    if reader.problems:
        return Document(name, None, reader.places, tuple(reader.problems))
    if reader.root is None:
        return _unreadable(name, 1, 1, "is empty", "fill it, or start it with `claude-errors new <slug>`")
    return Document(name, reader.root, reader.places)


class _Stop(Exception):  # noqa: N818 - it ends the reading, it is no failure
    """Ends the reading: after the problem found, the rest of the file cannot be understood."""


@dataclasses.dataclass
class _Open:
    """A list or mapping whose end has not been seen."""

    container: list[Data] | dict[str, Data]
    location: Location
    key: str | None = None


class _Reader:
    """Builds data from YAML events, one at a time."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.root: Data = None
        self.documents = 0
        self.places: dict[Location, tuple[int, int]] = {}
        self.problems: list[Problem] = []
        self.stack: list[_Open] = []

    def take(self, event: yaml.Event) -> None:
        if isinstance(event, yaml.DocumentStartEvent):
            self.documents += 1
            if self.documents > 1:
                self.report(event, (), "holds more than one document", "remove the line `---`")
                raise _Stop
        elif isinstance(event, yaml.AliasEvent):
            self.report(event, self.here(), "is a YAML alias", "write the value out; anchors and aliases are not read")
            raise _Stop
        elif isinstance(event, yaml.NodeEvent):
            self.node(event)
        elif isinstance(event, yaml.CollectionEndEvent):
            self.stack.pop()

    def node(self, event: yaml.NodeEvent) -> None:
        if self.stack and isinstance(self.stack[-1].container, dict) and self.stack[-1].key is None:
            self.open_key(event)
            return
        location = self.here()
        self.places.setdefault(location, _place(event))
        self.refuse_extras(event, location)
        if isinstance(event, yaml.ScalarEvent):
            self.add(self.scalar(event, location))
            return
        container: list[Data] | dict[str, Data] = [] if isinstance(event, yaml.SequenceStartEvent) else {}
        self.add(container)
        if len(self.stack) >= MAX_DEPTH:
            self.report(event, location[:3], "is nested too deeply", f"{MAX_DEPTH} levels are the most that is read")
            raise _Stop
        self.stack.append(_Open(container, location))

    def open_key(self, event: yaml.NodeEvent) -> None:
        top = self.stack[-1]
        if not isinstance(event, yaml.ScalarEvent):
            self.report(event, top.location, "has a key that is a list or a mapping", "use a plain text as key")
            raise _Stop
        key = str(event.value)
        assert isinstance(top.container, dict)
        location = (*top.location, key)
        if key in top.container:
            first = self.places[location][0]
            self.report(event, location, f"is a duplicate key, first given in line {first}", "keep one of the two")
        self.refuse_extras(event, location)
        # The place of a key is that of its name, so that "missing" and "unknown" point at what is seen.
        self.places[location] = _place(event)
        top.key = key

    def refuse_extras(self, event: yaml.NodeEvent, location: Location) -> None:
        if event.anchor is not None:
            self.report(event, location, "has a YAML anchor", "remove it; anchors and aliases are not read")
        tag = getattr(event, "tag", None)
        if tag not in (None, "!"):
            self.report(event, location, f"has the YAML tag {tag}", "remove the tag; only plain values are read")

    def here(self) -> Location:
        if not self.stack:
            return ()
        top = self.stack[-1]
        if isinstance(top.container, dict) and top.key is None:
            return top.location  # an alias in place of a key
        return (*top.location, len(top.container) if isinstance(top.container, list) else str(top.key))

    def add(self, value: Data) -> None:
        if not self.stack:
            self.root = value
            return
        top = self.stack[-1]
        if isinstance(top.container, list):
            top.container.append(value)
        else:
            top.container[str(top.key)] = value
            top.key = None

    def scalar(self, event: yaml.ScalarEvent, location: Location) -> Data:
        text = str(event.value)
        if not event.implicit[0]:  # quoted or block text
            return text
        if text in _NULL:
            return None
        if text in _BOOL:
            return _BOOL[text]
        if _INT.fullmatch(text) and len(text) < 20:
            return int(text)
        if _FLOAT.fullmatch(text):
            return float(text)
        if date := _DATE.fullmatch(text):
            try:
                return datetime.date(*map(int, date.groups()))
            except ValueError:
                self.report(event, location, f"{text} is not a day of the calendar", "write it as YYYY-MM-DD")
        return text

    def report(self, event: yaml.Event, location: Location, message: str, hint: str) -> None:
        self.problems.append(Problem(self.name, *_place(event), field_name(location), message, hint))


def _place(event: yaml.Event) -> tuple[int, int]:
    mark = event.start_mark
    return (mark.line + 1, mark.column + 1) if mark else (1, 1)


def _unreadable(name: str, line: int, column: int, message: str, hint: str) -> Document:
    return Document(name, None, {}, (Problem(name, line, column, "", message, hint),))


def _explain(error: yaml.MarkedYAMLError, text: str) -> tuple[str, str]:
    mark = error.problem_mark
    lines = text.splitlines()
    line = lines[mark.line] if mark and mark.line < len(lines) else ""
    if "\t" in line[: (mark.column if mark else 0) + 1]:
        return "a tab is used for indentation", "indent with spaces"
    return f"not valid YAML: {error.problem}", "look for a missing quote, a colon in a plain text, or wrong indentation"


def _place_of_error(error: yaml.MarkedYAMLError, text: str) -> tuple[int, int]:
    mark = error.problem_mark or error.context_mark
    if mark is None:
        return 1, 1
    lines = re.split(r"\r\n|\r|\n", text.rstrip())
    if mark.line >= len(lines) and error.context_mark:
        mark = error.context_mark  # what was never closed is the mistake, not the end of the file
    if mark.line >= len(lines):
        return len(lines), len(lines[-1]) + 1
    return mark.line + 1, mark.column + 1


def _offset(error: yaml.YAMLError, text: str) -> int:
    """Return how many characters precede a forbidden one. libyaml counts bytes, PyYAML's own parser counts characters."""
    position = getattr(error, "position", 0) or 0
    return position if _Loader is yaml.SafeLoader else len(text.encode()[:position].decode("utf-8", "ignore"))


def _line_of(text: str, offset: int) -> tuple[int, int]:
    before = text[:offset]
    return before.count("\n") + 1, offset - (before.rfind("\n") + 1) + 1
