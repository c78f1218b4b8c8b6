"""`python tools/entry.py SLUG`: all that an author wants to know of one entry, in some seconds.

Checks everything, builds the site, runs the programs of the entry against the mock and the tests that read entries, and
names the two pages. Stops at the first of these that finds a problem. Must not know what any of them looks for.
"""

from __future__ import annotations

import subprocess
import sys

from toolchain import ROOT

LANGUAGES = ("ko", "en")
#: Tests that a new entry can break although `check` finds nothing: names of the SDK, who answers for a wording.
TESTS = ("tests/data/test_entries.py", "tests/data/test_snippets.py", "tests/data/test_decoder.py")
#: Of the ways to damage a wording one is enough here.
CHOSEN = "not random and (not wording or (as and it))"


def main(slug: str) -> int:
    """Return the exit code of the first step that failed, or 0."""
    if not (ROOT / "errors" / f"{slug}.yml").is_file():
        print(f"errors/{slug}.yml: is not there\n    start it: make new SLUG={slug or 'file_expired'}", file=sys.stderr)
        return 2
    python = sys.executable
    for step in ([python, "-m", "generator", "check"], [python, "-m", "generator", "build"]):
        if code := subprocess.run(step, cwd=ROOT, check=False).returncode:
            return code
    tests = [python, "-m", "pytest", "-n", "0", "--no-header", "--tb=short", "-m", "not node", "-k", CHOSEN, *TESTS]
    with subprocess.Popen(tests, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as beside:
        code = subprocess.run([python, "-m", "snippet_runner", slug], cwd=ROOT, check=False).returncode
        said, _ = beside.communicate()
    if beside.returncode:
        print(said)
    if code or beside.returncode:
        return 1
    for language in LANGUAGES:
        print((ROOT / "site" / language / "errors" / slug / "index.html").as_uri())
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1] if len(sys.argv) > 1 else ""))
