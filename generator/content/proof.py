"""The reports of the last runs of the snippets: which files ran, and with which SDK versions.

A page says that its code ran only when the report beside it holds exactly that code and
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

from generator.content import snippets
from generator.content.snippets import REPORT, Report, SnippetSet
from generator.system.cache import remembered

#: Where the versions stand: the lock files of Python and of Node.
LOCKS = ("requirements/test.txt", "snippets/package-lock.json")
_PYTHON = re.compile(r"^anthropic==([0-9.]+)", re.MULTILINE)


def write(project: Path, paths: Iterable[str]) -> None:
    """Write beside the snippet files at `paths` that they all ran as they must with the pinned versions.

    A report that says so already keeps its day: so a run of all programs changes no file of another author.
    """
    folders: dict[Path, dict[str, str]] = {}
    for path in sorted(paths):
        file = project / path
        folders.setdefault(file.parent, {})[file.name] = hashlib.sha256(file.read_bytes()).hexdigest()
    for folder, ran in folders.items():
        report = Report(datetime.date.today().isoformat(), sdk_versions(project), ran)
        known = snippets.load(project, folder.name).report
        if known is None or dataclasses.replace(known, date=report.date) != report:
            (folder / REPORT).write_text(json.dumps(dataclasses.asdict(report), indent=2) + "\n", encoding="utf-8")


def day(code: SnippetSet, versions: Mapping[str, str]) -> str | None:
    """Return the day on which these programs ran with these versions, all of them, as they stand now; None when they did not."""
    ran = {name: snippet.digest for name, snippet in code.files.items()}
    report = code.report
    return report.date if report and ran and report.ran == ran and report.versions == versions else None


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
