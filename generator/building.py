"""Runs MkDocs in a process of its own, so that it may do what it likes.

The process may be begun before it is known what to build. It imports what every build needs, which takes longer than all
else where little changed, while this one reads the command line on another core. Must not know what the plugin does.
"""

from __future__ import annotations

import contextlib
import dataclasses
import gc
import io
import json
import multiprocessing
import os
import traceback
from collections.abc import Sequence
from multiprocessing.connection import Connection
from pathlib import Path


@dataclasses.dataclass(frozen=True)
class Order:
    """What to build: the folder of a project, and whether a warning is a failure."""

    folder: Path
    strict: bool = True

    @property
    def arguments(self) -> list[str]:
        """What MkDocs is told."""
        # Not --quiet: that silences warnings before --strict can count them.
        return ["build", "--config-file", str(self.folder / "mkdocs.yml"), *(["--strict"] if self.strict else [])]


class Builder:
    """A process that waits for something to build, or has an order already."""

    def __init__(self, order: Order | None = None) -> None:
        self._order = order
        orders, self._orders = multiprocessing.Pipe(duplex=False)
        self._answers, answers = multiprocessing.Pipe(duplex=False)
        others = (self._orders, self._answers)
        self._process = multiprocessing.Process(target=_work, args=(order, orders, answers, others))
        self._process.start()
        orders.close()
        answers.close()

    def start(self, order: Order) -> None:
        """Let it build that; raises ValueError when it has another order."""
        if self._order not in (None, order):
            raise ValueError(f"{self._order} is being built")
        if self._order is None:
            self._order = order
            with contextlib.suppress(BrokenPipeError):  # `wait` tells that it is gone
                self._orders.send_bytes(json.dumps([str(order.folder), order.strict]).encode())

    def wait(self) -> tuple[bool, str]:
        """Return whether all went well, and what MkDocs said."""
        try:
            well, said = json.loads(self._answers.recv_bytes())
        except EOFError:
            well, said = False, "The build was ended from outside."
        self._process.join()
        return bool(well), str(said)

    def end(self) -> None:
        """End the process, or wait for its end if it builds."""
        if self._order is None:
            self._process.terminate()
        self._process.join()


def _work(order: Order | None, orders: Connection, answers: Connection, others: Sequence[Connection]) -> None:
    """Run MkDocs as ordered, now or later, and send whether it went well and what it said."""
    for other in others:  # else nobody would see that the other side is gone
        other.close()
    gc.set_threshold(20_000, 10, 10)  # imports leave little to collect, and looking for it as often as usual takes a tenth of a second
    # Material prints a notice about its future at every start; a quiet build is worth more here.
    os.environ["NO_MKDOCS_2_WARNING"] = "1"
    # A build wants none, and pydantic would look for some in every package that is installed.
    os.environ["PYDANTIC_DISABLE_PLUGINS"] = "1"
    said = io.StringIO()
    code: object = 1
    with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
        try:
            code = _built(order, orders)
        except SystemExit as end:
            code = end.code
        except EOFError:
            return  # nothing is to be built
        except Exception:
            traceback.print_exc()
    answers.send_bytes(json.dumps([code in (0, None), said.getvalue()]).encode())


def _built(order: Order | None, orders: Connection) -> object:
    """Get ready, and run MkDocs; it exits as it likes."""
    from generator.content import readings

    if order:
        readings.begin(order.folder)  # on another core, while MkDocs is imported here
    from mkdocs.__main__ import cli
    from mkdocs.commands import build  # noqa: F401
    from mkdocs.config import defaults  # noqa: F401

    if order is None:
        # The plugin imports them only when helpers are at work; but nothing can be done for those yet.
        from generator import mkdocs_plugin  # noqa: F401

        folder, strict = json.loads(orders.recv_bytes())
        order = Order(Path(folder), strict)
        readings.begin(order.folder)
    os.chdir(order.folder)
    return cli.main(order.arguments, prog_name="mkdocs")
