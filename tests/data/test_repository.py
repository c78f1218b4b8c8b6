"""What is true of every tracked file."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

from tests.data.reading import ROOT

#: Written in parts, so that this file does not hold them.
HOSTS = (
    "pypi" + r"\.org",
    "files" + r"\.pythonhosted\.org",
    "registry" + r"\.(?:npmjs|yarnpkg)\.",
    "npmmirror" + r"\.com",
    "proxy" + r"\.golang\.org",
)
#: What `make clean` removes.
MADE = {
    ".venv",
    "build",
    "site",
    "node_modules",
    "__pycache__",
    ".git",
    "test-results",
    ".hypothesis",
    ".pytest_cache",
    ".mypy_cache",
    ".ruff_cache",
}


def files() -> list[Path]:
    """Return the files that Git tracks or would track; without Git, all that no command made."""
    if (ROOT / ".git").exists():
        command = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
        listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout.splitlines()
        return [ROOT / path for path in listed if (ROOT / path).is_file()]
    return [path for path in ROOT.rglob("*") if path.is_file() and not MADE & set(path.relative_to(ROOT).parts)]


def texts() -> dict[str, str]:
    return {file.relative_to(ROOT).as_posix(): file.read_bytes().decode("utf-8", "replace") for file in files()}


def test_no_file_holds_the_address_of_a_registry():
    pattern = re.compile("|".join(HOSTS), re.IGNORECASE)
    found = [path for path, text in texts().items() if pattern.search(text)]

    assert len(files()) > 100
    assert found == []


@pytest.mark.parametrize("host", ["https://pypi" + ".org/simple", "https://registry" + ".npmjs.org/x", "files" + ".pythonhosted.org"])
def test_addresses_of_registries_are_recognised(host: str):
    assert re.search("|".join(HOSTS), host)


def test_no_file_holds_a_key():
    found = [path for path, text in texts().items() if re.search(r"sk-ant-(?:api|admin)\d\d-[A-Za-z0-9_-]{60}", text)]

    assert found == []


def test_nothing_that_a_command_makes_is_tracked():
    assert [path for path in texts() if path.split("/")[0] in MADE or {"node_modules", "__pycache__"} & set(path.split("/"))] == []
