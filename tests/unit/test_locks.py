"""What the code imports is in the lock files: an environment that holds more hides what a fresh one lacks."""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

FOLDERS = ("generator", "mock_api", "snippet_runner", "tools", "benchmarks", "tests")


def imported(file: Path) -> Iterator[str]:
    """Yield the top-level packages that a file imports, wherever it does."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (name.name.partition(".")[0] for name in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module.partition(".")[0]


def test_every_package_that_the_code_imports_is_locked(root: Path) -> None:
    locked = set(re.findall(r"^([a-z0-9._-]+)==", (root / "requirements/test.txt").read_text(encoding="utf-8"), re.MULTILINE))
    files = [file for folder in FOLDERS for file in (root / folder).rglob("*.py") if not {"fixtures", "hour"} & set(file.parts)]
    own = {*FOLDERS, *(file.stem for file in files)}
    names = {name for file in files for name in imported(file)} - own - sys.stdlib_module_names
    found = packages_distributions()

    assert {"rich", "jinja2", "pydantic", "playwright"} <= names
    absent = {name for name in names if not {re.sub(r"[._-]+", "-", one).lower() for one in found.get(name, [])} & locked}
    assert absent == set()
