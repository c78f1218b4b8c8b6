"""The snippets as code: constants that are facts, formatters, linters and type checks."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import check_snippets
import pytest
import toolchain

from generator.content import handbook
from generator.content.project import Project
from tests.data.reading import ROOT, assert_none

PYTHON = sorted((ROOT / "snippets").glob("*/*.py"))
TYPESCRIPT = [path for path in sorted((ROOT / "snippets").glob("*/*.ts")) if path.parent.name != "node_modules"]

#: Programs of pages by folder; what they import besides the SDK stands on their page (test_page_programs.py).
PROGRAMS = handbook.load(ROOT).programs
#: The tests of the page on tests, which name a scenario each in the address that the environment gives.
CHOOSE_THEIR_SCENARIO = ("_handling_tests",)

#: Constants in snippets and the facts that they must equal. The documentation does not say which MB it means; the smaller is safe.
CONSTANTS = {
    "MAX_BATCH_BYTES": ("limits.batch.max_size", 1_000_000),
    "MAX_BATCH_REQUESTS": ("limits.batch.max_requests", 1),
    "MAX_FILE_BYTES": ("limits.files.max_size", 1_000_000),
}


def constants() -> dict[tuple[str, str], int]:
    """Return (path, name) to number for the constants that are facts."""
    found = {}
    for path in (*PYTHON, *TYPESCRIPT):
        for name, number in re.findall(r"^(?:const )?([A-Z_]+) = ([\d_]+);?$", path.read_text(encoding="utf-8"), re.MULTILINE):
            if name in CONSTANTS:
                found[path.relative_to(ROOT).as_posix(), name] = int(number.replace("_", ""))
    return found


def test_constants_are_the_facts(real: Project):
    found = constants()

    assert {name for _, name in found} == set(CONSTANTS)
    for (path, name), number in found.items():
        fact, factor = CONSTANTS[name]

        value: Any = real.facts.grouped[fact].value
        assert number == value * factor, path


def test_constants_stand_in_both_languages():
    suffixes = {name: {path.rsplit(".", 1)[1] for path, other in constants() if other == name} for name in CONSTANTS}

    assert suffixes == {key: {"py", "ts"} for key in CONSTANTS}


def named(path: Path) -> set[str]:
    """Return the packages that the page of a program tells its reader to install besides the SDK."""
    program = PROGRAMS.get(path.parent.name)
    packages = (program.packages if program else {}).get("python" if path.suffix == ".py" else "typescript", "")
    return {re.sub(r"(==|(?<!^)@).*", "", package) for package in packages.split()}


def test_every_python_file_can_be_parsed_and_imports_no_stranger():
    wrong = []
    for path in PYTHON:
        tree = ast.parse(path.read_text(encoding="utf-8"), path.relative_to(ROOT).as_posix())
        modules = {node.module.split(".")[0] for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and node.module}
        modules |= {name.name.split(".")[0] for node in ast.walk(tree) if isinstance(node, ast.Import) for name in node.names}
        # What a reader gets with `pip install anthropic`, and what the page names.
        strange = modules - {*sys.stdlib_module_names, "anthropic", "httpx2", *named(path)}
        if strange or "anthropic" not in modules:
            wrong.append(f"{path.relative_to(ROOT)}: {strange or 'imports no SDK'}")

    assert_none(wrong)


def test_no_typescript_file_imports_a_stranger():
    wrong = []
    for path in TYPESCRIPT:
        modules = set(re.findall(r"""\bfrom ["']([^"']+)["']""", path.read_text(encoding="utf-8")))
        strange = {module for module in modules - named(path) if not module.startswith(("node:", "@anthropic-ai/sdk"))}
        if strange or "@anthropic-ai/sdk" not in {"/".join(module.split("/")[:2]) for module in modules}:
            wrong.append(f"{path.relative_to(ROOT)}: {strange or 'imports no SDK'}")

    assert_none(wrong)


def test_no_snippet_holds_a_key():
    assert_none(path for path in (*PYTHON, *TYPESCRIPT) if re.search(r"sk-ant-[a-z]+\d\d-", path.read_text(encoding="utf-8")))


def test_every_snippet_leaves_the_address_to_the_environment():
    wrong = []
    for path in (*PYTHON, *TYPESCRIPT):
        code = path.read_text(encoding="utf-8")
        chooses = path.parent.name in CHOOSE_THEIR_SCENARIO
        if ("ANTHROPIC_BASE_URL" not in code) if chooses else re.search(r"base_url\s*=|baseURL\s*[:=]", code):  # reading it is fine
            wrong.append(path.relative_to(ROOT).as_posix())

    assert_none(wrong)


@pytest.mark.parametrize("name", list(check_snippets.commands()))
@pytest.mark.node
def test_snippets_pass(name: str):
    toolchain.install_node_packages()
    result = subprocess.run(check_snippets.commands()[name], cwd=toolchain.SNIPPETS, capture_output=True, text=True, check=False)

    assert result.returncode == 0, result.stdout + result.stderr
