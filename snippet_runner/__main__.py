"""`python -m snippet_runner [SLUG ...]`: runs the code of the built pages, or of some guides, and writes down that it was right.

That is `snippets/<folder>/report.json`, for each folder whose programs were run.
"""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

from rich.console import Console
from rich.progress import Progress

from generator.content import project as projects
from generator.content.proof import write
from generator.schemas.entry import LANGUAGES
from mock_api.app import MockApi
from mock_api.server import running
from snippet_runner import blocks
from snippet_runner.hosts import Hosts
from snippet_runner.run import Result, Runner, never_run

ROOT = Path(__file__).resolve().parent.parent


def main(site: Path, slugs: list[str]) -> int:
    """Run everything, or the programs of the guides `slugs`, and return the exit code: 0 when each program ended as its page says."""
    pages = [site / language / "errors" / slug / "index.html" for slug in slugs for language in LANGUAGES] or [site / "index.html"]
    if absent := [page for page in pages if not page.is_file()]:
        print(f"{absent[0].relative_to(site.parent)}: is missing\n    run `make site` first, and look at the slug", file=sys.stderr)
        return 2
    sys.path.insert(0, str(ROOT / "tools"))
    from toolchain import SNIPPETS, install_node_packages, node

    install_node_packages()
    out = Console(highlight=False, soft_wrap=True)
    project = projects.load(ROOT)
    found = [block for page in pages for block in blocks.of_page(page, site)] if slugs else blocks.of_site(site)
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
    options = argparse.ArgumentParser(prog="python -m snippet_runner", description="Runs the code of the built pages against the mock.")
    options.add_argument("slugs", nargs="*", metavar="SLUG", help="guide whose programs are run; without one all programs of all pages")
    options.add_argument("--site", type=Path, default=ROOT / "site", help="the built site, if it is not site/")
    given = options.parse_args()
    raise SystemExit(main(given.site.resolve(), given.slugs))
