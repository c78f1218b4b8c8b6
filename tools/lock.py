"""Writes requirements/*.txt from pyproject.toml: exact versions with hashes for every supported Python.

Run by `make lock`. Must not write the address of an index.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
OPTIONS = ("--universal", "--python-version", "3.11", "--generate-hashes", "--no-emit-index-url", "--no-header", "--quiet", "--upgrade")
INPUTS = ("pyproject.toml", "requirements/build.in")


def main() -> None:
    """Lock what the site needs, then what the tests need on top of exactly that."""
    command = [sys.executable, "-m", "uv", "pip", "compile", *OPTIONS]
    subprocess.run([*command, *INPUTS, "-o", "requirements/site.txt"], cwd=ROOT, check=True)
    subprocess.run(
        [*command, "-c", "requirements/site.txt", "--extra", "test", *INPUTS, "-o", "requirements/test.txt"], cwd=ROOT, check=True
    )


if __name__ == "__main__":
    main()
