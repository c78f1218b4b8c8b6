"""Measures commands and servers: time, memory, and how long after a save the new page is served.

Must not know what is compared with what. Linux only, for memory is read from /proc.
"""

from __future__ import annotations

import contextlib
import dataclasses
import http.client
import os
import signal
import socket
import subprocess
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

#: Seconds between two looks at the memory of the processes, and between two requests for a page. A look takes some ms a
#: process, which a build on all cores loses: a build of two processes took 2.3 s with ten looks a second, 2.1 s with two.
SAMPLED, POLLED = 0.3, 0.005
#: A server is at rest when its processes used no time for so many seconds: longer than a server
#: waits before it makes the pages that no request asked for.
AT_REST = 1.2


class Failed(RuntimeError):  # noqa: N818 - it is what happened
    """A command failed, or a page never came; the text says which."""


@dataclasses.dataclass(frozen=True)
class Run:
    """One run of a command."""

    seconds: float
    largest: float
    """Most memory of its largest process, in MB."""
    together: float
    """Most memory of all its processes at once, in MB; what they share counts once."""


def run(command: Sequence[str | Path], folder: Path, environment: Mapping[str, str]) -> Run:
    """Run `command` in `folder` to its end; raises Failed with the end of its output when it fails."""
    log = folder.parent / f"{folder.name}.log"
    with log.open("wb") as output:
        began = time.perf_counter()
        process = subprocess.Popen(
            [str(part) for part in command], cwd=folder, env={**os.environ, **environment}, stdout=output, stderr=subprocess.STDOUT
        )
        most = {"largest": 0.0, "together": 0.0}
        ended = threading.Event()
        watcher = threading.Thread(target=_watch, args=(process.pid, ended, most), daemon=True)
        watcher.start()
        process.wait()
        seconds = time.perf_counter() - began
    ended.set()
    watcher.join()
    if process.returncode:
        raise Failed(f"{' '.join(map(str, command))} failed:\n{log.read_text(encoding='utf-8', errors='replace')[-2000:]}")
    return Run(seconds, most["largest"], max(most.values()))


def _watch(pid: int, ended: threading.Event, most: dict[str, float]) -> None:
    # Not what the system counts for a child that ended: that begins with the memory of the process that started it.
    while not ended.is_set():
        found = family(pid)
        most["largest"] = max(most["largest"], *(_memory(one, "status", "VmHWM:") for one in found))
        most["together"] = max(most["together"], sum(_memory(one, "smaps_rollup", "Pss:") for one in found))
        ended.wait(SAMPLED)


def family(pid: int) -> list[int]:
    """Return `pid` and all processes that descend from it."""
    found = [pid]
    for parent in found:
        with contextlib.suppress(OSError):
            for task in Path(f"/proc/{parent}/task").iterdir():
                found += map(int, (task / "children").read_text().split())
    return found


def _memory(pid: int, file: str, name: str) -> float:
    """Return the memory of a process in MB: `Pss:` is what it uses now, its part of what it shares; `VmHWM:` the most it ever had.

    0 when the process is gone.
    """
    with contextlib.suppress(OSError):
        for line in Path(f"/proc/{pid}/{file}").read_text().splitlines():
            if line.startswith(name):
                return int(line.split()[1]) * 1024 / 1e6
    return 0.0


def _used(pid: int) -> int:
    """Return the processor time of a process and of its children that ended, in ticks; 0 when it is gone."""
    with contextlib.suppress(OSError):
        return sum(map(int, Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[11:15]))
    return 0


def free_port() -> int:
    """Return a free port of this machine."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


class Server:
    """A running server of a generator."""

    def __init__(self, process: subprocess.Popen[bytes], port: int) -> None:
        self.process = process
        self.port = port

    def page(self, path: str) -> str:
        """Return the page at `path`; empty when there is none, or no answer."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            connection.request("GET", path)
            answer = connection.getresponse()
            body = answer.read().decode("utf-8", "replace")
        except (OSError, http.client.HTTPException):
            return ""
        finally:
            connection.close()
        return body if answer.status == 200 else ""

    def wait_for(self, path: str, text: str, limit: float) -> float:
        """Ask for `path` until `text` stands in it; return when that was. Raises Failed after `limit` seconds."""
        end = time.perf_counter() + limit
        while time.perf_counter() < end:
            if text in self.page(path):
                return time.perf_counter()
            if self.process.poll() is not None:
                raise Failed("the server ended")
            time.sleep(POLLED)
        raise Failed(f"{path} did not show `{text}` within {limit:.0f} s")

    def rest(self, limit: float) -> None:
        """Wait until the server has nothing left to do, `limit` seconds at most.

        MkDocs' own server looks at its files for ever, so a little is nothing.
        """
        end, quiet, before = time.perf_counter() + limit, 0.0, -1
        ticks = os.sysconf("SC_CLK_TCK")
        while quiet < AT_REST and time.perf_counter() < end:
            used = sum(_used(pid) for pid in family(self.process.pid))
            quiet = quiet + 0.2 if (used - before) / ticks < 0.14 and before >= 0 else 0.0
            before = used
            time.sleep(0.2)


@contextlib.contextmanager
def serving(command: Callable[[int], Sequence[str | Path]], folder: Path, environment: Mapping[str, str]) -> Iterator[Server]:
    """Start the server that `command(port)` names, and end it and its children at the end."""
    port = free_port()
    with (folder.parent / f"{folder.name}.serve.log").open("wb") as log:
        process = subprocess.Popen(
            [str(part) for part in command(port)],
            cwd=folder,
            env={**os.environ, **environment},
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        try:
            yield Server(process, port)
        finally:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGTERM)
            try:
                process.wait(5)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()
