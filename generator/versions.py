"""Reads which SDK versions the lock files pin.

Must not import an SDK: a page names what the lock files say, on every machine.
"""

from __future__ import annotations

import json
import re
from pathlib import Path

from generator.fresh import remembered

#: Where the versions stand: the lock files of Python and of Node.
LOCKS = ("requirements/test.txt", "snippets/package-lock.json")
_PYTHON = re.compile(r"^anthropic==([0-9.]+)", re.MULTILINE)


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
