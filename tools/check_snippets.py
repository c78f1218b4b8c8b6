"""Runs the formatters, linters and strict type checks of both languages over the snippets.

Run by `make lint`; the tests call `commands` too. Must not run a snippet.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
from toolchain import SNIPPETS, install_node_packages, node_tool


def commands() -> dict[str, list[str]]:
    """Return each check by name, to be run in `snippets/`."""
    python = [sys.executable, "-m"]
    return {
        "ruff check": [*python, "ruff", "check", "--quiet", "."],
        "ruff format": [*python, "ruff", "format", "--quiet", "--check", "."],
        "mypy": [*python, "mypy", "--config-file", "mypy.ini", "--no-error-summary", "."],
        "prettier": node_tool("prettier", "--log-level=warn", "--check", "*/*.ts", "*.json"),
        "tsc": node_tool("tsc", "--project", "."),
    }


def main() -> int:
    """Run every check and return how many failed."""
    install_node_packages()
    return sum(subprocess.run(command, cwd=SNIPPETS, check=False).returncode != 0 for command in commands().values())


if __name__ == "__main__":
    raise SystemExit(main())
