"""The report of the last run of all snippets: which files ran, and with which SDK versions.

A page says that its code ran only when the report holds exactly that code and
the versions that the lock files pin. Must not run anything.
"""

from __future__ import annotations

import dataclasses
import datetime
import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from pathlib import Path

from generator.content.snippets import SnippetSet
from generator.system.cache import remembered

#: Where the versions stand: the lock files of Python and of Node.
LOCKS = ("requirements/test.txt", "snippets/package-lock.json")
_PYTHON = re.compile(r"^anthropic==([0-9.]+)", re.MULTILINE)
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
    ran: Mapping[str, str] = dataclasses.field(default_factory=dict)
    """SHA-256 by path of the files that ran with the pinned versions, as they were then."""
    root: Path = Path()

    def holds(self, code: SnippetSet) -> bool:
        """Return whether these programs ran, all of them, as they stand now."""
        return bool(code.files) and all(self.ran.get(snippet.path) == snippet.digest for snippet in code.files.values())

    @property
    def paths(self) -> frozenset[str]:
        """Files that ran, as they stand now."""
        return frozenset(path for path, digest in self.ran.items() if (self.root / path).is_file() and _hash(self.root / path) == digest)


def proof(project: Path) -> Proof:
    """Read the report and return the files that ran; empty without a report, or when it names other versions."""
    return remembered("report", [project / REPORT, *(project / lock for lock in LOCKS)], project, lambda: _proof(project))


def _proof(project: Path) -> Proof:
    file = project / REPORT
    report = json.loads(file.read_text(encoding="utf-8")) if file.is_file() else {}
    return Proof(report["date"], report["ran"], project) if report and report.get("versions") == sdk_versions(project) else Proof()


def _hash(file: Path) -> str:
    return remembered("digest", [file], file, lambda: hashlib.sha256(file.read_bytes()).hexdigest())


def sdk_versions(project: Path) -> dict[str, str]:
    """Return the pinned versions by package name; a package that no lock file names is left out."""
    return remembered("versions", [project / lock for lock in LOCKS], project, lambda: _sdk_versions(project))


def _sdk_versions(project: Path) -> dict[str, str]:
    versions: dict[str, str] = {}
    python_lock, node_lock = (project / lock for lock in LOCKS)
    if python_lock.is_file() and (match := _PYTHON.search(python_lock.read_text(encoding="utf-8"))):
        versions["anthropic"] = match.group(1)
    if node_lock.is_file():
        package = json.loads(node_lock.read_text(encoding="utf-8")).get("packages", {}).get("node_modules/@anthropic-ai/sdk")
        if package:
            versions["@anthropic-ai/sdk"] = package["version"]
    return versions
