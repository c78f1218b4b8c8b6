"""The report of the last run of all snippets: which files ran, and with which SDK versions.

A page says that its code ran only when the report holds exactly that code and
the versions that the lock files pin. Must not run anything.
"""

from __future__ import annotations

import dataclasses
import datetime
import hashlib
import json
from collections.abc import Iterable
from pathlib import Path

from generator.fresh import remembered
from generator.versions import sdk_versions

#: Committed, so that a build without the SDKs can still say what was proved.
REPORT = Path("snippets/report.json")


def write(project: Path, paths: Iterable[str]) -> None:
    """Write that the snippet files at `paths` all ran as they must with the pinned versions."""
    ran = {path: _hash(project / path) for path in sorted(paths)}
    report = {"date": datetime.date.today().isoformat(), "versions": sdk_versions(project), "ran": ran}
    (project / REPORT).write_text(json.dumps(report, indent=2) + "\n", encoding="utf-8")


@dataclasses.dataclass(frozen=True)
class Proof:
    """What the last run of all snippets proved."""

    date: str = ""
    paths: frozenset[str] = frozenset()
    """Files that ran, as they stand now, with the pinned versions."""


def proof(project: Path) -> Proof:
    """Return what the report proves of the files as they stand now; nothing without a report."""
    file = project / REPORT
    if not file.is_file():
        return Proof()
    report = json.loads(file.read_text(encoding="utf-8"))
    if report.get("versions") != sdk_versions(project):
        return Proof()
    ran = {path for path, digest in report["ran"].items() if (project / path).is_file() and _hash(project / path) == digest}
    return Proof(report["date"], frozenset(ran))


def _hash(file: Path) -> str:
    return remembered("digest", [file], file, lambda: hashlib.sha256(file.read_bytes()).hexdigest())
