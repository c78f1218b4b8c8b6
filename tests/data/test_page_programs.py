"""The programs of the pages and the packages that a reader must install for them."""

from __future__ import annotations

import ast
import json
import re
import sys
from pathlib import Path

import pytest

from generator.content import handbook
from generator.schemas.page import Program
from tests.data.reading import ROOT

PROGRAMS = {program.folder: program for located in handbook.load(ROOT).located for program in located.page.programs}
#: The SDKs come with these; every reader has installed one.
WITH_SDK = {"anthropic", "httpx2", "@anthropic-ai/sdk"}


def imported(program: Program, language: str) -> set[str]:
    """Return the packages beyond the standard library and the SDK that the program imports."""
    folder = ROOT / "snippets" / f"_{program.folder}"
    if language == "python":
        tree = ast.parse((folder / "program.py").read_text(encoding="utf-8"))
        modules = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
        modules |= {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
        return {module.split(".")[0] for module in modules} - set(sys.stdlib_module_names) - WITH_SDK
    found = re.findall(r'(?:from|import) "([^"]+)"', (folder / "program.ts").read_text(encoding="utf-8"))
    return {name for name in found if not name.startswith(("node:", "."))} - WITH_SDK


def pinned(language: str) -> dict[str, str]:
    """Return the versions that the lock files pin, which are those that ran."""
    if language == "python":
        lock = (ROOT / "requirements" / "test.txt").read_text(encoding="utf-8")
        return dict(re.findall(r"^([a-z0-9-]+)==([0-9.]+)", lock, re.MULTILINE))
    packages = json.loads((ROOT / "snippets" / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    return {Path(path).name: package["version"] for path, package in packages.items() if path}


@pytest.mark.parametrize("language", ["python", "typescript"])
@pytest.mark.parametrize("folder", sorted(PROGRAMS))
def test_the_page_names_what_the_program_imports(folder: str, language: str):
    program = PROGRAMS[folder]
    named = program.packages.get(language, "")  # type: ignore[call-overload]
    separator = "==" if language == "python" else "@"
    versions = {name: version for name, _, version in (package.rpartition(separator) for package in named.split()) if name}
    newest = {package for package in named.split() if separator not in package[1:]}  # any version will do, as for a test runner

    assert versions.keys() | newest == imported(program, language)
    assert {name: pinned(language)[name] for name in versions} == versions
