"""Runs MkDocs in a process of its own, so that it may do what it likes.

The process is begun before it is known what to build. It imports what every build needs, which takes longer than all
else where little changed, while this one reads the command line on another core. Must not know what the plugin does.
"""

from __future__ import annotations

import contextlib
import gc
import io
import json
import multiprocessing
import os
import traceback
from collections.abc import Sequence
from multiprocessing.connection import Connection
from pathlib import Path


class Builder:
    """A process that waits for something to build."""

    def __init__(self) -> None:
        orders, self._orders = multiprocessing.Pipe(duplex=False)
        self._answers, answers = multiprocessing.Pipe(duplex=False)
        self._process = multiprocessing.Process(target=_work, args=(orders, answers, (self._orders, self._answers)))
        self._ordered = False
        self._process.start()
        orders.close()
        answers.close()

    def start(self, folder: Path, arguments: Sequence[str]) -> None:
        """Let it run MkDocs with these arguments in the folder of a project."""
        self._ordered = True
        with contextlib.suppress(BrokenPipeError):  # `wait` tells that it is gone
            self._orders.send_bytes(json.dumps([str(folder), list(arguments)]).encode())

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
        if not self._ordered:
            self._process.terminate()
        self._process.join()


def _work(orders: Connection, answers: Connection, others: Sequence[Connection]) -> None:
    """Wait for orders, run MkDocs, and send whether it went well and what it said."""
    for other in others:  # else nobody would see that the other side is gone
        other.close()
    gc.set_threshold(100_000, 20, 20)  # imports leave nothing to collect, and looking for it takes a tenth of a second
    # Material prints a notice about its future at every start; a quiet build is worth more here.
    os.environ["NO_MKDOCS_2_WARNING"] = "1"
    # A build wants none, and pydantic would look for some in every package that is installed.
    os.environ["PYDANTIC_DISABLE_PLUGINS"] = "1"
    said = io.StringIO()
    code: object = 1
    with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
        try:
            code = _ordered(orders)
        except SystemExit as end:
            code = end.code
        except EOFError:
            return  # nothing is to be built
        except Exception:
            traceback.print_exc()
    answers.send_bytes(json.dumps([code in (0, None), said.getvalue()]).encode())


def _ordered(orders: Connection) -> object:
    """Get ready, and run MkDocs as ordered; it exits as it likes."""
    from mkdocs.__main__ import cli
    from mkdocs.commands import build  # noqa: F401
    from mkdocs.config import defaults  # noqa: F401

    from generator import mkdocs_plugin, readings  # noqa: F401

    if not orders.poll():
        # The plugin imports them only when helpers are at work; but nothing can be done for those yet.
        from generator import fast_build  # noqa: F401
    folder, arguments = json.loads(orders.recv_bytes())
    os.chdir(folder)
    readings.begin(Path(folder))  # on another core
    return cli.main(arguments, prog_name="mkdocs")
