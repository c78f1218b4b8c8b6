"""Does independent pieces of work on all cores, with `concurrent.futures`.

Processes are forked, so they see what was loaded before and `work` need not be sent to them. Where forking is not to
be had, or with one job, the same work is done one piece after the other. Must not know what the work is.
"""

from __future__ import annotations

import collections
import contextlib
import gc
import multiprocessing
import os
import sys
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import Any, TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")

#: Sets the number of processes; 1 does everything in one.
VARIABLE = "CLAUDE_ERRORS_JOBS"
#: In a process of a pool, what does a piece of work by its number.
_work: list[Callable[[int], Any]] = []


def jobs() -> int:
    """Return the number of processes that may work: one for each core that this one may use, or what `VARIABLE` says."""
    wanted = os.environ.get(VARIABLE, "")
    if wanted.isdigit() and int(wanted) > 0:
        return int(wanted)
    if "fork" not in multiprocessing.get_all_start_methods() or sys.platform == "darwin":
        return 1  # forking is not safe with the system libraries of macOS
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def each(work: Callable[[Item], Result], items: Sequence[Item], processes: int | None = None) -> list[Result]:
    """Return `work(item)` for each item, in order; this process takes part. Raises what `work` raises.

    A process with threads is not forked, and does everything itself. What a worker that died did not do is done here.
    """
    count = min(processes or jobs(), len(items))
    if count < 2 or threading.active_count() > 1:
        return [work(item) for item in items]
    gc.freeze()  # so that no collection of a worker touches, and so copies, the memory that it shares
    try:
        # A function that is handed to a process while it is forked need not be pickled.
        context = multiprocessing.get_context("fork")
        with ProcessPoolExecutor(count - 1, context, initializer=_begin, initargs=(lambda number: work(items[number]),)) as pool:
            return _shared(pool, count, work, items)
    finally:
        gc.unfreeze()


def _shared(pool: ProcessPoolExecutor, count: int, work: Callable[[Item], Result], items: Sequence[Item]) -> list[Result]:
    """Let the workers of `pool` take items from the front, while this process takes them from the end."""
    waiting = collections.deque(range(len(items)))
    sent: dict[int, Future[Result]] = {}
    done: dict[int, Result] = {}

    def send(_: object = None) -> None:
        # Nothing is left, or a worker died.
        with contextlib.suppress(IndexError, RuntimeError):
            number = waiting.popleft()
            sent[number] = pool.submit(_do, number)
            sent[number].add_done_callback(send)

    try:
        for _ in range(min(2 * (count - 1), max(len(items) // 2, count - 1))):  # where there are many, one waits at each worker
            send()
        with contextlib.suppress(IndexError):
            while True:
                number = waiting.pop()
                done[number] = work(items[number])
    finally:
        waiting.clear()  # what is left when `work` raises
    for number, item in enumerate(items):
        if number not in done:
            try:
                done[number] = sent[number].result()
            except (BrokenProcessPool, KeyError):
                done[number] = work(item)
    return [done[number] for number in range(len(items))]


def _begin(work: Callable[[int], Any]) -> None:
    _work[:] = [work]


def _do(number: int) -> Any:
    return _work[0](number)
