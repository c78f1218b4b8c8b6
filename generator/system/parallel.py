"""Does independent pieces of work on all cores.

Workers are forked, so they see what was loaded before and nothing is sent to them; what they
return is JSON, so nothing that they send is ever executed. Where forking is not to be had, or
with one job, the same work is done one piece after the other. Must not know what the work is.
"""

from __future__ import annotations

import contextlib
import gc
import json
import multiprocessing
import os
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import Any, TypeVar

Item = TypeVar("Item")

#: Fewer pieces than this are done before a second process is ready.
LEAST_FOR_A_WORKER = 2
#: Sets the number of processes; 1 does everything in one.
VARIABLE = "CLAUDE_ERRORS_JOBS"


def jobs() -> int:
    """Return the number of processes that may work: one for each core that this one may use, or what `VARIABLE` says."""
    wanted = os.environ.get(VARIABLE, "")
    if wanted.isdigit() and int(wanted) > 0:
        return int(wanted)
    if "fork" not in multiprocessing.get_all_start_methods() or sys.platform == "darwin":
        return 1  # forking is not safe with the system libraries of macOS
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def each(work: Callable[[Item], Any], items: Sequence[Item], processes: int | None = None) -> list[Any]:
    """Return `work(item)` for each item, in order. What `work` returns must be JSON.

    A worker that fails or dies loses its share, which is then done here: so an exception is raised
    here too, as it would be without workers.
    """
    count = min(processes if processes is not None else jobs(), max(1, len(items) // LEAST_FOR_A_WORKER))
    if count < 2:
        return [work(item) for item in items]
    frozen = gc.get_freeze_count() > 0
    gc.freeze()  # so that no collection of a worker touches, and so copies, the memory that it shares
    try:
        return _started(work, items, count)()
    finally:
        if not frozen:  # else somebody wanted it so
            gc.unfreeze()


def ahead(work: Callable[[Item], Any], items: Sequence[Item]) -> Callable[[], list[Any]]:
    """Start `work(item)` for each item beside what this process does next; return what does the rest and returns all, as `each` does."""
    count = min(jobs(), len(items) + 1)
    if count < 2 or threading.active_count() > 1:  # a process with threads must not be forked
        return lambda: [work(item) for item in items]
    return _started(work, items, count)


def aside(work: Callable[[], Any]) -> Callable[[], Any]:
    """Start `work`, which returns JSON, beside what this process does next; return what waits for its answer.

    The answer is None when there is nobody to do it, or when it failed. It is asked for at most once, before
    another worker is started; work that nobody asks for ends with this process at the latest.
    """
    if jobs() < 2 or threading.active_count() > 1:  # a process with threads must not be forked
        return lambda: None
    context = multiprocessing.get_context("fork")
    receiver, sender = context.Pipe(duplex=False)
    process = context.Process(target=_send, args=(work, sender, [receiver]), daemon=True)
    process.start()
    sender.close()

    def wait() -> Any:
        answer = _received(receiver)
        receiver.close()
        process.join()
        return answer

    return wait


def _started(work: Callable[[Item], Any], items: Sequence[Item], count: int) -> Callable[[], list[Any]]:
    """Start all of `count` processes but this one; what is returned takes part, and returns what was made."""
    context = multiprocessing.get_context("fork")
    turns = _Turns(len(items))
    started: list[tuple[BaseProcess, Connection]] = []
    for _ in range(count - 1):
        receiver, sender = context.Pipe(duplex=False)
        process: BaseProcess = context.Process(
            target=_send,
            args=(lambda: _done(work, items, turns), sender, [receiver, *(earlier for _, earlier in started)]),
            daemon=True,
        )
        process.start()
        sender.close()
        started.append((process, receiver))

    def finish() -> list[Any]:
        try:
            found = dict(_done(work, items, turns))
            for _, receiver in started:
                found |= dict(_received(receiver) or [])
        finally:
            turns.close()
            for process, receiver in started:
                receiver.close()
                if process.is_alive() and sys.exc_info()[0] is not None:
                    process.terminate()  # what it does is no longer wanted
                process.join()
        return [found[number] if number in found else work(items[number]) for number in range(len(items))]

    return finish


class _Turns:
    """Hands out numbers from 0 on, some at a time, each to one process: whoever is ready takes the next.

    They lie in a pipe; all are written before anybody reads, so they have to fit into the smallest that a system makes.
    """

    _MOST, _WIDTH = 1000, 4

    def __init__(self, length: int) -> None:
        self._length = length
        self._size = -(-length // self._MOST)
        self._reader, writer = os.pipe()
        os.write(writer, b"".join(first.to_bytes(self._WIDTH) for first in range(0, length, self._size)))
        os.close(writer)

    def __iter__(self) -> Iterator[int]:
        while taken := os.read(self._reader, self._WIDTH):
            first = int.from_bytes(taken)
            yield from range(first, min(first + self._size, self._length))

    def close(self) -> None:
        """Hand out nothing any more in this process."""
        os.close(self._reader)


def _done(work: Callable[[Item], Any], items: Sequence[Item], turns: _Turns) -> list[tuple[int, Any]]:
    """Do what nobody else does, and return it by number."""
    return [(number, work(items[number])) for number in turns]


def _send(work: Callable[[], Any], sender: Connection, receivers: Sequence[Connection]) -> None:
    for receiver in receivers:
        receiver.close()  # else this process would wait for ever for a reader that was killed
    gc.disable()  # a worker lives for its share only
    try:
        answer = json.dumps(work(), ensure_ascii=False)
    except Exception:  # whatever it is happens again where it can be seen
        answer = ""
    with contextlib.suppress(BrokenPipeError):  # nobody wants it any more
        sender.send_bytes(answer.encode())
    sender.close()


def _received(receiver: Connection) -> Any:
    """Return what was sent; None when the sender failed or died."""
    try:
        answer = receiver.recv_bytes().decode()
    except EOFError:
        return None
    return json.loads(answer) if answer else None
