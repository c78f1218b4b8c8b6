"""What `claude-errors build` shows while MkDocs runs in its own process, and returns.

Not in `cli`, which imports typer: without it a cold build of the real guides took 1.3 s instead of 1.5 s on two cores.
Must not know what is built.
"""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Iterator

from generator.building import Builder


def run(builder: Builder) -> int:
    """Wait for `builder`, print what is worth reading, and return the exit code; a terminal shows that something is going on."""
    with _spinner("Building the Korean and the English site") if sys.stderr.isatty() else contextlib.nullcontext():
        well, said = builder.wait()
    for line in said.splitlines():
        if not line.startswith("INFO"):
            print(line, file=sys.stderr)
    return 0 if well else 1


@contextlib.contextmanager
def _spinner(words: str) -> Iterator[None]:
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        progress.add_task(words, total=None)
        yield
