"""Time per program of the snippet runner, and how it grows: `make bench-snippets`.

Runs a part, half and all of the programs of the built site in one go and prints
the time per program of each, so that growth shows as a ratio and not as seconds
of one machine.
"""

from __future__ import annotations

import statistics
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tools")]

from toolchain import SNIPPETS, install_node_packages, node  # noqa: E402

from generator.content import project as projects  # noqa: E402
from mock_api.app import MockApi  # noqa: E402
from mock_api.server import running  # noqa: E402
from snippet_runner import blocks  # noqa: E402
from snippet_runner.hosts import Hosts  # noqa: E402
from snippet_runner.run import Result, Runner  # noqa: E402


def main() -> None:
    """Print a line for each share of the programs, then the slowest ones."""
    install_node_packages()
    project = projects.load(ROOT)
    found = [block for block in blocks.of_site(ROOT / "site") if block.address.startswith("/en/errors/")]
    mock = MockApi(project)
    results: list[Result] = []
    with running(mock) as address:
        runner = Runner(project, mock, address)
        for share in (4, 2, 1):
            part = found[::share]
            began = time.perf_counter()
            with Hosts(node(), SNIPPETS / "node_modules") as hosts:
                results = runner.run_all(part, hosts, lambda result: None)
            seconds = time.perf_counter() - began
            print(f"{len(part):4} programs: {seconds:6.1f} s, {1000 * seconds / len(part):6.0f} ms each")
    for suffix, language in ((".py", "Python"), (".ts", "TypeScript")):
        times = [result.outcome.seconds for result in results if result.name.endswith(suffix)]
        print(f"{language}: median {1000 * statistics.median(times):.0f} ms, slowest {max(times):.1f} s")
    for result in sorted(results, key=lambda result: -result.outcome.seconds)[:8]:
        print(f"  {result.outcome.seconds:5.1f} s {result.outcome.peak_mb:5} MB  {result.path}")


if __name__ == "__main__":
    main()
