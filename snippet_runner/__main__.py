"""`python -m snippet_runner [SITE]`: runs the code of the built pages and writes snippets/report.json when all of it is right."""

from __future__ import annotations

import sys
import time
from pathlib import Path

from rich.console import Console
from rich.progress import Progress

from generator.content import project as projects
from generator.content.proof import write
from mock_api.app import MockApi
from mock_api.server import running
from snippet_runner import blocks
from snippet_runner.hosts import Hosts
from snippet_runner.run import Result, Runner, never_run

ROOT = Path(__file__).resolve().parent.parent


def main(site: Path) -> int:
    """Run everything and return the exit code: 0 when each program ended as its page says."""
    sys.path.insert(0, str(ROOT / "tools"))
    from toolchain import SNIPPETS, install_node_packages, node

    install_node_packages()
    out = Console(highlight=False, soft_wrap=True)
    project = projects.load(ROOT)
    found = blocks.of_site(site)
    stray = blocks.unknown(found, project.programs)
    for block in stray:
        out.print(f"{block.address}: shows code that belongs to no snippet file", markup=False)
    mock = MockApi(project)
    began = time.monotonic()
    with running(mock) as address, Progress(console=Console(stderr=True), transient=True, disable=not sys.stderr.isatty()) as progress:
        task = progress.add_task("Running the code of the pages", total=len({(b.slug, b.name, b.text) for b in found}))
        runner = Runner(project, mock, address, site)

        def done(result: Result) -> None:
            progress.advance(task)

        with Hosts(node(), SNIPPETS / "node_modules") as hosts:
            results = runner.run_all(found, hosts, done)
    wrong = [result for result in results if result.complaints]
    for result in wrong:
        out.print(result.report(), markup=False)
    missed = never_run(found, results)
    for block in missed:
        out.print(f"{block.address}: {block.name} was run by nothing", markup=False)
    seconds = time.monotonic() - began
    out.print(
        f"{len(results)} programs of {len({r.slug for r in results})} pages ran in {seconds:.1f} s; {len(wrong)} did not end as they must."
    )
    if wrong or stray or missed or not results:
        return 1
    write(project.root, [result.path for result in results])
    return 0


if __name__ == "__main__":
    raise SystemExit(main(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "site"))
