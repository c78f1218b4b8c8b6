"""Writes requirements/*.txt from pyproject.toml: exact versions with hashes for every supported Python.

`make lock` moves everything to its newest version, `make sdk-upgrade` only the two
SDKs. Must not write the address of an index.
"""

from __future__ import annotations

import subprocess
import sys

from toolchain import ROOT, SNIPPETS, npm

OPTIONS = ("--universal", "--python-version", "3.11", "--generate-hashes", "--no-emit-index-url", "--no-header", "--quiet")
INPUTS = ("pyproject.toml", "requirements/build.in")


def lock(*upgrade: str) -> None:
    """Lock what the site needs, then what the tests need on top of exactly that; `upgrade` are uv's options for it.

    What the benchmarks compare with gets MkDocs and Material in the versions of the site.
    """
    command = [sys.executable, "-m", "uv", "pip", "compile", *OPTIONS, *upgrade]
    site, test = "requirements/site.txt", "requirements/test.txt"
    bench_in, bench = "requirements/bench.in", "requirements/bench.txt"
    subprocess.run([*command, *INPUTS, "-o", site], cwd=ROOT, check=True)
    subprocess.run([*command, "-c", site, "--extra", "test", *INPUTS, "-o", test], cwd=ROOT, check=True)
    subprocess.run([*command, "-c", site, bench_in, "-o", bench], cwd=ROOT, check=True)


def main() -> None:
    """Lock everything anew, or with `sdk` only the SDKs of both languages."""
    if sys.argv[1:] == ["sdk"]:
        lock("--upgrade-package", "anthropic")
        subprocess.run(npm("install", "--save-exact", "--no-audit", "--no-fund", "@anthropic-ai/sdk@latest"), cwd=SNIPPETS, check=True)
    else:
        lock("--upgrade")


if __name__ == "__main__":
    main()
