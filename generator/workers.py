"""Does independent pieces of work on all cores.

Workers are forked, so they see what was loaded before and nothing is sent to them; what they
return is JSON, so nothing that they send is ever executed. Where forking is not to be had, or
with one job, the same work is done one piece after the other. Must not know what the work is.
"""

from __future__ import annotations

import gc
import json
import multiprocessing
import os
import sys
import threading
from collections.abc import Callable, Sequence
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
    gc.collect()
    gc.freeze()  # so that no collection of a worker touches, and so copies, the memory that it shares
    try:
        return _shared(work, items, count)
    finally:
        gc.unfreeze()


def aside(work: Callable[[], Any]) -> Callable[[], Any]:
    """Start `work`, which returns JSON, beside what this process does next; return what waits for its answer.

    The answer is None when there is nobody to do it, or when it failed. It is asked for once, before another worker is started.
    """
    if jobs() < 2 or threading.active_count() > 1:  # a process with threads must not be forked
        return lambda: None
    context = multiprocessing.get_context("fork")
    receiver, sender = context.Pipe(duplex=False)
    process = context.Process(target=_send, args=(lambda _: work(), [None], sender, [receiver]), daemon=True)
    process.start()
    sender.close()

    def wait() -> Any:
        answer = _received(receiver)
        receiver.close()
        process.join()
        return answer[0] if answer else None

    return wait


def _shared(work: Callable[[Item], Any], items: Sequence[Item], count: int) -> list[Any]:
    context = multiprocessing.get_context("fork")
    shares = [items[number::count] for number in range(count)]
    started: list[tuple[BaseProcess, Connection]] = []
    for share in shares[1:]:
        receiver, sender = context.Pipe(duplex=False)
        process: BaseProcess = context.Process(
            target=_send, args=(work, share, sender, [receiver, *(earlier for _, earlier in started)]), daemon=True
        )
        process.start()
        sender.close()
        started.append((process, receiver))
    try:
        found = [[work(item) for item in shares[0]]]
        for (_, receiver), share in zip(started, shares[1:], strict=True):
            found.append(_received(receiver) or [work(item) for item in share])
    finally:
        for process, receiver in started:
            receiver.close()
            if process.is_alive() and sys.exc_info()[0] is not None:
                process.terminate()  # what it does is no longer wanted
            process.join()
    return [found[number % count][number // count] for number in range(len(items))]


def _send(work: Callable[[Item], Any], share: Sequence[Item], sender: Connection, receivers: Sequence[Connection]) -> None:
    for receiver in receivers:
        receiver.close()  # else this process would wait for ever for a reader that was killed
    gc.disable()  # a worker lives for its share only
    try:
        answer = json.dumps([work(item) for item in share], ensure_ascii=False)
    except Exception:  # whatever it is happens again where it can be seen
        answer = ""
    sender.send_bytes(answer.encode())
    sender.close()


def _received(receiver: Connection) -> list[Any]:
    try:
        answer = receiver.recv_bytes().decode()
    except EOFError:
        return []
    found: list[Any] = json.loads(answer) if answer else []
    return found
